import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import WebSocket from 'ws'
import { start } from '../in-process.ts'
import { ANN, BOB, resourceOf, SCID, WORLD } from './activity.ts'

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

t.test('what another process has changed before a subscription is not told to it', async (t) => {
  const options = { database: join(t.testdir(), 'test.db'), world: WORLD as never }
  const [one, other] = [await start(t, options), await start(t, options)]
  const client = new WebSocket(`${one.url.replace('http', 'ws')}/connect`, 'rta.xboxlive.com.V2', { headers: { authorization: 'XBL3.0 x=u;ann' } })
  await once(client, 'open')
  const frames: string[] = []
  client.on('message', (data) => { frames.push(String(data)) })
  // One that stays, so that the feed is followed all the time.
  client.send(`[1,0,"${resourceOf(BOB)}"]`)
  const expected: unknown[] = ['[1,0,0,0,null]']
  for (let seq = 1; seq < 10; seq++) {
    // It is committed before the frame is sent: whoever fetches after the answer finds it.
    other.unlock({ xuid: ANN, serviceConfigId: SCID, id: 1, percentComplete: 2 * seq + 1 })
    client.send(`[1,${seq},"${resourceOf(ANN)}"]`)
    while (frames.at(-1) !== `[1,${seq},0,${seq},null]`) await once(client, 'message')
    other.unlock({ xuid: ANN, serviceConfigId: SCID, id: 1, percentComplete: 2 * seq + 2 })
    while (!frames.at(-1)?.includes(`"current":"${2 * seq + 2}"`)) await once(client, 'message')
    client.send(`[2,${seq},${seq}]`)
    while (frames.at(-1) !== `[2,${seq},0]`) await once(client, 'message')
    expected.push(`[1,${seq},0,${seq},null]`, 2 * seq + 2, `[2,${seq},0]`)
  }
  t.strictSame(frames.map((frame) => frame.startsWith('[3,') ? Number(JSON.parse(frame)[2].progression[0].requirements[0].current) : frame), expected)
})
