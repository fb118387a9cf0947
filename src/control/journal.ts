import type { Claims, Session } from '../domain.ts'
import { formatInstant } from '../instant.ts'
import { pathOf } from '../log.ts'
import { redactPath, redactQuery } from '../redact.ts'

/** A request that the emulator was sent, as a test looks at it: no token is in it. */
export interface JournalEntry {
  /** Counts requests since the start. */
  readonly id: number
  /** When it came, on the emulator's clock. */
  readonly time: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly contractVersion: string | null
  /** Of its token; null when it had none that is valid. */
  readonly claims: Claims | null
  /** What was sent with it, as JSON; null when that was nothing, or much. */
  readonly body: unknown
  /** Null when the connection ended before an answer began. */
  readonly status: number | null
  /** How long the answer took, in ms. */
  readonly ms: number
  /** The fault that happened to it, or null. */
  readonly fault: number | null
  /** False when no route knew it. */
  readonly matched: boolean
}

/** Which entries to show; a member that is not given matches all. */
export interface JournalFilter {
  readonly method?: string | undefined
  /** The beginning of the path. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  readonly xuid?: string | undefined
  readonly matched?: boolean | undefined
}

/** What is noted of a request when it ends; what a test looks at is made of it when a test looks. */
export interface Note extends Pick<JournalEntry, 'method' | 'contractVersion' | 'body' | 'status' | 'ms' | 'fault' | 'matched'> {
  /** The clock, in ms since 1970. */
  readonly now: number
  /** Path and query, as they were sent. */
  readonly url: string
  readonly session: Session | undefined
}

/** The last requests, oldest first. */
export function createJournal (size: number) {
  let entries: Array<{ id: number, note: Note }> = []
  let next = 1
  return {
    add (note: Note): void {
      entries.push({ id: next++, note })
      // Half of the room is freed at once: shifting every entry for every request would cost more.
      if (entries.length >= 2 * size) entries = entries.slice(entries.length - size)
    },

    list ({ method, path, status, xuid, matched }: JournalFilter): JournalEntry[] {
      return entries.slice(-size).map(describe).filter((entry) =>
        (method === undefined || entry.method === method) &&
        (path === undefined || entry.path.startsWith(path)) &&
        (status === undefined || entry.status === status) &&
        (xuid === undefined || entry.claims?.xuid === xuid) &&
        (matched === undefined || entry.matched === matched))
    },

    clear (): void { entries = [] }
  }
}

export type Journal = ReturnType<typeof createJournal>

function describe ({ id, note }: { id: number, note: Note }): JournalEntry {
  const { now, method, url, contractVersion, session, body, status, ms, fault, matched } = note
  return {
    id,
    time: formatInstant(now),
    method,
    path: redactPath(pathOf(note)),
    query: redactQuery(url.replace(/^[^?]*\??/, '')),
    contractVersion,
    claims: session === undefined
      ? null
      : { xuid: session.xuid, titleId: session.titleId, sandbox: session.sandbox, location: session.location, thirdPartySite: session.thirdPartySite },
    body,
    status,
    ms: Math.round(ms * 100) / 100,
    fault,
    matched
  }
}
