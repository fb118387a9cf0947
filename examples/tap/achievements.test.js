import t from 'tap'
import { startEmulator } from 'xbl-achievements-emulator'

const xuid = '2533274790412953'
const serviceConfigId = 'b5dd9daf-0000-0000-0000-000000000000'

let emulator
t.before(async () => { emulator = await startEmulator() })
t.beforeEach(() => emulator.reset({ everything: true }))
t.teardown(() => emulator.close())

/** The code under test: the ids of what the player has unlocked, or the status of an answer that is an error. */
async function listUnlocked () {
  const response = await fetch(`${emulator.url}/users/xuid(${xuid})/achievements?unlockedOnly=true&titleId=3051199919`, {
    headers: { authorization: emulator.authorization({ xuid }), 'x-xbl-contract-version': '2' }
  })
  return response.ok ? (await response.json()).achievements.map(({ id }) => id) : response.status
}

t.test('shows what was unlocked', async (t) => {
  emulator.unlock({ xuid, serviceConfigId, id: 3 })
  t.strictSame(await listUnlocked(), ['3'])
})

t.test('says that the service is away', async (t) => {
  emulator.fault({ status: 503, times: 1 })
  t.strictSame(await listUnlocked(), 503)
  t.strictSame(await listUnlocked(), [])
})

t.test('asks once', async (t) => {
  await listUnlocked()
  t.strictSame(emulator.requests().map(({ method, status }) => [method, status]), [['GET', 200]])
})
