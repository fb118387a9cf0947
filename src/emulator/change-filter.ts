import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { createStarMatcher } from '../base/star-pattern.ts'
import type { EmulatorChange } from '../control/events/change.ts'
import { EVENT_KINDS } from '../control/events/filter.ts'
import { readUser } from '../control/named-user.ts'
import { requireValid } from '../http/body.ts'
import type { Store } from '../store/store.ts'
import { requireName } from './context.ts'
import { onlyOne } from './user-methods.ts'

const optionalMember = <T extends TSchema>(schema: T, errorMessage: string) => Type.Optional<T>({ ...schema, errorMessage })
const CHANGE_KINDS = [...EVENT_KINDS.filter((kind) => kind !== 'request' && kind !== 'frame'), 'missed'] as const

const user = { xuid: optionalMember(Type.String(), 'a XUID in quotes'), gamertag: optionalMember(Type.String(), 'a gamertag') }
const resource = optionalMember(Type.String(), 'the URI of a resource')

const ChangeFilterSchema = Type.Object({
  ...user,
  kind: optionalMember(Type.Union(CHANGE_KINDS.map((kind) => Type.Literal(kind))), `one of ${CHANGE_KINDS.join(', ')}`),
  what: optionalMember(Type.String(), 'what has happened, e.g. "created"'),
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

/** Makes a test for changes. @throws 400 for what is no filter, 404 for a gamertag of nobody. */
export function readChangeFilter (store: Store, filter: unknown): (change: EmulatorChange) => boolean {
  return createChangeTest(store, requireValid(ChangeFilterSchema, filter, 'The filter'))
}

/** Makes a test for subscriptions that are made. @throws as {@link readChangeFilter} does. */
export function readSubscriptionFilter (store: Store, filter: unknown): (change: EmulatorChange) => boolean {
  return createChangeTest(store, { ...requireValid(SubscriptionFilterSchema, filter, 'The filter'), kind: 'subscription', what: 'added' })
}

function createChangeTest (store: Store, { xuid, gamertag, kind, what, serviceConfigId, id, resource }: ChangeFilter): (change: EmulatorChange) => boolean {
  const named = xuid === undefined && gamertag === undefined ? undefined : readUser(store, requireName(onlyOne(xuid, gamertag)))
  const isResource = createStarMatcher(resource ?? '*')
  const scid = serviceConfigId?.toLowerCase()
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
  return change.kind === 'fault' ? [change.id] : []
}
