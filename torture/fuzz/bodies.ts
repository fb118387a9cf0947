import type { Random } from '../random.ts'
import { CANARY, FAULTY_XUID, HOSTILE_TEXTS, SCIDS, TITLES, XUIDS } from './pieces.ts'

/** An unexpected value of any JSON type. */
function hostileValue (random: Random): unknown {
  return random.weighted<() => unknown>([
    [6, () => random.pick(HOSTILE_TEXTS)],
    [3, () => random.pick([0, -1, 1.5, 1e308, -1e-308, 2147483648, 4294967296, 2 ** 53 + 2, 2 ** 64])],
    [3, () => random.pick([null, true, false, [], {}, [[]], [null], { a: {} }])],
    [1, () => random.times(random.below(150), () => random.pick(HOSTILE_TEXTS))],
    [1, () => ({ [random.pick(HOSTILE_TEXTS)]: random.pick(HOSTILE_TEXTS), __proto__x: 1 })]
  ])()
}

/** Changes, removes or adds members, or changes their types, at any depth. */
function mutate (value: unknown, random: Random): unknown {
  if (random.once(6)) return hostileValue(random)
  if (Array.isArray(value)) return random.once(4) ? [...value, ...value, hostileValue(random)] : value.map((each) => mutate(each, random))
  if (value === null || typeof value !== 'object') return random.once(3) ? hostileValue(random) : value
  const members = Object.entries(value).filter(() => !random.once(8)).map(([name, each]) => [name, random.once(3) ? mutate(each, random) : each] as const)
  return Object.fromEntries(random.once(4) ? [...members, [random.pick(HOSTILE_TEXTS), hostileValue(random)]] : members)
}

/** Makes a text that is not JSON, or is too long. */
function ruin (text: string, random: Random): string {
  return random.weighted<() => string>([
    [4, () => text.slice(0, random.below(text.length + 1))],
    [3, () => { const at = random.below(text.length + 1); return text.slice(0, at) + random.pick(HOSTILE_TEXTS) + text.slice(at) }],
    [1, () => text + text],
    [1, () => `\ufeff${text}`],
    [1, () => text.replaceAll('"', '\'')],
    [1, () => '['.repeat(1 + random.below(5000))],
    [1, () => '{"a":'.repeat(1 + random.below(2000)) + '1' + '}'.repeat(2000)],
    [1, () => `{${random.times(random.below(500), () => '"a":1').join()}}`],
    [1, () => `[${'1,'.repeat(random.below(20_000))}1]`],
    [1, () => '9'.repeat(1 + random.below(10_000))],
    [1, () => JSON.stringify('x'.repeat(random.below(60_000)))]
  ])()
}

/** A value as JSON: unchanged, with changes, or as invalid JSON. */
export function vary (value: unknown, random: Random): string {
  const how = random.below(10)
  if (how < 3) return JSON.stringify(value)
  return how < 8 ? JSON.stringify(mutate(value, random)) ?? '' : ruin(JSON.stringify(value), random)
}

export const updateBody = (random: Random, scid = random.pick(SCIDS), xuid = random.pick(XUIDS)): object => ({
  action: 'progressUpdate',
  serviceConfigId: scid,
  titleId: Number(random.pick(TITLES)),
  userId: xuid,
  achievements: random.times(1 + random.below(3), () => ({ id: String(1 + random.below(50)), percentComplete: random.below(101) }))
})

export const progressBody = (random: Random): object => ({
  percentComplete: random.below(101), isRevoked: random.once(2), timeUnlocked: '2013-01-17T03:19:00.3087016Z', sandbox: random.pick([null, null, 'RETAIL', 'XDKS.1'])
})

export const sessionBody = (random: Random): object => ({
  userHash: 'torture', token: `made-${random.below(50)}`, xuid: random.pick(XUIDS), titleId: Number(random.pick(TITLES)), sandbox: random.pick(['RETAIL', 'XDKS.1', null]), location: 'FR', expires: null
})

export const userBody = (random: Random): object => ({ gamertag: `g ${random.below(20)}`, privacy: random.pick(['everyone', 'friendsOnly', 'blocked']) })

export const clockBody = (random: Random): object =>
  random.pick<object>([{ offset: 'P1D' }, { offset: '-PT2H30M' }, { now: '2020-06-15T12:00:00Z' }, { offset: 'PT0S' }, { offset: `P${random.pick(['9999', '1e9', '0.5', '99999999999999999999'])}Y` }])

/** A fault, with changes. It only concerns the user `FAULTY_XUID`, and delays answers by a few milliseconds at most. */
export function faultBody (random: Random): string {
  const fault = mutate({ status: random.pick([500, 503, 429, 301, 304, 404, 502, null]), effect: random.pick(['truncate', 'reset', 'drop', null, null]), retryAfter: random.pick([null, null, 1, false]), headers: random.pick([null, null, { 'x-own': 'b' }, { 'content-length': '1' }, { 'x\r\ny': 'z' }]), times: 1 + random.below(5), probability: random.pick([1, 0.5]), seed: 1, method: 'GET', location: null }, random)
  if (fault === null || typeof fault !== 'object' || Array.isArray(fault)) return JSON.stringify(fault)
  return JSON.stringify({ ...fault, path: `/users/xuid(${FAULTY_XUID})*`, delay: random.pick([null, 0, 2, { min: 0, max: 3 }, { min: 3, max: 0 }, -1]) })
}

/** A part of a world that leaves its titles and sessions as they are. */
export const patchBody = (random: Random): object => ({
  users: [{ xuid: String(8_000_000 + random.below(5)), gamertag: `p ${random.below(5)}`, privacy: 'everyone', achievements: [{ serviceConfigId: random.pick(SCIDS), id: 1 + random.below(3), sandbox: random.pick([null, null, 'RETAIL', 'XDKS.1']), percentComplete: random.below(101) }] }]
})

export const signInBody = (random: Random): object => random.once(2)
  ? { RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: random.pick(['d=gamer', 't=friend', '2533274790412954', `d=${CANARY}gamer`]) } }
  : { RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', Properties: { UserTokens: [random.pick(['gamer', 'friend'])], SandboxId: 'RETAIL', TitleToken: random.pick([null, '3051199919', '1']) } }

export function formBody (random: Random): string {
  const grant = random.pick(['authorization_code', 'refresh_token', 'password'])
  const pairs = [['grant_type', grant], ['client_id', 'torture'], ['code', 'gamer'], ['refresh_token', 'friend'], ['scope', 'XboxLive.signin'], ['redirect_uri', 'http://localhost/'], [random.pick(HOSTILE_TEXTS), random.pick(HOSTILE_TEXTS)]]
  const chosen = pairs.filter(() => !random.once(6)).map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('='))
  if (random.once(400)) return random.pick(['scope=&', 'a=1&', '&', 'a&']).repeat(random.below(33_000))
  return random.once(6) ? [...chosen, ...chosen].join('&') : chosen.join('&')
}
