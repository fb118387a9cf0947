import t from 'tap'
import { build, FRIEND } from '../helper.ts'
import { authorize, postForm, postUser, refreshForm } from './client.ts'

const DESKTOP = 'https://login.live.com/oauth20_desktop.srf'
const MBI = 'service::user.auth.xboxlive.com::MBI_SSL'
const XBOX_APP = { client_id: '000000004C12AE6F', response_type: 'token', redirect_uri: DESKTOP, scope: MBI, display: 'touch', locale: 'en' }
const TOKEN = '[\\w-]{43}'

t.test('the tokens are in the fragment, in the order that clients expect', async (t) => {
  const emulator = build(t)
  for (const [query, before, scope, seconds, after] of [
    [{}, `${DESKTOP}\\?lc=1033#`, MBI, 86400, ''],
    [{ response_type: 'TOKEN', state: 'a b&c#d' }, `${DESKTOP}\\?lc=1033#`, MBI, 86400, '&state=a%20b%26c%23d'],
    [{ scope: 'a b', redirect_uri: 'http://localhost:8080/cb?x=y' }, 'http://localhost:8080/cb\\?x=y&lc=1033#', 'a%20b', 3600, ''],
    [{ scope: '', state: '' }, `${DESKTOP}\\?lc=1033#`, 'XboxLive.signin%20XboxLive.offline_access', 3600, '&state=']
  ] as const) {
    const response = await authorize(emulator, { ...XBOX_APP, login_hint: 'gamer', ...query })
    t.strictSame([response.statusCode, response.body], [302, ''])
    t.match(response.headers.location, new RegExp(`^${before}access_token=${TOKEN}&token_type=bearer&expires_in=${seconds}&scope=${scope}&refresh_token=${TOKEN}&user_id=0ef1d81fba943573${after}$`))
  }
})

t.test('they are those of the user and the application', async (t) => {
  const emulator = build(t)
  const { headers } = await authorize(emulator, { ...XBOX_APP, login_hint: 'friend' })
  const tokens = new URLSearchParams((headers.location as string).split('#')[1])
  const ticket = await postUser(emulator, `t=${tokens.get('access_token')}`)
  t.strictSame([ticket.statusCode, ticket.json().DisplayClaims], [200, (await postUser(emulator, FRIEND)).json().DisplayClaims])
  const refresh = refreshForm(tokens.get('refresh_token') as string)
  t.match((await postForm(emulator, refresh)).json(), { error: 'invalid_grant', error_description: 'The refresh token was issued to another client_id.' })
  t.match((await postForm(emulator, { ...refresh, client_id: XBOX_APP.client_id.toLowerCase() })).json(), { scope: MBI })
})

t.test('a fragment of a configured address is replaced', async (t) => {
  const emulator = build(t, { config: { redirectUris: 'https://app.example/x#f' } })
  const { headers } = await authorize(emulator, { ...XBOX_APP, redirect_uri: 'https://app.example/x#f', login_hint: 'gamer' })
  t.match(headers.location, /^https:\/\/app\.example\/x\?lc=1033#access_token=[\w-]{43}&/)
})
