import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import WebSocket from 'ws'
import { start } from '../in-process.ts'
import { ANN, resourceOf, SCID, WORLD } from './activity.ts'

t.test('what one process changes is an event at the other', async (t) => {
  const options = { database: join(t.testdir(), 'test.db'), world: WORLD as never }
  const [one, other] = [await start(t, options), await start(t, options)]
  const client = new WebSocket(`${one.url.replace('http', 'ws')}/connect`, 'rta.xboxlive.com.V2', { headers: { authorization: 'XBL3.0 x=u;ann' } })
  await once(client, 'open')
  const frames: string[] = []
  client.on('message', (data) => { frames.push(String(data)) })
  const receive = async (count: number): Promise<void> => { while (frames.length < count) await once(client, 'message') }
  client.send(`[1,1,"${resourceOf(ANN)}"]`)
  await receive(1)
  for (const [emulator, id] of [[other, 1], [one, 2], [other, 3]] as const) emulator.unlock({ xuid: ANN, serviceConfigId: SCID, id })
  await receive(4)
  other.reset()
  await receive(5)
  t.strictSame(frames.map((frame) => {
    const [type, , data] = JSON.parse(frame)
    return type === 3 ? data.progression.map(({ id, progressState }: { id: string, progressState: string }) => `${id} ${progressState}`).join() : frame
  }), ['[1,1,0,0,null]', '1 Achieved', '2 Achieved', '3 Achieved', '[4]'])
})
