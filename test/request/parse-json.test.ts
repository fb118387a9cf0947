import t from 'tap'
import { parseJson } from '../../src/request/parse-json.ts'
import { thrownBy } from '../thrown.ts'

t.test('parses JSON, after a byte order mark or not', async (t) => {
  t.strictSame(parseJson('{"a":[1]}'), { a: [1] })
  t.strictSame(parseJson('\uFEFFnull'), null)
})

t.test('says what is wrong', async (t) => {
  t.equal(thrownBy(() => parseJson('')).message, 'The body is empty; expected JSON.')
  t.match(thrownBy(() => parseJson('{')).message, /^The body is not JSON: /)
  // Node quotes what is around it.
  for (const text of ['S', '{"token":S3CR3T}', '["a, b", S3CR3T\n]']) {
    t.equal(thrownBy(() => parseJson(text)).message, "The body is not JSON: Unexpected token 'S'.", text)
  }
})
