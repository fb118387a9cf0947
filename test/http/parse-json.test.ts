import t from 'tap'
import { parseJson } from '../../src/http/parse-json.ts'
import { thrownBy } from '../thrown.ts'

t.test('parses JSON, after a byte order mark or not', async (t) => {
  t.strictSame(parseJson('{"a":[1]}'), { a: [1] })
  t.strictSame(parseJson('\uFEFFnull'), null)
})

t.test('says what is wrong', async (t) => {
  t.equal(parseJson(''), undefined, 'an empty body is none')
  t.match(thrownBy(() => parseJson('{')).message, /^The body is not JSON: /)
  // Node quotes what is around it.
  for (const text of ['S', '{"token":S3CR3T}', '["a, b", S3CR3T\n]']) {
    t.equal(thrownBy(() => parseJson(text)).message, "The body is not JSON: Unexpected token 'S'.", text)
  }
})

t.test('what is nested too deeply is refused before it is parsed', async (t) => {
  const lists = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const message = 'The body: nested more than 32 levels deep; expected 32 at most.'
  for (const make of [lists, objects]) {
    t.strictSame(parseJson(make(32)), JSON.parse(make(32)))
    for (const levels of [33, 1_000_000]) t.equal(thrownBy(() => parseJson(make(levels))).message, message)
  }
  t.equal(thrownBy(() => parseJson('['.repeat(33))).message, message, 'whether it ends or not')
  t.equal(thrownBy(() => parseJson(`{"a":[${lists(31)}]}`)).message, message)
})

t.test('brackets one after the other, and those in texts, are no depth', async (t) => {
  for (const value of [
    Array.from({ length: 1000 }, () => [{}]), '['.repeat(1000), { ['{'.repeat(1000)]: '[' }, [`"${'['.repeat(1000)}`], [`\\${'['.repeat(1000)}`], [`\\"${'{'.repeat(1000)}`], ['\\', '['.repeat(1000)]
  ]) t.strictSame(parseJson(JSON.stringify(value)), value)
  t.match(thrownBy(() => parseJson('["[')).message, /^The body is not JSON: /, 'a text that does not end')
  t.match(thrownBy(() => parseJson(`["\\\\",${'['.repeat(40)}`)).message, /levels deep/, 'after a text that ends in backslashes')
})
