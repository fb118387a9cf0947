import { formatInstant } from '../../base/instant.ts'
import { systemTimers, type Timers } from '../../base/timers.ts'
import type { SessionReader } from '../../http/authorization.ts'
import type { Services } from '../../http/services.ts'
import type { Caller, Session } from '../../model/session.ts'
import type { FeedEntry } from '../../operations/feed.ts'
import type { OpenSocket, SocketConnection } from './socket.ts'

/** How long a connection lives, in ms. [rta] */
const CONNECTION_LIFETIME = 2 * 60 * 60_000
/** How often connections are looked at, in ms, besides when the clock is set or the world changes. */
const SOCKET_INTERVAL = 5000
/** After how many looks a client of which nothing came is asked for a sign of life; after as many more the connection is cut. */
const SILENT_LOOKS = 6

/** What a connection was opened with, and goes on with: who acts, for whom, and what it may see. The gamertag may change. */
const SESSION_MEMBERS = ['xuid', 'titleId', 'sandbox', 'location', 'thirdPartySite', 'expires'] as const satisfies ReadonlyArray<keyof Session>

/** When a connection that is opened now is closed at the latest, as an instant: two hours later, or when its token expires. */
export function endOf ({ expires }: Caller, now: number): string {
  const end = formatInstant(now + CONNECTION_LIFETIME)
  return expires !== null && expires < end ? expires : end
}

interface LifetimesOptions {
  readonly services: Services
  readonly authorize: SessionReader
  readonly open: ReadonlyMap<number, OpenSocket>
  readonly timers: Timers | undefined
}

/** Closes connections whose time is over, whose session there is no more, and whose client is silent. */
export function watchLifetimes ({ services: { clock, feed }, authorize, open, timers = systemTimers }: LifetimesOptions) {
  let stop: (() => void) | undefined
  let looks = 0
  const closeLate = (): void => {
    const now = formatInstant(clock.now())
    for (const { connection } of open.values()) if (connection.ends <= now) closeAtEnd(connection)
  }
  const requireSessions = (isMeant: (caller: Caller) => boolean): void => {
    const now = clock.now()
    for (const { connection } of open.values()) {
      if (isMeant(connection.caller) && !isAuthorized(connection, now)) connection.close(1008, 'The session of the token is no more.')
    }
  }
  const isAuthorized = ({ authorization, caller }: SocketConnection, now: number): boolean => {
    try {
      // A token of several users may have lost this one, and a session may have been given other claims.
      const present = authorize({ headers: { authorization }, params: {}, now })
      return SESSION_MEMBERS.every((member) => present[member] === caller[member])
    } catch {
      return false
    }
  }
  return {
    start: (): void => {
      const endTimer = timers.every(SOCKET_INTERVAL, () => {
        closeLate()
        if (++looks % SILENT_LOOKS === 0) for (const { connection, socket } of open.values()) connection.requireLife(socket.bytesRead)
      })
      // The request that made the change does not wait.
      const unlisten = feed.listen(({ change }) => { setImmediate(() => { if (stop !== undefined) follow(change) }) })
      stop = () => {
        endTimer()
        unlisten()
      }
    },

    stop: (): void => {
      stop?.()
      stop = undefined
    }
  }

  function follow (change: FeedEntry['change']): void {
    if (change.kind === 'clock') closeLate()
    if (change.kind === 'world' || change.kind === 'missed') requireSessions(() => true)
    if ((change.kind === 'session' || change.kind === 'user') && change.what === 'deleted') {
      // A connection for no user may be by the token of any.
      requireSessions(({ xuid }) => xuid === null || xuid === change.xuid)
    }
  }
}

/** @see endOf for the two reasons. */
function closeAtEnd ({ caller: { expires }, ends, close }: SocketConnection): void {
  if (ends === expires) close(1008, 'The token has expired.')
  else close(1001, 'The connection has lived two hours; open another one.')
}
