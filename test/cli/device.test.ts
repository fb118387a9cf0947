import t from 'tap'
import { GAMER } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'

/** Asks for a code as a device does, and then for what has become of it. */
function deviceOf (url: string) {
  const post = async (path: string, form: Record<string, string>): Promise<any> => await (await fetch(url + path, { method: 'POST', body: new URLSearchParams(form) })).json()
  return {
    connect: async () => await post('/oauth20_connect.srf', { client_id: 'my-app' }),
    poll: async (code: string) => await post('/oauth20_token.srf', { client_id: 'my-app', grant_type: 'device_code', device_code: code })
  }
}

t.test('who signs in on a device is said at the terminal', async (t) => {
  const { url } = await startCommand(t)
  const { connect, poll } = deviceOf(url)
  const device = (...args: string[]) => runCommand(['device', ...args, '--url', url])
  t.strictSame(await device(), says(''))
  const first = await connect()
  const second = await connect()
  t.strictSame(await device('slow', first.user_code), says(''))
  t.equal((await poll(first.device_code)).error, 'slow_down')
  t.strictSame(await device('approve', first.user_code.toLowerCase(), 'gamer'), says(''))
  t.strictSame(await device('decline', second.user_code), says(''))
  t.strictSame(await device('list'), says(`${first.user_code}  approved  my-app  ${GAMER}\n${second.user_code}  declined  my-app\n`))
  const { stdout } = await device('--json')
  const { deviceCodes } = await (await fetch(`${url}/_emulator/device-codes`)).json() as { deviceCodes: object[] }
  t.equal(stdout, deviceCodes.map((each) => `${JSON.stringify(each)}\n`).join(''))
  t.equal(deviceCodes.length, 2)
  t.equal((await poll(first.device_code)).token_type, 'bearer')
  t.equal((await poll(second.device_code)).error, 'authorization_declined')

  await compareAll(t, [
    [['device', 'approve', first.user_code, 'gamer', '--url', url], refuses(`The device code ${first.user_code} was used already`)],
    [['device', 'approve', second.user_code, 'nobody', '--url', url], refuses('There is no user "nobody"; expected a XUID, or the gamertag of a user of the world')],
    [['device', 'approve', second.user_code, '', '--url', url], refuses('There is no user ""; expected a XUID, or the gamertag of a user of the world')],
    [['device', 'decline', 'XXXX', '--url', url], refuses('There is no device code "XXXX"; expected the user_code that a device was given')],
    [['device', 'slow', '..', '--url', url], refuses('<code>: found "..", expected the code that a device shows')],
    [['device', 'approve', second.user_code, '--url', url], refuses("missing required argument 'user'")]
  ])
})
