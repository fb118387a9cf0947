import type { JournalEntry } from '../../control/journal/entry.ts'
import type { FrameEntry } from '../../control/journal/frame.ts'

/** What the page has of the journal: oldest first, without a gap that it does not know of. */
export interface KnownJournal {
  readonly entries: readonly JournalEntry[]
  readonly frames: readonly FrameEntry[]
}

/** How much is kept: beyond it the oldest goes. */
export interface JournalBounds {
  /** How many requests, and how many frames. */
  readonly count: number
  /** How many bytes of answers. */
  readonly bytes: number
}

/** Adds what has come to what is known, each once, in the order of their ids. */
export function addToJournal (known: KnownJournal, arrived: KnownJournal, { count, bytes }: JournalBounds): KnownJournal {
  const entries = cutBytes(mergeById(known.entries, arrived.entries).slice(-count), bytes)
  return { entries, frames: mergeById(known.frames, arrived.frames).slice(-count) }
}

function mergeById<T extends { readonly id: number }> (known: readonly T[], arrived: readonly T[]): readonly T[] {
  if (arrived.length === 0) return known
  const last = known.at(-1)?.id ?? 0
  const sorted = arrived.toSorted((one, other) => one.id - other.id)
  // What comes is newer than what there is, but after a connection was lost, and when older ones are asked for.
  const all = (sorted[0] as T).id > last ? [...known, ...sorted] : [...known, ...sorted].sort((one, other) => one.id - other.id)
  return all.filter(({ id }, index) => id !== all[index - 1]?.id)
}

function cutBytes (entries: readonly JournalEntry[], bytes: number): readonly JournalEntry[] {
  let sum = 0
  const first = entries.findLastIndex(({ answer }) => (sum += answer?.bytes ?? 0) > bytes)
  // The newest one stays, however long it is.
  return first < 0 ? entries : entries.slice(Math.min(first + 1, entries.length - 1))
}

/** A row of the journal. */
export type JournalItem =
  | { readonly kind: 'request', readonly entry: JournalEntry }
  | { readonly kind: 'frame', readonly frame: FrameEntry }

/** Names a row for as long as the emulator runs. */
export const keyOfItem = (item: JournalItem): string => item.kind === 'request' ? String(item.entry.id) : `f${item.frame.id}`

/** What is shown, the newest first: a frame comes after the request that it follows. Both are given oldest first. */
export function itemsOf ({ entries, frames }: KnownJournal): JournalItem[] {
  const items: JournalItem[] = []
  let next = frames.length - 1
  const addFramesAfter = (id: number): void => {
    for (; next >= 0 && (frames[next] as FrameEntry).follows >= id; next--) items.push({ kind: 'frame', frame: frames[next] as FrameEntry })
  }
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at] as JournalEntry
    addFramesAfter(entry.id)
    items.push({ kind: 'request', entry })
  }
  addFramesAfter(0)
  return items
}

/** The item before or after one in a list, as j and k go through them; the first when it is not there. */
export function neighbourOf<T> (items: readonly T[], isIt: (item: T) => boolean, step: 1 | -1): T | undefined {
  const at = items.findIndex(isIt)
  return at < 0 ? items[0] : items[at + step]
}
