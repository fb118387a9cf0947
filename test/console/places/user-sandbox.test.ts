import { achievement, SCID, title, user } from '../../world-parts.ts'
import { browserTest, openConsole } from '../browser.ts'
import { until } from '../until.ts'

browserTest('what is done in a sandbox leaves the others as they are', async (t) => {
  const retail = { serviceConfigId: SCID, id: 1, sandbox: 'RETAIL', percentComplete: 40 }
  const { page, emulator } = await openConsole(t, {
    at: '#/users/1/titles/1?sandbox=XDKS.1',
    world: { titles: [title({ sandboxes: ['RETAIL', 'XDKS.1'], achievements: [achievement({ name: 'First' })] })], users: [user({ achievements: [retail] })] }
  })
  const progress = (): object => emulator.store.world.export().users.flatMap(({ achievements }) => achievements.map(({ sandbox, percentComplete }) => ({ sandbox, percentComplete })))
  await page.getByRole('button', { name: 'Unlock First' }).click()
  await until(t, progress, [{ sandbox: 'RETAIL', percentComplete: 40 }, { sandbox: 'XDKS.1', percentComplete: 100 }])
  await page.getByRole('button', { name: /^Lock First/ }).waitFor()
  await page.getByRole('button', { name: /^Player data reset/ }).click()
  await until(t, progress, [{ sandbox: 'RETAIL', percentComplete: 40 }])
})
