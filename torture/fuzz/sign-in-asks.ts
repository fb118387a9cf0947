import type { Random } from '../random.ts'
import { ask, query, segment, type Ask } from './ask-parts.ts'
import { formBody, signInBody, vary } from './bodies.ts'
import { HOSTILE_TEXTS, TITLES } from './pieces.ts'

/** Requests to the hosts of signing in. */

const AUTHORIZE = ['client_id', 'response_type', 'redirect_uri', 'state', 'login_hint', 'scope', 'code_challenge', 'code_challenge_method', 'prompt', 'response_mode', 'nonce']
const TENANTS = ['consumers', 'common', 'organizations', '9188040d-6c67-4c5b-b112-36a304b66dad']
const CODES = ['V3REVW36', 'gamer', 'nobody']
const REDIRECTS = ['http%3A%2F%2Flocalhost%2F', 'https%3A%2F%2Flogin.live.com%2Foauth20_desktop.srf', 'http%3A%2F%2Fevil.example', 'ms-xal-000000004c12ae6f%3A%2F%2Fauth']

const authorization = (random: Random): string =>
  `client_id=a&response_type=${segment(random, ['code', 'token', 'id_token'])}&redirect_uri=${segment(random, REDIRECTS)}&login_hint=${segment(random, ['gamer', 'nobody'])}&state=${segment(random, ['s'])}`

/** A form with some of its parameters, and others. */
function form (random: Random, pairs: ReadonlyArray<readonly [string, string]>): string {
  const chosen = [...pairs, [random.pick(HOSTILE_TEXTS), random.pick(HOSTILE_TEXTS)] as const].filter(() => !random.once(6))
  return chosen.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent((random.once(8) ? random.pick(HOSTILE_TEXTS) : value).toWellFormed())}`).join('&')
}

const deviceForm = (random: Random): string => form(random, [['client_id', 'torture'], ['scope', 'XboxLive.signin'], ['response_type', 'device_code']])
const pollForm = (random: Random): string => form(random, [['client_id', 'torture'], ['grant_type', random.pick(['urn:ietf:params:oauth:grant-type:device_code', 'device_code'])], ['device_code', random.pick(CODES)], ['code', random.pick(CODES)]])
const tokenForm = (random: Random): string => random.once(2) ? formBody(random) : pollForm(random)

const xal = (properties: object): object => ({ RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: properties })
const PROOF_KEY = { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', x: 'a', y: 'b' }
const deviceBody = (): object => xal({ AuthMethod: 'ProofOfPossession', Id: '{0a7525e8-c21f-4447-a596-16ca2afe38fc}', DeviceType: 'Win32', Version: '10', ProofKey: PROOF_KEY })
const titleBody = (random: Random): object => xal({ AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', DeviceToken: 'd', RpsTicket: random.pick(['t=gamer', 'd=nobody']), TitleId: random.pick(TITLES), ProofKey: PROOF_KEY })
const sisuAuthenticate = (random: Random): object => ({ AppId: '000000004c12ae6f', TitleId: random.pick(TITLES), RedirectUri: 'ms-xal-000000004c12ae6f://auth', DeviceToken: 'd', Sandbox: 'RETAIL', TokenType: 'code', Offers: ['service::user.auth.xboxlive.com::MBI_SSL'], Query: { display: 'android_phone', code_challenge: 'a', code_challenge_method: 'S256', state: 's' } })
const sisuAuthorize = (random: Random): object => ({ AccessToken: random.pick(['t=gamer', 't=nobody']), AppId: '000000004c12ae6f', DeviceToken: 'd', Sandbox: random.pick(['RETAIL', 'XDKS.9']), SiteName: 'user.auth.xboxlive.com', UseModernGamertag: true, ProofKey: PROOF_KEY })

const json = (random: Random, path: string, body: object): Ask => ask('POST', path, { body: vary(body, random) })
const inTenant = (random: Random, path: string): string => `/${segment(random, TENANTS)}${path}`

export const SIGN_IN: ReadonlyArray<readonly [number, (random: Random) => Ask]> = [
  [2, (random) => ask('GET', `/oauth20_authorize.srf?${authorization(random)}`)],
  [1, (random) => ask('GET', `/oauth20_authorize.srf${query(random, AUTHORIZE)}`)],
  [1, (random) => ask('POST', `/ppsecure/post.srf?${authorization(random)}`, { body: form(random, [['login', 'gamer'], ['loginfmt', 'gamer'], ['passwd', 'a'], ['PPFT', 'a']]) })],
  [0.3, (random) => ask('GET', `/oauth20_desktop.srf${query(random, AUTHORIZE)}`)],
  [2, (random) => ask('POST', '/oauth20_token.srf', { body: tokenForm(random) })],
  [1, (random) => ask('GET', `/oauth20_token.srf?${tokenForm(random).slice(0, 2000)}`)],
  [1, (random) => ask('POST', '/oauth20_connect.srf', { body: deviceForm(random) })],
  [1, (random) => ask('GET', `/oauth20_remoteconnect.srf?otc=${segment(random, CODES)}`)],
  [1, (random) => ask('POST', '/oauth20_remoteconnect.srf', { body: form(random, [['otc', random.pick(CODES)], ['xuid', 'gamer'], ['decision', 'approve']]) })],
  [1, (random) => ask('GET', `${inTenant(random, '/oauth2/v2.0/authorize')}?${authorization(random)}`)],
  [1, (random) => ask('POST', inTenant(random, '/oauth2/v2.0/devicecode'), { body: deviceForm(random) })],
  [1, (random) => ask('POST', inTenant(random, '/oauth2/v2.0/token'), { body: tokenForm(random) })],
  [0.5, (random) => ask('GET', inTenant(random, random.pick(['/v2.0/.well-known/openid-configuration', '/discovery/v2.0/keys'])))],
  [0.5, (random) => ask('GET', `/common/discovery/instance?api-version=${segment(random, ['1.1'])}&authorization_endpoint=${segment(random, ['https%3A%2F%2Flogin.microsoftonline.com%2Fcommon%2Foauth2%2Fauthorize'])}`)],
  [2, (random) => json(random, random.pick(['/user/authenticate', '/xsts/authorize']), signInBody(random))],
  [1, (random) => json(random, '/device/authenticate', deviceBody())],
  [1, (random) => json(random, '/title/authenticate', titleBody(random))],
  [1, (random) => json(random, '/authenticate', sisuAuthenticate(random))],
  [1, (random) => json(random, '/authorize', sisuAuthorize(random))],
  [0.5, (random) => ask('GET', `/titles/${segment(random, ['default', 'current', '1660944384'])}/endpoints?type=1`)]
]
