import { PERCENTAGE_ID } from '../model/achievement-system.ts'
import type { Definition } from '../model/achievement.ts'
import { invalidRequest } from '../model/refusals.ts'
import { show } from '../base/validation.ts'
import { readPercentage } from '../world/settle-systems.ts'

/** What a test says a user has done. */
export interface ProgressSetting {
  /** Null: every sandbox in which a title of the service configuration is published. */
  readonly sandbox: string | null
  /** Null: as the requirement says that stands for the percentage; 100, which unlocks, where that is not given. */
  readonly percentComplete: number | null
  /** Null: now, at 100 percent; locked, below. */
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean
  /** Null: as far as the percentage. */
  readonly requirements: ReadonlyArray<{ readonly id: string, readonly current: string }> | null
}

/** How far that is; requirements are null where they are as far as the percentage. */
interface Done extends Pick<ProgressSetting, 'requirements'> {
  readonly percentComplete: number
}

/**
 * How far a user is; of a title-managed achievement the percentage is all there is.
 *
 * @throws 400 for a requirement that the achievement does not have, for one that is given twice, and for two
 *   percentages that differ.
 */
export function readDone ({ system, requirements: defined }: Definition, { percentComplete, requirements }: ProgressSetting): Done {
  const isManaged = system === 'titleManaged'
  const known = new Set(isManaged ? [PERCENTAGE_ID] : defined.map(({ id }) => id))
  const stray = requirements?.find(({ id }) => !known.has(id))
  if (stray !== undefined) throw invalidRequest(`requirements names ${show(stray.id)}; expected requirements of the achievement.`)
  const again = requirements?.find(({ id }, index) => requirements.findIndex((other) => other.id === id) < index)
  if (again !== undefined) throw invalidRequest(`requirements names ${show(again.id)} twice; expected each once.`)
  if (!isManaged || requirements === null) return { percentComplete: percentComplete ?? 100, requirements }
  const said = requirements.map(({ current }) => requirePercentage(current, percentComplete))
  return { percentComplete: percentComplete ?? said.at(-1) ?? 100, requirements: [] }
}

/** @param percentComplete what it has to be; null: anything. */
function requirePercentage (text: string, percentComplete: number | null): number {
  const percentage = readPercentage(text)
  if (percentage === undefined) throw invalidRequest(`current is ${show(text)}; expected a whole percentage in quotes, from "0" to "100".`)
  if (percentComplete !== null && percentage !== percentComplete) throw invalidRequest(`current is ${show(text)}; expected "${percentComplete}" as percentComplete says.`)
  return percentage
}
