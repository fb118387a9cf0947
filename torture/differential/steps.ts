import fc from 'fast-check'
import { CONFIGURATIONS, INSTANTS, SANDBOXES, TITLES, TOKENS, USER_HASHES, XUIDS } from './world.ts'

/** A reading: everything that an answer can depend on, with few values of each member, so that readings repeat. */
export interface Reading {
  readonly resource: 'achievements' | 'achievement' | 'titleachievements' | 'history/titles' | 'igdb'
  readonly xuid: string
  readonly userHash: string
  readonly token: string
  readonly version: string | null
  readonly language: string | null
  readonly host: string | null
  readonly scid: string
  readonly id: number
  readonly titleId: string | null
  readonly types: string | null
  readonly unlockedOnly: string | null
  readonly possibleOnly: string | null
  readonly orderBy: string | null
  readonly skipItems: number | null
  readonly maxItems: number | null
}

/** A request as it is sent. */
export interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: object
}

/**
 * A sequence: readings that differ little from each other, so that one is likely to be mistaken for another
 * when a key lacks a member, repeated many times, with writes in between.
 */
export interface Sequence {
  readonly first: Reading
  /** The changes of each variant of the first reading. */
  readonly variants: ReadonlyArray<Partial<Reading>>
  readonly steps: readonly Step[]
}

export type Step =
  /** Sends the first reading, or one of its variants, several times. */
  | { readonly kind: 'read', readonly variant: number, readonly times: number }
  /** Reads the next page of an earlier reading, counted from the last one. */
  | { readonly kind: 'next', readonly back: number, readonly times: number }
  | { readonly kind: 'write', readonly write: Sent }

const orNull = <T>(...values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...values)

const FACETS: { readonly [K in keyof Reading]: fc.Arbitrary<Reading[K]> } = {
  resource: fc.constantFrom('achievements', 'achievements', 'achievements', 'achievement', 'achievement', 'titleachievements', 'history/titles', 'igdb'),
  xuid: fc.constantFrom(...XUIDS),
  userHash: fc.constantFrom(...USER_HASHES),
  token: fc.constantFrom(...TOKENS),
  version: orNull('1', '2', '2', '3', '4', '4', '5'),
  language: orNull('fr-FR', 'ja, fr;q=0.5', 'de', '*'),
  host: orNull('127.0.0.1:5280', 'achievements.xboxlive.com'),
  scid: fc.constantFrom(...CONFIGURATIONS),
  id: fc.integer({ min: 1, max: 7 }),
  titleId: orNull(...TITLES.map(String), '10,20', '20,10', '30,40,10'),
  types: orNull('Persistent', 'Challenge', 'Persistent,Challenge'),
  unlockedOnly: orNull('true', 'false'),
  possibleOnly: orNull('true', 'false'),
  orderBy: orNull('Unordered', 'Title', 'UnlockTime', 'EndingSoon', 'LastPlayed'),
  skipItems: orNull(0, 1, 2),
  maxItems: orNull(1, 2, 3, 1000)
}

/** Tokens of the initial world, with their users. */
const CALLERS: fc.Arbitrary<Partial<Reading>> = fc.constantFrom(
  { userHash: 'h1', token: 't1', xuid: XUIDS[0] },
  { userHash: 'h2', token: 't1', xuid: XUIDS[1] },
  { userHash: 'h1', token: 't2', xuid: XUIDS[0] },
  { userHash: 'h2', token: 't2', xuid: XUIDS[0] },
  { userHash: 'h1', token: 't3', xuid: XUIDS[2] },
  { userHash: 'h2', token: 't3', xuid: XUIDS[1] }
)

/** The members of a reading that a sequence does not change. */
export const NEUTRAL: Reading = {
  resource: 'achievements',
  xuid: XUIDS[0],
  userHash: 'h1',
  token: 't1',
  version: '2',
  language: null,
  host: null,
  scid: CONFIGURATIONS[0],
  id: 1,
  titleId: null,
  types: null,
  unlockedOnly: null,
  possibleOnly: null,
  orderBy: null,
  skipItems: null,
  maxItems: null
}

