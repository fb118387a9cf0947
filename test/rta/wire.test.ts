import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import WebSocketOfWs, { type ClientOptions } from 'ws'
import type { Emulator, EmulatorOptions } from '../../src/index.ts'
import { start } from '../in-process.ts'
import { ANN, resourceOf, SCID, WORLD } from './activity.ts'

const PROTOCOL = 'rta.xboxlive.com.V2'
const AUTHORIZATION = 'XBL3.0 x=u;ann'
const NOW = '2026-01-18T02:48:21.707Z'

/** What both clients have. */
interface Socket {
  readonly frames: string[]
  readonly say: (text: string) => void
  /** Waits for so many frames. */
  readonly receive: (count: number) => Promise<string[]>
  /** How it was closed. */
  readonly closed: Promise<{ code: number, reason: string }>
}

async function toSocket (client: EventTarget & { send: (text: string) => void }): Promise<Socket> {
  const frames: string[] = []
  const opened = once(client, 'open')
  client.addEventListener('message', (event) => { frames.push(String((event as MessageEvent).data)) })
  const closed = new Promise<{ code: number, reason: string }>((resolve) => {
    client.addEventListener('close', (event) => {
      const { code, reason } = event as unknown as { code: number, reason: string }
      resolve({ code, reason })
    })
  })
  await opened
  return {
    frames,
    closed,
    say: (text) => client.send(text),
    receive: async (count) => {
      while (frames.length < count) await once(client, 'message')
      return frames
    }
  }
}

/** How each client comes to an emulator: both by either scheme, the recorded one included. */
const CLIENTS: Record<string, { readonly options?: (t: Test) => EmulatorOptions, readonly connect: (emulator: Emulator) => Promise<Socket> }> = {
  'ws, by header, ws:': { connect: async ({ url }) => await openWs(`${url.replace('http', 'ws')}/connect`) },
  'ws, by header, wss:': {
    options: (t) => ({ dialect: 'live', tls: true, tlsPort: 0, tlsDir: t.testdir() }),
    connect: async ({ httpsUrl, ca }) => await openWs(`${httpsUrl?.replace('http', 'ws')}/connect`, { ca: readFileSync(ca as string) })
  },
  'Node\'s own, by nonce, ws:': { connect: async ({ url }) => await openNode(`${url.replace('http', 'ws')}/connect`, url) },
  'Node\'s own, by nonce, wss:': {
    options: () => ({ dialect: 'live' }),
    connect: async (emulator) => {
      const restore = emulator.intercept()
      const client = await openNode('wss://rta.xboxlive.com/connect', 'https://rta.xboxlive.com')
      client.closed.then(restore)
      return client
    }
  }
}

const openWs = async (url: string, options: ClientOptions = {}): Promise<Socket> =>
  await toSocket(new WebSocketOfWs(url, PROTOCOL, { ...options, headers: { authorization: AUTHORIZATION } }) as unknown as Parameters<typeof toSocket>[0])

async function openNode (url: string, nonceUrl: string): Promise<Socket> {
  const { nonce } = await (await fetch(`${nonceUrl}/nonce`, { headers: { authorization: AUTHORIZATION } })).json() as { nonce: string }
  return await toSocket(new WebSocket(`${url}?nonce=${encodeURIComponent(nonce)}`, PROTOCOL))
}

const update = async ({ url }: Emulator, achievements: Array<{ id: string, percentComplete: number }>): Promise<number> =>
  (await fetch(`${url}/users/xuid(${ANN})/achievements/${SCID}/update`, {
    method: 'POST',
    headers: { authorization: AUTHORIZATION, 'x-xbl-contract-version': '2', 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: ANN, achievements })
  })).status

for (const [name, { options, connect }] of Object.entries(CLIENTS)) {
  t.test(`${name}: every frame of a session`, async (t) => {
    const emulator = await start(t, { world: WORLD as never, ...options?.(t) })
    emulator.clock.freeze(NOW)
    const client = await connect(emulator)
    client.say(`[1,0,"${resourceOf(ANN)}"]`)
    client.say('[1,1,"https://userpresence.xboxlive.com/users/xuid(1)/richpresence"]')
    await client.receive(2)
    t.equal(await update(emulator, [{ id: '1', percentComplete: 150 }]), 200, 'above 100 is as 100')
    t.equal(await update(emulator, [{ id: '1', percentComplete: 100 }]), 304)
    await client.receive(3)
    emulator.unlock({ xuid: ANN, serviceConfigId: SCID, id: 2 })
    await client.receive(4)
    client.say('[2,2,0]')
    await client.receive(5)
    t.equal(await update(emulator, [{ id: '3', percentComplete: 1 }]), 200)
    client.say('[2,3,0]')
    const eventOf = (id: number): string =>
      `[3,0,{"serviceConfigId":"00000000-0000-0000-0000-00007972ac43","progression":[{"id":"${id}","requirements":[{"id":"00000000-0000-0000-0000-000000000000","current":"100","target":"100","operationType":"Sum","valueType":"Integer","ruleParticipationType":"Individual"}],"progressState":"Achieved","timeUnlocked":"2026-01-18T02:48:21.707Z"}],"contractVersion":1}]`
    t.strictSame(await client.receive(6), ['[1,0,0,0,null]', '[1,1,1,0,null]', eventOf(1), eventOf(2), '[2,2,0]', '[2,3,1]'])
  })

  t.test(`${name}: what is no message is closed with 1007`, async (t) => {
    const emulator = await start(t, { world: WORLD as never, ...options?.(t) })
    const { say, frames, closed } = await connect(emulator)
    say('hello')
    t.strictSame(await closed, { code: 1007, reason: 'The frame is no JSON; expected [1,seq,"resource"] or [2,seq,subId]' })
    t.strictSame(frames, [])
  })
}
