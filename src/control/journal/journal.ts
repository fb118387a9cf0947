import { formatInstant } from '../../base/instant.ts'
import { redactPath, redactQuery } from '../../http/redact.ts'
import { canonicalPath } from '../../http/target.ts'
import type { Claims, Session } from '../../model/session.ts'

/** A request that the emulator was sent, as a test sees it. It contains no token. */
export interface JournalEntry {
  /** Counts requests since the start. */
  readonly id: number
  /** When it came, on the emulator's clock. */
  readonly time: string
  readonly method: string
  /** In canonical spelling, however it was sent. */
  readonly path: string
  readonly query: string
  readonly contractVersion: string | null
  /** The claims of its token; null when it had no valid one. */
  readonly claims: Claims | null
  /** The body as JSON; null when there was none, or when it was too long. */
  readonly body: unknown
  /** Null when the connection ended before an answer began. */
  readonly status: number | null
  /** How long the answer took, in ms. */
  readonly ms: number
  /** The id of the fault that happened to it; null for none. */
  readonly fault: number | null
  /** False when no route knew it. */
  readonly matched: boolean
}

/** Which entries to return. A member that is not given matches all. */
export interface JournalFilter {
  readonly method?: string | undefined
  /** The beginning of the path, in any spelling, but in the letter case of the request. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  readonly xuid?: string | undefined
  readonly matched?: boolean | undefined
}

/**
 * What the journal stores of a request. It becomes the entry that a test sees only when a test reads the
 * journal: most requests are never looked at.
 */
export interface RecordedRequest extends Pick<JournalEntry, 'method' | 'contractVersion' | 'status' | 'ms' | 'fault' | 'matched'> {
  /** The clock, in ms since 1970. */
  readonly now: number
  /** The path in canonical spelling, and the query as it was sent. */
  readonly url: string
  readonly session: Session | undefined
  /** The body as JSON text, which takes much less memory than the parsed value can. */
  readonly body: string | null
}

/** The last requests that the emulator was sent. */
export interface Journal {
  /** Records a request, and forgets the oldest ones when there are too many. */
  readonly add: (request: RecordedRequest) => void
  /** The entries that match, oldest first. */
  readonly find: (filter: JournalFilter) => JournalEntry[]
  /**
   * Like `find`, one entry at a time. Yields undefined for each recorded request that does not match, so that the
   * caller can let other work run in between.
   *
   * @param parse parses the JSON of a body.
   */
  readonly iterate: (filter: JournalFilter, parse?: (body: string) => unknown) => Generator<JournalEntry | undefined>
  /** Forgets all requests, those that are being answered, too. */
  readonly clear: () => void
  /** How often it was cleared. A request that came before the last time is not added. */
  readonly clears: () => number
}

/** How much memory the requests of a journal may take, in bytes. */
const LARGEST_JOURNAL = 64 * 1024 * 1024
/** How much memory a recorded request takes besides its texts, in bytes. */
const REQUEST_SIZE = 512

interface NumberedRequest {
  readonly id: number
  readonly request: RecordedRequest
}

/** @param size how many requests it stores at most. */
export function createJournal (size: number): Journal {
  let requests: NumberedRequest[] = []
  /** The requests before this index are forgotten. */
  let first = 0
  let memory = 0
  let nextId = 1
  let clears = 0

  const isFull = (): boolean => requests.length - first > size || memory > LARGEST_JOURNAL
  const forgetOldest = (): void => {
    memory -= sizeOf((requests[first] as NumberedRequest).request)
    first++
    // Removing the first element of an array moves all others, so half of the array is removed at once.
    if (2 * first < requests.length) return
    requests = requests.slice(first)
    first = 0
  }
  const iterate: Journal['iterate'] = (filter, parse = JSON.parse) => findMatching(requests.slice(first), filter, parse)

  return {
    add: (request) => {
      requests.push({ id: nextId++, request })
      memory += sizeOf(request)
      while (isFull()) forgetOldest()
    },

    find: (filter) => [...iterate(filter)].filter((entry) => entry !== undefined),

    iterate,

    clear: () => {
      requests = []
      first = 0
      memory = 0
      clears++
    },

    clears: () => clears
  }
}

/** How much memory a recorded request takes, in bytes: a character of a text takes up to two. */
const sizeOf = ({ url, contractVersion, body }: RecordedRequest): number =>
  REQUEST_SIZE + 2 * (url.length + (contractVersion?.length ?? 0) + (body?.length ?? 0))

function * findMatching (requests: readonly NumberedRequest[], { path = '', ...filter }: JournalFilter, parse: (body: string) => unknown): Generator<JournalEntry | undefined> {
  const prefix = canonicalPath(path)
  for (const numbered of requests) {
    const entry = matches(numbered.request, filter) ? toEntry(numbered, parse) : undefined
    yield entry?.path.startsWith(prefix) ? entry : undefined
  }
}

/** Compares everything but the path, which has to be redacted before, and takes longer. */
function matches (request: RecordedRequest, { method, status, xuid, matched }: Omit<JournalFilter, 'path'>): boolean {
  return (method === undefined || request.method === method) &&
    (status === undefined || request.status === status) &&
    (xuid === undefined || request.session?.xuid === xuid) &&
    (matched === undefined || request.matched === matched)
}

function toEntry ({ id, request }: NumberedRequest, parse: (body: string) => unknown): JournalEntry {
  const { now, method, url, contractVersion, session, body, status, ms, fault, matched } = request
  return {
    id,
    time: formatInstant(now),
    method,
    path: redactPath(url),
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
