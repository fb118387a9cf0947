import t from 'tap'
import { hold, KINDS } from '../../torture/hold/hold.ts'
import { runShort } from './run.ts'

t.test('it measures kinds of requests, and tells which holds the loop for too long', async (t) => {
  const kinds = KINDS.slice(0, 2)
  const patient = await runShort(t, async (run) => await hold(run, { kinds, longest: Infinity }), { to: 2 })
  t.strictSame([patient.findings, patient.reached], [[], 2])
  const { findings } = await runShort(t, async (run) => await hold(run, { kinds, longest: 0 }), { to: 2 })
  t.strictSame(findings.map(({ kind }) => kind), kinds.map(({ name }) => `${name} holds the loop`))
})
