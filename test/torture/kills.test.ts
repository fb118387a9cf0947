import { join } from 'node:path'
import t from 'tap'
import { change, foresee, inspect, writeDatabase } from '../../torture/kills/database.ts'
import { kills } from '../../torture/kills/kills.ts'
import { title, user } from '../world-parts.ts'
import { runShort } from './run.ts'

t.test('what was acknowledged outlives a kill, and nothing is half done', async (t) => {
  // With this seed one of each kind.
  const { findings, reached, counts } = await runShort(t, kills, { to: 7, seed: 37 })
  t.strictSame(findings, [])
  t.equal(reached, 7)
  for (const kind of ['updates', 'listeners', 'PUT of a world', 'PATCH of a world', 'reset', 'seed', 'migration']) t.ok((counts[kind] ?? 0) > 0, kind)
})

t.test('what a file holds is told from what it should, and a file that is damaged is found', async (t) => {
  const file = join(t.testdir(), 'world.db')
  writeDatabase(file, { titles: [title()], users: [user()] })
  const { before, after } = foresee(file, (run) => run('privacy.set', { xuid: '1', privacy: 'blocked' }))
  t.strictSame(inspect(file), { wrong: undefined, world: before })
  change(file, (run) => run('privacy.set', { xuid: '1', privacy: 'blocked' }))
  t.strictSame(inspect(file), { wrong: undefined, world: after })
  t.notSame(before, after)
})
