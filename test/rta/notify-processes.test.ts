import { join } from 'node:path'
import t from 'tap'
import { connectTo } from '../control/real-time-client.ts'
import { start } from '../in-process.ts'
import { SCID } from '../world-parts.ts'
import { NOTIFY_WORLD, REGISTRATION } from './notify-client.ts'

t.test('of two that serve one database file, one is registered at, the other tells', async (t) => {
  const database = join(t.testdir(), 'test.db')
  const one = await start(t, { database, world: NOTIFY_WORLD })
  const other = await start(t, { database })
  const { next, subscribe } = await connectTo(t, one.url, 'hash;token')
  t.equal(await subscribe(1, REGISTRATION.endpointUri), '[1,1,0,0,null]')
  const response = await fetch(`${other.url}/system/notifications/endpoints`, { method: 'POST', headers: { authorization: 'XBL3.0 x=hash;token' }, body: JSON.stringify(REGISTRATION) })
  t.equal(response.status, 200)
  t.match(one.rta.endpoints(), [await response.json()])
  other.unlock({ gamertag: 'ann', serviceConfigId: SCID, id: 1 })
  t.match(JSON.parse(await next()), [3, 0, { service: 'achievements', achievementId: '1', achievementName: 'First light' }])
  one.unlock({ gamertag: 'ann', serviceConfigId: SCID, id: 2 })
  t.match(JSON.parse(await next()), [3, 0, { achievementId: '2' }])
})
