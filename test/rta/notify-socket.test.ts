import t from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { GAMER, SAMPLE_SCID, SAMPLE_TITLE } from '../helper.ts'
import { command, listen } from '../control/client.ts'
import { connectTo } from '../control/real-time-client.ts'
import { REGISTRATION, resourceOf } from './notify-client.ts'

const RESOURCE = resourceOf(GAMER, SAMPLE_TITLE)
const HEADERS = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '1' }

for (const dialect of DIALECTS) {
  t.test(`what a title on Windows does from its start to its end, over the network, ${dialect}`, async (t) => {
    const emulator = await listen(t, { config: { dialect } })
    const unlock = async (id: number): Promise<void> => { await command(emulator, 'PUT', `/users/gamer/achievements/${SAMPLE_SCID}/${id}`, {}) }
    const send = async (method: string, path: string, body?: object): Promise<Response> => await fetch(`${emulator.url}/system/notifications/endpoints${path}`, { method, headers: HEADERS, body: JSON.stringify(body) })
    const { next, send: say, subscribe } = await connectTo(t, emulator.url)
    t.equal(await subscribe(1, RESOURCE), '[1,1,0,0,null]')
    const ids = (await command(emulator, 'GET', `/titles/${SAMPLE_TITLE}`)).achievements.map(({ id }: { id: number }) => id)
    await command(emulator, 'DELETE', `/users/gamer/achievements/${SAMPLE_SCID}`)

    const registered = await send('POST', '', { ...REGISTRATION, endpointUri: RESOURCE, titleId: String(SAMPLE_TITLE) })
    t.equal(registered.status, 200)
    const { endpointId } = await registered.json() as { endpointId: string }
    t.match(await command(emulator, 'GET', '/rta/endpoints'), { endpoints: [{ endpointId, xuid: GAMER, titleId: SAMPLE_TITLE }], next: null })
    await unlock(ids[0])
    const [type, subId, event] = JSON.parse(await next())
    t.match([type, subId, event], [3, 0, { service: 'achievements', achievementId: String(ids[0]), titleId: String(SAMPLE_TITLE), xuid: GAMER, unlockTime: '2020-06-15T12:00:00.000Z' }])

    t.equal((await send('DELETE', `/${endpointId}`)).status, 200)
    await command(emulator, 'DELETE', `/users/gamer/achievements/${SAMPLE_SCID}`)
    await unlock(ids[0])
    await command(emulator, 'POST', '/rta/resync', {})
    t.equal(await next(), '[4]', 'nothing came before it')
    say([2, 2, 0])
    t.equal(await next(), '[2,2,0]')
  })
}
