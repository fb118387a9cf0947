import { setTimeout } from 'node:timers/promises'
import { counted } from '../base/counted.ts'
import type { EmulatorApp } from './app.ts'
import type { SecureListener } from './tls/secure-listener.ts'

/** How long requests that are being answered may take after the server has begun to stop, in ms. */
const ANSWER_TIME = 5000
/** How long clients may take after that to read what was sent and to close their side of the connection, in ms. */
const READ_TIME = 1000

/** How a server is closed. */
interface CloseOptions {
  /** The listener for TLS, if there is one. */
  readonly secure?: SecureListener | undefined
  /** Once it resolves, all connections are cut. */
  readonly interrupted?: Promise<unknown>
  /** Called at once with the number of requests that the server waits for, if there are any. */
  readonly report?: (line: string) => void
}

/**
 * Closes a server. It finishes the responses that have begun, within a time limit. It does not wait for a
 * connection that has sent nothing, or only a part of its headers, nor for requests that a fault holds back.
 *
 * As long as its client may read, a connection is ended and not destroyed: the operating system discards
 * what it has not delivered of a connection that is destroyed.
 */
export async function closeGracefully ({ app, connections, holds }: Pick<EmulatorApp, 'app' | 'connections' | 'holds'>, { secure, interrupted = new Promise(() => {}), report = () => {} }: CloseOptions = {}): Promise<void> {
  secure?.stop()
  // Node's own function destroys the connections.
  app.server.closeIdleConnections = () => connections.end()
  const count = connections.count() - holds.count()
  if (count > 0) report(`waiting for ${counted(count, 'request')}, at most ${ANSWER_TIME / 1000} s; a second signal stops at once`)
  const closed = app.close()
  await Promise.race([connections.answered(), setTimeout(ANSWER_TIME, undefined, { ref: false }), interrupted])
  await Promise.race([connections.closed(), setTimeout(READ_TIME, undefined, { ref: false }), interrupted])
  connections.destroy()
  await closed
}
