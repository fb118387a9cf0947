import t from 'tap'
import { cacheKey } from '../../src/base/cache-key.ts'

t.test('an input that JSON does not write completely does not compile', async (t) => {
  t.equal(cacheKey({ a: [1, 'x', null, { b: true }] }), '{"a":[1,"x",null,{"b":true}]}')
  // Each line compiles no longer where the type lets it pass: `npm run lint` holds it.
  // @ts-expect-error a Map
  t.equal(cacheKey(new Map([[1, 2]])), cacheKey({}))
  // @ts-expect-error a Set, inside
  t.equal(cacheKey({ a: { b: new Set(['x']) } }), cacheKey({ a: { b: {} } }))
  // @ts-expect-error undefined
  t.equal(cacheKey({ a: undefined }), cacheKey({}))
  // @ts-expect-error a function
  t.equal(cacheKey({ a: () => 1 }), cacheKey({}))
})
