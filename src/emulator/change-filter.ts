import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { createStarMatcher } from '../base/star-pattern.ts'
import { formatValue } from '../base/validation.ts'
import type { EmulatorChange } from '../control/events/change.ts'
import { readUser } from '../control/named-user.ts'
import { requireValid } from '../http/body.ts'
import { readServiceConfigId } from '../http/ids.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { Store } from '../store/store.ts'
import { requireName } from './context.ts'
import { onlyOne } from './user-methods.ts'

const optionalMember = <T extends TSchema>(schema: T, errorMessage: string) => Type.Optional<T>({ ...schema, errorMessage })

type ChangeKind = EmulatorChange['kind']
type WhatOf<Kind extends ChangeKind> = Extract<EmulatorChange, { readonly kind: Kind, readonly what: string }>['what']

/** What the changes of each kind have that a filter may name: by what has happened, and by members. */
const TRAITS = {
  progress: { whats: [], members: ['xuid', 'gamertag', 'serviceConfigId', 'id'] },
  user: { whats: ['created', 'settings', 'privacy', 'friends', 'presence', 'plays', 'deleted'], members: ['xuid', 'gamertag'] },
  session: { whats: ['created', 'deleted'], members: ['xuid', 'gamertag'] },
  world: { whats: ['replaced', 'merged', 'reset'], members: [] },
  clock: { whats: [], members: [] },
  fault: { whats: ['added', 'changed', 'deleted'], members: ['id'] },
  rtaFault: { whats: ['added', 'changed', 'deleted'], members: ['id'] },
  rateLimit: { whats: [], members: [] },
  subscription: { whats: ['added', 'deleted'], members: ['xuid', 'gamertag', 'resource'] },
  journal: { whats: ['cleared', 'settings'], members: [] },
  missed: { whats: [], members: [] }
} as const satisfies { readonly [Kind in ChangeKind]: { readonly whats: ReadonlyArray<WhatOf<Kind>>, readonly members: readonly string[] } }
const CHANGE_KINDS = Object.keys(TRAITS) as ChangeKind[]
const WHATS = [...new Set(CHANGE_KINDS.flatMap((kind) => TRAITS[kind].whats as ReadonlyArray<WhatOf<ChangeKind>>))]
const oneOf = <T extends string>(values: readonly T[]) => optionalMember(Type.Union(values.map((value) => Type.Literal(value))), `one of ${values.join(', ')}`)

const user = { xuid: optionalMember(Type.String(), 'a XUID in quotes'), gamertag: optionalMember(Type.String(), 'a gamertag') }
const resource = optionalMember(Type.String(), 'the URI of a resource')

const ChangeFilterSchema = Type.Object({
  ...user,
  kind: oneOf(CHANGE_KINDS),
  what: oneOf(WHATS),
  serviceConfigId: optionalMember(Type.String(), 'a GUID'),
  id: optionalMember(Type.Integer(), 'the id of an achievement or fault'),
  resource
}, { additionalProperties: false, errorMessage: 'an object' })

const SubscriptionFilterSchema = Type.Object({ ...user, resource }, { additionalProperties: false, errorMessage: 'an object' })

type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined }

/**
 * Which changes are meant: those that have all members that are given. `id` is the achievement of progress, or a fault; a
 * `*` in `resource` stands for any characters.
 */
export type ChangeFilter = Optional<Static<typeof ChangeFilterSchema>>
/** Which subscriptions are meant; a `*` in `resource` stands for any characters. */
export type SubscriptionFilter = Optional<Static<typeof SubscriptionFilterSchema>>

/** Makes a test for changes. @throws 400 for what is no filter, or one that no change can match; 404 for a gamertag of nobody. */
export function readChangeFilter (store: Store, filter: unknown): (change: EmulatorChange) => boolean {
  const valid = requireValid(ChangeFilterSchema, filter, 'The filter')
  requirePossible(valid)
  return createChangeTest(store, valid)
}

/** Makes a test for subscriptions that are made. @throws as {@link readChangeFilter} does. */
export function readSubscriptionFilter (store: Store, filter: unknown): (change: EmulatorChange) => boolean {
  return createChangeTest(store, { ...requireValid(SubscriptionFilterSchema, filter, 'The filter'), kind: 'subscription', what: 'added' })
}

/** @throws 400 when no kind of change has what the filter names: it would be waited for in vain. */
function requirePossible (filter: ChangeFilter): void {
  const { kind, what, ...members } = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as ChangeFilter
  const given = Object.keys(members)
  const canMatch = (of: ChangeKind): boolean => {
    const { whats, members }: { whats: readonly string[], members: readonly string[] } = TRAITS[of]
    return (what === undefined || whats.includes(what)) && given.every((name) => members.includes(name))
  }
  if ((kind === undefined ? CHANGE_KINDS : [kind]).some(canMatch)) return
  const has = kind === undefined ? 'no kind of change has all of these' : `${kind} has ${describeTraits(kind)}`
  throw invalidRequest(`No change can match ${formatValue(filter)}; ${has}.`)
}

function describeTraits (kind: ChangeKind): string {
  const { whats, members } = TRAITS[kind]
  return [...whats.length === 0 ? [] : [`what (${whats.join(', ')})`], ...members].join(', ') || 'neither what nor another member'
}

function createChangeTest (store: Store, { xuid, gamertag, kind, what, serviceConfigId, id, resource }: ChangeFilter): (change: EmulatorChange) => boolean {
  const named = xuid === undefined && gamertag === undefined ? undefined : readUser(store, requireName(onlyOne(xuid, gamertag)))
  const isResource = createStarMatcher(resource ?? '*')
  const scid = serviceConfigId === undefined ? undefined : readServiceConfigId(serviceConfigId, 'documented')
  return (change) =>
    (kind === undefined || change.kind === kind) &&
    (what === undefined || ('what' in change && change.what === what)) &&
    (named === undefined || ('xuid' in change && change.xuid === named)) &&
    (scid === undefined || (change.kind === 'progress' && change.serviceConfigId === scid)) &&
    (id === undefined || idsOf(change).includes(id)) &&
    (resource === undefined || (change.kind === 'subscription' && isResource(change.resource)))
}

function idsOf (change: EmulatorChange): readonly number[] {
  if (change.kind === 'progress') return change.achievements.map((each) => each.id)
  return 'id' in change ? [change.id] : []
}
