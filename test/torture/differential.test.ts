import t from 'tap'
import { differential } from '../../torture/differential/differential.ts'
import { leakyCache } from '../../torture/differential/emulators.ts'
import { runShort } from './run.ts'

t.test('caches change no answer', async (t) => {
  const { findings, reached, counts } = await runShort(t, differential, { to: 120 })
  t.strictSame(findings, [])
  t.equal(reached, 120)
  t.ok((counts['requests'] ?? 0) > 1000)
})

t.test('it tells another answer out of a cache, and how to have it again', async (t) => {
  const leaky = leakyCache(() => ({ name: 'pages', path: ['start', 'row'] }))
  const { findings: [finding] } = await runShort(t, async (run) => await differential(run, leaky), { to: 100 })
  t.equal(finding?.kind, 'another answer out of the caches, documented')
  t.match(finding?.examples[0], /^npm run torture -- --only differential --seed \d+ --from 0 --sequences 100: \{"method":"GET".*\n {4}kept: 200 .*\n {4}made: 200 /)
})
