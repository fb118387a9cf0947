import type { Database } from 'better-sqlite3'

/** Tells whether what was read from a database still holds. */
export interface Revision {
  /** Another number after every write, of this process or another; null while changes are made that may yet be undone. */
  readonly state: () => number | null
  /** Lets nothing that is read in the meantime be kept. */
  readonly whileChanging: <T>(work: () => T) => T
  /** Another text after every world that is seeded: titles and achievements change in no other way. */
  readonly definitions: () => string
}

export function prepareRevision (database: Database): Revision {
  // https://sqlite.org/lang_corefunc.html#total_changes and https://sqlite.org/pragma.html#pragma_data_version
  const countOwn = database.prepare<[], number>('SELECT total_changes()').pluck()
  const countOthers = database.memory ? null : database.prepare<[], number>('PRAGMA data_version').pluck()
  const findStamp = database.prepare<[], string>('SELECT stamp FROM world').pluck()
  let own: number | undefined
  let others: number | undefined
  let isAsked = false
  let count = 0
  let stamp = ''
  let stampedAt = -1
  let isChanging = false

  const note = (ownNow: number | undefined, othersNow: number | undefined): number => {
    if (ownNow !== own || othersNow !== others) {
      own = ownNow
      others = othersNow
      count++
    }
    return count
  }
  /** What others have written is asked for once a turn of the event loop, which is one request, or those that came in one packet: it takes ten times as long. */
  const read = (): number => {
    if (isAsked) return note(countOwn.get(), others)
    isAsked = true
    queueMicrotask(() => { isAsked = false })
    return readAnew()
  }
  const readAnew = (): number => note(countOwn.get(), countOthers?.get())
  return {
    state: () => isChanging ? null : read(),
    whileChanging: (work) => {
      isChanging = true
      try {
        return work()
      } finally {
        isChanging = false
      }
    },
    definitions: () => {
      const now = readAnew()
      if (now !== stampedAt) {
        stamp = findStamp.get() as string
        stampedAt = now
      }
      return stamp
    }
  }
}
