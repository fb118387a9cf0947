import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { issueAuthority, issueServer } from '../../src/server/tls/issue.ts'
import { permit } from '../../src/server/tls/name-constraints.ts'
import { listenOnFreePort } from '../free-port.ts'
import { refusedUrl } from '../refused-url.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'

const HELP = `Usage: xbl-achievements wait [options]

Wait until an emulator can be used.

Options:
  --url <url>          address of a running emulator (env: XBL_EMULATOR_URL;
                       default: http://127.0.0.1:5280)
  --timeout <seconds>  how long to wait at most (default: 10)
  -h, --help           display help for command

It ends with 0 as soon as the emulator is ready, with 1 when it is not in time, or
when its certificate is not trusted: NODE_EXTRA_CA_CERTS names a CA to trust.

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
    response.writeHead(statuses[Math.min(asked.length, statuses.length) - 1] as number).end('{"status":"ready"}')
  })
  return { url: `http://127.0.0.1:${await listenOnFreePort(t, server)}`, asked }
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
  const silentUrl = `http://127.0.0.1:${await listenOnFreePort(t, createServer(() => {}))}`
  await compareAll(t, [
    [['wait', '--url', busy.url, '--timeout', '20'], refuses(`${busy.url} is not ready after 20 s: its last answer is 503; ${mend}`), { preload: endAfter(3, 20_000) }],
    [['wait', '--url', url], refuses(`${url} is not ready after 10 s: nothing answers; ${mend}`), { preload: endAfter(2, 10_000) }],
    // No resolver is asked: a label has 63 characters at most.
    [['wait', '--url', `http://${'a'.repeat(64)}.invalid`], refuses(`http://${'a'.repeat(64)}.invalid is not ready after 10 s: it cannot be reached, getaddrinfo ENOTFOUND ${'a'.repeat(64)}.invalid; ${mend}`), { preload: endAfter(2, 10_000) }],
    [['wait', '--url', silentUrl, '--timeout', '0.0305'], refuses(`${silentUrl} is not ready after 0.0305 s: nothing answers; ${mend}`)]
  ])
  t.equal(busy.asked.length, 3)
})

t.test('what answers is no emulator', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/a/_emulator/ready') response.end()
    else response.write('endless '.repeat(1000))
  })
  const url = `http://127.0.0.1:${await listenOnFreePort(t, server)}`
  const other = (path: string) => refuses(`${url}${path} is not ready after 20 s: something else than an emulator answers there; start an emulator with xbl-achievements start, or name its address with --url`)
  await compareAll(t, [
    [['wait', '--url', `${url}/a`, '--timeout', '20'], other('/a'), { preload: endAfter(2, 20_000) }],
    [['wait', '--url', `${url}/b`, '--timeout', '20'], other('/b'), { preload: endAfter(2, 20_000) }]
  ])
})

t.test('a certificate that cannot be used ends the wait at once', async (t) => {
  const day = 86_400_000
  const authority = await issueAuthority(permit(['localhost', '127.0.0.1']), Date.now())
  const folder = t.testdir({ 'ca.pem': authority.certificate })
  const listening = async (hosts: string[], at: number): Promise<string> => {
    const { certificate: cert, key } = await issueServer(authority, hosts, at)
    const server = createSecureServer({ cert, key }, (_request, response) => { response.end('{"status":"ready"}') }).listen(0, '127.0.0.1')
    t.teardown(() => { server.close().closeAllConnections() })
    await once(server, 'listening')
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const good = await listening(['localhost', '127.0.0.1'], Date.now())
  const other = await listening(['localhost'], Date.now())
  const ended = await listening(['localhost', '127.0.0.1'], Date.now() - 500 * day)
  const early = await listening(['localhost', '127.0.0.1'], Date.now() + 5 * day)
  // Its common name is no name that the CA may sign for.
  const forbidden = await listening(['127.0.0.1'], Date.now())
  const { url: plain } = await answering(t, [200])
  const trusting = { env: { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }, cwd: process.cwd() }
  const cannot = (url: string, reason: string) => refuses(`${url} cannot be used: ${reason}`)
  const untrusted = 'its certificate is of a CA that is not trusted here; set NODE_EXTRA_CA_CERTS to the file that xbl-achievements ca names'
  const tls = plain.replace('http:', 'https:')
  await compareAll(t, [
    [['wait', '--url', good], says(''), trusting],
    [['wait', '--url', good], cannot(good, untrusted)],
    [['world', 'export', '--url', good], cannot(good, untrusted)],
    [['wait', '--url', other], cannot(other, 'its certificate is not for 127.0.0.1; start the emulator with --tls-host 127.0.0.1, or name another address with --url'), trusting],
    [['wait', '--url', ended], cannot(ended, 'its certificate has ended; start the emulator again, which renews it'), trusting],
    [['wait', '--url', early], cannot(early, 'its certificate is not valid yet; compare the clocks of both machines'), trusting],
    [['wait', '--url', forbidden], cannot(forbidden, 'its certificate is refused: permitted subtree violation'), trusting],
    [['wait', '--url', tls], cannot(tls, `it does not speak TLS; name it as ${plain}`)]
  ])
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
