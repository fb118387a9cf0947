import { isDeepStrictEqual } from 'node:util'
import { formatInstant } from '../base/instant.ts'
import { formatValue } from '../base/validation.ts'
import type { AchievementDefinition } from '../model/achievement.ts'
import type { Progress } from '../model/progress.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import type { StoredPlay, StoredProgress } from '../model/stored-progress.ts'
import { MINUTES_PLAYED } from '../model/user-details.ts'
import { currentValuesAt } from '../rules/progress-update.ts'
import { progressChanges, type ProgressStep } from './progress-changes.ts'
import { checkSetting, requireAchievement, requireInstant } from './progress-setting.ts'
import type { ToldTransaction } from './told-transaction.ts'
import { requirePerson } from './users.ts'

type CurrentValues = ReadonlyArray<{ readonly id: string, readonly current: string }>

/** What becomes of the progress of a user on one of several achievements. What is null stays as it is, where nothing else is said. */
export interface ProgressEntry {
  /** In lower case. */
  readonly serviceConfigId: string
  readonly id: number
  /** Null: every sandbox in which a title of the service configuration is published. */
  readonly sandbox: string | null
  readonly percentComplete: number | null
  /** An instant in UTC. Null: with a percentage of 100 the present time, with a lower one the achievement is locked. */
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean | null
  /** Null: with a percentage, the values that follow from it. */
  readonly requirements: CurrentValues | null
  /** Which unlock it is since the world was seeded, for one that is restored; null: its own number, or the next one. */
  readonly unlockNumber: number | null
}

/** What a user has done before a change: with it as its input, `progress.change` restores that exactly. */
export interface ProgressBefore {
  readonly achievements: readonly ProgressEntry[]
  readonly titles: readonly StoredPlay[]
}

export interface ProgressChanging extends ProgressBefore {
  readonly xuid: string
  /** The clock, in ms since 1970. */
  readonly now: number
}

interface Step extends ProgressStep {
  /** The key of the achievement in the store. */
  readonly row: number
  readonly stored: StoredProgress
  readonly unlockNumber: number | null
}

/**
 * Changes the progress of a user on several achievements at once, and when titles were played: all of it, or nothing. The
 * rest of what the user has done stays.
 *
 * @returns what was there before.
 * @throws 404 when there is no such user, achievement or title; 400 as `progress.set` does, and for an achievement that is
 *   named twice in a sandbox.
 */
export function changeProgress (transaction: ToldTransaction, { xuid, achievements, titles, now }: ProgressChanging): ProgressBefore {
  const { store, write, tell } = transaction
  const person = requirePerson(store, xuid)
  const steps = achievements.flatMap((entry) => stepsOf(transaction, { person: person.row, entry, now }))
  requireDistinct(steps)
  const plays = titles.map((play) => {
    if (!store.catalogue.hasTitle(play.titleId)) throw notFound(`There is no title ${play.titleId}.`)
    return play.lastPlayed === null ? notPlayed(play) : { ...play, lastPlayed: requireInstant(play.lastPlayed) }
  })
  requirePlays(plays)
  const stored = new Map(plays.length === 0 ? [] : store.progress.listPlays({ person: person.row, sandbox: null, scid: null }).map((play) => [playKey(play), play]))
  const playsBefore = plays.map((play) => stored.get(playKey(play)) ?? notPlayed(play))
  tell(() => progressChanges(person, steps.toSorted(byConfigurationAndSandbox)))
  for (const { sandbox, row, after, unlockNumber } of steps) write.progress.put({ person: person.row, sandbox, achievement: row }, after, unlockNumber)
  for (const play of plays) write.progress.putPlay(person.row, play)
  tell(() => isDeepStrictEqual(plays, playsBefore) ? [] : [{ kind: 'user', xuid, what: 'plays' }])
  return { achievements: steps.map(({ stored }) => toProgressEntry(stored)), titles: playsBefore }
}

/** What is stored of a title that a user has not played. */
const notPlayed = ({ titleId, sandbox }: StoredPlay): StoredPlay => ({ titleId, sandbox, lastPlayed: null, sequence: null, minutesPlayed: null, stats: [] })

