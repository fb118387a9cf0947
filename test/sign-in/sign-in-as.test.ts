import t from 'tap'
import { ConfigError, startEmulator } from '../../src/index.ts'
import { command } from '../control/client.ts'
import { build, FRIEND, GAMER, type Emulator } from '../helper.ts'
import { authorize, codeForm, errorOf, post, postForm, postUser, refusedAs } from './client.ts'

const NAVIGATION = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

const ticketOf = async (emulator: Emulator, form: Record<string, string>): Promise<unknown> =>
  (await postUser(emulator, (await postForm(emulator, form)).json().access_token)).json().DisplayClaims

const connect = async (emulator: Emulator) => await post(emulator, '/oauth20_connect.srf', 'client_id=my-app')

for (const signInAs of ['GAMER', GAMER]) {
  t.test(`--sign-in-as ${signInAs} signs in whoever is not named`, async (t) => {
    const emulator = build(t, { config: { signInAs } })
    const gamer = (await postUser(emulator, GAMER)).json().DisplayClaims
    const code = new URL((await authorize(emulator, {})).headers.location as string).searchParams.get('code') as string
    t.strictSame(await ticketOf(emulator, codeForm(code)), gamer)
    t.match((await authorize(emulator, { response_type: 'token', login_hint: '' })).headers.location, /#access_token=.*&user_id=0ef1d81fba943573$/)
    const { device_code: deviceCode } = (await connect(emulator)).json()
    t.match(await command(emulator, 'GET', '/device-codes'), { deviceCodes: [{ state: 'approved', xuid: GAMER }] })
    t.strictSame(await ticketOf(emulator, { grant_type: 'device_code', client_id: 'my-app', device_code: deviceCode }), gamer)

    const named = new URL((await authorize(emulator, { login_hint: 'friend' })).headers.location as string).searchParams.get('code') as string
    t.strictSame(await ticketOf(emulator, codeForm(named)), (await postUser(emulator, FRIEND)).json().DisplayClaims, 'who is named comes first')
  })
}

t.test('another site leads to the page', async (t) => {
  const emulator = build(t, { config: { signInAs: 'friend' } })
  const response = await authorize(emulator, {}, NAVIGATION)
  t.equal(response.statusCode, 200)
  t.match(response.body, /<ul>\n<li><a href="[^"]*">friend<\/a> \(\d+\)<\/li>\n<li><a href="[^"]*">gamer</)
})

t.test('when that user is gone, who asks is told', async (t) => {
  const emulator = build(t, { config: { signInAs: 'gamer' } })
  await command(emulator, 'DELETE', `/users/${GAMER}`)
  const description = 'The user of --sign-in-as, "gamer", is gone; expected a gamertag or XUID of a user of the world.'
  const response = await authorize(emulator, {})
  t.strictSame([response.statusCode, errorOf(response)], [302, { error: 'access_denied', error_description: description }])
  refusedAs(t, await connect(emulator), { error: 'access_denied', description })
  t.match((await authorize(emulator, { login_hint: 'friend' })).headers.location, /\?code=/)
  await command(emulator, 'POST', '/reset')
  t.equal((await connect(emulator)).statusCode, 200)
})

t.test('a user whom the world does not have is refused at the start', async (t) => {
  const error: Error = await startEmulator({ signInAs: 'nobody', world: { users: [{ xuid: '1', gamertag: 'ann' }] } }).then(() => new Error('started'), (error) => error)
  t.ok(error instanceof ConfigError)
  t.equal(error.message, 'signInAs (--sign-in-as): found "nobody", expected one of ann (1)')
})
