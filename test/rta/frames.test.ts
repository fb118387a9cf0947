import fc from 'fast-check'
import t from 'tap'
import { readFrame } from '../../src/rta/frames.ts'

const EXPECTED = 'expected [1,seq,"resource"] or [2,seq,subId]'
const NO_SEQ = 'The sequence number is no whole number of at most 20 digits'
const NO_TYPE = 'The type of the message is no whole number; expected 1, to subscribe, or 2, to unsubscribe'

t.test('what a client says', async (t) => {
  const frames: Array<[string, object]> = [
    ['[1,0,"https://x/y"]', { kind: 'subscribe', seq: '0', resource: 'https://x/y' }],
    [' [ 1 , 4294967295 , "" , true ] ', { kind: 'subscribe', seq: '4294967295', resource: '' }],
    ['[1.0,1e2,"r"]', { kind: 'subscribe', seq: '100', resource: 'r' }],
    ['[1,-5,"r"]', { kind: 'subscribe', seq: '-5', resource: 'r' }],
    ['[1,18446744073709551615,"r"]', { kind: 'subscribe', seq: '18446744073709551615', resource: 'r' }],
    ['[1,1]', { kind: 'subscribe', seq: '1', resource: null }],
    ['[1,1,["r"]]', { kind: 'subscribe', seq: '1', resource: null }],
    ['[2,3,4]', { kind: 'unsubscribe', seq: '3', subId: 4 }],
    ['[2,3]', { kind: 'unsubscribe', seq: '3', subId: null }],
    ['[2,3,"4"]', { kind: 'unsubscribe', seq: '3', subId: null }],
    ['[2,3,9007199254740993]', { kind: 'unsubscribe', seq: '3', subId: null }],
    ['[3,0,{}]', { kind: 'unknown' }],
    ['[4]', { kind: 'unknown' }],
    ['[0]', { kind: 'unknown' }],
    ['[-1]', { kind: 'unknown' }],
    ['[18446744073709551615,1]', { kind: 'unknown' }]
  ]
  for (const [text, frame] of frames) t.strictSame(readFrame(text), frame, text)
})

t.test('what is no message says what it is', async (t) => {
  const deep = '['.repeat(33) + ']'.repeat(33)
  const frames: Array<[string, string]> = [
    ['', `The frame is no JSON; ${EXPECTED}`],
    ['hello', `The frame is no JSON; ${EXPECTED}`],
    ['[1,1,"r"', `The frame is no JSON; ${EXPECTED}`],
    ['[1,1,"r"] [2,2,0]', `The frame is no JSON; ${EXPECTED}`],
    ['\ufeff[1,1,"r"]', `The frame is no JSON; ${EXPECTED}`],
    ['{"0":1}', `The frame is no JSON array; ${EXPECTED}`],
    ['null', `The frame is no JSON array; ${EXPECTED}`],
    ['"[1]"', `The frame is no JSON array; ${EXPECTED}`],
    ['[]', NO_TYPE],
    ['["1",1,"r"]', NO_TYPE],
    ['[1.5,1,"r"]', NO_TYPE],
    ['[1e400]', NO_TYPE],
    ['[null]', NO_TYPE],
    ['[1]', NO_SEQ],
    ['[1,null,"r"]', NO_SEQ],
    ['[1,"1","r"]', NO_SEQ],
    ['[1,1.5,"r"]', NO_SEQ],
    ['[1,1e400,"r"]', NO_SEQ],
    ['[1,184467440737095516150,"r"]', NO_SEQ],
    ['[2,[0],0]', NO_SEQ],
    [deep, 'The frame is nested more than 32 levels deep; expected 32 at most'],
    ['['.repeat(1_000_000), 'The frame is nested more than 32 levels deep; expected 32 at most']
  ]
  for (const [text, reason] of frames) t.strictSame(readFrame(text), { kind: 'malformed', reason }, text.slice(0, 40))
})

t.test('no text makes it fail, and every reason fits into a close frame', async () => {
  const message = fc.array(fc.oneof(fc.integer({ min: -1, max: 5 }), fc.json(), fc.double(), fc.bigInt().map(String)), { maxLength: 5 }).map((parts) => `[${parts.join(',')}]`)
  fc.assert(fc.property(fc.oneof(message, fc.json(), fc.string({ unit: 'binary' })), (text) => {
    const frame = readFrame(text)
    return frame.kind !== 'malformed' || Buffer.byteLength(frame.reason) <= 123
  }), { seed: 54, numRuns: 2000 })
})
