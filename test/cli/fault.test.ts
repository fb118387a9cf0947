import t from 'tap'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { GAMER } from '../helper.ts'
import { refusing, substituteEmulator } from './substitute-emulator.ts'

/** All flags of a fault, and the body that they make. */
const FLAGS = [
  '--status', '429', '--retry-after', '2', '--delay', '100-200', '--method', 'GET', '--path', '/users/*', '--user', GAMER, '--title-id', '0x10', '--times', '3',
  '--probability', '0.5', '--seed', '7', '--header', 'X-A: 1', '--header', 'X-B:2', '--body', '{"a":[1]}', '--location', 'http://127.0.0.1/', '--effect', 'truncate'
]
const SPEC = {
  status: 429,
  retryAfter: 2,
  delay: { min: 100, max: 200 },
  method: 'GET',
  path: '/users/*',
  titleId: 16,
  times: 3,
  probability: 0.5,
  seed: 7,
  body: { a: [1] },
  location: 'http://127.0.0.1/',
  effect: 'truncate',
  headers: { 'X-A': '1', 'X-B': '2' },
  xuid: GAMER
}
const FAULT = { id: 1, method: null, path: null, xuid: null, titleId: null, status: null, effect: null, delay: null, enabled: true, times: null, probability: 1, happened: 0 }

t.test('faults of a running emulator', async (t) => {
  const { url } = await startCommand(t)
  const fault = (...args: string[]) => runCommand(['fault', ...args, '--url', url])
  t.strictSame(await fault('list'), says(''))
  t.strictSame(await fault('--status', '503', '--path', '*/update', '--times', '1'), says('1  503  happened 0 of 1 time  */update\n'))
  t.strictSame(await fault('add', '--delay', '0', '--user', GAMER, '--method', 'get', '--title-id', '3051199919', '--probability', '0.25', '--seed', '7'),
    says(`2  after 0 ms with probability 0.25  happened 0 times  get of ${GAMER} of title 3051199919\n`))
  t.strictSame(await fault('--effect', 'hang'), says('3  hang  happened 0 times  every request\n'))
  t.strictSame(await fault('list'), says([
    '1  503                               happened 0 of 1 time  */update\n',
    `2  after 0 ms with probability 0.25  happened 0 times      get of ${GAMER} of title 3051199919\n`,
    '3  hang                              happened 0 times      every request\n'
  ].join('')))
  t.strictSame(await fault('disable', '3'), says(''))
  t.match((await fault('list')).stdout, /^3 {2}off: hang .* every request$/m)
  t.strictSame(await fault('enable', '3'), says(''))
  t.match((await fault('list')).stdout, /^3 {2}hang .* every request$/m)
  t.strictSame(await fault('delete', '2'), says(''))
  const { stdout } = await fault('list', '--json')
  const listed = await (await fetch(`${url}/_emulator/faults`)).json() as { faults: object[] }
  t.equal(stdout, listed.faults.map((each) => `${JSON.stringify(each)}\n`).join(''))
  t.equal(listed.faults.length, 2)
  t.strictSame(await fault('clear'), says(''))
  t.strictSame(await fault('list', '--json'), says(''))
  const { stdout: added } = await fault('--status', '429', '--json')
  t.strictSame(JSON.parse(added), ((await (await fetch(`${url}/_emulator/faults`)).json()) as { faults: object[] }).faults[0])
})

t.test('every flag is a member of the fault', async (t) => {
  const { url, asked } = await substituteEmulator(t, {
    'POST /_emulator/faults': { ...FAULT, status: 429, delay: { min: 100, max: 200 }, effect: 'truncate', happened: 1, times: 3 },
    'GET /_emulator/users/the%20gamer': { xuid: GAMER }
  })
  t.strictSame(await runCommand(['fault', 'add', ...FLAGS, '--url', url]), says('1  429 truncate after 100-200 ms  happened 1 of 3 times  every request\n'))
  await runCommand(['fault', '--status', '503', '--retry-after', 'none', '--delay', '5', '--body', '{text', '--user', 'the gamer', '--url', url])
  await runCommand(['fault', '--status', '500', '--body', 'a text', '--url', url])
  t.strictSame(asked.map((line) => line.replace(/ \{.*/, '')), ['POST /_emulator/faults', 'GET /_emulator/users/the%20gamer', 'POST /_emulator/faults', 'POST /_emulator/faults'])
  t.strictSame(asked.filter((line) => line.startsWith('POST')).map((line) => JSON.parse(line.replace(/^[^{]*/, ''))), [
    SPEC, { status: 503, retryAfter: false, delay: 5, body: '{text', xuid: GAMER }, { status: 500, body: 'a text' }
  ])
})

t.test('wrong faults', async (t) => {
  const { url } = await startCommand(t)
  const { url: other } = await substituteEmulator(t, { 'GET /_emulator/users/nobody': refusing(404, 'There is no user "nobody"; expected a XUID.') })
  const fault = (...args: string[]): string[] => ['fault', ...args, '--url', url]
  await compareAll(t, [
    [fault(), refuses('The fault does nothing; expected status, effect or delay')],
    [fault('--status', 'x'), refuses('--status: found "x", expected one of 301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 416, 429, 500, 501, 502, 503, 504')],
    [fault('--effect', 'x'), refuses('--effect: found "x", expected one of "reset", "truncate", "drop", "hang"')],
    [fault('--delay', '5-x'), refuses('--delay: found "5-x", expected milliseconds, or two numbers between which they are drawn, e.g. 100-2000')],
    [fault('--delay', '9-5'), refuses('--delay is from 9 to 5; expected max to be no less than min')],
    [fault('--delay', '9-3600001'), refuses('--delay: found 3600001, expected an integer from 0 to 3600000, in ms')],
    [fault('--status', '503', '--times', '0'), refuses('--times: found 0, expected an integer from 1')],
    [fault('--status', '503', '--probability', '2'), refuses('--probability: found 2, expected a number from 0 to 1')],
    [fault('--status', '503', '--probability', 'x'), refuses('--probability: found "x", expected a number from 0 to 1')],
    [fault('--status', '503', '--seed', '-1'), refuses('--seed: found "-1", expected an integer from 0 to 4294967295')],
    [fault('--status', '503', '--location', '/'), refuses('--location goes with the statuses 301, 302, 307, and with them alone')],
    [fault('--status', '500', '--retry-after', '1'), refuses('--retry-after goes with the statuses 429 and 503, and with them alone')],
    [fault('--status', '503', '--header', 'X'), refuses('--header: found "X", expected a header such as \'X-Reason: test\'')],
    [fault('--status', '503', '--header', 'Content-Length: 5'), refuses('--header has "Content-Length"; expected none of those that say how an answer is sent')],
    [fault('--status', '503', '--path', 'x'), refuses('--path: found "x", expected a path of at most 256 characters that starts with "/" or "*" and has no query')],
    [fault('--status', '503', '--user', ''), refuses('--user: found "", expected the gamertag or XUID of a user')],
    [['fault', '--status', '503', '--user', 'nobody', '--url', other], refuses('There is no user "nobody"; expected a XUID')],
    [fault('disable', '7'), refuses('There is no fault 7')],
    [fault('enable', ''), refuses('<id>: found "", expected the id of a fault')],
    [fault('delete', '7'), refuses('There is no fault 7')],
    [fault('delete', '..'), refuses('<id>: found "..", expected the id of a fault')],
    [fault('delete'), refuses("missing required argument 'id'")]
  ])
})
