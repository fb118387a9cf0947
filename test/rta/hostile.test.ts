import t, { type Test } from 'tap'
import { command, listen, untilFrames } from '../control/client.ts'
import { GAMER, NOW, SAMPLE_SCID } from '../helper.ts'
import { achievement, SCID, session, title, user } from '../world-parts.ts'
import { openRaw, type RawClient } from './raw-client.ts'
import { BINARY, CLOSE, closeFrame, frame, PING, PONG, TEXT } from '../../torture/rta/frames.ts'

/** Clients that keep to nothing: a clean end with a code, and whoever comes next is served. */

type Server = Awaited<ReturnType<typeof listen>>

const resourceOf = (scid: string, xuid = GAMER): string => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements/${scid}`
const subscribe = (seq: number, resource: string): Buffer => frame(JSON.stringify([1, seq, resource]))
const SUBSCRIBE = subscribe(1, resourceOf(SAMPLE_SCID))
const CONTINUATION = 0

/** Sends bytes on a connection of its own, and makes sure that the server ends it so, and serves the next one. */
async function requireEnd (t: Test, emulator: Server, { what, bytes, end }: { what: string, bytes: readonly Buffer[], end: readonly [code: number, reason: string] }): Promise<void> {
  const client = await openRaw(t, emulator)
  client.send(...bytes)
  const [code, reason] = end
  const closed = await client.closed()
  // A library that finds a frame wrong itself tells the client the code alone.
  t.ok(closed?.[0] === code && ['', reason].includes(closed[1]), `${what}: ${String(closed)}`)
  const all = await untilEnd(emulator)
  t.strictSame([all.direction, all.text, all.code], ['out', reason, code], what)
  await requireService(t, emulator, what)
}

/** The newest end of a connection in the journal, once all that were opened have ended. */
async function untilEnd (emulator: Server): Promise<any> {
  const opened = (await command(emulator, 'GET', '/requests?status=101&last=1')).requests[0].connection
  for (;;) {
    const [end] = (await untilFrames(emulator, 1)).filter(({ connection, type }) => connection === opened && type === 'close')
    if (end !== undefined) return end
  }
}

async function requireService (t: Test, emulator: Server, what: string): Promise<void> {
  const next = await openRaw(t, emulator)
  next.send(SUBSCRIBE)
  await next.untilFrames(1)
  t.strictSame(next.texts(), ['[1,1,0,0,null]'], what)
  next.send(closeFrame(1000))
  await next.closed()
  await untilEnd(emulator)
}

t.test('text that is no message', async (t) => {
  const emulator = await listen(t)
  const cases: Array<[text: string, reason: RegExp]> = [
    ['', /^The frame is no JSON;/],
    ['{', /^The frame is no JSON;/],
    ['[1,1,', /^The frame is no JSON;/],
    ['[1,1,"a"] [1,2,"b"]', /^The frame is no JSON;/],
    ['null', /^The frame is no JSON array;/],
    ['{"length":3}', /^The frame is no JSON array;/],
    ['"[1,1,\\"a\\"]"', /^The frame is no JSON array;/],
    ['[]', /^The type of the message is no whole number;/],
    ['[1]', /^The sequence number is no whole number/],
    ['[1,null,"a"]', /^The sequence number is no whole number/],
    [`[1,${'9'.repeat(21)},"a"]`, /^The sequence number is no whole number/],
    ['['.repeat(16_000), /^The frame is /],
    [`[1,1,${'['.repeat(8000)}${']'.repeat(8000)}]`, /^The frame is /],
    [`[1,1,${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}]`, /^The frame is /]
  ]
  for (const [text, reason] of cases) {
    const client = await openRaw(t, emulator)
    client.send(frame(text))
    const [code, said] = await client.closed() ?? []
    t.equal(code, 1007, text.slice(0, 40))
    t.match(said, reason, text.slice(0, 40))
    t.strictSame(client.frames().length, 1, 'nothing but the end')
    await requireService(t, emulator, text.slice(0, 40))
  }
})

t.test('frames that RFC 6455 forbids, or that are not served', async (t) => {
  const emulator = await listen(t)
  const cases: Array<[what: string, bytes: Buffer[], code: number, reason: string]> = [
    ['no mask', [frame('[1,1,"a"]', { isMasked: false })], 1002, 'Invalid WebSocket frame: MASK must be set'],
    ['compressed, though that was not agreed on', [frame('[1,1,"a"]', { reserved: 4 })], 1002, 'Invalid WebSocket frame: RSV1 must be clear'],
    ['a reserved bit', [frame('[1,1,"a"]', { reserved: 1 })], 1002, 'Invalid WebSocket frame: RSV2 and RSV3 must be clear'],
    ['an unknown opcode', [frame('[1,1,"a"]', { opcode: 3 })], 1002, 'Invalid WebSocket frame: invalid opcode 3'],
    ['an unknown control frame', [frame('', { opcode: 11 })], 1002, 'Invalid WebSocket frame: invalid opcode 11'],
    ['a continuation of nothing', [frame('a', { opcode: CONTINUATION })], 1002, 'Invalid WebSocket frame: invalid opcode 0'],
    ['a text within a text', [frame('[1', { isLast: false }), frame('[1,1,"a"]')], 1002, 'Invalid WebSocket frame: invalid opcode 1'],
    ['a ping in parts', [frame('a', { opcode: PING, isLast: false })], 1002, 'Invalid WebSocket frame: FIN must be set'],
    ['a long ping', [frame('a'.repeat(126), { opcode: PING })], 1002, 'Invalid WebSocket frame: invalid payload length 126'],
    ['a close frame of one byte', [frame('a', { opcode: CLOSE })], 1002, 'Invalid WebSocket frame: invalid payload length 1'],
    ['a code that nobody may send', [closeFrame(1005)], 1002, 'Invalid WebSocket frame: invalid status code 1005'],
    ['a reason that is no UTF-8', [frame(Buffer.from([3, 232, 255]), { opcode: CLOSE })], 1007, 'Invalid WebSocket frame: invalid UTF-8 sequence'],
    ['text that is no UTF-8', [frame(Buffer.from([91, 34, 0xc3, 0x28, 34, 93]))], 1007, 'Invalid WebSocket frame: invalid UTF-8 sequence'],
    ['half a character', [frame(Buffer.from([0xf0, 0x9f]))], 1007, 'Invalid WebSocket frame: invalid UTF-8 sequence'],
    ['a surrogate', [frame(Buffer.from([0xed, 0xa0, 0x80]))], 1007, 'Invalid WebSocket frame: invalid UTF-8 sequence'],
    ['binary', [frame('[1,1,"a"]', { opcode: BINARY })], 1003, 'The frame is binary; expected text.'],
    ['too long', [frame('x'.repeat(16 * 1024 + 1))], 1009, 'Max payload size exceeded'],
    ['too long in parts', [frame('x'.repeat(16 * 1024), { isLast: false }), frame('x', { opcode: CONTINUATION })], 1009, 'Max payload size exceeded'],
    ['a length of 4 GB, of which nothing comes', [frame('', { length: 2 ** 32 })], 1009, 'Max payload size exceeded'],
    ['a length that JavaScript cannot count', [frame('', { length: 2 ** 53 })], 1009, 'Unsupported WebSocket frame: payload length > 2^53 - 1'],
    ['very many parts', [frame('[', { isLast: false }), ...Array.from({ length: 1024 }, () => frame('', { opcode: CONTINUATION, isLast: false }))], 1008, 'Too many message fragments']
  ]
  for (const [what, bytes, code, reason] of cases) await requireEnd(t, emulator, { what, bytes, end: [code, reason] })
})

t.test('what is allowed, if unusual', async (t) => {
  const emulator = await listen(t)
  const client = await openRaw(t, emulator)
  const parts = [...SUBSCRIBE.subarray(6)].map((byte, index, { length }) => frame(Buffer.from([byte]), { opcode: index === 0 ? TEXT : CONTINUATION, isLast: index === length - 1 }))
  client.send(...parts.flatMap((part, index) => index === 5 ? [part, frame('beat', { opcode: PING })] : [part]))
  const [first, second] = await client.untilFrames(2)
  t.strictSame([first?.opcode, String(first?.payload), second?.opcode, String(second?.payload)], [PONG, 'beat', TEXT, '[1,1,0,0,null]'], 'byte by byte, with a ping in between')
  client.send(frame('[9,1,"a"]'), frame('[1,18446744073709551615,"https://x/"]'), frame('[1,-1,7]'), frame('[2,0,4294967296]'), frame(`[1,5,"x",${'9'.repeat(16_000)}]`), frame('', { opcode: PONG }))
  await client.untilFrames(6)
  t.strictSame(client.texts().slice(1), ['[1,18446744073709551615,1,0,null]', '[1,-1,1,0,null]', '[2,0,1]', '[1,5,1,0,null]'])
  client.send(...Array.from({ length: 500 }, (_, at) => frame(String(at), { opcode: PING })))
  const pongs = (await client.untilFrames(506)).slice(6)
  t.strictSame(pongs.map(({ opcode, payload }) => [opcode, String(payload)]), Array.from({ length: 500 }, (_, at) => [PONG, String(at)]), 'each ping is answered, however many come at once')
  client.send(closeFrame(4999, 'x'.repeat(123)), SUBSCRIBE)
  t.strictSame(await client.closed(), [4999, 'x'.repeat(123)], 'nothing is read after the end')
  t.strictSame([client.texts().length, (await untilEnd(emulator)).direction], [5, 'in'])
})

t.test('as many subscriptions as a client likes', async (t) => {
  const emulator = await listen(t)
  const client = await openRaw(t, emulator)
  client.send(...Array.from({ length: 1200 }, (_, seq) => subscribe(seq, resourceOf(SAMPLE_SCID))))
  await client.untilFrames(1200)
  t.strictSame(client.texts(), Array.from({ length: 1200 }, (_, seq) => seq < 1000 ? `[1,${seq},0,${seq},null]` : `[1,${seq},2,0,null]`))
  client.send(frame('[2,1,7]'), SUBSCRIBE, SUBSCRIBE)
  await client.untilFrames(1203)
  t.strictSame(client.texts().slice(1200), ['[2,1,0]', '[1,1,0,1000,null]', '[1,1,2,0,null]'], 'one that ends makes room for one')
})

t.test('resources of others, and what is none', async (t) => {
  const emulator = await listen(t)
  const client = await openRaw(t, emulator)
  const resources = [
    '', '/', 'x', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://evil.example/users/xuid(1)/achievements/1',
    resourceOf(SAMPLE_SCID).replace('achievements.xboxlive.com', 'achievements.xboxlive.com.evil.example'), `${resourceOf(SAMPLE_SCID)}/../..`, resourceOf('*'), resourceOf("' OR 1=1 --"),
    resourceOf(SAMPLE_SCID, '18446744073709551616'), resourceOf(SAMPLE_SCID, '-1'), resourceOf(SAMPLE_SCID, ''), `${resourceOf(SAMPLE_SCID)}\0`, 'x'.repeat(16_000)
  ]
  client.send(...resources.map((resource, seq) => subscribe(seq, resource)))
  await client.untilFrames(resources.length)
  t.strictSame(client.texts(), resources.map((_, seq) => `[1,${seq},1,0,null]`))
  t.strictSame(emulator.emulator.realTime.list()[0]?.subscriptions, [])
})

t.test('clients that leave without a word, in the middle of a frame, and with half of a connection', async (t) => {
  const emulator = await listen(t)
  const ends: Array<[what: string, leave: (client: RawClient) => void]> = [
    ['a reset', ({ socket }) => { socket.resetAndDestroy() }],
    ['in the middle of a frame', ({ socket }) => { socket.end(SUBSCRIBE.subarray(0, 20)) }],
    ['in the middle of a message', ({ socket }) => { socket.end(frame('[1,', { isLast: false })) }],
    ['half of the connection', ({ socket }) => { socket.end() }]
  ]
  for (const [what, leave] of ends) {
    const client = await openRaw(t, emulator)
    client.send(SUBSCRIBE)
    await client.untilFrames(1)
    leave(client)
    t.equal(await client.closed(), null, what)
    const { direction, code } = await untilEnd(emulator)
    t.strictSame([direction, code], ['in', 1006], what)
  }
})

/** A title whose events have some 60 kB, and a user. */
const LARGE_EVENTS = {
  titles: [title({ public: true, achievementSystem: 'eventBased', achievements: [achievement({ requirements: Array.from({ length: 300 }, (_, at) => ({ id: `00000000-0000-0000-0000-${String(at).padStart(12, '0')}`, target: '1000000' })) })] })],
  users: [user()],
  sessions: [session({ xuid: '1', titleId: 1 })]
}

t.test('a client that reads nothing is cut, and costs the others no event', async (t) => {
  const emulator = await listen(t, { world: LARGE_EVENTS })
  const open = async (): Promise<RawClient> => {
    const client = await openRaw(t, emulator, { session: 'hash;token' })
    client.send(subscribe(1, resourceOf(SCID, '1')))
    await client.untilFrames(1)
    return client
  }
  const [reader, sleeper] = [await open(), await open()]
  sleeper.socket.pause()
  let updates = 0
  while (emulator.emulator.realTime.list().length === 2) {
    const requirements = [{ id: '00000000-0000-0000-0000-000000000000', current: String(++updates) }]
    emulator.run('progress.set', { xuid: '1', scid: SCID, id: 1, sandbox: null, percentComplete: null, timeUnlocked: null, isRevoked: false, requirements, now: NOW })
    await reader.untilFrames(updates + 1)
  }
  t.strictSame(reader.texts().slice(1).map((event) => JSON.parse(event)[2].progression[0].requirements[0].current), Array.from({ length: updates }, (_, at) => String(at + 1)))
  const ends = (await untilFrames(emulator, 1)).filter(({ type }) => type === 'close')
  t.strictSame(ends.map(({ connection, direction, text, code }) => ({ connection, direction, text, code })), [{ connection: 2, direction: 'out', text: 'The client does not read.', code: 1006 }])
  const back = await open()
  t.strictSame((await back.untilFrames(2)).map(({ payload }) => payload.toString()), ['[1,1,0,0,null]', '[4]'], 'it is told that it may have missed something')
})
