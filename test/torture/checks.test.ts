import { Buffer } from 'node:buffer'
import t from 'tap'
import { Book } from '../../torture/book.ts'
import type { Ask } from '../../torture/fuzz/asks.ts'
import { findWrong } from '../../torture/fuzz/judge.ts'
import { FAULTY_XUID } from '../../torture/fuzz/pieces.ts'
import { AnswerReader, type Answer } from '../../torture/fuzz/read-answers.ts'
import { findLost } from '../../torture/kills/updates.ts'
import { formatProgress } from '../../torture/progress.ts'
import { Random } from '../../torture/random.ts'
import { levelOf } from '../../torture/soak/level.ts'
import { keep, forget, readKept } from '../../torture/state.ts'
import { thrownBy } from '../thrown-error.ts'

const HEADERS = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', 'ms-cv': 'a.0', 'content-type': 'application/json; charset=utf-8' }
const asked = (path = '/users/xuid(1)/achievements'): Ask => ({ method: 'GET', path, headers: [], body: null })
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status, headers: new Map(Object.entries({ ...HEADERS, ...headers })), body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
})
const wrong = (given: Answer, { ask = asked(), sent = '', dialect = 'documented' as const as 'documented' | 'live' } = {}): string | undefined => findWrong(given, { ask, sent: Buffer.from(sent), dialect })

const REFUSAL = { errorCode: null, errorMessage: 'no' }
const LIVE = { code: 404, source: 'Progress', description: 'no', traceInformation: 'a' }

t.test('an answer that is well-formed', async (t) => {
  for (const [given, options] of [
    [answer(200, {})], [answer(404, REFUSAL)], [answer(404, LIVE), { dialect: 'live' }], [answer(404, { status: 404, message: 'no' }), { ask: asked('/achievements/1') }],
    [answer(404, { status: 404, message: 'no' }), { ask: asked('http://a/%61chievements') }], [answer(401, REFUSAL, { 'www-authenticate': 'XBL3.0' })],
    [answer(401, { Identity: '0', XErr: 1, Message: '', Redirect: '' }, { 'www-authenticate': 'XBL3.0' })], [answer(204, '')], [answer(500, REFUSAL), { ask: asked(`/users/xuid(${FAULTY_XUID})/achievements`) }],
    [answer(400, { errorCode: 4000, errorMessage: 'canary-gamer' }), { sent: 'x canary-gamer' }], [answer(200, 'canary-gamer', { 'content-type': 'text/html' }), { ask: asked('/_emulator/world') }]
  ] as Array<[Answer, Parameters<typeof wrong>[1]?]>) t.equal(wrong(given, options), undefined)
})

t.test('each check can fail', async (t) => {
  const without = (name: string): Answer => { const given = answer(200, {}); (given.headers as Map<string, string>).delete(name); return given }
  for (const [given, expected, options] of [
    [answer(500, REFUSAL), 'an answer of 500'],
    [answer(418, REFUSAL), 'the status is 418'],
    [without('ms-cv'), 'no ms-cv with 200'],
    [without('content-type'), 'a body without content-type, 200'],
    [answer(200, {}, { 'content-length': '2\n2' }), 'content-length comes twice'],
    [answer(401, REFUSAL), 'www-authenticate with 401'],
    [answer(405, REFUSAL), 'no allow with 405'],
    [answer(301, REFUSAL), 'no location with 301'],
    [answer(200, '{'), 'the body is no JSON, 200'],
    [answer(404, 'no', { 'content-type': 'text/plain' }), 'a refusal is text/plain'],
    [answer(404, '1'), 'a refusal is no object'],
    [answer(404, LIVE), 'a refusal has the members code,description,source,traceInformation'],
    [answer(404, REFUSAL), 'a refusal has the members errorCode,errorMessage', { dialect: 'live' }],
    [answer(404, { status: 404, message: 'no' }), 'a refusal of 404 is one of the IGDB view elsewhere'],
    [answer(400, { errorCode: 1, errorMessage: 'Error: a\n    at b (/src/app.ts:1:1)' }), 'a refusal shows insides of the emulator'],
    [answer(200, { name: 'canary-friend' }), 'an answer has the token of another session', { sent: 'canary-gamer' }],
    [answer(302, '', { location: '/?a=canary-friend' }), 'an answer has the token of another session']
  ] as Array<[Answer, string, Parameters<typeof wrong>[1]?]>) t.equal(wrong(given, options), expected)
})

