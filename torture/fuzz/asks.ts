import type { Random } from '../random.ts'
import { ask, header, number, query, recase, scid, segment, user, xblHeaders, xboxQuery, type Ask } from './ask-parts.ts'
import { clockBody, faultBody, patchBody, progressBody, sessionBody, updateBody, userBody, vary } from './bodies.ts'
import { NEIGHBOURS } from './neighbour-asks.ts'
import { IGDB_FIELDS, IGDB_NAMES, IGDB_OPERATORS, METHODS, QUERY_NAMES, SCIDS, TITLES, USER_KEY, XUIDS } from './pieces.ts'
import { SIGN_IN } from './sign-in-asks.ts'

export type { Ask }

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
  [0.1, (random) => ask('POST', `/_emulator/world/${random.pick(['import', 'generate', 'restore'])}`, { body: vary(random.pick<object>([{ files: [{ name: 'a.json', text: JSON.stringify(patchBody(random)) }], dryRun: true }, { users: 2, dryRun: true }, { world: { titles: [{}] } }]), random) })],
  [1, (random) => ask('GET', `/_emulator/${random.pick(['about', 'ca.pem', 'rate-limits', 'requests/settings'])}?${segment(random, ['xuid', 'full', 'after'])}=${segment(random, [...XUIDS, 'true', ','])}`)],
  [1, (random) => ask('GET', `/_emulator/world/differences?after=${segment(random, ['user,1', 'friend,1,2', 'progress,1,RETAIL,1', '5'])}&user=${segment(random, XUIDS)}&limit=${segment(random, ['1'])}`)],
  [2, (random) => ask('GET', `/_emulator/users/${segment(random, XUIDS)}/${random.pick(['titles', 'unlocks', `titles/${segment(random, ['3051199919'])}`, `titles/${segment(random, ['3051199919'])}/achievements`])}?${random.pick(['sandbox=RETAIL&', 'locale=fr&', ''])}${random.pick(['search', 'after', 'state', 'titleId'])}=${segment(random, ['0|1|1', 'unlocked', '1'])}`)],
  [2, (random) => ask('PATCH', `/_emulator/users/${segment(random, [...XUIDS, '8000001'])}/achievements`, { body: vary({ achievements: [{ serviceConfigId: random.pick(SCIDS), id: 1, ...progressBody(random) }], titles: [{ titleId: Number(random.pick(TITLES)), sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z' }] }, random) })],
  [1, (random) => ask('POST', `/_emulator/users/${own(random)}/restore`)],
  [1, (random) => ask(random.pick(['PUT', 'DELETE']), '/_emulator/rate-limits', { body: vary({ limits: null }, random) })],
  [1, (random) => ask('PUT', '/_emulator/requests/settings', { body: vary({ answers: random.once(2) }, random) })],
  [1, (random) => ask('PATCH', `/_emulator/${random.pick(['', 'rta/'])}faults/${segment(random, ['1', '2'])}`, { body: vary({ enabled: random.once(2), happened: 0, position: 1 }, random) })],
  [0.3, (random) => ask('PUT', '/_emulator/world', { body: random.pick(['', '[]', '1', 'null', '{"titles":1}', '{"titles":[{}],"users":[{}]}', '{"users":[{"xuid":"1","gamertag":"a"},{"xuid":"1","gamertag":"A"}]}', `{"titles":[${'{},'.repeat(300)}{}]}`]) })],
  [0.1, () => ask('POST', '/_emulator/reset')],
  [0.1, (random) => ask('GET', random.pick(['/_emulator/world', '/_emulator/openapi.json', '/_emulator/docs', '/_emulator/console']))]
]

const unknown = (random: Random): Ask => ask(random.pick(METHODS), `/${random.times(random.below(5), () => segment(random, ['users', 'achievements', '_emulator', 'xuid(1)', 'admin', '.git', 'history', 'titles', '..', '.']))
  .join('/')}${query(random, [...QUERY_NAMES, ...IGDB_NAMES])}`)

/** A request to any route of any host, with more or fewer defects. */
export function makeAsk (random: Random): Ask {
  const kind = random.below(24)
  let made: Ask
  if (kind < 14) {
    const route = random.weighted(kind < 9 ? XBOX : NEIGHBOURS)(random)
    made = { ...route, headers: xblHeaders(random) }
  } else if (kind < 16) made = igdb(random)
  else if (kind < 19) made = random.weighted(SIGN_IN)(random)
  else if (kind < 23) made = random.weighted(control)(random)
  else made = unknown(random)
  return random.once(15) ? { ...made, method: random.pick(METHODS) } : made
}
