import type { Socket } from 'node:net'
import { formatInstant } from '../../base/instant.ts'
import type { Timers } from '../../base/timers.ts'
import type { SessionReader } from '../../http/authorization.ts'
import type { RealTimeClosing, RealTimeFilter, RecordFrame } from '../../http/real-time.ts'
import type { Services } from '../../http/services.ts'
import { unavailable } from '../../model/refusals.ts'
import type { Caller } from '../../model/session.ts'
import type { Connection, Conversation } from '../connection.ts'
import { endOf, watchLifetimes } from './lifetimes.ts'
import { createMissedConnections } from './missed-connections.ts'
import { createConnectionLimits } from './connection-limits.ts'
import { SocketConnection, type OpenSocket, type Opening, type SocketEvents } from './socket.ts'
import { beginWebSocket, createTextFrames } from './web-socket.ts'

/** Close codes of RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001
const UNSUPPORTED_DATA = 1003
const INTERNAL_ERROR = 1011

/** The open connections. */
export interface Sockets {
  /** @throws 503 when there are too many, of this user or in all, or the emulator stops. */
  readonly requireRoom: (caller: Caller) => void
  /** Begins a connection on a socket on which the answer 101 was sent. @returns its id. */
  readonly open: (socket: Socket, opening: Opening) => number
  /** In the order in which they were opened, with those that are being closed. */
  readonly list: (filter?: RealTimeFilter) => SocketConnection[]
  /** Ends connections, but for those that are being closed. @returns how many. */
  readonly close: (filter: RealTimeFilter, closing: RealTimeClosing) => number
  /** Closes all, and opens no more. @returns what resolves once none is open. */
  readonly stop: () => Promise<void>
}

/** What connections depend on. */
export interface SocketsOptions {
  readonly services: Services
  readonly authorize: SessionReader
  /** Begins what is spoken on a connection. */
  readonly converse: (connection: Connection) => Conversation
  readonly recordFrame: RecordFrame
  /** Takes an error of a conversation. */
  readonly report: (error: unknown) => void
  readonly timers?: Timers | undefined
}

export function createSockets ({ services, authorize, converse, recordFrame, report, timers }: SocketsOptions): Sockets {
  const { clock } = services
  const open = new Map<number, OpenSocket>()
  const missed = createMissedConnections()
  services.onReset(missed.clear)
  const lifetimes = watchLifetimes({ services, authorize, open, timers })
  const limits = createConnectionLimits()
  const toFrame = createTextFrames()
  let lastId = 0
  let isStopping = false
  const ended = Promise.withResolvers<void>()

  const attempt = (connection: SocketConnection, work: () => void): void => {
    try {
      work()
    } catch (error) {
      report(error)
      connection.close(INTERNAL_ERROR, 'The emulator failed; its log says why.')
    }
  }
  const events: SocketEvents = {
    received: (connection, text, isBinary) => {
      recordFrame({ connection: connection.id, direction: 'in', text, ...isBinary && { isBinary } })
      if (isBinary) connection.close(UNSUPPORTED_DATA, 'The frame is binary; expected text.')
      else attempt(connection, () => open.get(connection.id)?.conversation.receive(text))
    },
    sent: ({ id }, text) => {
      recordFrame({ connection: id, direction: 'out', text })
      return toFrame(text)
    },
    unread: ({ caller }) => { missed.add(caller, clock.now()) },
    closed: (connection, { code, reason, isOwn }) => {
      const { id, caller } = connection
      recordFrame({ connection: id, direction: isOwn ? 'out' : 'in', text: reason, code })
      attempt(connection, () => open.get(id)?.conversation.end())
      open.delete(id)
      limits.leave(caller)
      if (open.size === 0) endAll()
    }
  }
  const endAll = (): void => {
    lifetimes.stop()
    if (isStopping) ended.resolve()
  }
  const list = ({ connection: id, xuid }: RealTimeFilter = {}): SocketConnection[] =>
    [...open.values()].map(({ connection }) => connection).filter((each) => (id === undefined || id === each.id) && (xuid === undefined || xuid === each.caller.xuid))
  const close: Sockets['close'] = (filter, { code, reason }) => {
    const those = list(filter).filter(({ isOpen }) => isOpen)
    for (const connection of those) code === null ? connection.cut(reason) : connection.close(code, reason)
    return those.length
  }

  return {
    requireRoom: (caller) => {
      const refusal = isStopping ? 'The emulator stops.' : limits.refusalOf(caller)
      if (refusal !== undefined) throw unavailable(refusal)
    },

    open: (socket, opening) => {
      const now = clock.now()
      const id = ++lastId
      const opened = { ...opening, id, stream: socket, hasMissed: missed.take(opening.caller, now), opened: formatInstant(now), ends: endOf(opening.caller, now) }
      const connection = new SocketConnection(beginWebSocket(socket), opened, events)
      if (open.size === 0) lifetimes.start()
      limits.enter(opening.caller)
      attempt(connection, () => { open.set(id, { connection, socket, conversation: converse(connection) }) })
      if (isStopping) connection.close(GOING_AWAY, 'The emulator stops.')
      return id
    },

    list,
    close,
    stop: () => {
      isStopping = true
      lifetimes.stop()
      close({}, { code: GOING_AWAY, reason: 'The emulator stops.' })
      if (open.size === 0) ended.resolve()
      return ended.promise
    }
  }
}
