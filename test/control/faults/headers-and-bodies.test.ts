import t from 'tap'
import { DIALECTS } from '../../../src/model/dialect.ts'
import { build, GAMER, listOf } from '../../helper.ts'
import { askHttp1, askHttp2, listenSecurely } from '../../server/tls/client.ts'
import { command, control, refusal, sentBy, LIVE_HEADERS, SERVICE_HEADERS } from '../client.ts'

const FAULT = 'A fault that a test has set up.'
/** A fault with as many headers, and as long a body, as it may have. */
const MOST = {
  headers: Object.fromEntries(Array.from({ length: 16 }, (_none, index) => [`X${'x'.repeat(61)}${10 + index}`, 'v'.repeat(512)])),
  body: { a: 'x'.repeat(65_528) }
}
const JSON_TYPE = 'application/json; charset=utf-8'

t.test('a fault sets Retry-After', async (t) => {
  const emulator = build(t)
  for (const [fault, expected] of [
    [{ status: 503 }, '5'], [{ status: 503, retryAfter: 0 }, '0'], [{ status: 503, retryAfter: 4294967295 }, '4294967295'], [{ status: 503, retryAfter: false }, undefined],
    [{ status: 429 }, '15'], [{ status: 429, retryAfter: 30 }, '30'], [{ status: 429, retryAfter: false }, undefined],
    [{ status: 503, headers: { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' } }, 'Wed, 21 Oct 2015 07:28:00 GMT']
  ] as const) {
    await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
    const { statusCode, headers } = await emulator.get(listOf(GAMER))
    t.strictSame([statusCode, headers['retry-after']], [fault.status, expected], JSON.stringify(fault))
  }
})

for (const dialect of DIALECTS) {
  t.test(`a fault sets headers and body, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const [service, json] = dialect === 'live' ? [LIVE_HEADERS, 'application/json'] : [SERVICE_HEADERS, JSON_TYPE]
    const html = '<h1>502 Bad Gateway — é</h1>'
    for (const [fault, own, body] of [
      [{ status: 502, headers: { 'Content-Type': 'text/html', Server: 'proxy' }, body: html }, { 'content-type': 'text/html', server: 'proxy' }, html],
      [{ status: 503, body: 'later' }, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' }, 'later'],
      [{ status: 500, body: '' }, { 'content-type': 'text/plain; charset=utf-8' }, ''],
      [{ status: 409, body: { code: 1, list: [null] } }, { 'content-type': json }, '{"code":1,"list":[null]}'],
      [{ status: 400, body: [] }, { 'content-type': json }, '[]'],
      [{ status: 401, body: '{', headers: { 'content-type': 'application/json', 'www-authenticate': 'Other', 'cache-control': 'max-age=5', 'x-empty': '' } }, { 'content-type': 'application/json', 'www-authenticate': 'Other', 'cache-control': 'max-age=5', 'x-empty': '' }, '{'],
      [{ status: 429, body: { own: true } }, { 'content-type': json, 'retry-after': '15' }, '{"own":true}']
    ] as const) {
      await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
      const response = await emulator.get(listOf(GAMER))
      const { 'ms-cv': _vector, date: _date, connection: _connection, ...headers } = response.headers
      t.strictSame([response.statusCode, headers, response.body], [
        fault.status, { ...service, ...own, 'content-length': String(Buffer.byteLength(body)) }, body
      ], JSON.stringify(fault))
    }
  })
}

t.test('a fault sets headers of an answer with the usual body, and of one without a body', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 403, headers: { 'X-Own': 'a b' }, times: 1 })
  const refused = await emulator.get(listOf(GAMER))
  t.strictSame([refused.headers['x-own'], refused.headers['content-type'], refused.json()], ['a b', JSON_TYPE, refusal(4500, FAULT)])
  await command(emulator, 'POST', '/faults', { status: 304, headers: { etag: '"1"' }, times: 1 })
  const same = await emulator.get(listOf(GAMER))
  t.strictSame([same.statusCode, same.headers['etag'], same.headers['content-type'], same.body], [304, '"1"', undefined, ''])
})

t.test('a fault has as many headers, and as long a body, as it may, in HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t)
  await command(emulator, 'POST', '/faults', { status: 502, ...MOST })
  const asked = { path: listOf(GAMER), headers: sentBy() }
  for (const { version, status, headers, body } of [await askHttp1(emulator, asked), await askHttp2(t, emulator, asked)]) {
    t.strictSame([status, JSON.parse(body)], [502, MOST.body], version)
    t.strictSame(Object.keys(MOST.headers).map((name) => headers[name.toLowerCase()]), Object.values(MOST.headers), version)
  }
})

t.test('the effect truncate sends half of the body of the fault', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503, body: 'abcd', effect: 'truncate', times: 1 })
  await t.rejects(emulator.get(listOf(GAMER)), { code: 'LIGHT_ECONNRESET' })
})

t.test('invalid headers and bodies are refused', async (t) => {
  const emulator = build(t)
  const VALUE = 'a string of at most 512 visible ASCII characters, with spaces between them'
  const TOGETHER = 'headers and body go with a status; expected one.'
  const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_none, index) => [`x-${index}`, 'x']))
  const cases: Array<[fault: object, message: string]> = [
    [{ status: undefined, delay: 1, headers: { a: 'b' } }, TOGETHER],
    [{ status: undefined, effect: 'truncate', body: 'x' }, TOGETHER],
    [{ status: 304, body: '' }, 'An answer of 304 has no body; expected another status, or no body.'],
    [{ status: 500, retryAfter: 5 }, 'retryAfter goes with the statuses 429 and 503, and with them alone.'],
    [{ status: 500, retryAfter: false }, 'retryAfter goes with the statuses 429 and 503, and with them alone.'],
    [{ retryAfter: -1 }, 'The body, at /retryAfter: found -1, expected an integer from 0 to 4294967295, in s, false, or null.'],
    [{ retryAfter: true }, 'The body, at /retryAfter: found true, expected an integer from 0 to 4294967295, in s, false, or null.'],
    [{ headers: { 'content-type': 'text/html' } }, 'headers has content-type; expected it with a body.'],
    [{ headers: { 'X-A': '1', 'x-a': '2' } }, 'headers has "x-a" twice; expected each once.'],
    [{ headers: many(17) }, `The body, at /headers: found ${JSON.stringify(many(17)).slice(0, 79)}…, expected an object of at most 16 headers, or null.`],
    [{ headers: [] }, 'The body, at /headers: found [], expected an object of at most 16 headers, or null.'],
    [{ headers: { a: 1 } }, `The body, at /headers/a: found 1, expected ${VALUE}.`],
    [{ headers: { a: 'x\r\nb: y' } }, `The body, at /headers/a: found "x\\r\\nb: y", expected ${VALUE}.`],
    [{ headers: { a: ' x' } }, `The body, at /headers/a: found " x", expected ${VALUE}.`],
    [{ headers: { a: 'é' } }, `The body, at /headers/a: found "é", expected ${VALUE}.`],
    [{ headers: { a: 'x'.repeat(513) } }, `The body, at /headers/a: found "${'x'.repeat(78)}…, expected ${VALUE}.`],
    ...['', 'a b', 'a:', ':status', '__proto__', 'é', 'x'.repeat(65)].map((name): [object, string] => [
      JSON.parse(`{"headers":{${JSON.stringify(name)}:"x"}}`),
      `headers has ${JSON.stringify(name)}; expected names of at most 64 letters, digits, "-", "_" and ".", with a letter first.`
    ]),
    ...['Connection', 'content-length', 'Keep-Alive', 'TE', 'Trailer', 'transfer-encoding', 'upgrade', 'Proxy-Connection', 'http2-settings'].map((name): [object, string] => [
      { headers: { [name]: 'x' } }, `headers has ${JSON.stringify(name)}; expected none of those that say how an answer is sent.`
    ]),
    [{ body: 1 }, 'The body, at /body: found 1, expected an object, a list, a text, or null.'],
    [{ body: 'é'.repeat(32_769) }, 'body is 65538 bytes long; expected at most 65536.'],
    [{ body: { a: 'x'.repeat(65_529) } }, 'body is 65537 bytes long; expected at most 65536.']
  ]
  for (const [fault, message] of cases) {
    const { status, body } = await control(emulator, 'POST', '/faults', { status: 503, ...fault })
    t.strictSame([status, body], [400, refusal(4000, message)], JSON.stringify(fault).slice(0, 100))
  }
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [] })
})
