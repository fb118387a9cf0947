import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startEmulator } from 'xbl-achievements-emulator'

const xuid = '2533274790412953'
const serviceConfigId = 'b5dd9daf-0000-0000-0000-000000000000'

let emulator
before(async () => { emulator = await startEmulator() })
beforeEach(() => emulator.reset({ everything: true }))
after(() => emulator.close())

/** The code under test: the ids of what the player has unlocked, or the status of an answer that is an error. */
async function listUnlocked () {
  const response = await fetch(`${emulator.url}/users/xuid(${xuid})/achievements?unlockedOnly=true&titleId=3051199919`, {
    headers: { authorization: emulator.authorization({ xuid }), 'x-xbl-contract-version': '2' }
  })
  return response.ok ? (await response.json()).achievements.map(({ id }) => id) : response.status
}

test('shows what was unlocked', async () => {
  emulator.unlock({ xuid, serviceConfigId, id: 3 })
  assert.deepEqual(await listUnlocked(), ['3'])
})

test('says that the service is away', async () => {
  emulator.fault({ status: 503, times: 1 })
  assert.deepEqual(await listUnlocked(), 503)
  assert.deepEqual(await listUnlocked(), [])
})

test('asks once', async () => {
  await listUnlocked()
  assert.deepEqual(emulator.requests().map(({ method, status }) => [method, status]), [['GET', 200]])
})
