import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startEmulator } from 'xbl-achievements-emulator'

const xuid = '2533274790412953'
const serviceConfigId = 'b5dd9daf-0000-0000-0000-000000000000'

let emulator
beforeAll(async () => { emulator = await startEmulator() })
beforeEach(() => emulator.reset({ everything: true }))
afterAll(() => emulator.close())

/** The code under test: the ids of what the player has unlocked, or the status of an answer that is an error. */
async function listUnlocked () {
  const response = await fetch(`${emulator.url}/users/xuid(${xuid})/achievements?unlockedOnly=true&titleId=3051199919`, {
    headers: { authorization: emulator.authorization({ xuid }), 'x-xbl-contract-version': '2' }
  })
  return response.ok ? (await response.json()).achievements.map(({ id }) => id) : response.status
}

test('shows what was unlocked', async () => {
  emulator.unlock({ xuid, serviceConfigId, id: 3 })
  expect(await listUnlocked()).toEqual(['3'])
})

test('says that the service is away', async () => {
  emulator.fault({ status: 503, times: 1 })
  expect(await listUnlocked()).toEqual(503)
  expect(await listUnlocked()).toEqual([])
})

test('asks once', async () => {
  await listUnlocked()
  expect(emulator.requests().map(({ method, status }) => [method, status])).toEqual([['GET', 200]])
})