/** Resources, with the members that they require. */
const FITTING: fc.Arbitrary<Partial<Reading>> = fc.oneof(
  { arbitrary: fc.record({ maxItems: FACETS.maxItems, orderBy: orNull('Title', 'UnlockTime', 'EndingSoon') }), weight: 5 },
  { arbitrary: fc.constant({ resource: 'achievement' as const }), weight: 3 },
  { arbitrary: fc.record({ resource: fc.constant('titleachievements' as const), version: fc.constantFrom('1', '3'), titleId: fc.constantFrom('40', '10,40'), maxItems: FACETS.maxItems, orderBy: orNull('Title', 'EndingSoon') }), weight: 2 },
  { arbitrary: fc.constantFrom<Partial<Reading>>({ resource: 'history/titles' }, { resource: 'igdb' }), weight: 1 }
)

const NAMES = Object.keys(FACETS) as Array<keyof Reading>

/** A change of one member of a reading. */
const facet: fc.Arbitrary<Partial<Reading>> = fc.constantFrom(...NAMES.filter((name) => name !== 'resource'))
  .chain((name) => (FACETS[name] as fc.Arbitrary<unknown>).map((value) => ({ [name]: value })))

const first: fc.Arbitrary<Reading> = fc.tuple(CALLERS, FITTING, fc.array(facet, { maxLength: 2 }))
  .map(([caller, fitting, facets]) => Object.assign({}, NEUTRAL, caller, fitting, ...facets))

const variant: fc.Arbitrary<Partial<Reading>> = fc.oneof(
  { arbitrary: facet, weight: 6 },
  { arbitrary: CALLERS, weight: 1 },
  { arbitrary: fc.record(FACETS, { requiredKeys: [] }), weight: 1 }
)

const times = fc.constantFrom(1, 1, 2, 3)

const EMULATOR = '/_emulator'
const JSON_BODY = { 'content-type': 'application/json' }
export const command = (method: Sent['method'], path: string, body?: object): Sent => ({ method, url: `${EMULATOR}${path}`, headers: JSON_BODY, ...body && { body } })

const progress = fc.record({
  xuid: FACETS.xuid, scid: FACETS.scid, id: fc.integer({ min: 1, max: 7 }), percentComplete: fc.constantFrom(0, 25, 50, 100, 100, 100), timeUnlocked: orNull('2019-05-01T00:00:00Z', '2020-03-01T00:00:00Z', '2020-07-01T00:00:00Z'), sandbox: orNull(...SANDBOXES)
}).map(({ xuid, scid, id, timeUnlocked, ...body }) => command('PUT', `/users/${xuid}/achievements/${scid}/${id}`, body.percentComplete === 100 ? { ...body, timeUnlocked } : body))

/** An update as a request. */
export const update = ({ xuid, userHash, token, titleId, scid, id, percentComplete }: Pick<Reading, 'xuid' | 'userHash' | 'token' | 'scid' | 'id'> & { titleId: number, percentComplete: number }): Sent => ({
  method: 'POST',
  url: `/users/xuid(${xuid})/achievements/${scid}/update`,
  headers: { ...JSON_BODY, authorization: `XBL3.0 x=${userHash};${token}`, 'x-xbl-contract-version': '2' },
  body: { action: 'progressUpdate', serviceConfigId: scid, titleId, userId: xuid, achievements: [{ id: String(id), percentComplete }] }
})

const session = fc.record({
  userHash: FACETS.userHash, token: FACETS.token, xuid: FACETS.xuid, titleId: orNull(...TITLES), sandbox: orNull(...SANDBOXES), location: orNull('FR', 'JP'), expires: orNull('2020-06-15T13:00:00Z'), thirdPartySite: fc.boolean()
})

