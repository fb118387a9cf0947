import { Type } from '@sinclair/typebox'
import t from 'tap'
import { requireValid } from '../../src/http/validate.ts'
import { thrownBy } from '../thrown.ts'

const Body = Type.Object({ count: Type.Integer({ default: 1, errorMessage: 'an integer' }) }, { default: {}, errorMessage: 'an object' })

t.test('a value with its defaults; the one that was given stays as it is', async (t) => {
  const given = {}
  t.strictSame(requireValid(Body, given), { count: 1 })
  t.strictSame(given, {})
  t.strictSame(requireValid(Body, { count: 2 }), { count: 2 })
  t.strictSame(requireValid(Body, undefined), { count: 1 })
  t.strictSame(requireValid(Body, null), { count: 1 })
})

t.test('what is wrong', async (t) => {
  for (const [given, message] of [
    [[], 'The body: found [], expected an object.'],
    ['x', 'The body: found "x", expected an object.'],
    [{ count: 'x' }, 'The body, at /count: found "x", expected an integer.']
  ] as const) t.equal(thrownBy(() => requireValid(Body, given)).message, message)
})
