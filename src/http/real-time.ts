import type { FaultTable } from './fault-table.ts'
import type { RealTimeFaultSpec } from './real-time-fault.ts'

/** A subscription of a connection. */
export interface RealTimeSubscription {
  /** Counts the subscriptions of the connection from 0. */
  readonly subId: number
  /** The resource as it was asked for. */
  readonly resource: string
  /** How many events it was sent. */
  readonly events: number
}

/** An open connection to rta.xboxlive.com, as a test sees it. */
export interface RealTimeConnection {
  /** Counts connections since the start. */
  readonly id: number
  readonly xuid: string | null
  readonly gamertag: string | null
  readonly titleId: number | null
  readonly sandbox: string | null
  /** When it was opened, and when it will be closed at the latest: instants on the emulator's clock. */
  readonly opened: string
  readonly ends: string
  /** False when the client did not ask for the subprotocol: its subscriptions are refused. */
  readonly hasProtocol: boolean
  readonly subscriptions: readonly RealTimeSubscription[]
}

/** Which connections are meant; a member that is not given matches all. */
export interface RealTimeFilter {
  readonly connection?: number | undefined
  readonly xuid?: string | undefined
}

/** How a connection is ended. */
export interface RealTimeClosing {
  /** A close code of RFC 6455; null: the connection is cut, without a close frame, as when a network fails. */
  readonly code: number | null
  /** At most 123 bytes; empty for none, and for a connection that is cut. */
  readonly reason: string
}

/** The real-time activity of an emulator, as the control API and a test see it. */
export interface RealTime {
  /** The open connections that match, in the order in which they were opened. */
  readonly list: (filter?: RealTimeFilter) => RealTimeConnection[]
  /** The same from behind an id, one by one: many connections have very many subscriptions. */
  readonly iterate: (filter: RealTimeFilter, after: number) => Iterable<RealTimeConnection>
  /** How many connections match, and how many subscriptions they have. */
  readonly count: (filter: RealTimeFilter) => { readonly connections: number, readonly subscriptions: number }
  /** Tells clients that they may have missed something. @returns how many connections were told. */
  readonly resync: (filter: RealTimeFilter) => number
  /** Ends connections. @returns how many. */
  readonly close: (filter: RealTimeFilter, closing: RealTimeClosing) => number
  /** What goes wrong with subscriptions and events. */
  readonly faults: RealTimeFaults
}

/** The faults of real-time activity that are set up. */
export type RealTimeFaults = Omit<FaultTable<RealTimeFaultSpec, unknown>, 'trigger' | 'isIdle'>

/** A frame of a connection, or its end. */
export interface RealTimeFrame {
  /** The id of the {@link RealTimeConnection}. */
  readonly connection: number
  /** `in`: from the client. */
  readonly direction: 'in' | 'out'
  /** The text; of a binary frame, nothing; of the end of the connection, the reason. */
  readonly text: string
  /** True for a binary frame. */
  readonly isBinary?: boolean | undefined
  /** The code with which the connection was closed, RFC 6455; 1006 when it was cut. It is the last frame of the connection. */
  readonly code?: number | undefined
}

/** Records a frame of a connection in the journal. */
export type RecordFrame = (frame: RealTimeFrame) => void

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of the {@link RealTimeConnection} that the request has become; undefined for all others. It is set before the answer 101 counts as sent. */
    realTimeConnection?: number
  }
}
