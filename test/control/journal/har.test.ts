import type { AddressInfo } from 'node:net'
import t from 'tap'
import { VERSION } from '../../../src/base/version.ts'
import { build, GAMER, LARGE_TITLE, listOf } from '../../helper.ts'
import { exchange } from '../../raw-http.ts'
import { askHttp2, HOST, listenSecurely } from '../../server/tls/client.ts'
import { command, control, listen, sentBy } from '../client.ts'
import { findHarProblems } from './har-1.2.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const LIST = listOf(GAMER)
const UPDATE = `${LIST}/${SCID}/update`
const BODY = { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '11', percentComplete: 40 }] }
const INJECTED = [{ name: 'user-agent', value: 'lightMyRequest' }, { name: 'host', value: 'localhost:80' }]
const TOKEN = { name: 'authorization', value: 'XBL3.0 x=…' }
const VERSION_2 = { name: 'x-xbl-contract-version', value: '2' }

/** A HAR without what differs each time: the durations, the correlation vectors of answers, and the ids. */
async function har (emulator: Parameters<typeof command>[0], query = ''): Promise<any> {
  const answer = await command(emulator, 'GET', `/requests.har${query}`)
  if (findHarProblems(answer).length > 0) throw new Error(findHarProblems(answer).join('\n'))
  for (const entry of answer.log.entries) {
    delete entry._id
    entry.time = entry.timings.wait = 0
    entry.response.headers = entry.response.headers.filter(({ name }: any) => name !== 'ms-cv')
  }
  return answer
}

const entry = ({ request, response, ...more }: any): object => ({
  startedDateTime: '2020-06-15T12:00:00.000Z',
  time: 0,
  request: { method: 'GET', url: `http://localhost:80${LIST}`, httpVersion: 'HTTP/1.1', cookies: [], headers: [TOKEN, VERSION_2, ...INJECTED], queryString: [], headersSize: -1, bodySize: -1, ...request },
  response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', cookies: [], headers: [], content: { size: 0, mimeType: 'x-unknown' }, redirectURL: '', headersSize: -1, bodySize: -1, ...response },
  cache: {},
  timings: { send: 0, wait: 0, receive: 0 },
  comment: '',
  ...more
})

const logOf = (...entries: object[]): object => ({ log: { version: '1.2', creator: { name: 'xbl-achievements-emulator', version: VERSION }, entries } })

t.test('a HAR without answers', async (t) => {
  const emulator = build(t)
  t.strictSame(await har(emulator), logOf())
  await emulator.get(`${LIST}?maxItems=1&a=%C3%A9&code=x&b`)
  await emulator.app.inject({ method: 'POST', url: UPDATE, headers: sentBy('demo;titleless'), payload: BODY })
  await command(emulator, 'POST', '/faults', { status: 503, times: 1 })
  await emulator.get(LIST)
  await emulator.get(LIST, { session: null, headers: { host: 'localhost:99999', 'x-xbl-contract-version': undefined } })
  const body = JSON.stringify(BODY)
  const expected = [
    entry({
      request: {
        url: `http://localhost:80${LIST}?maxItems=1&a=%C3%A9&code=%E2%80%A6&b`,
        queryString: [{ name: 'maxItems', value: '1' }, { name: 'a', value: 'é' }, { name: 'code', value: '…' }, { name: 'b', value: '' }]
      }
    }),
    entry({
      request: {
        method: 'POST',
        url: `http://localhost:80${UPDATE}`,
        headers: [TOKEN, VERSION_2, ...INJECTED, { name: 'content-type', value: 'application/json' }, { name: 'content-length', value: String(body.length) }],
        postData: { mimeType: 'application/json', text: body },
        bodySize: body.length
      }
    }),
    entry({ response: { status: 503, statusText: 'Service Unavailable' }, comment: 'A fault that a test has set up. Fault 1 happened to it.' }),
    entry({
      request: { url: `http://host.invalid${LIST}`, headers: [{ name: 'host', value: 'localhost:99999' }, INJECTED[0]] },
      response: { status: 400, statusText: 'Bad Request' },
      comment: 'The Host is "localhost:99999"; expected a name or an address and, after a colon, a port up to 65535, if any.'
    })
  ]
  t.strictSame(await har(emulator), logOf(...expected))
  t.strictSame(await har(emulator, '?method=POST'), logOf(expected[1] as object))
  await emulator.app.inject({ method: 'POST', url: UPDATE, headers: sentBy(), payload: '[1.0]' })
  t.strictSame((await har(emulator, '?last=1')).log.entries[0].request.postData, { mimeType: 'application/json', text: '[1]' }, 'JSON is expected whatever is said')
  t.strictSame((await command(emulator, 'GET', '/requests.har?after=1')).log.entries.map(({ _id }: any) => _id), [2, 3, 4, 5], 'the ids of the journal')
  const { headers } = await control(emulator, 'GET', '/requests.har')
  t.strictSame([headers['content-type'], headers['content-disposition']], ['application/json; charset=utf-8', 'attachment; filename="requests.har"'])
})

