import t from 'tap'
import { build } from '../helper.ts'
import { thrownBy } from '../thrown.ts'

t.test('a failure that is not the document\'s is not told as if it were', async (t) => {
  const { emulator: { control } } = build(t)
  const broken = { get titles (): never { throw new Error('broken') } }
  const error = thrownBy(() => control.replaceWorld(broken, 'test'))
  t.equal(error.name, 'Error')
  t.equal(error.message, 'broken')
})