/** @throws 400 when two entries are of the same title and sandbox, and for statistics that a world cannot have. */
function requirePlays (plays: readonly StoredPlay[]): void {
  const seen = new Set<string>()
  for (const play of plays) {
    if (seen.has(playKey(play))) throw invalidRequest(`titles names title ${play.titleId} in sandbox ${play.sandbox} twice; expected it once.`)
    seen.add(playKey(play))
    requireStats(play)
  }
}

function requireStats ({ titleId, stats }: StoredPlay): void {
  const seen = new Set<string>()
  for (const { name } of stats) {
    const key = name.toLowerCase()
    if (key === MINUTES_PLAYED.toLowerCase()) throw invalidRequest(`stats of title ${titleId} names ${formatValue(name)}; expected it as minutesPlayed.`)
    if (seen.has(key)) throw invalidRequest(`stats of title ${titleId} names ${formatValue(name)} twice; expected each once.`)
    seen.add(key)
  }
}

const playKey = ({ titleId, sandbox }: StoredPlay): string => `${titleId}/${sandbox}`

/** The steps of an entry, one for each sandbox. */
function stepsOf ({ store }: Pick<ToldTransaction, 'store'>, { person, entry, now }: { person: number, entry: ProgressEntry, now: number }): Step[] {
  const { serviceConfigId, id, sandbox } = entry
  const definition = requireAchievement(store, { scid: serviceConfigId, id, sandbox })
  const sandboxes = sandbox === null ? store.catalogue.findSandboxes(definition.row) : [sandbox]
  return sandboxes.map((each) => {
    const key = { person, sandbox: each, achievement: definition.row }
    const before = store.achievements.findProgress(key)
    const stored = { serviceConfigId, id, sandbox: each, progress: before, unlockNumber: store.progress.findUnlockNumber(key) }
    const after = progressAfter(definition, { before, entry, now })
    return { serviceConfigId, id, sandbox: each, row: definition.row, before, after, stored, unlockNumber: entry.unlockNumber }
  })
}

function progressAfter (definition: AchievementDefinition, { before, entry, now }: { before: Progress, entry: ProgressEntry, now: number }): Progress {
  const timeUnlocked = entry.timeUnlocked === null ? null : requireInstant(entry.timeUnlocked)
  const isRevoked = entry.isRevoked ?? before.isRevoked
  if (entry.percentComplete === null && entry.requirements === null) return { ...before, isRevoked, timeUnlocked: timeUnlocked ?? before.timeUnlocked }
  const { percentComplete, requirements } = checkSetting(definition, entry)
  return {
    percentComplete,
    timeUnlocked: timeUnlocked ?? (percentComplete === 100 ? formatInstant(now) : null),
    isRevoked,
    current: requirements === null ? currentValuesAt(definition, percentComplete, new Map()) : new Map(requirements.map((each) => [each.id, each.current]))
  }
}

/** @throws 400 when two steps are of the same achievement and sandbox. */
function requireDistinct (steps: readonly Step[]): void {
  const seen = new Set<string>()
  for (const { serviceConfigId, id, sandbox } of steps) {
    const key = `${serviceConfigId}/${id}/${sandbox}`
    if (seen.has(key)) throw invalidRequest(`achievements names achievement ${id} of service configuration ${serviceConfigId} in sandbox ${sandbox} twice; expected it once.`)
    seen.add(key)
  }
}

const orderOf = ({ serviceConfigId, sandbox }: Step): string => `${serviceConfigId} ${sandbox}`
const byConfigurationAndSandbox = (a: Step, b: Step): number => orderOf(a) < orderOf(b) ? -1 : Number(orderOf(a) > orderOf(b))

/** Stored progress as the entry that restores it. */
export function toProgressEntry ({ serviceConfigId, id, sandbox, progress: { current, ...progress }, unlockNumber }: StoredProgress): ProgressEntry {
  return { serviceConfigId, id, sandbox, ...progress, requirements: [...current].map(([requirement, value]) => ({ id: requirement, current: value })), unlockNumber }
}
