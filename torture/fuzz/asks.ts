import type { Random } from '../random.ts'
import { clockBody, faultBody, formBody, patchBody, progressBody, sessionBody, signInBody, updateBody, userBody, vary } from './bodies.ts'
import { AUTHORIZATIONS, FAULTY_XUID, GOOD_VALUES, HOSTILE_ENCODINGS, HOSTILE_TEXTS, IGDB_FIELDS, IGDB_NAMES, IGDB_OPERATORS, METHODS, QUERY_NAMES, SCIDS, USER_KEY, XUIDS } from './pieces.ts'

/** A request in terms that all versions of HTTP have. */
export interface Ask {
  readonly method: string
  /** Path and query: ASCII without spaces. */
  readonly path: string
  /** Visible ASCII. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string | null
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%2C', ',')

/** A known or hostile value, percent-encoded correctly or not. */
function segment (random: Random, good: readonly string[]): string {
  const how = random.below(20)
  if (how < 14) return random.pick(good)
  if (how < 18) return encode(random.pick(HOSTILE_TEXTS))
  return how < 19 ? random.pick(good) + random.pick(HOSTILE_ENCODINGS) : random.pick(HOSTILE_ENCODINGS) + random.pick(HOSTILE_ENCODINGS)
}

/** Changes the case of letters, which may change the meaning. */
function recase (text: string, random: Random): string {
  if (!random.once(8)) return text
  return random.pick([text.toUpperCase(), text.toLowerCase(), text.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)])
}

function query (random: Random, names: readonly string[]): string {
  if (random.once(3)) return ''
  const count = random.once(50) ? random.below(120) : random.below(5)
  const pairs = random.times(count, () => {
    const name = random.once(12) ? encode(random.pick(HOSTILE_TEXTS)) : random.pick(names)
    const value = segment(random, GOOD_VALUES[name] ?? ['1'])
    return random.once(15) ? recase(name, random) : `${recase(name, random)}=${value}`
  })
  if (random.once(10) && pairs[0] !== undefined) pairs.push(pairs[0], pairs[0])
  return `?${pairs.join(random.once(30) ? ';' : '&')}`
}

/** A list without a page size is 40 kB, so it is requested only now and then. */
const xboxQuery = (random: Random): string => {
  const text = query(random, QUERY_NAMES)
  return random.once(20) || /maxItems/i.test(text) ? text : `${text === '' ? '?' : `${text}&`}maxItems=${1 + random.below(3)}`
}

const header = (random: Random, good: readonly string[]): string => random.once(6) ? random.pick(HOSTILE_TEXTS).replace(/[^!-~]+/g, '-').slice(0, 500) : random.pick(good)

function xboxHeaders (random: Random): Array<readonly [string, string]> {
  const headers: Array<readonly [string, string]> = []
  if (!random.once(12)) headers.push(['authorization', random.once(12) ? random.pick(['', 'XBL3.0', 'XBL3.0 x=;', 'XBL3.0 x=-;t', 'Bearer a', `xbl3.0 x=demo;${'t'.repeat(3000)}`, 'XBL3.0 x=demo;gamer']) : random.pick(AUTHORIZATIONS)])
  if (!random.once(4)) headers.push(['x-xbl-contract-version', header(random, ['1', '2', '2', '3', '4', '5', '6'])])
  if (random.once(10)) headers.push(['x-requestedserviceversion', header(random, ['1', '2'])])
  if (random.once(6)) headers.push(['accept-language', header(random, ['fr-FR', 'fr, en;q=0.5', 'ja-JP, *', 'de;q=0', 'en-US,'.repeat(random.once(20) ? 400 : 3)])])
  if (random.once(12)) headers.push(['ms-cv', header(random, ['AAAAAAAAAAAAAAAAAAAAAA.1', 'a.0', 'a'.repeat(127), 'a.4294967295', '.'.repeat(40)])])
  return headers
}

