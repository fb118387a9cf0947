import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { refusedUrl } from '../refused-url.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'

const HELP = `Usage: xbl-achievements wait [options]

Wait until an emulator can be used.

Options:
  --url <url>          address of a running emulator (env: XBL_EMULATOR_URL;
                       default: http://127.0.0.1:5280)
  --timeout <seconds>  how long to wait at most (default: 10)
  -h, --help           display help for command

It ends with 0 as soon as the emulator is ready, with 1 when it is not in time.

Example: in a script that tests
  xbl-achievements start &
  xbl-achievements wait --timeout 30 && npm test
`

/** Makes the timeout end after a number of requests, whatever the clock says. */
const endAfter = (questions: number, ms: number): string => `
  import assert from 'node:assert'
  const over = new AbortController()
  AbortSignal.timeout = (given) => {
    assert.equal(given, ${ms})
    return over.signal
  }
  const ask = globalThis.fetch
  let count = 0
  globalThis.fetch = (...given) => ask(...given).finally(() => { if (++count === ${questions}) over.abort() })`

/** A server that answers each request with the next of some statuses, then with the last one. */
async function answering (t: Test, statuses: number[]): Promise<{ url: string, asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(statuses[Math.min(asked.length, statuses.length) - 1] as number).end()
  }).listen(0, '127.0.0.1')
  t.teardown(() => { server.close().closeAllConnections() })
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

t.test('wait ends when the emulator is ready', async (t) => {
  // No control key is needed to ask whether it is ready.
  const { url, stop } = await startCommand(t, ['--control-key', 'key', '--dialect', 'live'])
  t.strictSame(await runCommand(['wait', '--url', url]), says(''))
  t.strictSame(await runCommand(['wait', '--url', `${url}/`, '--timeout', '0.5e1']), refuses('--timeout: found "0.5e1", expected a number of seconds, more than 0 and at most 86400'))
  t.equal((await stop()).code, 0)
})

t.test('wait ends when the emulator becomes ready', async (t) => {
  const { url, asked } = await answering(t, [503, 404, 200])
  t.strictSame(await runCommand(['wait', '--url', url, '--timeout', '3600']), says(''))
  t.strictSame(asked, Array(3).fill('GET /_emulator/ready'))
})

t.test('wait fails when the emulator is not ready in time', async (t) => {
  const mend = 'start an emulator with xbl-achievements start, or name its address with --url'
  const busy = await answering(t, [404, 503])
  const url = await refusedUrl(t)
  // It accepts connections, and answers nothing.
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  t.teardown(() => { silent.close().closeAllConnections() })
  await once(silent, 'listening')
  const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  await compareAll(t, [
    [['wait', '--url', busy.url, '--timeout', '20'], refuses(`${busy.url} is not ready after 20 s: its last answer is 503; ${mend}`), { preload: endAfter(3, 20_000) }],
    [['wait', '--url', url], refuses(`${url} is not ready after 10 s: nothing answers; ${mend}`), { preload: endAfter(2, 10_000) }],
    [['wait', '--url', silentUrl, '--timeout', '0.0305'], refuses(`${silentUrl} is not ready after 0.0305 s: nothing answers; ${mend}`)]
  ])
  t.equal(busy.asked.length, 3)
})

t.test('help, and wrong arguments', async (t) => {
  const seconds = (found: string) => refuses(`--timeout: found "${found}", expected a number of seconds, more than 0 and at most 86400`)
  const address = (found: string) => refuses(`--url: found "${found}", expected an address such as http://127.0.0.1:5280`)
  await compareAll(t, [
    [['wait', '--help'], says(HELP)],
    [['wait', '--timeout', '0'], seconds('0')],
    [['wait', '--timeout', '86400.5'], seconds('86400.5')],
    [['wait', '--timeout', 'soon'], seconds('soon')],
    [['wait', '--timeout=-1'], seconds('-1')],
    [['wait', '--url', '127.0.0.1:5280'], address('127.0.0.1:5280')],
    [['wait', '--url', 'localhost:5280'], address('localhost:5280')],
    [['wait', '--url', 'file:///x'], address('file:///x')],
    [['wait', 'more'], refuses("too many arguments for 'wait'. Expected 0 arguments but got 1: more.")]
  ])
})
