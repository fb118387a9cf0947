import t from 'tap'
import { build } from '../helper.ts'
import { SCID, title, user } from '../world-parts.ts'
import { command } from './client.ts'

t.test('what follows from a part is foreseen as it is then found to differ', async (t) => {
  const id = '00000000-0000-0000-0000-000000000000'
  const emulator = build(t, {
    world: {
      titles: [title({ achievementSystem: 'eventBased', achievements: [{ id: 1, name: 'Kite', requirements: [{ id, target: '100' }] }] })],
      users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 40, requirements: [{ id, current: '40' }] }] })]
    }
  })
  // The requirement and the progress on it go with the achievement system, without being named.
  const files = [{ name: 'managed.json', text: JSON.stringify({ titles: [{ titleId: 1, achievementSystem: 'titleManaged' }] }) }]
  const { changes: { counts, differences } } = await command(emulator, 'POST', '/world/import', { files, dryRun: true })
  t.match([counts.title, counts.achievement, counts.progress], [{ changed: 1 }, { changed: 1 }, { changed: 1 }])
  await command(emulator, 'POST', '/world/import', { files })
  t.strictSame(await command(emulator, 'GET', '/world/differences'), { differences, counts, next: null })
})

t.test('the order of the sandboxes of a title is no difference', async (t) => {
  const emulator = build(t, { world: { titles: [title({ sandboxes: ['RETAIL', 'XDKS.1'] })] } })
  const files = [{ name: 'turned.json', text: JSON.stringify({ titles: [title({ sandboxes: ['XDKS.1', 'RETAIL'] })] }) }]
  t.strictSame((await command(emulator, 'POST', '/world/import', { files, mode: 'replace', dryRun: true })).changes.differences, [])
})
