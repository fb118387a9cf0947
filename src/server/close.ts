import { setTimeout } from 'node:timers/promises'
import type { Emulator } from './app.ts'
import type { SecureListener } from './tls/secure-listener.ts'

/** How long answers under way may take once the server is told to stop, in ms. */
const GRACE = 5000
/** How long clients may take then to read what has left, and to close their side, in ms. */
const GOODBYE = 1000

/** How a server is closed. */
interface Closing {
  /** The way into it over TLS, if there is one. */
  readonly secure?: SecureListener | undefined
  /** Whoever is waited for is cut once it resolves. */
  readonly again?: Promise<unknown>
  /** Is told at once what is waited for, if it is anything. */
  readonly tell?: (line: string) => void
}

/**
 * Closes a server: it finishes the answers under way, but does not wait for ever, nor for a connection
 * that has sent nothing, or not all of its headers, nor for what a fault holds back. A connection is ended,
 * not destroyed, as long as its client may read: the system forgets what it has not delivered of one that
 * is destroyed.
 */
export async function closeGracefully ({ app, connections, holds }: Pick<Emulator, 'app' | 'connections' | 'holds'>, { secure, again = new Promise(() => {}), tell = () => {} }: Closing = {}): Promise<void> {
  secure?.stop()
  // Node would destroy them.
  app.server.closeIdleConnections = () => connections.end()
  const count = connections.count() - holds.count()
  if (count > 0) tell(`waiting for ${count} ${count === 1 ? 'request' : 'requests'}, at most ${GRACE / 1000} s; a second signal stops at once`)
  const closed = app.close()
  await Promise.race([connections.answered(), setTimeout(GRACE, undefined, { ref: false }), again])
  await Promise.race([connections.gone(), setTimeout(GOODBYE, undefined, { ref: false }), again])
  connections.destroy()
  await closed
}
