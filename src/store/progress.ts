import type { Database } from 'better-sqlite3'
import type { Progress } from '../model/progress.ts'

/** Whose progress, where, and on what. */
export interface ProgressKey {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string
  /** A row of `achievement`. */
  readonly achievement: number
}

/** What changes what users have done. */
export function prepareProgressWrites (database: Database) {
  const findUnlockNumber = database.prepare<[ProgressKey], number | null>(
    'SELECT unlock_number FROM progress WHERE person = :person AND sandbox = :sandbox AND achievement = :achievement').pluck()
  const countUnlock = database.prepare<[], number>('UPDATE world SET unlocks = unlocks + 1 RETURNING unlocks').pluck()
  const write = database.prepare(`
    INSERT INTO progress (person, sandbox, achievement, percent_complete, time_unlocked, unlock_number, is_revoked, current)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET percent_complete = excluded.percent_complete, time_unlocked = excluded.time_unlocked,
      unlock_number = excluded.unlock_number, is_revoked = excluded.is_revoked, current = excluded.current`)
  const remove = database.prepare<[ProgressKey]>('DELETE FROM progress WHERE person = :person AND sandbox = :sandbox AND achievement = :achievement')
  return {
    /**
     * Puts a person's progress on an achievement in the place of what was there. An unlock gets the
     * next unlock number, so that a list that is being read page by page can tell what came after
     * its first page.
     */
    put ({ person, sandbox, achievement }: ProgressKey, progress: Progress): void {
      const { percentComplete, timeUnlocked, isRevoked, current } = progress
      if (isNothing(progress)) {
        remove.run({ person, sandbox, achievement })
        return
      }
      const unlockNumber = timeUnlocked === null
        ? null
        : findUnlockNumber.get({ person, sandbox, achievement }) ?? countUnlock.get()
      write.run(person, sandbox, achievement, percentComplete, timeUnlocked, unlockNumber, Number(isRevoked), JSON.stringify([...current]))
    }
  }
}

/** Progress that says no more than none: it is not kept, so that whoever has a row has begun. */
export function isNothing ({ percentComplete, timeUnlocked, isRevoked, current }: Progress): boolean {
  return percentComplete === 0 && timeUnlocked === null && !isRevoked && current.size === 0
}