const ask = (method: string, path: string, { headers = [], body = null }: Partial<Ask> = {}): Ask => ({ method, path, headers, body })
const user = (random: Random): string => random.pick(['xuid(*)', 'xuid%28*%29', 'XUID(*)']).replace('*', segment(random, random.once(10) ? [FAULTY_XUID] : XUIDS))
const scid = (random: Random): string => segment(random, SCIDS)
const number = (random: Random): string => segment(random, ['1', '3', '9', '48', '0', '4294967295'])

const XBOX: ReadonlyArray<readonly [number, (random: Random) => Ask]> = [
  [6, (random) => ask('GET', `/users/${user(random)}/${recase('achievements', random)}${xboxQuery(random)}`)],
  [5, (random) => ask('GET', `/users/${user(random)}/achievements/${scid(random)}/${number(random)}`)],
  [4, (random) => ask('POST', `/users/${user(random)}/achievements/${scid(random)}/${recase('update', random)}`, { body: vary(updateBody(random), random) })],
  [2, (random) => {
    const [xuid, config] = [random.pick(XUIDS), random.pick(SCIDS)]
    return ask('POST', `/users/xuid(${xuid})/achievements/${config}/update`, { body: vary(updateBody(random, config, xuid), random) })
  }],
  [2, (random) => ask('GET', `/users/${user(random)}/titleachievements${xboxQuery(random)}`)],
  [2, (random) => ask('GET', `/users/${user(random)}/history/titles${xboxQuery(random)}`)]
]

const filter = (random: Random): string => `filter[${segment(random, IGDB_FIELDS)}][${segment(random, IGDB_OPERATORS)}]=${segment(random, ['1', '2001,2002', 'Story', 'a', '2018-06-20', ''])}`

function igdb (random: Random): Ask {
  const path = random.weighted([[4, '/achievements/'], [3, `/achievements/${segment(random, ['1234', '2001,2002', '4294967296'])}`], [2, '/achievements/count'], [1, `/achievements/scroll/${segment(random, ['a'.repeat(24)])}`]])
  const text = query(random, IGDB_NAMES)
  const filters = random.times(random.once(30) ? random.below(100) : random.below(3), () => filter(random))
  const full = filters.length === 0 ? text : `${text === '' ? '?' : `${text}&`}${filters.join('&')}`
  return ask('GET', path + full, { headers: random.once(10) ? [] : [['user-key', header(random, [USER_KEY])]] })
}

const AUTHORIZE = ['client_id', 'response_type', 'redirect_uri', 'state', 'login_hint', 'scope']
const signIn: ReadonlyArray<readonly [number, (random: Random) => Ask]> = [
  [2, (random) => ask('GET', `/oauth20_authorize.srf?client_id=a&response_type=code&redirect_uri=${segment(random, ['http%3A%2F%2Flocalhost%2F', 'http%3A%2F%2Fevil.example', 'ms-app%3A%2F%2Fa'])}&login_hint=${segment(random, ['gamer', 'nobody'])}&state=${segment(random, ['s'])}`)],
  [1, (random) => ask('GET', `/oauth20_authorize.srf${query(random, AUTHORIZE)}`)],
  [2, (random) => ask('POST', '/oauth20_token.srf', { body: formBody(random) })],
  [2, (random) => ask('POST', random.pick(['/user/authenticate', '/xsts/authorize']), { body: vary(signInBody(random), random) })]
]

