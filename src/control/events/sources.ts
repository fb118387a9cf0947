import { parseExactJson } from '../../base/exact-json.ts'
import type { Feed, FeedEntry } from '../../operations/feed.ts'
import { toEntry, type NumberedRequest } from '../journal/entry.ts'
import { demandsOf } from '../journal/filter.ts'
import { toFrameEntry, type RecordedFrame } from '../journal/frame.ts'
import type { Journal } from '../journal/journal.ts'
import { toChange } from './change.ts'
import { isAbout, type EventFilter } from './filter.ts'
import type { Position } from './position.ts'

/** An event as a client is sent it. */
export interface ToldEvent {
  readonly kind: string
  readonly data: object
}

/** Something that has numbered entries, of which events are made. */
export interface EventSource<Entry extends { readonly id: number } = { readonly id: number }> {
  readonly name: keyof Position
  /** The id of the last entry; 0 before the first one. */
  readonly newest: () => number
  /** The entries with a greater id that are still there, oldest first, and whether those are all. */
  readonly after: (id: number) => { readonly entries: readonly Entry[], readonly isWhole: boolean }
  /** @returns ends it. */
  readonly listen: (listener: () => void) => () => void
  /** The event of an entry; undefined when the reader does not want it. */
  readonly eventOf: (entry: Entry) => ToldEvent | undefined
}

/** The sources of what a reader wants, in the order in which it is told of what has happened in one turn: a change comes before the request that has made it. */
export function createSources ({ feed, journal }: { readonly feed: Feed, readonly journal: Journal }, filter: EventFilter): EventSource[] {
  const { kinds } = filter
  const all = [
    [[...kinds].some((kind) => kind !== 'request' && kind !== 'frame'), changesOf(feed, filter)],
    [kinds.has('frame'), framesOf(journal, filter)],
    [kinds.has('request'), requestsOf(journal, filter)]
  ] as unknown as ReadonlyArray<readonly [isWanted: boolean, source: EventSource]>
  return all.flatMap(([isWanted, source]) => isWanted ? source : [])
}

function changesOf (feed: Feed, filter: EventFilter): EventSource<FeedEntry> {
  return {
    name: 'changes',
    newest: feed.newest,
    after: (id) => {
      const entries = feed.after(id)
      return { entries: entries ?? [], isWhole: entries !== undefined }
    },
    listen: feed.listen,
    eventOf: (entry) => {
      const { change } = entry
      const isWanted = change.kind === 'missed' || (filter.kinds.has(change.kind) && isAbout(change, filter.xuid))
      return isWanted ? { kind: change.kind, data: toChange(entry) } : undefined
    }
  }
}

function requestsOf (journal: Journal, { requests }: EventFilter): EventSource<NumberedRequest> {
  const demands = demandsOf(requests)
  return {
    name: 'requests',
    newest: journal.newest,
    after: (id) => ({ entries: journal.after(id), isWhole: journal.oldest() - 1 <= id }),
    listen: (listener) => listenTo(journal, 'add', listener),
    eventOf: (numbered) => demands.every(([, holds]) => holds(numbered.request)) ? { kind: 'request', data: toEntry(numbered, parseExactJson) } : undefined
  }
}

function framesOf ({ frames, ...journal }: Journal, { xuid }: EventFilter): EventSource<RecordedFrame> {
  return {
    name: 'frames',
    newest: frames.newest,
    after: (id) => {
      const entries = frames.after(id)
      return { entries, isWhole: entries.length === frames.newest() - id }
    },
    listen: (listener) => listenTo(journal, 'frame', listener),
    eventOf: (frame) => {
      const data = toFrameEntry(frame)
      return isAbout(data, xuid) ? { kind: 'frame', data } : undefined
    }
  }
}

function listenTo ({ events }: Pick<Journal, 'events'>, name: 'add' | 'frame', listener: () => void): () => void {
  events.on(name, listener)
  return () => { events.off(name, listener) }
}
