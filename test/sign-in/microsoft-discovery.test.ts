import t from 'tap'
import { build } from '../helper.ts'
import { refusedAs, TENANT } from './microsoft-client.ts'
import { deviceTokenOf, sisuStart } from './xal-client.ts'

const HOST = 'https://login.microsoftonline.com'

t.test('the configuration of each tenant, at the address that was asked', async (t) => {
  const { app } = build(t)
  for (const [host, origin] of [['localhost:80', 'http://localhost:80'], ['login.microsoftonline.com', HOST]] as const) {
    for (const [tenant, issuer] of [['consumers', TENANT], ['Common', '{tenantid}'], [TENANT, TENANT]] as const) {
      const base = `${origin}/${tenant.toLowerCase()}`
      const response = await app.inject({ url: `/${tenant}/v2.0/.well-known/openid-configuration`, headers: { host } })
      t.strictSame([response.statusCode, response.json()], [200, {
        issuer: `${origin}/${issuer}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_types_supported: ['code'],
        response_modes_supported: ['query', 'fragment'],
        scopes_supported: ['openid', 'profile', 'offline_access'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'],
        code_challenge_methods_supported: ['S256', 'plain'],
        claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'nonce', 'preferred_username', 'name', 'oid', 'tid', 'ver']
      }])
      t.equal(response.headers['content-type'], 'application/json')
    }
  }
})

t.test('MSAL for Python repeats a slash, unless it is given an authority', async (t) => {
  const { app } = build(t)
  const headers = { host: 'login.microsoftonline.com' }
  const [repeated, once] = await Promise.all(['//', '/'].map(async (slashes) => await app.inject({ url: `/common${slashes}v2.0/.well-known/openid-configuration`, headers })))
  t.strictSame([repeated?.statusCode, repeated?.json()], [200, once?.json()])
})

t.test('the names of the host', async (t) => {
  const { app } = build(t)
  const ask = async (endpoint: string, host = 'login.microsoftonline.com') => await app.inject({ url: `/common/discovery/instance?${new URLSearchParams({ 'api-version': '1.1', authorization_endpoint: endpoint })}`, headers: { host } })
  const metadata = [{ preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases: ['login.microsoftonline.com', 'login.windows.net'] }]
  for (const [endpoint, host, tenant] of [
    [`${HOST}/common/oauth2/authorize`, 'login.microsoftonline.com', `${HOST}/common`],
    ['https://LOGIN.windows.net/consumers/oauth2/v2.0/authorize?x', 'login.microsoftonline.com', `${HOST}/consumers`],
    ['http://localhost:80/consumers/x', 'localhost:80', 'http://localhost:80/consumers']
  ] as const) {
    const response = await ask(endpoint, host)
    t.strictSame([response.statusCode, response.json()], [200, { tenant_discovery_endpoint: `${tenant}/v2.0/.well-known/openid-configuration`, 'api-version': '1.1', metadata }], endpoint)
  }
  for (const endpoint of ['x', 'https://evil.example/common/oauth2/authorize', 'ftp://login.microsoftonline.com/common/x', `${HOST}/`, `${HOST}/common`, `${HOST}/%22/x`, 'https://login.microsoftonline.com:1/common/x']) {
    refusedAs(t, await ask(endpoint), { error: 'invalid_instance', number: 50049, description: 'authorization_endpoint is of another host; expected one as https://login.microsoftonline.com/common/oauth2/v2.0/authorize.' }, endpoint)
  }
  refusedAs(t, await ask(''), { error: 'invalid_request', number: 9002313, description: 'authorization_endpoint is ""; expected an address of the host.' })
  refusedAs(t, await app.inject('/common/discovery/instance'), { error: 'invalid_request', number: 900144, description: 'authorization_endpoint is missing; expected an address of the host.' })
})

t.test('a Host of which no address can be made is refused as malformed, and answered where Node can make one', async (t) => {
  const emulator = build(t)
  const device = await deviceTokenOf(emulator)
  for (const host of ['xn--nxa.localhost', 'xn--.localhost', 'XN--a8.localhost', 'xn--xn--a.localhost:80']) {
    const discovery = await emulator.app.inject({ url: '/common/discovery/instance?authorization_endpoint=https://login.microsoftonline.com/common/oauth2/authorize', headers: { host } })
    const sisu = await emulator.app.inject({ method: 'POST', url: '/authenticate', headers: { host }, payload: sisuStart(device) })
    const expected = URL.canParse(`http://${host}`) ? 200 : 400
    t.strictSame([discovery.statusCode, sisu.statusCode], [expected, expected], host)
  }
})
