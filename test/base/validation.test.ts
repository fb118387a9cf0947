import { Type } from '@sinclair/typebox'
import t from 'tap'
import { findProblem, findProblems, formatValue } from '../../src/base/validation.ts'

t.test('finds at most one problem for each path', async (t) => {
  const Animal = Type.Object({
    legs: Type.Integer({ minimum: 0, multipleOf: 2, errorMessage: 'an even number' }),
    name: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { errorMessage: 'a name, or null' }),
    owner: Type.Optional(Type.Union([
      Type.Object({ phone: Type.String({ errorMessage: 'a phone number' }) }, { additionalProperties: false }), Type.Null()
    ], { errorMessage: 'an owner, or null' })),
    plain: Type.Optional(Type.Boolean()),
    names: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.String(), { additionalProperties: false }))
  }, { additionalProperties: false, errorMessage: 'an animal' })
  const fine = { legs: 4, name: null }
  const cases: Array<[string, unknown, Array<{ path: string, message: string }>]> = [
    ['nothing', { legs: 4, name: 'Rex', owner: { phone: '1' }, plain: true, names: { la: 'canis' } }, []],
    ['the value itself', 'cat', [{ path: '', message: 'found "cat", expected an animal' }]],
    ['undefined', undefined, [{ path: '', message: 'missing, expected an animal' }]],
    ['two constraints of one place', { ...fine, legs: -1 }, [{ path: '/legs', message: 'found -1, expected an even number' }]],
    ['two places, in the order of the schema', { name: 7, legs: 3 }, [
      { path: '/legs', message: 'found 3, expected an even number' },
      { path: '/name', message: 'found 7, expected a name, or null' }
    ]],
    ['missing members', {}, [
      { path: '/legs', message: 'missing, expected an even number' },
      { path: '/name', message: 'missing, expected a name, or null' }
    ]],
    ['an unknown member', { ...fine, tail: 1 }, [{ path: '/tail', message: 'unknown member; known are legs, name, owner, plain, names' }]],
    ['a union whose branch got further', { ...fine, owner: { phone: 1 } }, [{ path: '/owner/phone', message: 'found 1, expected a phone number' }]],
    ['an unknown member in a union', { ...fine, owner: { phone: '1', fax: '2' } }, [{ path: '/owner/fax', message: 'unknown member; known are phone' }]],
    ['a union that nothing fits', { ...fine, owner: [] }, [{ path: '/owner', message: 'found [], expected an owner, or null' }]],
    ['a schema without words of its own', { ...fine, plain: 1 }, [{ path: '/plain', message: 'found 1, expected Expected boolean' }]],
    ['a name that a pattern does not know', { ...fine, names: { LA: 'canis' } }, [{ path: '/names/LA', message: 'unknown member' }]]
  ]
  for (const [what, value, problems] of cases) t.strictSame(findProblems(Animal, value), { problems, total: problems.length }, what)
})

t.test('finds the first problem', async (t) => {
  const schema = Type.Array(Type.Integer({ errorMessage: 'a number' }))
  t.strictSame(findProblem(schema, [1, 'x', 'y']), { path: '/1', message: 'found "x", expected a number' })
  t.equal(findProblem(schema, [1]), undefined)
})

t.test('cuts a value to the length of a line', async (t) => {
  const cases: Array<[unknown, string]> = [
    ['a\nb "c"', '"a\\nb \\"c\\""'],
    [5, '5'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(78), `"${'x'.repeat(78)}"`],
    ['x'.repeat(79), `"${'x'.repeat(78)}…`],
    [undefined, 'undefined'],
    [Symbol.iterator, 'Symbol.iterator'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a"', [null, { b: true, 'c"': {} }]], '[1,"a\\"",[null,{"b":true,"c\\"":{}}]]'],
    [`${'x'.repeat(77)}😀`, `"${'x'.repeat(77)}\ud83d…`],
    [Array.from({ length: 100_000 }, () => 1), `[${'1,'.repeat(39)}…`],
    [Object.fromEntries(Array.from({ length: 100_000 }, (_none, n) => [`a${n}`, n])), '{"a0":0,"a1":1,"a2":2,"a3":3,"a4":4,"a5":5,"a6":6,"a7":7,"a8":8,"a9":9,"a10":10…'],
    [{ ['n'.repeat(100_000)]: 1 }, `{"${'n'.repeat(77)}…`],
    [JSON.parse(`${'['.repeat(60_000)}${']'.repeat(60_000)}`), `${'['.repeat(79)}…`]
  ]
  for (const [value, text] of cases) t.equal(formatValue(value), text)
})

t.test('describes the first hundred problems, and counts the rest', async (t) => {
  const schema = Type.Array(Type.Object({ n: Type.Integer({ minimum: 0, multipleOf: 2, errorMessage: 'an even number' }) }))
  const items = (length: number): object[] => Array.from({ length }, () => ({ n: -1 }))
  for (const [count, told] of [[99, 99], [100, 100], [101, 100], [5000, 100]] as const) {
    const { problems, total } = findProblems(schema, items(count))
    t.equal(total, count)
    t.strictSame(problems, Array.from({ length: told }, (_none, index) => ({ path: `/${index}/n`, message: 'found -1, expected an even number' })))
  }
})

t.test('stops at the first problem inside a branch of a union', async (t) => {
  let looked = 0
  const seen = new Proxy(Array.from({ length: 1000 }, () => 'x'), { get: (list, index) => { looked++; return Reflect.get(list, index) } })
  const schema = Type.Union([Type.Array(Type.Integer({ errorMessage: 'a number' })), Type.Null()])
  t.strictSame(findProblem(schema, seen), { path: '/0', message: 'found "x", expected a number' })
  t.ok(looked < 50, String(looked))
})
