import { once } from 'node:events'
import { connect as connectHttp2, constants, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from 'node:http2'
import { connect as connectTls } from 'node:tls'
import type { Random } from '../random.ts'
import type { Ask } from './asks.ts'
import { HOSTS } from './pieces.ts'
import type { Answer } from './read-answers.ts'

const { NGHTTP2_CANCEL, NGHTTP2_PROTOCOL_ERROR, NGHTTP2_INTERNAL_ERROR } = constants

/** A request over HTTP/2, and how the client cancels it, if it does. */
export interface StreamShot {
  readonly ask: Ask
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly isCancelled: 'at once' | 'amidst' | 'no'
  /** True when Node ends the whole session because of it. It is then sent in a session of its own, and need not be answered. */
  readonly isFatal: boolean
}

/** Is called with each answer, and with what is wrong with a stream. */
export interface StreamWatcher {
  readonly onAnswer: (shot: StreamShot, answer: Answer) => void
  readonly onWrong: (shot: StreamShot, what: string) => void
  /** A stream has ended without a whole answer, with an error code of HTTP/2. */
  readonly onClosed: (shot: StreamShot, code: number) => void
}

export function makeStreamShot (ask: Ask, random: Random): StreamShot {
  const headers: Record<string, string | string[]> = { ':method': ask.method, ':path': ask.path, ':scheme': 'https', ':authority': random.once(8) ? random.pick(HOSTS) : '127.0.0.1' }
  for (const [name, value] of ask.headers) headers[name] = value
  if (random.once(20)) headers['x-many'] = random.times(random.below(60), () => String(random.below(1e6)))
  if (random.once(30)) headers['x-large'] = 'a'.repeat(random.pick([4000, 12_000, 15_000]))
  if (random.once(30)) headers['host'] = random.pick(HOSTS)
  if (random.once(30)) headers['expect'] = random.pick(['100-continue', '200-ok'])
  if (random.once(40)) headers[':scheme'] = random.pick(['http', 'ftp', ''])
  const missing = random.once(30) ? random.pick([-1, 1, 1000]) : 0
  if (ask.body !== null && random.once(3)) headers['content-length'] = String(Math.max(0, Buffer.byteLength(ask.body) + missing))
  return { ask, headers, isFatal: missing !== 0, isCancelled: random.weighted([[30, 'no'], [1, 'at once'], [1, 'amidst']]) }
}

/** A client of HTTP/2. It opens many streams at a time in one session, until that is closed. */
export class Http2Client {
  #session: ClientHttp2Session | undefined
  readonly #port: number
  readonly #longest: number
  readonly #watcher: StreamWatcher

  /** @param longest how long an answer may take, in ms. */
  constructor ({ tlsPort, longest }: { tlsPort: number, longest: number }, watcher: StreamWatcher) {
    this.#port = tlsPort
    this.#longest = longest
    this.#watcher = watcher
  }

  /** Sends all at a time, and resolves when each has been answered or its stream has ended. */
  async send (shots: readonly StreamShot[], random: Random): Promise<void> {
    for (const shot of shots.filter(({ isFatal }) => isFatal)) {
      const alone = await this.#connected()
      await this.#ask(alone, shot)
      alone.destroy()
    }
    const session = await this.#connected()
    const all = Promise.all(shots.filter(({ isFatal }) => !isFatal).map((shot) => this.#ask(session, shot)))
    if (random.once(4)) session.ping(Buffer.alloc(8), () => {})
    // Closes the flow-control window and opens it again: meanwhile, answers have to wait.
    const settings = random.once(10) ? [random.pick([0, 1, 1000]), random.pick([65_535, 2 ** 20, 2 ** 24])] : []
    for (const initialWindowSize of settings) session.settings({ initialWindowSize, maxConcurrentStreams: random.below(100), enablePush: false })
    if (random.once(12)) session.setLocalWindowSize(random.pick([65_536, 2 ** 20, 2 ** 30]))
    await all
    // After a GOAWAY, Node's client goes on sending in the session, and waits for ever for the answers of any server.
    if (random.once(40)) this.#leave(session, random.below(14))
    if (random.once(40)) session.destroy()
  }

  close (): void { this.#session?.destroy() }

  #leave (session: ClientHttp2Session, code: number): void {
    if (!session.destroyed) session.goaway(code)
    if (this.#session === session) this.#session = undefined
    session.close()
  }

  async #connected (): Promise<ClientHttp2Session> {
    if (this.#session !== undefined && !this.#session.closed && !this.#session.destroyed) return this.#session
    const session = connectHttp2(`https://127.0.0.1:${this.#port}`, { rejectUnauthorized: false, servername: 'achievements.xboxlive.com' })
    session.on('error', () => {})
    this.#session = session
    await once(session, 'connect')
    return session
  }

  async #ask (session: ClientHttp2Session, shot: StreamShot): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    let stream: ClientHttp2Stream
    try {
      stream = session.request(shot.headers, { endStream: shot.ask.body === null })
    } catch {
      // Node's own client refuses to send it.
      return
    }
    const timer = setTimeout(() => {
      if (shot.isCancelled === 'no') this.#watcher.onWrong(shot, `neither answered nor closed within ${this.#longest / 1000} s`)
      session.destroy()
      resolve()
    }, this.#longest)
    const chunks: Buffer[] = []
    let isWhole = false
    let head: (IncomingHttpHeaders & IncomingHttpStatusHeader) | undefined
    stream.on('response', (headers) => { head = headers }).on('data', (chunk) => chunks.push(chunk)).on('end', () => { isWhole = true }).on('error', () => {})
    stream.on('close', () => {
      clearTimeout(timer)
      if (head !== undefined && isWhole && stream.rstCode === 0) this.#onWhole(shot, head, Buffer.concat(chunks))
      else if (shot.isCancelled === 'no' && !shot.isFatal) this.#watcher.onClosed(shot, stream.rstCode)
      resolve()
    })
    if (shot.isCancelled === 'at once') stream.close(NGHTTP2_CANCEL)
    else if (shot.isCancelled === 'amidst') setImmediate(() => stream.close(shot.ask.path.length % 2 === 0 ? NGHTTP2_PROTOCOL_ERROR : NGHTTP2_INTERNAL_ERROR))
    else if (shot.ask.body !== null) stream.end(shot.ask.body)
    await promise
  }

  #onWhole (shot: StreamShot, head: IncomingHttpHeaders & IncomingHttpStatusHeader, body: Buffer): void {
    const headers = new Map(Object.entries(head).filter(([name]) => !name.startsWith(':')).map(([name, value]) => [name, [value].flat().join('\n')]))
    const length = headers.get('content-length')
    if (length !== undefined && shot.ask.method !== 'HEAD' && head[':status'] !== 304 && Number(length) !== body.length) this.#watcher.onWrong(shot, 'Content-Length is not that of the body')
    this.#watcher.onAnswer(shot, { status: Number(head[':status']), headers, body })
  }
}

const frame = (type: number, flags: number, { stream = 0, payload = Buffer.alloc(0) }: { stream?: number, payload?: Buffer } = {}): Buffer => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream >>> 0, 5)
  return Buffer.concat([head, payload])
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
/** GET / over https, as indexes of the static table. */
const GET = Buffer.from([0x82, 0x84, 0x87])

/** Frames that no client sends, or not in such numbers. */
export function makeFrames (random: Random): Buffer {
  const many = (make: (index: number) => Buffer): Buffer[] => Array.from({ length: 1 + random.below(200) }, (_none, index) => make(index))
  const frames = random.pick<() => Buffer[]>([
    () => many(() => frame(6, 0, { payload: Buffer.alloc(8) })),
    () => many(() => frame(4, 0)),
    () => many((index) => frame(4, 0, { payload: Buffer.from([0, random.below(9), 0, 0, index, random.below(256)]) })),
    () => many((index) => Buffer.concat([frame(1, 5, { stream: 2 * index + 1, payload: GET }), frame(3, 0, { stream: 2 * index + 1, payload: Buffer.from([0, 0, 0, 8]) })])),
    () => many((index) => frame(1, 5, { stream: 2 * index + 1, payload: GET })),
    () => [frame(1, 1, { stream: 1, payload: GET }), ...many(() => frame(9, 0, { stream: 1, payload: Buffer.from([0x40, 1, 97, 1, 98]) }))],
    () => [frame(1, 5, { stream: 1, payload: Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) })],
    () => [frame(1, 5, { stream: 2, payload: GET })],
    () => [frame(1, 5, { stream: 0, payload: GET })],
    () => [frame(8, 0, { payload: Buffer.from([0x7f, 0xff, 0xff, 0xff]) }), frame(8, 0, { payload: Buffer.from([0, 0, 0, 0]) })],
    () => [frame(0, 1, { stream: 9, payload: Buffer.alloc(100) })],
    () => [frame(7, 0, { payload: Buffer.alloc(8) }), frame(1, 5, { stream: 1, payload: GET })],
    () => [Buffer.from([0xff, 0xff, 0xff, 1, 5, 0, 0, 0, 1])],
    () => many(() => frame(random.below(256), random.below(256), { stream: random.below(9), payload: Buffer.from(random.times(random.below(40), () => random.below(256))) })),
    () => many(() => frame(2, 0, { stream: 1, payload: Buffer.from([0, 0, 0, 1, 5]) })),
    () => [Buffer.from(random.times(random.below(500), () => random.below(256)))]
  ])()
  return Buffer.concat([...random.once(10) ? [] : [PREFACE], ...random.once(10) ? [] : [frame(4, 0)], ...frames])
}

/** Sends bytes over a connection on which HTTP/2 was negotiated, and resolves when the server has closed it. */
export async function sendFrames ({ tlsPort, longest }: { tlsPort: number, longest: number }, bytes: Buffer): Promise<'closed' | 'hangs'> {
  const socket = connectTls({ host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false, servername: 'achievements.xboxlive.com', ALPNProtocols: ['h2'] })
  const closed = once(socket, 'close').then(() => 'closed' as const)
  socket.on('error', () => {}).resume().end(bytes)
  const late = AbortSignal.timeout(longest)
  const how = await Promise.race([closed, once(late, 'abort').then(() => 'hangs' as const)])
  socket.destroy()
  return how
}