t.test('answers of HTTP/1 are read however they are cut, and what is none is told', async (t) => {
  const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\na: 1\r\nA: 2\r\n\r\n3\r\nabc\r\n0\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'
  for (const size of [1, 7, text.length]) {
    const methods = ['GET', 'GET', 'HEAD']
    const reader = new AnswerReader(() => methods[0])
    const answers: Answer[] = []
    for (let at = 0; at < text.length; at += size) {
      for (const each of reader.push(Buffer.from(text.slice(at, at + size)))) {
        methods.shift()
        answers.push(each)
      }
    }
    t.strictSame(answers.map(({ status, body }) => [status, body.toString()]), [[200, 'ab'], [404, 'abc'], [200, '']])
    t.equal(answers[1]?.headers.get('a'), '1\n2')
    t.equal(reader.isAmidst, false)
  }
  for (const [bytes, message] of [
    ['hello world', '"hello world" came'],
    ['HTTP/1.1 200\r\n\r\n', 'the status line is "HTTP/1.1 200"'],
    ['HTTP/1.1 200 OK\r\nno colon\r\n\r\n', 'a header is "no colon"'],
    ['HTTP/1.1 200 OK\r\n\r\n', 'an answer says not how long it is'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n', 'an answer has a length and a transfer coding'],
    ['HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n', 'Content-Length is "x"'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n', 'Transfer-Encoding is "gzip"'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n', 'a chunk has the size "x"'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc', 'a chunk does not end where it says']
  ] as const) t.equal(thrownBy(() => [...new AnswerReader(() => 'GET').push(Buffer.from(bytes))]).message, message)
})

t.test('an answer to HTTP/1.0 without a length ends with its connection', async (t) => {
  const reader = new AnswerReader(() => 'GET')
  t.strictSame([...reader.push(Buffer.from('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nab'))], [])
  t.equal(reader.isAmidst, true)
  t.strictSame([...reader.end()].map(({ body }) => body.toString()), ['ab'])
  t.equal(reader.isAmidst, false)
  t.strictSame([...new AnswerReader(() => 'GET').end()], [])
})

t.test('memory is level, or it grows', async (t) => {
  const samples = (grow: number) => Array.from({ length: 61 }, (_none, minute) => ({ minute, megabytes: minute < 10 ? minute * 10 : 100 + minute * grow }))
  t.strictSame(levelOf(samples(0), 60), { early: 100, late: 100, isLevel: true })
  t.equal(levelOf(samples(0.1), 60).isLevel, true)
  t.equal(levelOf(samples(1), 60).isLevel, false)
})

t.test('an update that is lost, half written, or beside the point', async (t) => {
  const XUID = '2533274790412952'
  const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
  const world = (achievements: object[], more: object = {}) => ({ users: [{ xuid: XUID, achievements }], ...more }) as unknown as Parameters<typeof findLost>[1]
  const at = (percentComplete: number, timeUnlocked: string | null = null): object => ({ serviceConfigId: SCID, id: 7, percentComplete, timeUnlocked })
  const writer = { id: 7, sent: 4, acknowledged: 3 }
  t.equal(findLost([writer], world([]), world([at(3)])), undefined)
  t.equal(findLost([writer], world([]), world([at(4)])), undefined)
  t.equal(findLost([writer], world([]), world([at(2)])), 'achievement 7 is at 2, 3 was acknowledged')
  t.equal(findLost([writer], world([]), world([])), 'achievement 7 is at 0, 3 was acknowledged')
  t.equal(findLost([writer], world([]), world([at(5)])), 'achievement 7 is at 5, 4 was sent')
  t.equal(findLost([writer], world([]), world([at(3, '2020-01-01T00:00:00Z')])), 'achievement 7 is at 3, unlocked 2020-01-01T00:00:00Z')
  t.equal(findLost([writer], world([]), world([at(3)], { titles: [] })), 'something else in the world has changed')
})

t.test('what was done is kept, and what was found is counted', async (t) => {
  const folder = t.testdir()
  const book = new Book()
  for (const example of ['1', '2', '3', '4']) book.fail('kind', example)
  book.count('answers', 2)
  book.highest('ms', 5)
  book.highest('ms', 4)
  book.kept.done = 7
  keep(folder, { part: 'fuzz', seed: 1 }, book.kept)
  t.strictSame(readKept(folder, 'fuzz', 1), { done: 7, counts: { answers: 2, ms: 5 }, findings: [{ kind: 'kind', count: 4, examples: ['1', '2', '3'] }] })
  t.strictSame(readKept(folder, 'fuzz', 2), { done: 0, counts: {}, findings: [] })
  forget(folder, 'fuzz', 1)
  t.strictSame(readKept(folder, 'fuzz', 1), { done: 0, counts: {}, findings: [] })
  t.match(formatProgress({ name: 'fuzz', unit: 'requests', done: 5, amount: 10, failures: 1 }, 2.5), /^fuzz +\[#{12}\.{12}\] 50\.0 % {2}5 of 10 requests, 2\.5\/s, 1 faults {2}2 s left$/)
})

t.test('the same seed and number make the same', async (t) => {
  const draw = (seed: number, number: number): number[] => { const random = new Random(seed, number); return random.times(5, () => random.below(1000)) }
  t.strictSame(draw(1, 2), draw(1, 2))
  t.notSame(draw(1, 2), draw(1, 3))
  t.notSame(draw(1, 2), draw(2, 2))
})
