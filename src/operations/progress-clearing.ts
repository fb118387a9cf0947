import { notFound } from '../model/refusals.ts'
import { DEFAULT_SANDBOX } from '../model/title.ts'
import type { Transaction } from '../store/store.ts'
import { NO_PROGRESS } from '../model/progress.ts'
import { progressChanges } from './progress-changes.ts'
import { toProgressEntry, type ProgressBefore } from './progress-changing.ts'
import type { ToldTransaction } from './told-transaction.ts'
import { requirePerson } from './users.ts'

/** What is deleted of what a user has done. */
export interface ProgressClearing {
  readonly xuid: string
  /** Null: in every service configuration. */
  readonly scid: string | null
  /** An achievement of the service configuration; null: all of them. */
  readonly id: number | null
  /** Null: in every sandbox. */
  readonly sandbox: string | null
  /** Whether the result says what was there. */
  readonly tellsBefore?: boolean
}

/**
 * Deletes what a user has done, as the player data reset of title developers does: the progress on achievements, with the
 * times of unlocks and the gamerscore, and the titles that the user has played. Of one achievement, its progress alone.
 *
 * @returns what was there, with which `progress.change` restores it; undefined unless it is asked for.
 * @throws 404 when there is no such user, service configuration or achievement.
 */
export function clearProgress ({ store, write, tell }: ToldTransaction, { xuid, scid, id, sandbox, tellsBefore = false }: ProgressClearing): ProgressBefore | undefined {
  const person = requirePerson(store, xuid)
  if (scid !== null) requireDefined(store, { scid, id })
  const range = { person: person.row, scid, id, sandbox }
  tell(() => progressChanges(person, store.progress.listBegun(range).map((begun) => ({ ...begun, after: NO_PROGRESS }))))
  const before = tellsBefore ? { achievements: store.progress.listStored(range).map(toProgressEntry), titles: id === null ? store.progress.listPlays(range) : [] } : undefined
  const { plays } = write.progress.clear(range)
  if (plays > 0) tell(() => [{ kind: 'user', xuid, what: 'plays' }])
  return before
}

/** @throws 404 when no sandbox has the service configuration, or the achievement in it. */
function requireDefined ({ catalogue, achievements }: Transaction['store'], { scid, id }: { scid: string, id: number | null }): void {
  if (catalogue.findServiceConfiguration({ scid, sandbox: DEFAULT_SANDBOX }) === undefined) throw notFound(`There is no service configuration ${scid}.`)
  if (id !== null && achievements.findDefinition({ scid, id, sandbox: null, generation: null }) === undefined) throw notFound(`There is no achievement ${id} of service configuration ${scid}.`)
}
