import { once } from 'node:events'
import { EventSource, type FetchLike } from 'eventsource'
import t from 'tap'
import { Agent, fetch as undiciFetch } from 'undici'
import { startEmulator } from '../../../src/index.ts'
import { GAMER } from '../../helper.ts'
import { startRelay } from '../../relay.ts'
import { listenSecurely, HOST } from '../../server/tls/client.ts'
import { command, listen } from '../client.ts'

/** An event as a client of the EventSource interface has it. */
const nextOf = async (source: EventSource, kind: string): Promise<MessageEvent> => await new Promise((resolve) => { source.addEventListener(kind, resolve, { once: true }) })

t.test('EventSource connects again, and misses nothing', async (t) => {
  const { url, leadTo } = await startRelay(t)
  const first = await startEmulator()
  leadTo(first.url)
  const source = new EventSource(`${url}/_emulator/events?kinds=user,request&path=/a`)
  t.teardown(() => source.close())
  await once(source, 'open')
  const changed = nextOf(source, 'user')
  first.setPrivacy('gamer', 'blocked')
  const { data, lastEventId } = await changed
  t.match(JSON.parse(data), { kind: 'user', xuid: GAMER, what: 'privacy' })
  t.match(lastEventId, /^[\da-f]{8}-1-0-0$/)
  const missed = nextOf(source, 'missed')
  const asked = nextOf(source, 'request')
  leadTo(null)
  await first.close()
  const second = await startEmulator()
  t.teardown(second.close)
  leadTo(second.url)
  await (await fetch(`${second.url}/a`)).text()
  t.match(JSON.parse((await missed).data), { kind: 'missed' })
  t.match(JSON.parse((await asked).data), { path: '/a', status: 404 })
})

t.test('with the control key, by a fetch of its own, over TLS and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t, { config: { controlKey: 'k3y' } })
  const dispatcher = new Agent({ allowH2: true, connect: { ca: emulator.ca, servername: HOST } })
  t.teardown(async () => await dispatcher.destroy())
  const withKey = async (url: string | URL, init: object): Promise<unknown> =>
    await undiciFetch(url, { ...init, headers: { ...(init as { headers: object }).headers, authorization: 'Bearer k3y' }, dispatcher })
  const source = new EventSource(`https://127.0.0.1:${emulator.port}/_emulator/events`, { fetch: withKey as unknown as FetchLike })
  t.teardown(() => source.close())
  await once(source, 'open')
  const changed = nextOf(source, 'user')
  emulator.run('privacy.set', { xuid: GAMER, privacy: 'blocked' })
  t.match(JSON.parse((await changed).data), { kind: 'user', xuid: GAMER })
})

t.test('Node\'s own fetch, a line at a time', async (t) => {
  const emulator = await listen(t)
  const stop = new AbortController()
  const { body } = await fetch(`${emulator.url}/_emulator/events?kinds=user`, { signal: stop.signal })
  let rest = ''
  const read = async (): Promise<unknown> => {
    for await (const text of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() as string
      const line = lines.find((each) => each.startsWith('data: '))
      if (line !== undefined) return JSON.parse(line.slice(6))
    }
    return undefined
  }
  const event = read()
  await command(emulator, 'PUT', '/users/gamer/privacy', { privacy: 'blocked' })
  t.match(await event, { kind: 'user', xuid: GAMER, what: 'privacy' })
  stop.abort()
})
