import t from 'tap'
import { createCache, type CacheOptions } from '../../src/base/cache.ts'

type Mark = number | string | null

/** A cache, and the inputs for which it made values. */
function build<I, V> (make: (input: I) => V, options: Partial<CacheOptions<V>> = {}) {
  const made: I[] = []
  const get = createCache({ name: 'test', mark: () => 1, size: 10, ...options }, (input: I) => {
    made.push(input)
    return make(input)
  }) as (input: I) => V
  return { get, made }
}

t.test('a value is made once, until the mark changes', async (t) => {
  let mark: Mark = 1
  const { get, made } = build((input: string) => `${input} at ${mark}`, { mark: () => mark })
  t.strictSame([get('a'), get('b'), get('a')], ['a at 1', 'b at 1', 'a at 1'])
  mark = 2
  t.strictSame([get('a'), get('a')], ['a at 2', 'a at 2'])
  mark = 1
  t.strictSame([get('b'), get('b')], ['b at 1', 'b at 1'], 'a mark that comes back brings nothing back')
  t.strictSame(made, ['a', 'b', 'a', 'b'])
})

t.test('inputs that differ in any member have different keys', async (t) => {
  const inputs = [
    {}, { a: 1 }, { a: '1' }, { a: null }, { a: 'null' }, { b: 1 }, { a: 1, b: 1 }, { a: { b: 1 } }, { a: [1] }, { a: [1, 2] }, { a: [12] }, { a: '1,2' },
    { a: 'x y', b: 'z' }, { a: 'x', b: 'y z' }, { a: 'x","b":"y' }, { a: 'x', b: 'y' }, { a: true }, { a: 'true' }
  ]
  const { get, made } = build((input: object) => JSON.stringify(input), { size: 100 })
  for (let count = 0; count < 2; count++) {
    for (const input of inputs) t.equal(get(input), JSON.stringify(input))
  }
  t.equal(made.length, inputs.length)
})

t.test('without a mark, values are neither kept nor taken from the cache', async (t) => {
  let mark: Mark = 1
  let count = 0
  const { get } = build((_input: string) => ++count, { mark: () => mark })
  t.strictSame([get('a'), get('a')], [1, 1])
  mark = null
  t.strictSame([get('a'), get('a')], [2, 3])
  mark = 1
  t.equal(get('a'), 1)
})

t.test('the oldest value is removed first', async (t) => {
  const { get, made } = build((input: string) => input, { size: 2 })
  for (const input of ['a', 'b', 'a', 'c', 'b', 'a']) get(input)
  t.strictSame(made, ['a', 'b', 'c', 'a'])
})

t.test('values are kept up to a total weight', async (t) => {
  let mark = 1
  const { get, made } = build(({ length }: { name: string, length: number }) => 'x'.repeat(length), { mark: () => mark, weigh: ({ length }) => length })
  const names = (): string[] => made.splice(0).map(({ name }) => name)
  for (const [name, length] of [['a', 4], ['b', 6], ['a', 4], ['b', 6], ['c', 1], ['b', 6], ['a', 4]] as const) get({ name, length })
  t.strictSame(names(), ['a', 'b', 'c', 'a'])
  for (const [name, length] of [['large', 11], ['large', 11], ['c', 1]] as const) get({ name, length })
  t.strictSame(names(), ['large', 'large', 'c'])
  mark = 2
  for (const [name, length] of [['a', 4], ['b', 6], ['a', 4], ['b', 6]] as const) get({ name, length })
  t.strictSame(names(), ['a', 'b'], 'what is forgotten weighs nothing')
})

t.test('undefined is not kept, nor is a value with a long key', async (t) => {
  const nothing = build((_input: string) => undefined)
  for (let count = 0; count < 3; count++) nothing.get('a')
  t.equal(nothing.made.length, 3)
  // The key is JSON: its quotation marks count.
  const [long, longer] = ['x'.repeat(1022), 'x'.repeat(1023)]
  const { get, made } = build((input: string) => input.length)
  for (const input of [long, longer, long, longer]) t.equal(get(input), input.length)
  t.strictSame(made, [long, longer, longer])
})

t.test('a cache that packs keeps a value when it is requested for the second time', async (t) => {
  let count = 0
  const { get, made } = build((input: string) => `${input}${++count}`, { pack: (value) => value.toUpperCase(), size: 2 })
  t.strictSame(['a', 'b', 'a', 'a', 'b', 'a'].map(get), ['a1', 'b2', 'A3', 'A3', 'B4', 'A3'])
  t.strictSame(made, ['a', 'b', 'a', 'b'])
})

t.test('after a thousand others, a key counts as requested for the first time again', async (t) => {
  const { get, made } = build((input: string) => input, { pack: (value) => value })
  get('first')
  for (let count = 0; count < 1000; count++) get(`another ${count}`)
  get('first')
  t.equal(made.length, 1002)
  get('first')
  get('first')
  t.equal(made.length, 1003)
})
