import type { Database } from 'better-sqlite3'
import type { Progress } from '../model/progress.ts'
import type { StoredPlay, StoredProgress } from '../model/stored-progress.ts'
import { PROGRESS_COLUMNS, readProgress, type ProgressRow } from './achievement-row.ts'

/** The key of progress. */
export interface ProgressKey {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string
  /** A row of `achievement`. */
  readonly achievement: number
}

/** Progress of a person that is deleted; null means all. */
export interface ProgressRange {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string | null
  readonly scid: string | null
  /** The achievement of the service configuration. */
  readonly id: number | null
}

/** Progress of a person on an achievement, which its ids name. */
export interface BegunAchievement {
  readonly serviceConfigId: string
  readonly sandbox: string
  readonly id: number
  readonly before: Progress
}

/** SQL: the rows of `progress` in a {@link ProgressRange}. */
const IN_RANGE = `person = :person AND (:sandbox IS NULL OR sandbox = :sandbox) AND (:scid IS NULL OR achievement IN (
  SELECT a.row FROM service_configuration c JOIN achievement a ON a.service_configuration = c.row WHERE c.scid = :scid AND (:id IS NULL OR a.id = :id)))`

/** SQL: the rows of `play` in a {@link ProgressRange}. */
const PLAYS_IN_RANGE = `person = :person AND (:sandbox IS NULL OR sandbox = :sandbox) AND (:scid IS NULL OR title_id IN (
  SELECT t.title_id FROM service_configuration c JOIN title t ON t.service_configuration = c.row WHERE c.scid = :scid))`

type StoredRow = ProgressRow & Omit<StoredProgress, 'progress'>
type PlayRow = Omit<StoredPlay, 'stats'> & { readonly stats: string | null }
type PlayRange = Omit<ProgressRange, 'id'>

/** Prepares to read the progress of users. */
export function prepareProgress (database: Database) {
  const findUnlockNumber = database.prepare<[ProgressKey], number | null>(
    'SELECT unlock_number FROM progress WHERE person = :person AND sandbox = :sandbox AND achievement = :achievement').pluck()
  const listStored = database.prepare<[ProgressRange], StoredRow>(`
    SELECT c.scid AS serviceConfigId, p.sandbox, d.id, p.unlock_number AS unlockNumber, ${PROGRESS_COLUMNS}
    FROM progress p JOIN achievement d ON d.row = p.achievement JOIN service_configuration c ON c.row = d.service_configuration
    WHERE ${IN_RANGE} ORDER BY c.row, p.sandbox, d.row`)
  const listPlays = database.prepare<[PlayRange], PlayRow>(`
    SELECT title_id AS titleId, sandbox, last_played AS lastPlayed, sequence, minutes_played AS minutesPlayed, stats
    FROM play WHERE ${PLAYS_IN_RANGE} ORDER BY title_id, sandbox`)
  const list = database.prepare<[ProgressRange], ProgressRow & Omit<BegunAchievement, 'before'>>(`
    SELECT c.scid AS serviceConfigId, p.sandbox, d.id, ${PROGRESS_COLUMNS}
    FROM progress p JOIN achievement d ON d.row = p.achievement JOIN service_configuration c ON c.row = d.service_configuration
    WHERE ${IN_RANGE} ORDER BY c.row, p.sandbox, d.row`)
  return {
    /** Which unlock a person's progress on an achievement was since the world was seeded, 0 for one of the world; null while it is locked. */
    findUnlockNumber: (key: ProgressKey): number | null => findUnlockNumber.get(key) ?? null,

    /** The progress in a range, as it is stored. */
    listStored: (range: ProgressRange): StoredProgress[] =>
      listStored.all(range).map(({ serviceConfigId, id, sandbox, unlockNumber, ...row }) => ({ serviceConfigId, id, sandbox, progress: readProgress(row), unlockNumber })),

    /** The titles in a range that a person has played, as they are stored. */
    listPlays: (range: PlayRange): StoredPlay[] => listPlays.all(range).map((row) => ({ ...row, stats: row.stats === null ? [] : JSON.parse(row.stats) })),

    /** The achievements in a range that a person has begun, one service configuration and sandbox after the other. */
    listBegun: (range: ProgressRange): BegunAchievement[] =>
      list.all(range).map(({ serviceConfigId, sandbox, id, ...row }) => ({ serviceConfigId, sandbox, id, before: readProgress(row) }))
  }
}

/** Prepares to write the progress of users. */
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
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const removePlay = database.prepare<[Pick<StoredPlay, 'sandbox' | 'titleId'> & { person: number }]>('DELETE FROM play WHERE person = :person AND sandbox = :sandbox AND title_id = :titleId')
  const putPlay = database.prepare(`
    INSERT INTO play (person, sandbox, title_id, last_played, sequence, minutes_played, stats) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET last_played = excluded.last_played, sequence = excluded.sequence, minutes_played = excluded.minutes_played, stats = excluded.stats`)
  return {
    /**
     * Replaces a person's progress on an achievement. An unlock gets the next unlock number, by which a list that is
     * read page by page recognizes the unlocks after its first page.
     *
     * @param restored the number that a former unlock had, which it gets again; null: it keeps its own, or gets the next one.
     */
    put ({ person, sandbox, achievement }: ProgressKey, progress: Progress, restored: number | null = null): void {
      const { percentComplete, timeUnlocked, isRevoked, current } = progress
      if (isNoProgress(progress)) {
        remove.run({ person, sandbox, achievement })
        return
      }
      const unlockNumber = timeUnlocked === null
        ? null
        : restored !== null ? Math.min(restored, countUnlocks.get() as number) : findUnlockNumber.get({ person, sandbox, achievement }) ?? countUnlock.get()
      write.run(person, sandbox, achievement, percentComplete, timeUnlocked, unlockNumber, Number(isRevoked), JSON.stringify([...current]))
    },

    /** Adds a title that a person (a row of `person`) has played in a sandbox, or replaces what is stored of it; one that was not played is removed. */
    putPlay (person: number, { titleId, sandbox, lastPlayed, sequence, minutesPlayed, stats }: StoredPlay): void {
      if (lastPlayed === null) removePlay.run({ person, sandbox, titleId })
      else putPlay.run(person, sandbox, titleId, lastPlayed, sequence, minutesPlayed, stats.length === 0 ? null : JSON.stringify(stats))
    },

    clear: prepareClear(database)
  }
}

/** True for the progress of a user who has done nothing. It is not stored: everyone with a row of `progress` has begun the achievement. */
export function isNoProgress ({ percentComplete, timeUnlocked, isRevoked, current }: Progress): boolean {
  return percentComplete === 0 && timeUnlocked === null && !isRevoked && current.size === 0
}

/**
 * Prepares to delete progress of a person and, unless it is that of one achievement, the titles that the person has played.
 * It returns how many of these were deleted.
 */
function prepareClear (database: Database): (range: ProgressRange) => { plays: number } {
  const clearProgress = database.prepare<[ProgressRange]>(`DELETE FROM progress WHERE ${IN_RANGE}`)
  const clearPlays = database.prepare<[PlayRange]>(`DELETE FROM play WHERE ${PLAYS_IN_RANGE}`)
  return ({ id, ...range }) => {
    clearProgress.run({ ...range, id })
    return { plays: id === null ? clearPlays.run(range).changes : 0 }
  }
}
