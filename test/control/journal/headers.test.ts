import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { build, GAMER, listOf } from '../../helper.ts'
import { askHttp2, HOST, listenSecurely, askHttp1 } from '../../server/tls/client.ts'
import { command, listen, sentBy } from '../client.ts'

const LIST = listOf(GAMER)
const UPDATE = `${LIST}/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/update`

t.test('headers by name in lower case, in the order in which they came', async (t) => {
  const { port, ...emulator } = await listen(t)
  const send = async (...lines: string[]): Promise<void> => {
    const socket = connect(port, '127.0.0.1')
    socket.write([...lines, '', ''].join('\r\n'))
    await text(socket)
  }
  await send(`GET ${LIST} HTTP/1.1`, 'HOST: localhost', 'Connection: close', 'X-One: 1', 'x-one: 2', 'X-Empty:', '__proto__: {"a":1}', 'constructor: x', 'X-Bytes: \u00e9')
  await send(`GET ${LIST} HTTP/1.0`)
  await send(`GET http://127.0.0.1:80${LIST} HTTP/1.1`, 'Host: localhost', 'Connection: close')
  const { requests } = await command(emulator, 'GET', '/requests')
  t.strictSame(requests.map(({ scheme, host, httpVersion, headers }: any) => [scheme, host, httpVersion, Object.entries(headers)]), [
    ['http', 'localhost', '1.1', [['host', 'localhost'], ['connection', 'close'], ['x-one', '1, 2'], ['x-empty', ''], ['__proto__', '{"a":1}'], ['constructor', 'x'], ['x-bytes', '\u00c3\u00a9']]],
    ['http', null, '1.0', []],
    ['http', '127.0.0.1:80', '1.1', [['host', 'localhost'], ['connection', 'close']]]
  ])
})

t.test('over TLS and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t)
  await askHttp1(emulator, { path: LIST })
  await askHttp2(t, emulator, { path: LIST, headers: { cookie: ['a=1', 'b=2'], 'x-one': '1' } })
  const { requests } = await command(emulator, 'GET', '/requests')
  t.strictSame(requests.map(({ scheme, host, httpVersion, headers }: any) => [scheme, host, httpVersion, headers]), [
    ['https', HOST, '1.1', { host: HOST, connection: 'close' }],
    ['https', HOST, '2.0', { cookie: '…, …', 'x-one': '1' }]
  ])
})

t.test('no header shows a secret', async (t) => {
  const emulator = build(t, { config: { controlKey: 'S3CR3T' } })
  const secret = 'S3CR3T'
  const cases = [
    ['authorization', `XBL3.0 x=${secret};${secret}`, 'XBL3.0 x=…'], ['authorization', `xbl3.0 x=${secret}`, 'xbl3.0 x=…'], ['authorization', `Bearer ${secret}`, 'Bearer …'], ['authorization', `Basic ${secret}`, 'Basic …'], ['authorization', `Digest a=${secret}`, '…'], ['authorization', secret, '…'], ['authorization', `${secret} x`, '…'], ['authorization', '', '…'], ['authorization', 'Bearer ', '…'],
    ['proxy-authorization', `Basic ${secret}`, 'Basic …'], ['user-key', secret, '…'], ['cookie', `a=${secret}`, '…'], ['signature', secret, '…'], ['x-signature', secret, '…'], ['x-api-key', secret, '…'], ['apikey', secret, '…'], ['x-auth-token', secret, '…'], ['x-access-token', secret, '…'], ['x-rps-ticket', secret, '…'], ['x-client-secret', secret, '…'], ['x-password', secret, '…'], ['x-session-id', secret, '…'], ['x-jwt-assertion', secret, '…'],
    ['referer', `http://localhost/a?code=${secret}&b=1#c`, 'http://localhost/a?code=…&b=1#c'], ['referer', `http://localhost/a#access_token=${secret}&b=1`, 'http://localhost/a#access_token=…&b=1'], ['referer', `http://localhost/_emulator/sessions/h/${secret}`, 'http://localhost/_emulator/sessions/…'], ['x-other', `XBL3.0 x=h;${secret}`, 'XBL3.0 x=…'], ['x-url', `/?authorization=XBL3.0%20x=h;${secret}`, '/?authorization=…'],
    ['user-agent', 'a/1 (b; c)', 'a/1 (b; c)'], ['accept', 'a/b;q=0.5, */*', 'a/b;q=0.5, */*'], ['www-authenticate', 'Bearer', 'Bearer'], ['x-xbl-contract-version', '2', '2']
  ] as const
  for (const [name, value] of cases) await emulator.app.inject({ url: LIST, headers: { [name]: value } })
  const { body } = await emulator.app.inject({ url: '/_emulator/requests', headers: { authorization: `Bearer ${secret}` } })
  t.notOk(body.includes(secret))
  const { requests } = JSON.parse(body)
  for (const [index, [name, value, shown]] of cases.entries()) t.equal(requests[index].headers[name], shown, `${name}: ${value}`)
  const har = await emulator.app.inject({ url: '/_emulator/requests.har', headers: { authorization: `Bearer ${secret}` } })
  t.equal(har.json().log.entries.length, cases.length)
  t.notOk(har.body.includes(secret))
  for (const path of ['', '/unmatched', '.har']) t.equal((await emulator.app.inject(`/_emulator/requests${path}`)).statusCode, 401, 'the control key is asked for')
})

t.test('nor does the host, the contract version or a body', async (t) => {
  const emulator = build(t, { config: { journalAnswers: true } })
  const token = 'XBL3.0 x=h;S3CR3T/S3CR3T'
  await emulator.app.inject({ url: LIST, headers: { host: token, 'x-xbl-contract-version': token } })
  await emulator.app.inject({ url: LIST, headers: { host: 'a/?code=S3CR3T' } })
  await command(emulator, 'POST', '/faults', { status: 400, body: { token } })
  await emulator.app.inject({ method: 'POST', url: UPDATE, headers: sentBy('demo;titleless'), payload: { token } })
  await command(emulator, 'DELETE', '/faults')
  await emulator.app.inject({ method: 'POST', url: UPDATE, headers: sentBy('demo;titleless'), payload: { action: token } })
  const { requests } = await command(emulator, 'GET', '/requests')
  t.strictSame(requests.map(({ host, contractVersion, body, answer }: any) => [host, contractVersion, body, answer.body.token]), [
    ['XBL3.0 x=…', 'XBL3.0 x=…', null, undefined],
    ['a/?code=…', null, null, undefined],
    ['localhost:80', '2', null, 'XBL3.0 x=…'],
    ['localhost:80', '2', { action: 'XBL3.0 x=…' }, undefined]
  ])
  const { body } = await emulator.app.inject('/_emulator/requests.har')
  t.equal(JSON.parse(body).log.entries[3].request.postData.text, '{"action":"XBL3.0 x=…"}')
})
