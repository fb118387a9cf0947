import type { Socket } from 'node:net'
import { formatInstant } from '../base/instant.ts'
import type { SessionReader } from '../http/authorization.ts'
import type { RealTimeFilter, RecordFrame } from '../http/real-time.ts'
import type { Services } from '../http/services.ts'
import { unavailable } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import type { Connection, Conversation } from './connection.ts'
import { endOf, watchLifetimes } from './lifetimes.ts'
import { createMissedConnections } from './missed-connections.ts'
import { SocketConnection, type Ending, type OpenSocket, type Opening } from './socket.ts'
import { beginWebSocket } from './web-socket.ts'

/** How many connections may be open at a time, in all and of one user. */
const MOST_CONNECTIONS = 10_000
const MOST_OF_USER = 1000

/** The open connections. */
export interface Sockets {
  /** @throws 503 when there are too many, of this user or in all, or the emulator stops. */
  readonly requireRoom: (caller: Caller) => void
  /** Begins a connection on a socket on which the answer 101 was sent. @returns its number. */
  readonly open: (socket: Socket, opening: Opening) => number
  /** In the order in which they were opened. */
  readonly list: (filter?: RealTimeFilter) => SocketConnection[]
  /** Closes connections. @param closing a code of RFC 6455 that may be sent, and a reason of 123 bytes at most. @returns how many. */
  readonly close: (filter: RealTimeFilter, closing: { readonly code: number, readonly reason: string }) => number
  /** Closes all, and opens no more. */
  readonly stop: () => void
}

/** What connections depend on. */
export interface SocketsOptions {
  readonly services: Services
  readonly authorize: SessionReader
  /** Begins what is spoken on a connection. */
  readonly converse: (connection: Connection) => Conversation
  readonly recordFrame?: RecordFrame | undefined
  /** Takes an error of a conversation. */
  readonly report?: (error: unknown) => void
  /** How often connections are looked at, in ms. */
  readonly interval?: number | undefined
}

export function createSockets ({ services, authorize, converse, recordFrame = () => {}, report = () => {}, interval }: SocketsOptions): Sockets {
  const { clock } = services
  const open = new Map<number, OpenSocket>()
  const missed = createMissedConnections()
  services.onReset(missed.clear)
  const lifetimes = watchLifetimes({ services, authorize, open, interval })
  let opened = 0
  let isStopping = false
  const findRefusal = createRoom(open)

  const events = {
    received: (connection: SocketConnection, text: string) => {
      recordFrame({ connection: connection.id, direction: 'in', text })
      try {
        open.get(connection.id)?.conversation.receive(text)
      } catch (error) {
        report(error)
        connection.close(1011, 'The emulator failed; its log says why.')
      }
    },
    sent: ({ id }: SocketConnection, text: string) => { recordFrame({ connection: id, direction: 'out', text }) },
    cut: ({ caller }: SocketConnection) => { missed.add(caller, clock.now()) },
    receivedBinary: ({ id }: SocketConnection) => { recordFrame({ connection: id, direction: 'in', text: '', isBinary: true }) },
    closed: ({ id }: SocketConnection, { byClient, code, reason }: Ending) => {
      recordFrame({ connection: id, direction: byClient ? 'in' : 'out', text: reason, code })
      open.get(id)?.conversation.end()
      open.delete(id)
      if (open.size === 0) lifetimes.stop()
    }
  }
  const list = ({ connection: id, xuid }: RealTimeFilter = {}): SocketConnection[] =>
    [...open.values()].map(({ connection }) => connection).filter((each) => (id === undefined || id === each.id) && (xuid === undefined || xuid === each.caller.xuid))
  const close: Sockets['close'] = (filter, { code, reason }) => {
    const those = list(filter)
    for (const connection of those) connection.close(code, reason)
    return those.length
  }
  return {
    requireRoom: (caller) => {
      const refusal = isStopping ? 'The emulator stops.' : findRefusal(caller)
      if (refusal !== undefined) throw unavailable(refusal)
    },

    open: (socket, opening) => {
      const now = clock.now()
      const known = { id: ++opened, hasMissed: missed.take(opening.caller, now), opened: formatInstant(now), ends: endOf(opening.caller, now) }
      const connection = new SocketConnection(beginWebSocket(socket), { ...opening, ...known }, events)
      if (isStopping) connection.close(1001, 'The emulator stops.')
      if (open.size === 0) lifetimes.start()
      open.set(known.id, { connection, socket, conversation: converse(connection) })
      return known.id
    },

    list,
    close,
    stop: () => {
      isStopping = true
      lifetimes.stop()
      close({}, { code: 1001, reason: 'The emulator stops.' })
    }
  }
}

/** Makes what says why a user may open no further connection; undefined when they may. */
function createRoom (open: ReadonlyMap<number, OpenSocket>): (caller: Caller) => string | undefined {
  return ({ xuid }) => {
    if (open.size >= MOST_CONNECTIONS) return `${MOST_CONNECTIONS} connections are open, which are as many as there can be.`
    let own = 0
    for (const { connection: { caller } } of open.values()) if (caller.xuid === xuid) own++
    return own < MOST_OF_USER ? undefined : `${MOST_OF_USER} connections of this user are open, which are as many as one can have.`
  }
}
