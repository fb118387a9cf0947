import { once } from 'node:events'
import { connect as connectHttp2, type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2'
import { request as requestHttp1 } from 'node:https'
import { text } from 'node:stream/consumers'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Test } from 'tap'
import { issueAuthority, issueServer } from '../../../src/server/tls/issue.ts'
import { permit } from '../../../src/server/tls/name-constraints.ts'
import { createSecureListener, type SecureListener } from '../../../src/server/tls/secure-listener.ts'
import { build, type Emulator } from '../../helper.ts'

export const HOST = 'achievements.xboxlive.com'

/** Where an emulator answers over TLS, and what a client of it trusts. */
export interface Secure {
  readonly port: number
  readonly ca: string
}

/** An emulator that listens, for one test, over TLS too. */
export async function listenSecurely (t: Test, { handshakes = {}, ...options }: Parameters<typeof build>[1] & { handshakes?: { maxHandshakes?: number, handshakeTimeout?: number, now?: () => number } } = {}): Promise<Emulator & Secure & { secure: SecureListener }> {
  const emulator = build(t, options)
  const authority = await issueAuthority(permit([HOST]), Date.now())
  const { connections, services: { config: { requestTimeout } } } = emulator.emulator
  const secure = createSecureListener(emulator.app.server, await issueServer(authority, [HOST], Date.now()), { timeout: requestTimeout, connections, log: emulator.app.log, advice: { trust: 'trust ca.pem', name: 'name it' }, ...handshakes })
  await emulator.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = await secure.listen('127.0.0.1', 0)
  t.teardown(() => {
    secure.stop()
    connections.destroy()
  })
  return { ...emulator, port, ca: authority.certificate, secure }
}

export interface Answer {
  readonly version: '1.1' | '2'
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

export interface Asked {
  readonly method?: string
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
  /** The name that the certificate has to be for; by default {@link HOST}. */
  readonly servername?: string
}

/** A request over TLS in HTTP/1.1. */
export async function askHttp1 ({ port, ca }: Secure, { body, ...asked }: Asked): Promise<Answer> {
  const request = requestHttp1({ host: '127.0.0.1', port, servername: HOST, ca, agent: false, ...asked, headers: { host: HOST, ...asked.headers } }).end(body)
  const [response] = await once(request, 'response')
  return { version: response.httpVersion, status: response.statusCode, headers: response.headers, body: await text(response) }
}

/** An HTTP/2 session, closed after the test. */
export function openHttp2 (t: Test, { port, ca }: Secure): ClientHttp2Session {
  const session = connectHttp2(`https://127.0.0.1:${port}`, { ca, servername: HOST })
  t.teardown(() => session.destroy())
  return session.on('error', () => {})
}

/** A request in HTTP/2; its body, when it is to follow, is the caller's. */
export const begin = (session: ClientHttp2Session, { method = 'GET', path, headers }: Asked, options: object = {}): ClientHttp2Stream =>
  session.request({ ':method': method, ':authority': HOST, ':path': path, ...headers }, options)

/** The answer to an HTTP/2 request; rejects when the stream ends early. */
export async function answerOf (stream: ClientHttp2Stream): Promise<Answer> {
  const unanswered = once(stream, 'close').then(() => { throw new Error('no answer') })
  const [{ ':status': status, ...headers }] = await Promise.race([once(stream, 'response'), unanswered])
  return { version: '2', status, headers, body: await text(stream) }
}

/** A request over TLS in HTTP/2. */
export async function askHttp2 (t: Test, secure: Secure, { body, ...asked }: Asked): Promise<Answer> {
  const session = openHttp2(t, secure)
  const stream = begin(session, asked, { endStream: body === undefined })
  if (body !== undefined) stream.end(body)
  const answer = await answerOf(stream)
  session.close()
  return answer
}

/** A connection over TLS, closed after the test. */
export async function openTls (t: Test, { port, ca }: Secure, ALPNProtocols: string[] = []): Promise<TLSSocket> {
  const socket = connectTls({ host: '127.0.0.1', port, servername: HOST, ca, ALPNProtocols })
  t.teardown(() => socket.destroy())
  await once(socket, 'secureConnect')
  return socket
}

/** An answer without the headers that belong to one protocol or change each time. */
export function comparable ({ status, headers, body }: Answer): object {
  const own = new Set(['date', 'connection', 'keep-alive', 'ms-cv'])
  return { status, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name))), body }
}
