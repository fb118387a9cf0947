import t from 'tap'
import { build, GAMER } from '../helper.ts'
import { authorize, codeForm, errorOf, post, postForm, postUser, postXsts, userTokenOf } from './client.ts'
import { askDeviceCode, askToken, CLIENT } from './microsoft-client.ts'
import { deviceBody, deviceTokenOf, postSisu, sisuStart, titleBody } from './xal-client.ts'

/** Answers to the letter: the members in the order that is recorded, or that the hosts are known to have. */

const PRIVILEGES = '188 191 192 193 194 195 196 198 199 200 201 203 204 205 206 208 211 214 215 216 217 220 224 227 228 235 238 245 247 249 252 254 255'
const CLAIMS = `{"gtg":"gamer","xid":"${GAMER}","uhs":"4726078111575463039","agg":"Adult","usr":"234","prv":"${PRIVILEGES}"}`
const UHS = '{"xui":[{"uhs":"4726078111575463039"}]}'
const ISSUED = '"IssueInstant":"2020-06-15T12:00:00.0000000Z"'
const FORTNIGHT = `${ISSUED},"NotAfter":"2020-06-29T12:00:00.0000000Z","Token":"TOKEN"`
const SIXTEEN_HOURS = `${ISSUED},"NotAfter":"2020-06-16T04:00:00.0000000Z","Token":"TOKEN"`
const PAGE = 'http://localhost:80/oauth20_remoteconnect.srf'

/** A body whose tokens and GUIDs, which are random, are words. */
const shown = ({ body }: { body: string }): string =>
  body.replaceAll(/"[\w-]{43}"/g, '"TOKEN"').replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'GUID').replaceAll(/"user_code":"[A-Z0-9]{8}"/g, '"user_code":"USERCODE"').replaceAll(/code [A-Z0-9]{8}\./g, 'code USERCODE.')

t.test('login.live.com', async (t) => {
  const emulator = build(t)
  const { headers } = await authorize(emulator, { login_hint: 'gamer', scope: 'service::user.auth.xboxlive.com::MBI_SSL' })
  const code = new URL(headers.location as string).searchParams.get('code') as string
  const tokens = '{"token_type":"bearer","expires_in":86400,"scope":"service::user.auth.xboxlive.com::MBI_SSL","access_token":"TOKEN","refresh_token":"TOKEN","user_id":"0ef1d81fba943573"}'
  t.equal(shown(await postForm(emulator, codeForm(code))), tokens)
  const query = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'any', refresh_token: 'gamer', scope: 'service::user.auth.xboxlive.com::MBI_SSL' })
  t.equal(shown(await emulator.app.inject({ url: `/oauth20_token.srf?${query}` })), tokens, 'by GET')
  t.equal(shown(await post(emulator, '/oauth20_connect.srf', 'client_id=a&response_type=device_code')), `{"user_code":"USERCODE","device_code":"TOKEN","verification_uri":"${PAGE}","interval":5,"expires_in":900}`)
  t.equal(shown(await postForm(emulator, { ...codeForm(code), code })), '{"error":"invalid_grant","error_description":"The code was not issued here, or was used already, and no user has it as XUID or gamertag.","correlation_id":"GUID"}')
  t.strictSame(Object.entries(errorOf(await authorize(emulator, { response_type: 'token', state: 's', login_hint: 'nobody' }))), [
    ['error', 'access_denied'], ['error_description', 'login_hint is "nobody"; expected the gamertag or XUID of a user of the world.'], ['state', 's']
  ])
})

