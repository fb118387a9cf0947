import { EventEmitter } from 'node:events'
import type { RealTimeFrame } from '../../http/real-time.ts'
import { toEntry, type JournalEntry, type NumberedRequest, type RecordedRequest } from './entry.ts'
import { demandsOf, type JournalFilter } from './filter.ts'
import { frameMatcher, type FrameFilter } from './frame-filter.ts'
import { toFrameEntry, type FrameEntry, type RecordedFrame } from './frame.ts'
import { createFrames, type Frames } from './frames.ts'
import { selectMatching } from './select.ts'

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
  readonly iterate: (filter: JournalFilter, parse?: (text: string) => unknown) => Generator<JournalEntry | undefined>
  /** The requests with a greater id, as they are stored. */
  readonly after: (id: number) => readonly NumberedRequest[]
  /** The id of the first request that is still there; when there is none, that of the next one. */
  readonly oldest: () => number
  /** The id of the last request; 0 before the first one. */
  readonly newest: () => number
  /** The frames that match, as `iterate` yields requests. */
  readonly iterateFrames: (filter: FrameFilter) => Generator<FrameEntry | undefined>
  /** What was said on the connections that requests have become. */
  readonly frames: Pick<Frames, 'after' | 'of' | 'oldest' | 'newest'>
  /** Records a frame. @param now the clock, in ms since 1970. */
  readonly addFrame: (frame: RealTimeFrame, now: number) => void
  /** Forgets all requests, those that are being answered, too, and all frames. */
  readonly clear: () => void
  /** How many requests it keeps at most, and how many frames. */
  readonly size: number
  /** Whether it keeps what is answered, too. */
  readonly keepsAnswers: () => boolean
  /** Keeps what is answered from now on, or does so no longer: of requests that are not answered yet, either may be. */
  readonly keepAnswers: (isKept: boolean) => void
  /** Forgets everything, and keeps answers if it did at the start. */
  readonly reset: () => void
  /** How often it was cleared. A request that came before the last time is not added. */
  readonly clears: () => number
  /** Emits `add` once a request is recorded, `frame` with each frame, kept or not. */
  readonly events: EventEmitter<{ add: [], frame: [frame: RecordedFrame] }>
  /** Ends every wait for a request, and each that is begun later. */
  readonly stop: () => void
  readonly stopped: AbortSignal
}

/** How much memory the requests and frames of a journal may take, in bytes. */
const LARGEST_JOURNAL = 64 * 1024 * 1024
/** How much memory a recorded request takes besides its texts, in bytes. */
const REQUEST_SIZE = 512

/** What is done to a journal besides what it records. */
export interface JournalOptions {
  /** Whether it keeps answers at the start. */
  readonly answers: boolean
  /** Called once it was cleared, or keeps something else. */
  readonly onChange: (what: 'cleared' | 'settings', answers: boolean) => void
}

/** @param size how many requests it stores at most, and how many frames. */
export function createJournal (size: number, { answers, onChange }: JournalOptions = { answers: false, onChange: () => {} }): Journal {
  const frames = createFrames(size)
  const { add, clear, ...records } = createRecords(size, frames.memory)
  let clears = 0
  let keepsAnswers = answers
  const stopping = new AbortController()
  const events = new EventEmitter<{ add: [], frame: [frame: RecordedFrame] }>().setMaxListeners(0)
  const forgetAll = (): void => {
    clear()
    frames.clear()
    clears++
    onChange('cleared', keepsAnswers)
  }
  const keepAnswers = (isKept: boolean): void => {
    if (isKept === keepsAnswers) return
    keepsAnswers = isKept
    onChange('settings', keepsAnswers)
  }
  const iterate: Journal['iterate'] = (filter, parse = JSON.parse) => findMatching(between(records, filter), filter, parse)
  return {
    ...records,
    size,

    add: (request) => {
      add(request)
      if (request.connection !== undefined) frames.open(request.connection, { request: records.newest(), session: request.session })
      events.emit('add')
    },

    frames,
    iterateFrames: (filter) => selectMatching(frames.after(filter.after ?? 0), { matches: frameMatcher(filter), show: toFrameEntry, last: filter.last }),

    addFrame: (frame, now) => {
      events.emit('frame', frames.add(frame, { now, follows: records.newest() }))
    },

    find: (filter) => [...iterate(filter)].filter((entry) => entry !== undefined),
    iterate,

    clear: forgetAll,
    keepsAnswers: () => keepsAnswers,
    keepAnswers,

    reset: () => {
      forgetAll()
      keepAnswers(answers)
    },

    clears: () => clears,
    events,
    stop: () => stopping.abort(),
    stopped: stopping.signal
  }
}

/**
 * The requests of a journal, as they are stored. Their ids follow each other without a gap.
 *
 * @param others how much memory the rest of the journal takes, in bytes.
 */
function createRecords (size: number, others: () => number): Pick<Journal, 'add' | 'after' | 'oldest' | 'newest' | 'clear'> {
  let requests: NumberedRequest[] = []
  /** The requests before this index are forgotten. */
  let first = 0
  let memory = 0
  let newest = 0

  const isFull = (): boolean => requests.length - first > size || memory + others() > LARGEST_JOURNAL
  const forgetOldest = (): void => {
    memory -= memoryOf((requests[first] as NumberedRequest).request)
    first++
    // Removing the first element of an array moves all others, so half of the array is removed at once.
    if (2 * first < requests.length) return
    requests = requests.slice(first)
    first = 0
  }
  return {
    add: (request) => {
      requests.push({ id: ++newest, request })
      memory += memoryOf(request)
      while (isFull()) forgetOldest()
    },

    after: (id) => requests.slice(Math.max(first, requests.length - Math.max(newest - id, 0))),
    oldest: () => newest - (requests.length - first) + 1,
    newest: () => newest,

    clear: () => {
      requests = []
      first = 0
      memory = 0
    }
  }
}

/** How much memory a recorded request takes, in bytes: a character of a text takes up to two. */
function memoryOf ({ host, url, headers, contractVersion, body, refusal, hint, answer }: RecordedRequest): number {
  const length = url.length + headers.length + charactersOf(host) + charactersOf(contractVersion) + charactersOf(body) + charactersOf(refusal) + charactersOf(hint)
  return REQUEST_SIZE + 2 * (answer === null ? length : length + answer.headers.length + charactersOf(answer.body))
}

const charactersOf = (text: string | null): number => text === null ? 0 : text.length

/** The requests between two ids, without those themselves. Ids follow each other without a gap. */
function between ({ after }: Pick<Journal, 'after'>, { after: from = 0, before = Infinity }: JournalFilter): readonly NumberedRequest[] {
  const recorded = after(from)
  const [first] = recorded
  return first === undefined || before === Infinity ? recorded : recorded.slice(0, Math.max(0, before - first.id))
}

function findMatching (recorded: readonly NumberedRequest[], filter: JournalFilter, parse: (text: string) => unknown): Generator<JournalEntry | undefined> {
  const demands = demandsOf(filter)
  return selectMatching(recorded, {
    matches: ({ request }) => demands.every(([, holds]) => holds(request)),
    show: (numbered) => toEntry(numbered, parse),
    last: filter.last
  })
}
