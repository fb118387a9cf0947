import t from 'tap'
import { parseExactJson, numberText, stringifyExactJson } from '../../src/base/exact-json.ts'
import { thrownBy } from '../thrown-error.ts'

/** Numbers that JavaScript would write differently. */
const OTHERS = [
  '18446744073709551615', '9007199254740993', '-9007199254740993', '1e400', '-1e400', '1E22', '1e22', '1.50', '0.1234567890123456789', '0.0000001', '1000000000000000000000', `1${'0'.repeat(400)}`
]
/** Integers of at most 53 bits, and numbers that JavaScript rounds to one. */
const INTEGERS = ['1E5', '1e+5', '1.0', '-0', '-0.0', '0e0', '9007199254740991.0', '-9.007199254740991e15', '100e-2', '1e-7000', `0.${'0'.repeat(400)}1`, '0.99999999999999999999']
/** Numbers that JavaScript writes in the same way. */
const SAME = ['0', '1', '-1', '9007199254740991', '9007199254740992', '-9007199254740992', '1234567890123456', '0.1', '-1.5', '1e+21', '1e-7', '123456.789', '1.7976931348623157e+308', '5e-324']

t.test('a number that JavaScript would write differently is kept as it was sent', async (t) => {
  for (const number of OTHERS) {
    for (const text of [number, ` ${number}\n`, `[1,${number}]`, `{"a":"1","b":[{"c":${number}}],"d":null}`, `{"\\"${number}":"\\\\","b":${number}}`]) {
      t.equal(stringifyExactJson(parseExactJson(text)), text.trim(), text)
    }
    const value = parseExactJson(number)
    t.strictSame([typeof value, numberText(value)], ['symbol', number])
  }
})

t.test('a number that JavaScript writes in the same way is read as a number', async (t) => {
  for (const number of SAME) {
    t.equal(parseExactJson(number), Number(number), number)
    t.equal(numberText(parseExactJson(number)), number)
    t.strictSame(parseExactJson(`[${number},{"a":${number}}]`), [Number(number), { a: Number(number) }], number)
    t.strictSame((parseExactJson(`[${number},1e400]`) as unknown[])[0], Number(number), `${number} beside one that is not`)
  }
})

t.test('an integer of 53 bits is read as a number, however it is written', async (t) => {
  for (const number of INTEGERS) {
    t.equal(parseExactJson(number), Number(number), number)
    t.strictSame((parseExactJson(`[1e400,${number}]`) as unknown[])[1], Number(number), `${number} beside one that is none`)
  }
})

t.test('digits in strings and other values are not numbers', async (t) => {
  for (const text of [...OTHERS, '"1e400', '\\1e400', '\\"1e400', '\\', '{"a":1e400}']) {
    t.strictSame(parseExactJson(JSON.stringify({ [text]: [text] })), { [text]: [text] }, text)
    t.equal(numberText(text), undefined)
  }
  for (const value of [null, true, false, [], {}, '']) {
    t.strictSame(parseExactJson(JSON.stringify(value)), value)
    t.equal(numberText(value), undefined)
  }
})

t.test('the numbers of a text that is too long are rounded', async (t) => {
  t.strictSame(parseExactJson('[1e400]', 6), [Infinity])
  t.equal(stringifyExactJson(parseExactJson('[1e400]', 7)), '[1e400]')
})

t.test('a text that is not JSON is a SyntaxError', async (t) => {
  for (const text of ['', '-', '1.', '.5', '01', '+1', '1e', '1e400e1', '--1', '1-1', '[1e400', '"1e400', '{"a":1e400,}', '0x1', 'NaN', '٣']) {
    t.ok(thrownBy(() => parseExactJson(text)) instanceof SyntaxError, text)
  }
})
