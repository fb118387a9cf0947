import type { Caller } from '../model/session.ts'

/** An open WebSocket connection, as what is spoken on it needs it. */
export interface Connection {
  /** Counts the connections of this process from 1. */
  readonly id: number
  readonly caller: Caller
  /** False when the client did not ask for the subprotocol. */
  readonly hasProtocol: boolean
  /** True when the last connection of this user and title was cut because the client did not read what it was sent: it has to fetch again. */
  readonly hasMissed: boolean
  /** Sends a text frame, in the order of the calls. Does nothing once the connection is closed; one that is not read is cut. */
  readonly send: (text: string) => void
  /** @param code a close code of RFC 6455. */
  readonly close: (code: number, reason: string) => void
}

/** What is spoken on a connection. */
export interface Conversation {
  /** Takes a text frame of the client. */
  readonly receive: (text: string) => void
  /** Is called once, when the connection is closed, from whichever side. */
  readonly end: () => void
}
