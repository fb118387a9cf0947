import { readFileSync } from 'node:fs'
import type { LookupFunction } from 'node:net'
import t, { type Test } from 'tap'
import * as undici from 'undici'
import { WebSocket as NpmWebSocket } from 'ws'
import { startEmulator, type Emulator } from '../../src/index.ts'
import { GAMER } from '../helper.ts'
import { LARGE, LARGE_SCID } from './replays/services.ts'

const PROTOCOL = 'rta.xboxlive.com.V2'
const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${LARGE_SCID}`
const NOW = '2026-11-28T10:00:00.0000000Z'

/** What the clients have in common. */
type Socket = Pick<WebSocket, 'send' | 'close' | 'protocol' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'>

interface Way {
  readonly name: string
  /** The address of `/connect`, for a query to follow. */
  readonly connect: string
  readonly open: (url: string, headers: Record<string, string>) => Socket
}

/** Where a name leads, without asking for it. */
const lookup: LookupFunction = (_host, { all }, done) => all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)

/** Clients, on each way to an emulator: by its own address, and by the name that clients have built in. */
function waysTo ({ url, https, ca }: { url: string, https: string, ca: string }): Way[] {
  const { port } = new URL(https)
  const dispatcher = new undici.Agent({ connect: { ca, lookup } })
  const [plain, named, secure] = [`${url.replace('http', 'ws')}/connect`, 'wss://rta.xboxlive.com/connect', `wss://rta.xboxlive.com:${port}/connect`]
  return [
    { name: 'Node, ws:', connect: plain, open: (address, headers) => new WebSocket(address, { protocols: [PROTOCOL], headers } as never) },
    { name: 'npm ws, ws:', connect: plain, open: (address, headers) => new NpmWebSocket(address, PROTOCOL, { headers }) as never },
    { name: 'undici, wss:', connect: secure, open: (address, headers) => new undici.WebSocket(address, { protocols: [PROTOCOL], headers, dispatcher }) as never },
    { name: 'npm ws, wss:', connect: secure, open: (address, headers) => new NpmWebSocket(address, PROTOCOL, { headers, ca, lookup }) as never },
    { name: 'Node, intercepted', connect: named, open: (address, headers) => new WebSocket(address, { protocols: [PROTOCOL], headers } as never) },
    { name: 'npm ws, intercepted', connect: named, open: (address, headers) => new NpmWebSocket(address, PROTOCOL, { headers }) as never },
    { name: 'undici, intercepted, without TLS', connect: 'ws://rta.xboxlive.com/connect', open: (address, headers) => new undici.WebSocket(address, { protocols: [PROTOCOL], headers }) as never }
  ]
}

/** Signs the gamer in, as clients do with a ticket. @returns the value of Authorization. */
async function signIn (url: string): Promise<string> {
  const post = async (path: string, body: object): Promise<any> => await (await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-xbl-contract-version': '1' }, body: JSON.stringify(body) })).json()
  const user = await post('/user/authenticate', { RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: 'd=gamer' } })
  const { Token, DisplayClaims: { xui: [{ uhs }] } } = await post('/xsts/authorize', { RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', Properties: { SandboxId: 'RETAIL', UserTokens: [user.Token] } })
  return `XBL3.0 x=${uhs};${Token}`
}

/** Subscribes, lets a title report progress, and compares what is heard with what is read. */
async function follow (t: Test, { emulator, authorization, way, address, headers }: { emulator: Emulator, authorization: string, way: Way, address: string, headers: Record<string, string> }): Promise<void> {
  const frames: string[] = []
  let notice = (): void => {}
  const socket = way.open(address, headers)
  const closed = new Promise((resolve) => { socket.onclose = ({ code }) => resolve(code) })
  socket.onmessage = ({ data }) => {
    frames.push(String(data))
    notice()
  }
  const hear = async (count: number): Promise<string[]> => {
    while (frames.length < count) await new Promise<void>((resolve) => { notice = resolve })
    return frames
  }
  await new Promise((resolve, reject) => { Object.assign(socket, { onopen: resolve, onerror: reject }) })
  t.equal(socket.protocol, PROTOCOL)
  socket.send(`[1,7,"${RESOURCE}"]`)
  t.strictSame(await hear(1), ['[1,7,0,0,null]'])
  const own = { authorization, 'x-xbl-contract-version': '2' }
  const body = { action: 'progressUpdate', serviceConfigId: LARGE_SCID, titleId: Number(LARGE), userId: GAMER, achievements: [{ id: '11', percentComplete: 100 }] }
  const updates = [200, 304]
  for (const status of updates) t.equal((await fetch(`${emulator.url}/users/xuid(${GAMER})/achievements/${LARGE_SCID}/update`, { method: 'POST', headers: own, body: JSON.stringify(body) })).status, status)
  await hear(2)
  const { achievements: [read] } = await (await fetch(`${emulator.url}/users/xuid(${GAMER})/achievements/${LARGE_SCID}/11`, { headers: own })).json() as any
  const [, subId, { serviceConfigId, progression, contractVersion }] = JSON.parse(frames[1] as string)
  t.strictSame([subId, serviceConfigId, contractVersion, progression.length], [0, LARGE_SCID, 1, 1])
  t.strictSame(progression, [{ id: read.id, requirements: [{ ...read.progression.requirements[0], current: '100' }], progressState: read.progressState, timeUnlocked: '2026-11-28T10:00:00.000Z' }])
  t.strictSame([read.progressState, read.progression.timeUnlocked], ['Achieved', NOW])
  socket.send('[2,8,0]')
  t.equal((await hear(3))[2], '[2,8,0]', 'nothing was told of the update that changes nothing')
  emulator.unlock({ xuid: GAMER, serviceConfigId: LARGE_SCID, id: 18 })
  socket.send('[1,9,"https://rta.xboxlive.com/nope"]')
  t.strictSame((await hear(4)).slice(3), ['[1,9,1,0,null]'], 'nor of one after the end of the subscription')
  socket.close(1000)
  t.equal(await closed, 1000)
}

t.test('signed in, by header and by nonce, a client hears of what is read afterwards', async (t) => {
  const emulator = await startEmulator({ dialect: 'live', tls: true, tlsPort: 0, tlsDir: t.testdir(), signInAs: 'gamer' })
  t.teardown(emulator.close)
  emulator.clock.freeze(NOW)
  const restore = emulator.intercept()
  t.teardown(restore)
  const ways = waysTo({ url: emulator.url, https: emulator.httpsUrl as string, ca: readFileSync(emulator.ca as string, 'utf8') })
  for (const way of ways) {
    await t.test(way.name, async (t) => {
      for (const credential of ['header', 'nonce'] as const) {
        emulator.reset()
        const authorization = await signIn(emulator.url)
        const { nonce } = await (await fetch('https://rta.xboxlive.com/nonce', { headers: { authorization } })).json() as { nonce: string }
        const asked = credential === 'header' ? { address: way.connect, headers: { authorization } } : { address: `${way.connect}?nonce=${encodeURIComponent(nonce)}`, headers: {} }
        await follow(t, { emulator, authorization, way, ...asked })
      }
    })
  }
})
