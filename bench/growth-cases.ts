import { achievements, LARGE_SCID, LARGE_TITLE, scidOf, title, words } from './growth-worlds.ts'

/** A request, as it is sent. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | object
}

/** A kind of input that a caller can make longer. */
export interface Growth {
  readonly name: string
  /** The sizes to measure, each eight times the one before. The largest is about the limit of headers or bodies, or above what is accepted. */
  readonly sizes: readonly number[]
  /** The request with an input of that size. `turn` is another number each time, so that no cache has the answer. */
  readonly ask: (size: number, turn: number) => Ask
  /** Requests that are sent first, and not measured. */
  readonly before?: (size: number) => Ask[]
}

/** Three sizes, each eight times the one before, up to the largest. */
const to = (largest: number): number[] => [Math.floor(largest / 64), Math.floor(largest / 8), largest]

const LIST = '/users/xuid(1)/achievements'
const list = (query: string): Ask => ({ path: `${LIST}?${query}` })
const page = (language: string): Ask => ({ path: `${LIST}?maxItems=1000&titleId=${LARGE_TITLE}`, headers: { 'accept-language': language } })
const records = (query: string): Ask => ({ path: `/achievements/?${query}` })
const filters = (filter: string) => (size: number): Ask => records(words(size, (n) => `filter${filter.replaceAll('#', String(n))}`, '&'))
const update = (body: object | string): Ask => ({ method: 'POST', path: `${LIST}/${LARGE_SCID}/update`, body })
const progress = (requirements: object[]): Ask => ({ method: 'PUT', path: `/_emulator/users/1/achievements/${LARGE_SCID}/1`, body: { requirements } })
const session = (body: object): Ask => ({ method: 'POST', path: '/_emulator/sessions', body })
const fault = (path: string): Ask => ({ method: 'POST', path: '/_emulator/faults', body: { path, status: 503, probability: 0 } })
const forget = (path: string): Ask => ({ path: `/_emulator/${path}`, method: 'DELETE' as 'GET' })
const longPath = (length: number): Ask => ({ path: `/users/xuid(${'a'.repeat(length)})/achievements` })

/** Requests that anybody can send. */
export const REQUESTS: readonly Growth[] = [
  { name: 'query: one name, repeated', sizes: to(6400), ask: (size, turn) => list(`${'a&'.repeat(size)}${turn}`) },
  { name: 'query: names', sizes: to(1920), ask: (size, turn) => list(words(size, (n) => `a${n}=${turn}`, '&')) },
  { name: 'query: titles', sizes: to(2560), ask: (size, turn) => list(`titleId=${words(size, (n) => 10_000 + n, ',')}&skipItems=${turn}`) },
  { name: 'query: titleId, repeated', sizes: to(1280), ask: (size, turn) => list(`${'titleId=1&'.repeat(size)}skipItems=${turn}`) },
  { name: 'query: platforms of a history', sizes: to(2560), ask: (size, turn) => ({ path: `/users/xuid(1)/history/titles?platforms=${words(size, (n) => 1 + n, ',')}&skipItems=${turn}`, headers: { 'x-xbl-contract-version': '1' } }) },
  { name: 'query: continuationToken', sizes: to(14_080), ask: (size) => list(`continuationToken=${'a'.repeat(size)}`) },
  { name: 'Accept-Language: ranges', sizes: to(2560), ask: (size, turn) => page(`${words(size, () => 'xa-XA', ',')},x${turn}`) },
  { name: 'Accept-Language: ranges of quality', sizes: to(1280), ask: (size, turn) => page(`${words(size, (n) => `xa;q=0.${n % 1000}`, ',')},x${turn}`) },
  { name: 'Accept-Language: subtags of one', sizes: to(7040), ask: (size, turn) => page(`xa-${turn}${'-a'.repeat(size)}`) },
  { name: 'Accept-Language: commas', sizes: to(14_080), ask: (size, turn) => page(`x${turn}${','.repeat(size)}`) },
  { name: 'Authorization', sizes: to(14_080), ask: (size) => ({ ...list(''), headers: { authorization: `XBL3.0 x=a;${'b'.repeat(size)}` } }) },
  { name: 'path: a segment', sizes: to(14_080), ask: longPath },
  { name: 'path: segments', sizes: to(6400), ask: (size) => ({ path: '/a'.repeat(size) }) },
  { name: 'authorize: state, with 1000 users', sizes: to(14_080), ask: (size) => ({ path: `/oauth20_authorize.srf?client_id=a&response_type=code&redirect_uri=http://localhost/&state=${'%22'.repeat(size / 3)}` }) },
  { name: 'token form: one name, repeated', sizes: to(32_000), ask: (size) => ({ method: 'POST', path: '/oauth20_token.srf', body: 'a&'.repeat(size) }) },
  { name: 'sign-in body: unknown members', sizes: to(6400), ask: (size) => ({ method: 'POST', path: '/user/authenticate', body: Object.fromEntries(Array.from({ length: size }, (_none, n) => [`a${n}`, 1])) }) },
  { name: 'update: achievements', sizes: to(6400), ask: (size, turn) => update({ action: 'progressUpdate', serviceConfigId: LARGE_SCID, titleId: LARGE_TITLE, userId: '1', achievements: achievements(size, turn) }) },
  { name: 'update: depth', sizes: to(128_000), ask: (size) => update(`{"action":${'['.repeat(size)}${']'.repeat(size)}}`) }
]

