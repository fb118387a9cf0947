import t from 'tap'
import { createCache } from '../../src/store/cache.ts'

t.test('a value is made once, until the mark differs', async (t) => {
  let mark: number | string | null = 1
  const made: string[] = []
  const cache = createCache<string>(() => mark, 10)
  const get = (key: string): string => cache(key, () => { made.push(key); return `${key} at ${mark}` })
  t.strictSame([get('a'), get('b'), get('a')], ['a at 1', 'b at 1', 'a at 1'])
  mark = 2
  t.strictSame([get('a'), get('a')], ['a at 2', 'a at 2'])
  mark = 1
  t.strictSame([get('b'), get('b')], ['b at 1', 'b at 1'], 'a mark that comes back brings nothing back')
  t.strictSame(made, ['a', 'b', 'a', 'b'])
})

t.test('nothing is kept, and nothing that was kept is told, while there is no mark', async (t) => {
  let mark: number | null = 1
  let made = 0
  const cache = createCache<number>(() => mark, 10)
  const get = (): number => cache('a', () => ++made)
  t.strictSame([get(), get()], [1, 1])
  mark = null
  t.strictSame([get(), get()], [2, 3])
  mark = 1
  t.equal(get(), 1)
})

t.test('the oldest gives way', async (t) => {
  const made: string[] = []
  const cache = createCache<string>(() => 1, 2)
  for (const key of ['a', 'b', 'a', 'c', 'b', 'a']) cache(key, () => { made.push(key); return key })
  t.strictSame(made, ['a', 'b', 'c', 'a'])
})

t.test('as many as weigh so much, and none that weighs more than all', async (t) => {
  let mark = 1
  const made: string[] = []
  const cache = createCache<string>(() => mark, 10, (value) => value.length)
  const get = (key: string, length: number): unknown => cache(key, () => { made.push(key); return 'x'.repeat(length) })
  for (const [key, length] of [['a', 4], ['b', 6], ['a', 4], ['b', 6], ['c', 1], ['b', 6], ['a', 4]] as const) get(key, length)
  t.strictSame(made.splice(0), ['a', 'b', 'c', 'a'])
  for (const [key, length] of [['large', 11], ['large', 11], ['c', 1]] as const) get(key, length)
  t.strictSame(made.splice(0), ['large', 'large', 'c'])
  mark = 2
  for (const [key, length] of [['a', 4], ['b', 6], ['a', 4], ['b', 6]] as const) get(key, length)
  t.strictSame(made, ['a', 'b'], 'what is forgotten weighs nothing')
})

t.test('what there is not is looked for again', async (t) => {
  let made = 0
  const cache = createCache<undefined>(() => 1, 10)
  for (let count = 0; count < 3; count++) cache('a', () => { made++; return undefined })
  t.equal(made, 3)
})
