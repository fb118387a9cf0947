import type { ServerResponse } from 'node:http'
import { stringifyExactJson } from '../../base/exact-json.ts'
import { formatPosition, type Position } from './position.ts'
import type { EventSource, ToldEvent } from './sources.ts'

/** How much is handed to a connection that its client has not taken yet, in characters. */
const MOST_UNREAD = 64 * 1024
/** How many entries are looked at before other work may run. */
const LOOKED_AT_ONCE = 200
/** How long a client should wait before it connects again, in ms. */
const RETRY = 1000

/** What a client is sent. */
export interface StreamOptions {
  readonly sources: readonly EventSource[]
  /** Where it begins. It is asked for once the sources are listened to. */
  readonly begin: () => { readonly from: Position, /** True: the client is told that it has missed something. */ readonly hasMissed: boolean }
  /** Names the start of the emulator in the ids of events. */
  readonly start: string
  /** The time, as an instant. */
  readonly now: () => string
}

/** A stream of events to one client. */
export interface EventStream {
  /** Tells the client that the emulator is still there, and cuts it off when it has read nothing since the last time. */
  readonly beat: () => void
  readonly stop: () => void
}

/**
 * Sends events to a client, as it reads them: nothing is queued for it beyond {@link MOST_UNREAD}. What it has not read yet
 * stays in the sources, which are bounded: when something is gone there before it is read, the client is told that it has
 * missed something.
 *
 * @param response its headers are sent already.
 */
export function openStream (response: ServerResponse, { sources, begin, start, now }: StreamOptions): EventStream {
  let isOpen = true
  let isPlanned = false
  /** Sends what there is, in a turn of its own: whoever made a change does not wait for it. */
  const plan = (): void => {
    if (isPlanned) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      if (isOpen) sendAll()
    })
  }
  const ends = sources.map(({ listen }) => listen(plan))
  const { from, hasMissed } = begin()
  const position = { ...from }
  const idOf = (): string => formatPosition(start, position)
  let sent = idOf()
  const output = createOutput(response, plan)
  const send = ({ kind, data }: ToldEvent): void => {
    sent = idOf()
    output.write(`id: ${sent}\nevent: ${kind}\ndata: ${stringifyExactJson(data)}\n\n`)
  }
  const sendMissed = (): void => send({ kind: 'missed', data: { time: now(), kind: 'missed' } })

  const sendAll = (): void => {
    let looked = 0
    for (const { name, after, newest, eventOf } of sources) {
      if (output.isFull()) return
      const { entries, isWhole } = after(position[name])
      if (!isWhole) {
        position[name] = (entries[0]?.id ?? newest() + 1) - 1
        sendMissed()
      }
      for (const entry of entries) {
        if (output.isFull()) return
        if (++looked > LOOKED_AT_ONCE) return plan()
        position[name] = entry.id
        const event = eventOf(entry)
        if (event !== undefined) send(event)
      }
    }
  }

  output.write(`retry: ${RETRY}\nid: ${sent}\n\n`)
  if (hasMissed) sendMissed()
  plan()
  return {
    beat: () => {
      if (output.isStuck()) return response.destroy()
      // The place in what the client does not want changes, too: it need not go there when it comes back.
      output.write(idOf() === sent ? ':\n\n' : `id: ${sent = idOf()}\n\n`)
    },
    stop: () => {
      isOpen = false
      for (const end of ends) end()
    }
  }
}

/** What is written to a client. @param onRead is called when it has read of it. */
function createOutput (response: ServerResponse, onRead: () => void) {
  let unread = 0
  let hasRead = true
  return {
    write (text: string): void {
      unread += text.length
      response.write(text, () => {
        unread -= text.length
        hasRead = true
        onRead()
      })
    },
    isFull: (): boolean => unread >= MOST_UNREAD,
    /** Whether it is full, and nothing was read since this was asked before. */
    isStuck (): boolean {
      const isStuck = unread >= MOST_UNREAD && !hasRead
      hasRead = false
      return isStuck
    }
  }
}
