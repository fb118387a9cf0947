import t from 'tap'
import { curlOf } from '../../../src/console/text/curl.ts'
import { bodyText } from '../../../src/console/text/journal-words.ts'
import { parseWithNumbers } from '../../../src/console/text/exact-numbers.ts'

const INEXACT = '{"id":9007199254740993,"list":[-123456789012345678901234567890,1e400,0.1000],"n":null,"s":"9007199254740993"}'

t.test('numbers of any length are written as they were sent', async (t) => {
  t.equal(JSON.stringify(parseWithNumbers(INEXACT)), INEXACT)
  t.match(bodyText(parseWithNumbers(INEXACT)), '"id": 9007199254740993,')
  t.equal(curlOf('http://h', { method: 'POST', path: '/', body: parseWithNumbers(INEXACT) }), `curl -X POST http://h/ -d '${INEXACT}'`)
})

t.test('all other values are what JavaScript has for them', async (t) => {
  for (const text of ['1', '1.5', '-0.25', '1e+21', '"2533274790412952"', '[1,2.5,true,null]', '{"xuid":"2533274790412952","ms":0.12}']) t.strictSame(parseWithNumbers(text), JSON.parse(text), text)
  t.strictSame(parseWithNumbers('{"a":1.0,"b":1e3}'), { a: 1, b: 1000 }, 'integers, however they are written')
  t.throws(() => parseWithNumbers('{"a":1.5'), SyntaxError)
})

t.test('a browser that cannot rounds', async (t) => {
  t.strictSame(parseWithNumbers('[9007199254740993]', null), JSON.parse('[9007199254740993]'))
  const real = JSON.parse
  t.teardown(() => { JSON.parse = real })
  // A reviver without a source.
  JSON.parse = (text, reviver) => real(text, reviver === undefined ? undefined : (name, value) => reviver(name, value))
  t.strictSame(parseWithNumbers('[9007199254740993]'), [Number('9007199254740993')])
})
