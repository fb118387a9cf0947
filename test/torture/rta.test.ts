import t from 'tap'
import { rta } from '../../torture/rta/rta.ts'
import { PATIENCE, runShort } from './run.ts'

t.test('hostile clients of real-time activity', async (t) => {
  const { findings, counts, reached } = await runShort(t, async (run) => await rta(run, PATIENCE), { to: 60 })
  t.strictSame([findings, reached], [[], 60])
  t.ok((counts['frames sent'] as number) > 1000)
})