t.test('a HAR with answers', async (t) => {
  const emulator = build(t, { config: { journalAnswers: true } })
  const list = await emulator.get(`${LIST}?maxItems=1`)
  const moved = await emulator.app.inject({ url: '/oauth20_authorize.srf?client_id=a&response_type=code&redirect_uri=http://localhost/x&login_hint=gamer' })
  const pairs = (headers: Record<string, unknown>) => Object.entries(headers).filter(([name]) => !['ms-cv', 'date', 'connection'].includes(name)).map(([name, value]) => ({ name, value: String(value) }))
  const { log: { entries: [first, second] } } = await har(emulator)
  t.same(first.response.headers.toSorted(byName), pairs(list.headers).toSorted(byName))
  t.strictSame({ ...first.response, headers: [] }, (entry({
    response: { content: { size: Number(list.headers['content-length']), mimeType: 'application/json; charset=utf-8', text: list.body }, bodySize: Number(list.headers['content-length']) }
  }) as any).response)
  t.equal(moved.statusCode, 302)
  t.notOk(JSON.stringify(second).includes(new URL(String(moved.headers.location)).searchParams.get('code') as string))
  t.strictSame([second.response.status, second.response.redirectURL, second.response.content], [302, 'http://localhost/x?code=…', { size: 0, mimeType: 'x-unknown' }])
})

const byName = (one: { name: string }, other: { name: string }): number => one.name < other.name ? -1 : 1

t.test('requests whose connection was cut, over HTTP/2, and without a host', async (t) => {
  const secure = await listenSecurely(t, { config: { journalAnswers: true } })
  await askHttp2(t, secure, { path: LIST })
  await command(secure, 'POST', '/faults', { effect: 'drop', times: 1 })
  await t.rejects(askHttp2(t, secure, { path: LIST, headers: sentBy() }))
  const { port } = secure.app.server.address() as AddressInfo
  for (const head of ['OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close', 'GET /a?b=%C3%A9&%zz HTTP/1.0']) await exchange(t, port, `${head}\r\n\r\n`)
  const { log: { entries } } = await har(secure)
  t.strictSame(entries.map(({ request, response }: any) => [request.url, request.httpVersion, response.status, response.statusText, response.httpVersion, response.bodySize, request.queryString]), [
    [`https://${HOST}${LIST}`, 'HTTP/2.0', 401, 'Unauthorized', 'HTTP/2.0', 114, []],
    [`https://${HOST}${LIST}`, 'HTTP/2.0', 0, '', 'HTTP/2.0', -1, []],
    ['http://localhost/*', 'HTTP/1.1', 404, 'Not Found', 'HTTP/1.1', 68, []],
    ['http://host.invalid/a?b=%C3%A9&%zz', 'HTTP/1.0', 404, 'Not Found', 'HTTP/1.0', 69, [{ name: 'b', value: 'é' }, { name: '%zz', value: '' }]]
  ])
})

t.test('a host that is none is no part of the address', async (t) => {
  const emulator = build(t)
  for (const host of ['x/y?code=S3CR3T', 'u:p@localhost', 'localhost#a', 'a"b', '%41', 'localhost:99999', '[::1']) await emulator.get('/a', { headers: { host } })
  for (const host of ['evil.example', '[::1]:80']) await emulator.get('/a', { headers: { host } })
  const { log: { entries } } = await har(emulator)
  t.strictSame(entries.map(({ request }: any) => request.url), [...Array.from({ length: 7 }, () => 'http://host.invalid/a'), 'http://evil.example/a', 'http://[::1]:80/a'])
})

t.test('years of fewer than four digits, and the last one', async (t) => {
  const emulator = build(t)
  for (const now of ['0001-01-01T00:00:00.0019999Z', '9999-12-31T23:59:59.9999999Z']) {
    await command(emulator, 'PUT', '/clock', { now })
    await emulator.get('/nope')
  }
  t.strictSame((await har(emulator)).log.entries.map(({ startedDateTime }: any) => startedDateTime), ['0001-01-01T00:00:00.001Z', '9999-12-31T23:59:59.999Z'])
})

t.test('what is recorded while a HAR is sent is not in it', async (t) => {
  const emulator = await listen(t)
  for (let n = 0; n < 20; n++) await emulator.get(`/nope?${'x'.repeat(15_000)}`)
  const response = await fetch(`${emulator.url}/_emulator/requests.har`)
  for (let n = 0; n < 20; n++) await emulator.get('/later')
  await command(emulator, 'DELETE', '/requests')
  const { log } = await response.json() as any
  t.strictSame([log.entries.length, findHarProblems({ log })], [20, []])
})