/** Requests that need a key of the IGDB view. */
export const IGDB_REQUESTS: readonly Growth[] = [
  { name: 'igdb: tags eq', sizes: [4, 32, 256], ask: filters('[tags][eq]=tag0') },
  { name: 'igdb: tags prefix', sizes: [4, 32, 256], ask: filters('[tags][prefix]=tag') },
  { name: 'igdb: tags in, values', sizes: to(448), ask: (size) => records(`filter[tags][in]=${words(size, (n) => `tag${n % 2}`, ',')}`) },
  { name: 'igdb: name not_eq', sizes: [4, 32, 256], ask: filters('[name][not_eq]=#') },
  { name: 'igdb: name not_in, values', sizes: to(448), ask: (size) => records(`filter[name][not_in]=${words(size, (n) => n, ',')}`) },
  { name: 'igdb: owners gte', sizes: [4, 32, 256], ask: filters('[owners][gte]=0') },
  { name: 'igdb: owners_percentage gte', sizes: [4, 32, 256], ask: filters('[owners_percentage][gte]=0') },
  { name: 'igdb: ids', sizes: to(448), ask: (size) => ({ path: `/achievements/${words(size, (n) => 4_294_967_296 + n, ',')}` }) },
  { name: 'igdb: search', sizes: to(14_080), ask: (size) => records(`search=${'a'.repeat(size)}`) },
  { name: 'igdb: fields', sizes: to(4480), ask: (size) => records(`fields=${words(size, () => 'id', ',')}`) }
]

/** Requests to the control API. */
export const CONTROL_REQUESTS: readonly Growth[] = [
  { name: 'fault: stars, for a path of 14 kB', sizes: to(448), before: (size) => [forget('faults'), fault(`/${'*a'.repeat(size)}b`)], ask: () => longPath(14_000) },
  { name: 'faults, for a path of 14 kB', sizes: [12, 96, 768], before: (size) => [forget('faults'), ...Array.from({ length: size }, (_none, n) => fault(`*${'a'.repeat(99)}b${'a'.repeat(99)}*${n}`))], ask: () => longPath(14_000) },
  { name: 'fault: body', sizes: to(256_000), before: () => [forget('faults')], ask: (size) => fault(`/${'a'.repeat(size)}`) },
  { name: 'session: unknown members', sizes: to(19_200), before: () => [forget('faults')], ask: (size) => session(Object.fromEntries(Array.from({ length: size }, (_none, n) => [`a${n}`, 1]))) },
  { name: 'session: a long wrong value', sizes: to(256_000), ask: (size) => session({ userHash: ';'.repeat(size) }) },
  { name: 'session: a large wrong value', sizes: to(128_000), ask: (size) => session({ userHash: Array.from({ length: size }, () => 1) }) },
  { name: 'progress: requirements that are known', sizes: to(4800), ask: (size) => progress(Array.from({ length: size }, (_none, n) => ({ id: `requirement ${n % 1000}`, current: '1' }))) },
  { name: 'progress: requirements that are wrong', sizes: to(25_600), ask: (size) => progress(Array.from({ length: size }, () => ({ a: 1 }))) },
  { name: 'journal: entries with queries of 8 kB', sizes: to(1024), before: (size) => [forget('requests'), ...Array.from({ length: size }, () => ({ path: `/?${'a'.repeat(8000)}` }))], ask: () => ({ path: '/_emulator/requests' }) }
]

