import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { FAULT_STATUSES } from '../../../src/control/faults/schema.ts'
import { DIALECTS } from '../../../src/model/dialect.ts'
import { GAMER, listOf, LARGE_TITLE } from '../../helper.ts'
import { command, listen, LIVE_HEADERS, refusal, sentBy, SERVICE_HEADERS } from '../client.ts'

const FAULT = 'A fault that a test has set up.'
const LIST = listOf(GAMER, `?titleId=${LARGE_TITLE}`)

interface Received { status: number, headers: Record<string, unknown>, body: string }

/** A request by node:http, on a connection of its own. */
async function ask (port: number, { method = 'GET', path = LIST, session = 'demo;gamer' } = {}): Promise<Received> {
  return await new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', method, path, headers: sentBy(session), agent: false }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject)
    }).on('error', reject).end()
  })
}

const codeOf = (error: NodeJS.ErrnoException): string | undefined => error.code

/** Each status with its headers, error number and message. */
const STATUSES: ReadonlyArray<[status: number, headers: object, code: number | null, message: string]> = [
  [301, { location: '/there' }, null, 'The service configuration has moved to /there.'],
  [302, { location: '/there' }, null, 'The service configuration was found at /there.'],
  [307, { location: '/there' }, null, 'The service configuration is for the moment at /there.'],
  [400, {}, 4000, FAULT],
  [401, { 'www-authenticate': 'XBL3.0' }, 4500, FAULT],
  [403, {}, 4500, FAULT],
  [404, {}, null, FAULT],
  [405, { allow: 'GET, HEAD' }, null, 'The method is not supported here; supported: GET, HEAD.'],
  [406, {}, null, FAULT],
  [408, {}, null, 'The request did not arrive whole in time.'],
  [409, {}, null, FAULT],
  [410, {}, null, FAULT],
  [412, {}, null, FAULT],
  [416, {}, null, FAULT],
  [500, {}, 5000, FAULT],
  [501, {}, null, FAULT],
  [502, {}, null, FAULT],
  [503, { 'retry-after': '5' }, 5300, FAULT],
  [504, {}, null, FAULT]
]

for (const dialect of DIALECTS) {
  t.test(`a client receives every status, ${dialect}`, async (t) => {
    const emulator = await listen(t, { config: { dialect } })
    const answered = async (fault: object): Promise<Received> => {
      await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
      const { status, headers: { date, connection, 'ms-cv': vector, 'content-length': length, ...headers }, body } = await ask(emulator.port)
      t.ok(/^[\w+/]+\.0$/.test(String(vector)))
      t.equal(length, body === '' ? undefined : String(Buffer.byteLength(body)))
      return { status, headers, body }
    }
    const [service, type] = dialect === 'live' ? [LIVE_HEADERS, 'application/json'] : [SERVICE_HEADERS, 'application/json; charset=utf-8']
    const json = { ...service, 'content-type': type }
    t.strictSame([...STATUSES.map(([status]) => status), 304, 429].sort(), [...FAULT_STATUSES])
    for (const [status, own, code, message] of STATUSES) {
      const received = await answered({ status, ...'location' in own && own })
      t.strictSame([received.status, received.headers], [status, { ...json, ...own }])
      const body = JSON.parse(received.body)
      const known = status === 401 ? { code: 23, description: 'No valid claims were found on the request.' } : { code: code ?? status, description: message }
      const { traceInformation, ...rest } = body
      t.strictSame(rest, dialect === 'documented' ? refusal(code, message) : { ...known, source: 'Progress' }, String(status))
      t.equal(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(traceInformation), dialect === 'live')
    }
    t.strictSame(await answered({ status: 304 }), { status: 304, headers: service, body: '' })
    t.strictSame(await answered({ status: 429 }), {
      status: 429, headers: { ...json, 'retry-after': '15' }, body: '{"version":1,"currentRequests":101,"maxRequests":100,"periodInSeconds":15,"limitType":"Rate"}'
    })
    t.equal((await ask(emulator.port)).status, 200)
  })
}

t.test('the effect reset resets the connection', async (t) => {
  const { port, ...emulator } = await listen(t)
  for (const options of [{}, { method: 'HEAD' }, { path: listOf('nonsense') }]) {
    await command(emulator, 'POST', '/faults', { effect: 'reset', times: 1 })
    t.equal(await ask(port, options).then(() => 'answered', codeOf), 'ECONNRESET')
  }
  t.equal((await ask(port)).status, 200)
  t.strictSame((await command(emulator, 'GET', '/faults')).faults.map(({ happened }: any) => happened), [1, 1, 1])
})

t.test('the effect truncate sends half of the body', async (t) => {
  const { port, ...emulator } = await listen(t)
  const whole = await ask(port)
  for (const [fault, status, full] of [[{}, 200, whole.body], [{ status: 503 }, 503, JSON.stringify(refusal(5300, FAULT))], [{ delay: 1 }, 200, whole.body]] as const) {
    await command(emulator, 'POST', '/faults', { effect: 'truncate', times: 1, ...fault })
    const socket = connect(port, '127.0.0.1')
    t.teardown(() => socket.destroy())
    socket.write(`GET ${LIST} HTTP/1.1\r\nHost: localhost\r\n${Object.entries(sentBy()).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    const [line, ...headers] = head.split('\r\n')
    t.equal(line?.slice(0, 12), `HTTP/1.1 ${status}`)
    t.ok(headers.includes(`content-length: ${Buffer.byteLength(full)}`), 'the length of the whole body')
    t.notOk(head.toLowerCase().includes('transfer-encoding'))
    t.equal(body, Buffer.from(full).subarray(0, Buffer.byteLength(full) >> 1).toString())
  }
  await command(emulator, 'POST', '/faults', { effect: 'truncate', times: 1 })
  t.equal(await ask(port).then(() => 'answered', codeOf), 'ECONNRESET', 'what node:http says of it')
})

t.test('the effect truncate waits for an earlier answer on the connection, which is sent completely, and ends the connection', async (t) => {
  const { port, ...emulator } = await listen(t)
  const first = await ask(port)
  await command(emulator, 'POST', '/faults', { delay: 50, times: 1 })
  await command(emulator, 'POST', '/faults', { effect: 'truncate', status: 503, times: 1 })
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  const asked = `GET ${LIST} HTTP/1.1\r\nHost: localhost\r\n${Object.entries(sentBy()).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  socket.write(asked.repeat(3))
  const answers = (await text(socket)).split('HTTP/1.1 ').slice(1).map((answer) => [answer.slice(0, 3), answer.slice(answer.indexOf('\r\n\r\n') + 4)])
  const half = JSON.stringify(refusal(5300, FAULT))
  t.strictSame(answers, [['200', first.body], ['503', half.slice(0, half.length >> 1)]])
})
