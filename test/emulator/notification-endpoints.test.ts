import t from 'tap'
import { start } from '../in-process.ts'
import { NOTIFY_WORLD, REGISTRATION } from '../rta/notify-client.ts'

t.test('a test in the same process sees where a title has registered', async (t) => {
  const emulator = await start(t, { world: NOTIFY_WORLD })
  emulator.clock.freeze('2020-06-15T12:00:00Z')
  t.strictSame(emulator.rta.endpoints(), [])
  const response = await fetch(`${emulator.url}/system/notifications/endpoints`, { method: 'POST', headers: { authorization: 'XBL3.0 x=hash;token' }, body: JSON.stringify(REGISTRATION) })
  const { endpointId } = await response.json() as { endpointId: string }
  t.strictSame(emulator.rta.endpoints(), [{ ...REGISTRATION, endpointId, xuid: '1', titleId: 1, created: '2020-06-15T12:00:00.0000000Z' }])
  emulator.reset({ everything: true })
  t.strictSame(emulator.rta.endpoints(), [])
})

t.test('without real-time activity nobody can register', async (t) => {
  const emulator = await start(t, { rta: false })
  t.throws(() => emulator.rta.endpoints(), { message: 'There is no real-time activity: the option rta leaves it out.' })
})
