import type { Claims, Session } from '../../model/session.ts'
import { formatInstant } from '../../base/instant.ts'
import { pathOf } from '../../http/target.ts'
import { redactPath, redactQuery } from '../../http/redact.ts'
import { spellPath } from '../../http/target.ts'

/** A request that the emulator was sent, as a test looks at it: no token is in it. */
export interface JournalEntry {
  /** Counts requests since the start. */
  readonly id: number
  /** When it came, on the emulator's clock. */
  readonly time: string
  readonly method: string
  /** In one spelling, however it was sent: see spellPath. */
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
  /** The beginning of the path, in any spelling but for its letter case. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  readonly xuid?: string | undefined
  readonly matched?: boolean | undefined
}

/** What is noted of a request when it ends; what a test looks at is made of it when a test looks. */
export interface Note extends Pick<JournalEntry, 'method' | 'contractVersion' | 'status' | 'ms' | 'fault' | 'matched'> {
  /** The clock, in ms since 1970. */
  readonly now: number
  /** The path in its one spelling, and the query as it was sent. */
  readonly url: string
  readonly session: Session | undefined
  /** What was sent with it, as JSON: as long as it looks, where an object may take many times as much. */
  readonly body: string | null
}

/** How much the journal holds, in bytes, and what an entry has besides its texts. */
const ROOM = 64 * 1024 * 1024
const ENTRY = 512

/** How much of the room an entry takes: a character may need two bytes. */
const weigh = ({ url, contractVersion, body }: Note): number => ENTRY + 2 * (url.length + (contractVersion?.length ?? 0) + (body?.length ?? 0))

/**
 * The last requests, oldest first: so many at most, and no more than there is room for. It is a look
 * back, so the oldest is forgotten and nothing is refused.
 */
export function createJournal (size: number) {
  let entries: Array<{ id: number, note: Note }> = []
  /** Entries before it are forgotten. */
  let first = 0
  let weight = 0
  let next = 1

  const isOver = (): boolean => entries.length - first > size || weight > ROOM
  const forgetOldest = (): void => {
    weight -= weigh((entries[first] as { note: Note }).note)
    first++
    // Half of the list is freed at once: shifting every entry for every request would cost more.
    if (2 * first < entries.length) return
    entries = entries.slice(first)
    first = 0
  }

  /** Those that are there now, one after the other; undefined in the place of one that does not fit, so that its reader can pause. */
  function * look ({ path = '', ...filter }: JournalFilter, parse: (body: string) => unknown = JSON.parse): Generator<JournalEntry | undefined> {
    const spelled = spellPath(path)
    for (const entry of entries.slice(first)) {
      const described = fits(entry.note, filter) ? describe(entry, parse) : undefined
      yield described?.path.startsWith(spelled) ? described : undefined
    }
  }

  return {
    add (note: Note): void {
      entries.push({ id: next++, note })
      weight += weigh(note)
      while (isOver()) forgetOldest()
    },

    look,

    /** Those that are there now, and fit. */
    find: (filter: JournalFilter): JournalEntry[] => [...look(filter)].filter((entry) => entry !== undefined),

    clear (): void {
      entries = []
      first = 0
      weight = 0
    }
  }
}

/** Whatever the path: to tell an entry's takes longer. */
function fits (note: Note, { method, status, xuid, matched }: Omit<JournalFilter, 'path'>): boolean {
  return (method === undefined || note.method === method) &&
    (status === undefined || note.status === status) &&
    (xuid === undefined || note.session?.xuid === xuid) &&
    (matched === undefined || note.matched === matched)
}

export type Journal = ReturnType<typeof createJournal>

function describe ({ id, note }: { id: number, note: Note }, parse: (body: string) => unknown): JournalEntry {
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
    body: body === null ? null : parse(body),
    status,
    ms: Math.round(ms * 100) / 100,
    fault,
    matched
  }
}