const put = (body: object | string): Ask => ({ method: 'PUT', path: '/_emulator/world', body })
const many = <T>(size: number, make: (n: number) => T): T[] => Array.from({ length: size }, (_none, n) => make(n))

/** World documents, which may be as large as a body can be. */
export const WORLD_REQUESTS: readonly Growth[] = [
  { name: 'world: titles', sizes: to(6400), ask: (size) => put({ titles: many(size, (n) => title(n, 1)) }) },
  { name: 'world: titles of one service configuration', sizes: to(6400), ask: (size) => put({ titles: many(size, (n) => ({ ...title(n, 0), serviceConfigId: LARGE_SCID })) }) },
  { name: 'world: achievements of one title', sizes: to(6400), ask: (size) => put({ titles: [title(1, size)] }) },
  { name: 'world: locales of one text', sizes: to(6400), ask: (size) => put({ titles: [{ ...title(1, 0), achievements: [{ id: 1, name: { 'en-US': 'x', ...Object.fromEntries(many(size, (n) => [`fr-x-a${n}`, 'x'])) } }] }] }) },
  { name: 'world: sandboxes', sizes: to(6400), ask: (size) => put({ titles: many(Math.ceil(size / 100), (n) => ({ ...title(n, 0), sandboxes: many(100, (m) => `S${m}`) })) }) },
  { name: 'world: progress in a hundred sandboxes', sizes: to(6400), ask: (size) => put({ titles: [{ ...title(1, size), sandboxes: many(100, (n) => `S${n}`) }], users: [{ xuid: '1', gamertag: 'g', achievements: many(size, (n) => ({ serviceConfigId: scidOf(1), id: n + 1, percentComplete: 1 })) }] }) },
  { name: 'world: users, each with a friend', sizes: to(25_600), ask: (size) => put({ users: many(size, (n) => ({ xuid: `${n + 1}`, gamertag: `g${n}`, friends: n === 0 ? [] : ['1'] })) }) },
  { name: 'world: sessions', sizes: to(25_600), ask: (size) => put({ sessions: many(size, (n) => ({ userHash: 'a', token: `${n}` })) }) },
  { name: 'world: wrong places', sizes: to(64_000), ask: (size) => put({ users: many(size, () => ({ xuid: 1, gamertag: 2 })) }) },
  { name: 'world: references to nothing', sizes: to(64_000), ask: (size) => put({ sessions: many(size, (n) => ({ userHash: 'a', token: `${n}`, xuid: '5' })) }) },
  { name: 'world: unknown members', sizes: to(64_000), ask: (size) => put(Object.fromEntries(many(size, (n) => [`a${n}`, 1]))) },
  { name: 'world: depth', sizes: to(1_024_000), ask: (size) => put('['.repeat(size) + ']'.repeat(size)) },
  { name: 'world: patch, users', sizes: to(6400), before: () => [put({})], ask: (size, turn) => ({ ...put({ users: many(size, (n) => ({ xuid: `${n + 1}`, gamertag: `g${n} ${turn}` })) }), method: 'PATCH' }) }
]
