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

/** The real-time activity of an emulator, as the control API and a test see it. */
export interface RealTime {
  /** The open connections, in the order in which they were opened. */
  readonly list: () => RealTimeConnection[]
  /** Tells clients that they may have missed something. @returns how many connections were told. */
  readonly resync: (filter: RealTimeFilter) => number
  /** Closes connections with a code of RFC 6455. @returns how many. */
  readonly close: (filter: RealTimeFilter, closing: { readonly code: number, readonly reason: string }) => number
}

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

/** A request that has become a connection. */
export interface Upgrade {
  /** The id of the {@link RealTimeConnection}. */
  readonly connection: number
  /** The headers of the 101, names and values in turn. */
  readonly headers: readonly string[]
}

declare module 'fastify' {
  interface FastifyReply {
    /** Records in the journal that the request was answered with 101, at once: nobody knows when the connection will end. */
    recordUpgrade: (upgrade: Upgrade) => void
  }
}