t.test('login.microsoftonline.com', async (t) => {
  const emulator = build(t)
  t.equal(shown(await askDeviceCode(emulator)), `{"user_code":"USERCODE","device_code":"TOKEN","verification_uri":"${PAGE}","expires_in":900,"interval":5,"message":"To sign in, open ${PAGE} in a browser and enter the code USERCODE."}`)
  const response = await askToken(emulator, { grant_type: 'refresh_token', refresh_token: 'gamer', scope: 'XboxLive.signin offline_access openid profile', client_info: '1' })
  t.strictSame(Object.entries(response.json()).map(([name, value]) => `${name} ${typeof value}`), [
    'token_type string', 'scope string', 'expires_in number', 'ext_expires_in number', 'access_token string', 'refresh_token string', 'id_token string', 'client_info string'
  ])
  t.equal(shown(await askToken(emulator, { grant_type: 'device_code', device_code: 'x' })), '{"error":"bad_verification_code","error_description":"AADSTS70018: The device_code was not issued here. Trace ID: GUID Correlation ID: GUID Timestamp: 2020-06-15 12:00:00Z",' +
    '"error_codes":[70018],"timestamp":"2020-06-15 12:00:00Z","trace_id":"GUID","correlation_id":"GUID","error_uri":"https://login.microsoftonline.com/error?code=70018"}')
  t.match((await emulator.app.inject(`/common/discovery/instance?authorization_endpoint=https://login.microsoftonline.com/common/oauth2/authorize&api-version=1.1&client_id=${CLIENT}`)).body,
    /^\{"tenant_discovery_endpoint":"[^"]*\/common\/v2\.0\/\.well-known\/openid-configuration","api-version":"1\.1","metadata":\[\{"preferred_network":"login\.microsoftonline\.com","preferred_cache":"login\.windows\.net","aliases":\["login\.microsoftonline\.com","login\.windows\.net"\]\}\]\}$/)
})

t.test('the tokens of Xbox Live', async (t) => {
  const emulator = build(t)
  t.equal(shown(await post(emulator, '/device/authenticate', deviceBody())), `{${FORTNIGHT},"DisplayClaims":{"xdi":{"did":"DF251A8A6398D150","dcs":"0"}}}`)
  const device = await deviceTokenOf(emulator)
  t.equal(shown(await post(emulator, '/title/authenticate', titleBody(device, { RpsTicket: undefined, TitleId: 1739947436 }))), `{${FORTNIGHT},"DisplayClaims":{"xti":{"tid":"1739947436"}}}`)
  t.equal(shown(await postUser(emulator, 'gamer')), `{${FORTNIGHT},"DisplayClaims":${UHS}}`)
  t.equal(shown(await postXsts(emulator, await userTokenOf(emulator, 'gamer'))), `{${SIXTEEN_HOURS},"DisplayClaims":{"xui":[${CLAIMS}]}}`)
  const further = await postXsts(emulator, await userTokenOf(emulator, 'gamer'), { OptionalDisplayClaims: ['umg', 'mgt', 'mgs'] })
  t.equal(JSON.stringify(further.json().DisplayClaims), `{"xui":[${CLAIMS.slice(0, -1)},"mgt":"gamer","mgs":"","umg":"gamer"}]}`)
  t.equal(shown(await postXsts(emulator, 'x')), '{"Identity":"0","XErr":2148916262,"Message":""}')
  t.equal(shown(await postUser(emulator, 'nobody')), '{"Identity":"0","XErr":2148916233,"Message":"","Redirect":"https://start.ui.xboxlive.com/CreateAccount"}')
})

t.test('SISU, where the claims come first in each token', async (t) => {
  const emulator = build(t)
  const envelope = (claims: string, rest: string): string => `{"DisplayClaims":${claims},${rest}}`
  const expected = `{"DeviceToken":"TOKEN","TitleToken":${envelope('{"xti":{"tid":"1016898439"}}', FORTNIGHT)},"UserToken":${envelope(UHS, FORTNIGHT)},` +
    `"AuthorizationToken":${envelope(`{"xui":[${CLAIMS}]}`, SIXTEEN_HOURS)},"WebPage":"https://sisu.xboxlive.com/client/v27/000000004c20a908/view/index.html","Sandbox":"RETAIL"}`
  t.equal(shown(await postSisu(emulator)), expected)
  t.match(shown(await postSisu(emulator, { UseModernGamertag: true })), /,"Sandbox":"RETAIL","UseModernGamertag":true\}$/)
  t.match(shown(await post(emulator, '/authenticate', sisuStart(await deviceTokenOf(emulator)))), /^\{"MsaOauthRedirect":"[^"]*","MsaRequestParameters":\{\}\}$/)
  const refused = await postSisu(emulator, { AccessToken: 't=nobody' })
  t.equal(shown(refused), '{"Identity":"0","XErr":2148916233,"Message":"","Redirect":"https://start.ui.xboxlive.com/CreateAccount","WebPage":"https://sisu.xboxlive.com/client/v27/000000004c20a908/view/index.html"}')
})

t.test('the end points of title.mgt', async (t) => {
  const { body } = await build(t).app.inject('/titles/default/endpoints?type=1')
  t.equal(body, '{"EndPoints":[{"Protocol":"https","Host":"*.xboxlive.com","HostType":"wildcard","RelyingParty":"http://xboxlive.com","TokenType":"JWT","SignaturePolicyIndex":0},' +
    '{"Protocol":"https","Host":"sisu.xboxlive.com","HostType":"fqdn","RelyingParty":"http://sisu.xboxlive.com/","TokenType":"JWT","SignaturePolicyIndex":0},' +
    '{"Protocol":"http","Host":"*.xboxlive.com","HostType":"wildcard"}],"SignaturePolicies":[{"Version":1,"SupportedAlgorithms":["ES256"],"MaxBodyBytes":8192},' +
    '{"Version":1,"SupportedAlgorithms":["ES256"],"MaxBodyBytes":4294967295}],"Certs":[],"RootCerts":[]}')
})
