import t from 'tap'
import { bodyText, bytesText, durationText, frameWords, OUTCOMES, outcomeOf, parametersOf, reasonOf, shortPath } from '../../../src/console/text/journal-words.ts'
import { journalEntry } from './journal-entry.ts'

t.test('what became of a request has a sign and a word', async (t) => {
  t.strictSame([null, 101, 200, 204, 299, 301, 304, 400, 429, 499, 500, 504].map(outcomeOf), [
    'cut', 'socket', 'answered', 'answered', 'answered', 'unchanged', 'unchanged', 'refused', 'refused', 'refused', 'failed', 'failed'
  ])
  const signs = Object.values(OUTCOMES).map(({ sign }) => sign)
  t.equal(new Set(signs).size, signs.length, 'no two have the same')
})

t.test('a row explains itself', async (t) => {
  const none = { refusal: null, hint: null, fault: null, matched: true, status: 200 }
  t.equal(reasonOf(none), undefined)
  t.equal(reasonOf(journalEntry()), undefined)
  t.strictSame(reasonOf({ ...none, refusal: 'No token.', status: 401 }), { kind: 'refusal', text: 'No token.', instead: null })
  t.strictSame(reasonOf({ ...none, matched: false, refusal: '/x is not a path of this service.', status: 404 }), { kind: 'unmatched', text: '/x is not a path of this service.', instead: null })
  t.strictSame(reasonOf({ ...none, matched: false }), { kind: 'unmatched', text: 'No route knows this path.', instead: null })
  t.strictSame(reasonOf({ ...none, hint: 'x-xbl-contract-version is missing; send 2 for title 7; twice' }), { kind: 'hint', text: 'x-xbl-contract-version is missing', instead: '2 for title 7; twice' })
  t.strictSame(reasonOf({ ...none, hint: 'the world has no title 7; titleId is decimal' }), { kind: 'hint', text: 'the world has no title 7; titleId is decimal', instead: null })
  t.strictSame(reasonOf({ ...none, fault: 3, refusal: 'A fault.', status: 503 }), { kind: 'fault', text: 'Fault 3: A fault.', instead: null })
  t.strictSame(reasonOf({ ...none, fault: 3 }), { kind: 'fault', text: 'Fault 3 happened to it', instead: null })
  t.strictSame(reasonOf({ ...none, fault: 3, status: null, matched: false }), { kind: 'fault', text: 'Fault 3 cut it off', instead: null })
})

t.test('long ids are cut in a path', async (t) => {
  t.equal(shortPath('/users/xuid(2533274790412952)/achievements/7C1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/update'), '/users/xuid(…2952)/achievements/7C1e4b02…/update')
  t.equal(shortPath('/a/b5dd9daf-0000-0000-0000-000000000000/8'), '/a/b5dd9daf…/8', 'an id whose end is of digits alone')
  t.equal(shortPath('/titles/1660944384/a'), '/titles/1660944384/a')
  t.equal(shortPath('/<b>'), '/<b>')
})

t.test('durations and lengths', async (t) => {
  t.strictSame([0, 0.123, 9.996, 12.34, 99.96, 123.4, 9999, 10_000, 61_250].map((ms) => durationText(ms, 'en-GB')), ['0 ms', '0.12 ms', '10 ms', '12.3 ms', '100 ms', '123 ms', '9,999 ms', '10 s', '61.3 s'])
  t.equal(durationText(1.5, 'de-DE'), '1,5 ms')
  t.strictSame([0, 999, 1000, 1550, 999_949, 1_000_000].map((bytes) => bytesText(bytes, 'en-GB')), ['0 B', '999 B', '1 kB', '1.6 kB', '999.9 kB', '1 MB'])
})

t.test('the parameters of a query', async (t) => {
  t.strictSame(parametersOf(''), [])
  t.strictSame(parametersOf('a=1&b&a=2&&c=%C3%A9+x&%zz=%zz&d=e=f&=g'), [['a', '1'], ['b', ''], ['a', '2'], ['c', 'é x'], ['%zz', '%zz'], ['d', 'e=f'], ['', 'g']])
})

t.test('a body', async (t) => {
  t.equal(bodyText({ a: [1, '<b>'] }), '{\n  "a": [\n    1,\n    "<b>"\n  ]\n}')
  t.equal(bodyText('<svg/>'), '<svg/>')
  t.equal(bodyText(false), 'false')
  t.match(bodyText('x'.repeat(200_007)), /^x{200000}\n… and 7 more characters$/)
})

t.test('a frame', async (t) => {
  t.strictSame(frameWords({ direction: 'in', type: 'text', code: null, length: 3 }), { sign: '→', word: 'from the client' })
  t.strictSame(frameWords({ direction: 'out', type: 'text', code: null, length: 3 }), { sign: '←', word: 'from the emulator' })
  t.strictSame(frameWords({ direction: 'in', type: 'binary', code: null, length: 5 }), { sign: '→', word: '5 bytes from the client' })
  t.strictSame(frameWords({ direction: 'out', type: 'close', code: 1001, length: 0 }), { sign: '■', word: 'closed by the emulator, 1001' })
  t.strictSame(frameWords({ direction: 'in', type: 'close', code: 1006, length: 0 }), { sign: '■', word: 'cut by the client' })
})
