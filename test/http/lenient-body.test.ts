import t from 'tap'
import { parseLenientJson } from '../../src/http/lenient-body.ts'

t.test('the names of members in lower case, at any depth', async (t) => {
  t.strictSame(parseLenientJson('{"Pfns":null,"TitleIds":["A",{"Name":"B","stats":[{"TitleId":"5"}]}],"a":true}, and more'),
    { pfns: null, titleids: ['A', { name: 'B', stats: [{ titleid: '5' }] }], a: true })
  for (const value of [null, 'A', true, []]) t.strictSame(parseLenientJson(JSON.stringify(value)), value)
  t.equal(parseLenientJson(''), undefined)
  t.strictSame(parseLenientJson('{"A":"1","a":"2"}'), { a: '2' }, 'of two the last counts')
  const odd = parseLenientJson('{"__PROTO__":{"x":true},"__proto__":{"y":true}}') as object
  t.strictSame([Object.keys(odd), Object.getPrototypeOf(odd) === Object.prototype], [['__proto__'], true], 'no name changes what an object is')
})

t.test('numbers as the texts that were sent', async (t) => {
  t.strictSame(parseLenientJson('{"a":[5,-1,18446744073709551615,1e400,1.0]}'), { a: ['5', '-1', '18446744073709551615', '1e400', '1'] })
})