const patch = fc.oneof(
  fc.constantFrom('one', 'two').map((name) => ({ titles: [{ titleId: 10, name: `renamed ${name}`, achievements: [{ id: 1, name: { 'en-US': name, 'fr-FR': `${name} aussi`, 'ja-JP': name } }, { id: 2, name: { 'en-US': `second ${name}`, 'fr-FR': name, 'ja-JP': name } }] }] })),
  fc.constantFrom(['RETAIL'], ['DEV.1'], ['RETAIL', 'DEV.1']).map((sandboxes) => ({ titles: [{ titleId: 20, sandboxes }] }))
)

const write: fc.Arbitrary<Sent> = fc.oneof(
  { arbitrary: progress, weight: 6 },
  { arbitrary: fc.record({ xuid: FACETS.xuid, userHash: FACETS.userHash, token: FACETS.token, titleId: fc.constantFrom(...TITLES), scid: FACETS.scid, id: FACETS.id, percentComplete: fc.constantFrom(10, 60, 100) }).map(update), weight: 4 },
  { arbitrary: session.map((body) => command('POST', '/sessions', body)), weight: 2 },
  { arbitrary: fc.tuple(FACETS.userHash, FACETS.token).map(([userHash, token]) => command('DELETE', `/sessions/${userHash}/${token}`)), weight: 1 },
  { arbitrary: fc.tuple(FACETS.xuid, fc.constantFrom('everyone', 'friendsOnly', 'blocked')).map(([xuid, privacy]) => command('PUT', `/users/${xuid}/privacy`, { privacy })), weight: 2 },
  { arbitrary: fc.tuple(fc.constantFrom('PUT', 'DELETE'), FACETS.xuid, FACETS.xuid).map(([method, xuid, friend]) => command(method as 'PUT', `/users/${xuid}/friends/${friend}`)), weight: 1 },
  { arbitrary: fc.tuple(fc.constantFrom('PUT', 'DELETE'), FACETS.xuid).map(([method, xuid]) => command(method as 'PUT', `/users/${xuid}`, method === 'PUT' ? {} : undefined)), weight: 1 },
  { arbitrary: fc.constantFrom(...INSTANTS).map((now) => command('PUT', '/clock', { now })), weight: 4 },
  { arbitrary: fc.constantFrom('P1D', '-P2D', 'P3D').map((offset) => command('PUT', '/clock', { offset })), weight: 1 },
  { arbitrary: patch.map((body) => command('PATCH', '/world', body)), weight: 1 },
  { arbitrary: fc.constant(command('POST', '/reset')), weight: 1 }
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('read' as const), variant: fc.nat(3), times }), weight: 8 },
  { arbitrary: fc.record({ kind: fc.constant('next' as const), back: fc.nat(3), times }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('write' as const), write }), weight: 2 }
)

export const sequence: fc.Arbitrary<Sequence> = fc.record({
  first,
  variants: fc.array(variant, { minLength: 3, maxLength: 3 }),
  steps: fc.array(step, { minLength: 4, maxLength: 24, size: 'max' })
})

/** A reading as a request. */
export function toRequest ({ resource, xuid, userHash, token, version, language, host, scid, id, ...query }: Reading, continuationToken: string | null): Sent {
  if (resource === 'igdb') return { method: 'GET', url: `/achievements/?fields=*&limit=${Math.min(50, query.maxItems ?? 10)}&offset=${query.skipItems ?? 0}&order=owners:desc`, headers: { 'user-key': 'key' } }
  const given = Object.entries({ ...query, continuationToken }).filter(([, value]) => value !== null).map(([name, value]): [string, string] => [name, String(value)])
  const path = `/users/xuid(${xuid})/${resource === 'achievement' ? `achievements/${scid}/${id}` : resource}`
  return {
    method: 'GET',
    url: `${path}?${new URLSearchParams(given).toString()}`,
    headers: {
      authorization: `XBL3.0 x=${userHash};${token}`,
      ...version !== null && { 'x-xbl-contract-version': version },
      ...language !== null && { 'accept-language': language },
      ...host !== null && { host }
    }
  }
}
