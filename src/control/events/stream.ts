import type { ServerResponse } from 'node:http'
import { stringifyExactJson, parseExactJson } from '../../base/exact-json.ts'
import type { Feed } from '../../operations/feed.ts'
import { toEntry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { createRequestTest, wantsChange, type EventFilter } from './filter.ts'
import { formatPosition, type Position } from './position.ts'

/** How much is handed to a connection that its client has not taken yet, in characters. */
const MOST_UNREAD = 64 * 1024
/** How many requests are compared with a filter before other work may run. */
const COMPARED_AT_ONCE = 200
/** How long a client should wait before it connects again, in ms. */
const RETRY = 1000

/** Where events come from. */
export interface EventSources {
  readonly feed: Feed
  readonly journal: Journal
  /** The time, as an instant. */
  readonly now: () => string
  /** Names the start of the emulator in the ids of events. */
  readonly start: string
}

/** What a client is sent: events from a position on. */
export interface StreamOptions {
  readonly filter: EventFilter
  readonly from: Position
  /** True: the client has missed something before that position, and is told so first. */
  readonly hasMissed: boolean
}

/** A stream of events to one client. */
export interface EventStream {
  /** Tells the client that it is still there, and cuts it off when it has read nothing since the last time. */
  readonly beat: () => void
  readonly stop: () => void
}

/**
 * Sends events to a client, as it reads them: nothing is queued for it beyond {@link MOST_UNREAD}. What it has not read yet
 * stays in the feed and in the journal, which are bounded: of what is gone there before it is read, the client is told that
 * it has missed something.
 *
 * @param response its headers are sent already.
 */
export function openStream (response: ServerResponse, { feed, journal, now, start }: EventSources, { filter, from, hasMissed }: StreamOptions): EventStream {
  const wantsRequest = createRequestTest(filter)
  let position = from
  let sent = formatPosition(start, from)
  let unread = 0
  let wasFull = false
  let isOpen = true
  let isPlanned = false

  const write = (text: string): void => {
    unread += text.length
    response.write(text, () => {
      unread -= text.length
      wasFull = false
      if (unread < MOST_UNREAD) plan()
    })
  }
  const send = (kind: string, data: unknown): void => {
    sent = formatPosition(start, position)
    write(`id: ${sent}\nevent: ${kind}\ndata: ${stringifyExactJson(data)}\n\n`)
  }
  const sendMissed = (): void => send('missed', { time: now(), kind: 'missed' })
  const isFull = (): boolean => unread >= MOST_UNREAD

  const sendChanges = (): void => {
    const entries = feed.after(position.feed)
    if (entries === undefined) {
      position = { ...position, feed: feed.newest() }
      return sendMissed()
    }
    for (const { id, time, change } of entries) {
      if (isFull()) return
      position = { ...position, feed: id }
      if (wantsChange(filter, change)) send(change.kind, { time, ...change })
    }
  }

  const sendRequests = (): void => {
    if (position.journal < journal.oldest() - 1) {
      position = { ...position, journal: journal.oldest() - 1 }
      sendMissed()
    }
    let compared = 0
    for (const numbered of journal.after(position.journal)) {
      if (isFull()) return
      if (++compared > COMPARED_AT_ONCE) return plan()
      position = { ...position, journal: numbered.id }
      if (wantsRequest(numbered.request)) send('request', toEntry(numbered, parseExactJson))
    }
  }

  /** Sends what there is, in a turn of its own: whoever made a change does not wait for it. */
  const plan = (): void => {
    if (isPlanned || !isOpen) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      if (!isOpen || isFull()) return
      if (listensToFeed) sendChanges()
      if (listensToJournal) sendRequests()
    })
  }

  const listensToJournal = filter.kinds.has('request')
  const listensToFeed = [...filter.kinds].some((kind) => kind !== 'request')
  const ends = [
    listensToFeed ? feed.listen(plan) : () => {},
    listensToJournal ? listenTo(journal, plan) : () => {}
  ]
  write(`retry: ${RETRY}\nid: ${sent}\n\n`)
  if (hasMissed) sendMissed()
  plan()
  return {
    beat: () => {
      if (wasFull) {
        response.destroy()
        return
      }
      wasFull = isFull()
      if (wasFull) return
      const at = formatPosition(start, position)
      // The place in what the client does not want changes, too: it need not go there when it comes back.
      write(at === sent ? ':\n\n' : `id: ${at}\n\n`)
      sent = at
    },
    stop: () => {
      isOpen = false
      for (const end of ends) end()
    }
  }
}

function listenTo ({ events }: Journal, listener: () => void): () => void {
  events.on('add', listener)
  return () => { events.off('add', listener) }
}
