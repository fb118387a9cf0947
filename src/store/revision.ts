import type { Database } from 'better-sqlite3'

/** Tells whether what was read from a database is still valid. */
export interface Revision {
  /** Another number after every write, of this process or another; null while this process writes, as it may yet undo that. */
  readonly state: () => number | null
  /** Another text after each seeding of a world, which alone changes titles and achievements. */
  readonly definitions: () => string
  /** Runs work that writes. Meanwhile, `state` is null. */
  readonly whileChanging: <T>(work: () => T) => T
  /** Is called when a transaction that reads begins: the database is asked again. */
  readonly renew: () => void
}

export function prepareRevision (database: Database): Revision {
  const { count, renew } = prepareChangeCount(database)
  const findStamp = database.prepare<[], string>('SELECT stamp FROM world').pluck()
  let stamp = ''
  let countAtStamp = -1
  let isChanging = false
  return {
    state: () => isChanging ? null : count(),

    definitions: () => {
      // The stamp may be that of a world which this process has just seeded, and may yet undo: it is not remembered.
      if (isChanging) return findStamp.get() as string
      const now = count()
      if (now !== countAtStamp) {
        stamp = findStamp.get() as string
        countAtStamp = now
      }
      return stamp
    },

    whileChanging: (work) => {
      const wasChanging = isChanging
      isChanging = true
      try {
        return work()
      } finally {
        isChanging = wasChanging
        renew()
      }
    },

    renew
  }
}

/**
 * Prepares to count how often the database was found changed. It is asked once in each turn of the event loop, which
 * handles one request, or those that came in one packet; and again after `renew`.
 */
function prepareChangeCount (database: Database): { count: () => number, renew: () => void } {
  // https://sqlite.org/lang_corefunc.html#total_changes and https://sqlite.org/pragma.html#pragma_data_version
  const countOwn = database.prepare<[], number>('SELECT total_changes()').pluck()
  const countOthers = database.memory ? null : database.prepare<[], number>('PRAGMA data_version').pluck()
  let own: number | undefined
  let others: number | undefined
  let isKnown = false
  let changes = 0
  const renew = (): void => { isKnown = false }
  return {
    count: () => {
      if (isKnown) return changes
      isKnown = true
      queueMicrotask(renew)
      const [ownNow, othersNow] = [countOwn.get(), countOthers?.get()]
      if (ownNow !== own || othersNow !== others) changes++
      own = ownNow
      others = othersNow
      return changes
    },

    renew
  }
}
