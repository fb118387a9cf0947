const assert = require('node:assert/strict')
const { startEmulator } = require('xbl-achievements-emulator')

async function main () {
  const emulator = await startEmulator()
  const xuid = '2533274790412953'
  emulator.unlock({ xuid, serviceConfigId: 'b5dd9daf-0000-0000-0000-000000000000', id: 3 })
  const response = await fetch(`${emulator.url}/users/xuid(${xuid})/achievements?unlockedOnly=true&titleId=3051199919`, {
    headers: { authorization: emulator.authorization({ xuid }), 'x-xbl-contract-version': '2' }
  })
  const { achievements } = await response.json()
  assert.deepEqual(achievements.map(({ id }) => id), ['3'])
  await emulator.close()
}

main()
