import { X509Certificate } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Server as TlsServer, TLSSocket } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'

/** For how long the same of the same client is counted and not logged, in ms. */
const INTERVAL = 60_000
/** How many clients and reasons are counted; then all of them are forgotten. */
const MOST_COUNTED = 1000

/** What it takes to tell why a client was not served over TLS. */
export interface HandshakeLogOptions {
  readonly log: Pick<FastifyBaseLogger, 'info'>
  /** How a client is made to trust the certificate, and how the certificate is made to be for a name or address. */
  readonly advice: { readonly trust: string, readonly name: string }
  /** A clock, in ms. */
  readonly now?: () => number
}

/** Logs the clients that were not served over TLS, with what to do: each client and reason once a minute. */
export function logHandshakes (tls: TlsServer, server: Server, { certificate, log, advice, now = Date.now }: HandshakeLogOptions & { certificate: string }): void {
  const tell = createCountingLog(log, now)
  const own = new X509Certificate(certificate)
  const distrusts = (name: string | null): string => name !== null && own.checkHost(name) === undefined
    ? `asked for ${name}, which the certificate is not for; ${advice.name}`
    : `does not trust the certificate, or asked for an address that it is not for; ${advice.trust}, or ${advice.name}`
  /** The connections whose client has been sent the certificate. Of those that are closed Node no longer knows the address. */
  const certified = new WeakSet<TLSSocket>()
  /** The connections on which nothing was asked yet. */
  const unused = new WeakSet<TLSSocket>()

  const describe = (code: string, socket: TLSSocket): string => {
    if (/_ALERT_UNKNOWN_CA$/.test(code)) return `does not trust the certificate; ${advice.trust}`
    if (/^ECONNRESET$|_ALERT_.*CERTIFICATE/.test(code)) return distrusts(nameOf(socket))
    return MISTAKES.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed in the handshake'
  }

  // The keys themselves are of no interest: it is the only event between the first message of a handshake and its end.
  tls.on('keylog', (_line, socket) => {
    if (certified.has(socket) || socket.remoteAddress === undefined) return
    certified.add(socket)
    // A client that ends its side now has left, and is not to be waited for.
    socket.allowHalfOpen = false
  })
  tls.on('tlsClientError', (error: Error & { code?: string, reason?: string }, socket) => {
    const { code = '', reason } = error
    // A client that looks whether the port is open, and says nothing.
    if (!certified.has(socket) && /^ECONNRESET$|_TIMEOUT$/.test(code)) return
    tell(socket.remoteAddress, `${describe(code, socket)} (${reason ?? code})`)
  })
  tls.on('secureConnection', (socket) => {
    socket.allowHalfOpen = true
    unused.add(socket)
    // Some clients check the certificate when the handshake is over.
    socket.once('close', () => { if (unused.has(socket) && tls.listening) tell(socket.remoteAddress, `asked for nothing after the handshake; if it shows an error, it ${distrusts(nameOf(socket))}`) })
  })
  server.on('request', ({ socket }: IncomingMessage) => { unused.delete(socket as TLSSocket) })
}

/** A host name: nothing else of what was sent is shown. */
const NAME = /^[\w.-]{1,253}$/

/** What clients do wrong, by OpenSSL's name for it. Which names begin with SSLV3, TLSV1 or SSL/TLS depends on its version. */
const MISTAKES: ReadonlyArray<readonly [code: RegExp, what: string]> = [
  [/HTTP_REQUEST$/, 'speaks HTTP without TLS to the port of HTTPS; ask for https://, or the port of HTTP'],
  [/UNSUPPORTED_PROTOCOL$|VERSION_TOO_LOW$|PROTOCOL_VERSION$/, 'offers no version of TLS from 1.2 on'],
  [/NO_SHARED_CIPHER$|HANDSHAKE_FAILURE$/, 'offers no cipher of the server\'s'],
  [/NO_APPLICATION_PROTOCOL$/, 'offers by ALPN neither HTTP/1.1 nor HTTP/2'],
  [/WRONG_VERSION_NUMBER$/, 'speaks no TLS to the port of HTTPS'],
  [/HANDSHAKE_TIMEOUT$/, 'did not end the handshake in time']
]

/** The name of the server that a client asked for (SNI); null when it asked for none, or for what is no name. */
const nameOf = ({ servername }: TLSSocket & { servername?: string | false | null }): string | null => servername && NAME.test(servername) ? servername : null

/** Logs a line for a client at most once a minute, and then how often it was so in the meantime. */
function createCountingLog (log: HandshakeLogOptions['log'], now: () => number): (client: string | undefined, what: string) => void {
  const told = new Map<string, { at: number, count: number }>()
  return (client, what) => {
    const line = `TLS: ${client} ${what}`
    const last = told.get(line)
    if (last !== undefined && now() - last.at < INTERVAL) {
      last.count++
      return
    }
    if (told.size >= MOST_COUNTED) told.clear()
    told.set(line, { at: now(), count: 0 })
    log.info(last === undefined || last.count === 0 ? line : `${line}; again ${last.count} times in between`)
  }
}
