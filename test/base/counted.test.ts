import t from 'tap'
import { counted } from '../../src/base/counted.ts'

t.test('one of a thing, and several', async (t) => {
  t.strictSame([0, 1, 2, 21].map((count) => counted(count, 'title')), ['0 titles', '1 title', '2 titles', '21 titles'])
})
