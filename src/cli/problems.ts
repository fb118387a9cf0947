import { CommanderError } from 'commander'
import type { WorldError } from '../world/problems.ts'
import { tell } from './output.ts'

/** Tells what is wrong with a world, a line each. What is no such error is thrown on. */
export function tellProblems (error: unknown): void {
  if (!isWorldError(error)) throw error
  tell(error.problems)
}

/** Everything is said; the exit code is left. */
export const wrong = (): CommanderError => new CommanderError(1, 'xbl-achievements.world', 'wrong')

/**
 * Does something with a world.
 *
 * @throws {CommanderError} when it is wrong, once that is told.
 */
export function telling<T> (work: () => T): T {
  try {
    return work()
  } catch (error) {
    tellProblems(error)
    throw wrong()
  }
}

/** By name, as the class is loaded with what throws it. */
const isWorldError = (error: unknown): error is WorldError => (error as Error).name === 'WorldError'
