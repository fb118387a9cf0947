import t from 'tap'
import { slow } from '../../torture/slow/slow.ts'
import { PATIENCE, runShort } from './run.ts'

t.test('slow clients are closed, others are answered meanwhile, and SIGTERM ends with all of them', async (t) => {
  const { findings, reached, counts } = await runShort(t, async (run) => await slow(run, { requestTimeout: 600, more: PATIENCE }), { to: 28 })
  t.strictSame(findings, [])
  t.equal(reached, 28)
  for (const what of ['idle', 'slow to send', 'reads nothing', 'slow to read', 'probes', 'updates acknowledged at SIGTERM']) t.ok((counts[what] ?? 0) > 0, what)
})
