import { formatInstant } from '../../base/instant.ts'
import { redactFrame } from '../../http/redact.ts'
import type { RealTimeFrame } from '../../http/real-time.ts'
import type { Session } from '../../model/session.ts'

/** What a frame is. `close`: no frame of its own, but the end of the connection. */
export const FRAME_TYPES = ['text', 'binary', 'close'] as const
export type FrameType = typeof FRAME_TYPES[number]

/** `in`: from the client. */
export const FRAME_DIRECTIONS = ['in', 'out'] as const
export type FrameDirection = typeof FRAME_DIRECTIONS[number]

/** What was said on a connection, as a test sees it. It contains no token. */
export interface FrameEntry {
  /** Counts frames since the start. */
  readonly id: number
  /** When it was sent or came, on the emulator's clock. */
  readonly time: string
  /** The number of the connection; the entry of the request that has become it has the same. */
  readonly connection: number
  /** The id of that entry; null when it was never in the journal. */
  readonly request: number | null
  /** The id of the last request before it, whoever has sent that: so requests and frames have one order. */
  readonly follows: number
  /** The XUID of the caller; null when it has none. */
  readonly xuid: string | null
  readonly direction: FrameDirection
  readonly type: FrameType
  /** The text, or the beginning of one that is long; of a binary frame, nothing; of the end of the connection, the reason. `…` stands for what is secret. */
  readonly text: string
  /** How long the whole text is, in characters. */
  readonly length: number
  /** Of the end of a connection, its code; null for others. */
  readonly code: number | null
}

/** Where a connection comes from. */
export interface ConnectionOrigin {
  /** The id of the request that has become it. */
  readonly request: number
  readonly session: Session | undefined
}

/** What the journal stores of a frame. */
export interface RecordedFrame extends RealTimeFrame {
  readonly id: number
  /** The clock, in ms since 1970. */
  readonly now: number
  readonly follows: number
  readonly origin: ConnectionOrigin | undefined
  readonly length: number
}

export const frameTypeOf = ({ code, isBinary }: RealTimeFrame): FrameType => code !== undefined ? 'close' : isBinary === true ? 'binary' : 'text'

export function toFrameEntry (frame: RecordedFrame): FrameEntry {
  const { id, now, connection, origin, follows, direction, text, length, code } = frame
  return {
    id,
    time: formatInstant(now),
    connection,
    request: origin?.request ?? null,
    follows,
    xuid: origin?.session?.xuid ?? null,
    direction,
    type: frameTypeOf(frame),
    text: redactFrame(text),
    length,
    code: code ?? null
  }
}