const own = (random: Random): string => segment(random, ['8000001', '8000002', '8000003'])
const control: ReadonlyArray<readonly [number, (random: Random) => Ask]> = [
  [3, (random) => ask('GET', `/_emulator/${random.pick(['health', 'ready', 'clock', 'faults', 'nothing'])}`)],
  [1, (random) => ask('GET', `/_emulator/requests${random.pick(['', '/unmatched', '.har'])}?status=${segment(random, ['599'])}&path=${segment(random, ['/nothing'])}&xuid=${segment(random, XUIDS)}`)],
  [1, (random) => ask('GET', `/_emulator/requests?status=599&body=${segment(random, ['{}', '%5B1e400%5D'])}&query=${segment(random, ['a=1'])}&after=${segment(random, ['5'])}&last=${segment(random, ['3'])}&wait=${segment(random, ['0', '0.001'])}`)],
  [3, (random) => ask('PUT', `/_emulator/users/${own(random)}`, { body: vary(userBody(random), random) })],
  [2, (random) => ask('PUT', `/_emulator/users/${own(random)}/privacy`, { body: vary({ privacy: 'blocked' }, random) })],
  [2, (random) => ask(random.pick(['PUT', 'DELETE']), `/_emulator/users/${own(random)}/friends/${segment(random, XUIDS)}`)],
  [1, (random) => ask('DELETE', `/_emulator/users/${own(random)}`)],
  [4, (random) => ask('PUT', `/_emulator/users/${segment(random, [...XUIDS, '8000001'])}/achievements/${scid(random)}/${number(random)}`, { body: vary(progressBody(random), random) })],
  [1, (random) => ask('DELETE', `/_emulator/users/${own(random)}/achievements${random.pick(['', `/${scid(random)}`, `/${scid(random)}/${number(random)}`])}?sandbox=${segment(random, ['RETAIL'])}`)],
  [2, (random) => ask('GET', `/_emulator/users/${segment(random, [...XUIDS, 'gamer'])}${random.pick(['', '/friends', `?serviceConfigId=${scid(random)}`])}`)],
  [2, (random) => ask('GET', `/_emulator/${random.pick(['users?gamertag=', 'users?after=', 'titles?after=', 'sessions?xuid=', 'sessions?after='])}${segment(random, ['g', '1', 'gamer'])}&limit=${segment(random, ['1', '1000'])}`)],
  [1, (random) => ask('GET', `/_emulator/titles/${segment(random, ['1', '3051199919'])}`)],
  [3, (random) => ask('POST', '/_emulator/sessions', { body: vary(sessionBody(random), random) })],
  [1, (random) => ask('DELETE', `/_emulator/sessions/torture/${segment(random, ['made-1', 'made-2'])}`)],
  [1, (random) => ask('PUT', '/_emulator/clock', { body: vary(clockBody(random), random) })],
  [1, () => ask('DELETE', '/_emulator/clock')],
  [2, (random) => ask('POST', '/_emulator/faults', { body: faultBody(random) })],
  [2, (random) => ask('DELETE', `/_emulator/faults${random.once(2) ? '' : `/${segment(random, ['1', '2'])}`}`)],
  [0.04, (random) => ask('PATCH', '/_emulator/world', { body: vary(patchBody(random), random) })],
  [0.3, (random) => ask('PUT', '/_emulator/world', { body: random.pick(['', '[]', '1', 'null', '{"titles":1}', '{"titles":[{}],"users":[{}]}', '{"users":[{"xuid":"1","gamertag":"a"},{"xuid":"1","gamertag":"A"}]}', `{"titles":[${'{},'.repeat(300)}{}]}`]) })],
  [0.1, () => ask('POST', '/_emulator/reset')],
  [0.1, (random) => ask('GET', random.pick(['/_emulator/world', '/_emulator/openapi.json', '/_emulator/docs']))]
]

const unknown = (random: Random): Ask => ask(random.pick(METHODS), `/${random.times(random.below(5), () => segment(random, ['users', 'achievements', '_emulator', 'xuid(1)', 'admin', '.git', 'history', 'titles', '..', '.']))
  .join('/')}${query(random, [...QUERY_NAMES, ...IGDB_NAMES])}`)

/** A request to any route of any host, with more or fewer defects. */
export function makeAsk (random: Random): Ask {
  const kind = random.below(20)
  let made: Ask
  if (kind < 10) {
    const route = random.weighted(XBOX)(random)
    made = { ...route, headers: xboxHeaders(random) }
  } else if (kind < 13) made = igdb(random)
  else if (kind < 15) made = random.weighted(signIn)(random)
  else if (kind < 19) made = random.weighted(control)(random)
  else made = unknown(random)
  return random.once(15) ? { ...made, method: random.pick(METHODS) } : made
}
