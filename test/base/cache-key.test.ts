import t from 'tap'
import { keyOf } from '../../src/base/cache-key.ts'

t.test('an input that JSON does not write completely does not compile', async (t) => {
  t.equal(keyOf({ a: [1, 'x', null, { b: true }] }), '{"a":[1,"x",null,{"b":true}]}')
  // Each line compiles no longer where the type lets it pass: `npm run lint` holds it.
  // @ts-expect-error a Map
  t.equal(keyOf(new Map([[1, 2]])), keyOf({}))
  // @ts-expect-error a Set, inside
  t.equal(keyOf({ a: { b: new Set(['x']) } }), keyOf({ a: { b: {} } }))
  // @ts-expect-error undefined
  t.equal(keyOf({ a: undefined }), keyOf({}))
  // @ts-expect-error a function
  t.equal(keyOf({ a: () => 1 }), keyOf({}))
})
