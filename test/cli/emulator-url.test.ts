import t from 'tap'
import { GAMER } from '../helper.ts'
import { refusedUrl } from '../refused-url.ts'
import { compareAll, refuses, runCommand, says, startCommand, type Case } from '../run-bin.ts'
import { substituteEmulator } from './substitute-emulator.ts'

/** A command of each kind that asks a running emulator, and what it prints. */
const ASKING = [['wait'], ['clock', 'reset'], ['fault', 'clear'], ['requests', 'clear'], ['world', 'export'], ['token', '--xuid', GAMER], ['users'], ['reset'], ['unlock', GAMER, '1']]

t.test('XBL_EMULATOR_URL stands in for --url', async (t) => {
  const { url, asked } = await substituteEmulator(t, { 'GET /_emulator/ready': { status: 'ready' }, 'DELETE /_emulator/clock': null })
  const env = { XBL_EMULATOR_URL: `${url}/` }
  const closed = await refusedUrl(t)
  const other = { XBL_EMULATOR_URL: closed }
  await compareAll(t, [
    [['wait'], says(''), { env }],
    [['clock', 'reset'], says(''), { env }],
    [['clock', 'reset', '--url', url], says(''), { env: other }],
    [['clock', 'reset', '--url', url], says(''), { env: { XBL_EMULATOR_URL: 'wrong' } }],
    [['clock', 'reset'], refuses(`${closed} cannot be reached: nothing listens there; start an emulator with xbl-achievements start, or name its address with --url`), { env: other }]
  ])
  t.strictSame(asked.sort(), ['DELETE /_emulator/clock', 'DELETE /_emulator/clock', 'DELETE /_emulator/clock', 'GET /_emulator/ready'])
})

t.test('a wrong variable is named, by every command', async (t) => {
  const wrong = (value: string) => refuses(`the environment variable XBL_EMULATOR_URL: found ${JSON.stringify(value)}, expected an address such as http://127.0.0.1:5280`)
  await compareAll(t, [
    ...ASKING.map((args): Case => [args, wrong('127.0.0.1:5280'), { env: { XBL_EMULATOR_URL: '127.0.0.1:5280' } }]),
    [['clock'], wrong('ftp://127.0.0.1'), { env: { XBL_EMULATOR_URL: 'ftp://127.0.0.1' } }],
    [['clock'], wrong('http://127.0.0.1:1/?a=1'), { env: { XBL_EMULATOR_URL: 'http://127.0.0.1:1/?a=1' } }],
    [['clock'], wrong('http://127.0.0.1:1/#a'), { env: { XBL_EMULATOR_URL: 'http://127.0.0.1:1/#a' } }],
    [['clock'], refuses('the environment variable XBL_EMULATOR_URL: found a user or password in the address, expected an address such as http://127.0.0.1:5280'), { env: { XBL_EMULATOR_URL: 'http://user:S3CR3T@127.0.0.1:1' } }],
    [['wait', '--url', 'http://S3CR3T@127.0.0.1:1'], refuses('--url: found a user or password in the address, expected an address such as http://127.0.0.1:5280')],
    [['clock', '--url', ''], refuses('--url: found "", expected an address such as http://127.0.0.1:5280'), { env: { XBL_EMULATOR_URL: 'http://127.0.0.1:1' } }]
  ])
})

t.test('an empty variable counts as not set, and --database wins over it', async (t) => {
  const folder = t.testdir({})
  await (await startCommand(t, ['--database', `${folder}/world.db`])).stop()
  const [plain, empty, set] = await Promise.all([{}, { XBL_EMULATOR_URL: '' }, { XBL_EMULATOR_URL: 'http://127.0.0.1:1' }]
    .map((env) => runCommand(['world', 'export', '--database', `${folder}/world.db`], { env })))
  t.equal(plain?.code, 0)
  t.strictSame(empty, plain)
  t.strictSame(set, plain)
})

t.test('XBL_CONTROL_KEY stands in for --control-key', async (t) => {
  const { url } = await startCommand(t, ['--control-key', 'right'])
  const reset = ['clock', 'reset', '--url', url]
  await compareAll(t, [
    [reset, refuses(`${url} demands a control key; give the one it was started with as --control-key, or in XBL_CONTROL_KEY`)],
    [reset, refuses(`${url} refuses this control key; give the one it was started with as --control-key, or in XBL_CONTROL_KEY`), { env: { XBL_CONTROL_KEY: 'wrong' } }],
    [reset, says(''), { env: { XBL_CONTROL_KEY: 'right' } }],
    [[...reset, '--control-key', 'right'], says(''), { env: { XBL_CONTROL_KEY: 'wrong' } }]
  ])
})

t.test('what is no emulator', async (t) => {
  const { url } = await substituteEmulator(t, {
    'DELETE /_emulator/clock': { ok: true },
    'GET /_emulator/clock': (response) => response.writeHead(500).end('{"errorMessage":5,"description":"x"}'),
    'POST /_emulator/reset': (response) => response.writeHead(404).end('{"errorMessage":"x"}'),
    'POST /_emulator/reset?everything=true': (response) => response.writeHead(400).end('{"errorMessage":"\\u001b[2J\\u009b\\u202e."}')
  })
  const foreign = (status: number) => refuses(`${url} answers ${status}, and not as an emulator does; name the address of one with --url`)
  await compareAll(t, [
    [['clock', 'reset', '--url', url], foreign(200)],
    [['clock', '--url', url], foreign(500)],
    // It does not control the terminal.
    [['reset', '--everything', '--url', url], refuses('\\u001b[2J\\u009b\\u202e')],
    [['fault', 'list', '--url', url], refuses(`${url} has no control API, or one of another version; start the emulator without --no-control, in the version of this command`)]
  ])
})
