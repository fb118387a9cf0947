import { Type } from '@sinclair/typebox'
import t from 'tap'
import { parseFirstJson, parseJson, requireValid } from '../../src/http/body.ts'
import { thrownBy } from '../thrown-error.ts'

t.test('parses JSON, after a byte order mark or not', async (t) => {
  t.strictSame(parseJson('{"a":[1]}'), { a: [1] })
  t.strictSame(parseJson('\uFEFFnull'), null)
})

t.test('a body that is not JSON: the message does not quote it', async (t) => {
  t.equal(parseJson(''), undefined, 'an empty body')
  t.match(thrownBy(() => parseJson('{')).message, /^The body is not JSON: /)
  // Node's own message quotes the text around the error.
  for (const text of ['S', '{"token":S3CR3T}', '["a, b", S3CR3T\n]']) {
    t.equal(thrownBy(() => parseJson(text)).message, "The body is not JSON: Unexpected token 'S'.", text)
  }
})

t.test('JSON that is nested too deeply is refused before it is parsed', async (t) => {
  const lists = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const message = 'The body: nested more than 32 levels deep; expected 32 at most.'
  for (const make of [lists, objects]) {
    t.strictSame(parseJson(make(32)), JSON.parse(make(32)))
    for (const levels of [33, 1_000_000]) t.equal(thrownBy(() => parseJson(make(levels))).message, message)
  }
  t.equal(thrownBy(() => parseJson('['.repeat(33))).message, message, 'without its end, too')
  t.equal(thrownBy(() => parseJson(`{"a":[${lists(31)}]}`)).message, message)
})

t.test('brackets side by side, and brackets in strings, do not count as nesting', async (t) => {
  for (const value of [
    Array.from({ length: 1000 }, () => [{}]), '['.repeat(1000), { ['{'.repeat(1000)]: '[' }, [`"${'['.repeat(1000)}`], [`\\${'['.repeat(1000)}`], [`\\"${'{'.repeat(1000)}`], ['\\', '['.repeat(1000)]
  ]) t.strictSame(parseJson(JSON.stringify(value)), value)
  t.match(thrownBy(() => parseJson('["[')).message, /^The body is not JSON: /, 'a string that does not end')
  t.match(thrownBy(() => parseJson(`["\\\\",${'['.repeat(40)}`)).message, /levels deep/, 'after a string that ends in backslashes')
})

const Body = Type.Object({ count: Type.Integer({ default: 1, errorMessage: 'an integer' }) }, { default: {}, errorMessage: 'an object' })

t.test('defaults are filled into a copy of the value', async (t) => {
  const given = {}
  t.strictSame(requireValid(Body, given), { count: 1 })
  t.strictSame(given, {})
  t.strictSame(requireValid(Body, { count: 2 }), { count: 2 })
  t.strictSame(requireValid(Body, undefined), { count: 1 })
  t.strictSame(requireValid(Body, null), { count: 1 })
})

t.test('a value that does not fit its schema', async (t) => {
  for (const [given, message] of [
    [[], 'The body: found [], expected an object.'],
    ['x', 'The body: found "x", expected an object.'],
    [{ count: 'x' }, 'The body, at /count: found "x", expected an integer.']
  ] as const) t.equal(thrownBy(() => requireValid(Body, given)).message, message)
})

t.test('only the first JSON value of a body counts where clients send more', async (t) => {
  t.strictSame(parseFirstJson('{"a":1},"ProofKey":{"alg":"ES256"}}'), { a: 1 })
  t.strictSame(parseFirstJson('[1] not JSON'), [1])
  t.equal(typeof (parseFirstJson('{"a":9007199254740993}x') as { a: unknown }).a, 'symbol', 'numbers are kept as in any body')
  t.strictSame(parseFirstJson(`{}${'['.repeat(100)}`), {}, 'what follows may be nested as it likes')
  t.equal(parseFirstJson(''), undefined)
  for (const [text, message] of [
    ['x{}', "The body is not JSON: Unexpected token 'x'."],
    ['{"a"}', 'The body is not JSON: Expected \':\' after property name in JSON at position 4 (line 1 column 5).'],
    ['[}', "The body is not JSON: Unexpected token '}'."],
    [`${'['.repeat(33)}${']'.repeat(33)} x`, 'The body: nested more than 32 levels deep; expected 32 at most.']
  ] as const) t.match(thrownBy(() => parseFirstJson(text)), { status: 400, message }, text)
})
