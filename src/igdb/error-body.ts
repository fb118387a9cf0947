import type { XblError } from '../model/refusals.ts'

/** True for a path of the IGDB view, whether there is such a path or not. */
export const isIgdbPath = (path: string): boolean => /^\/achievements(\/|$)/i.test(path)

/** A refusal as IGDB's clients read it, whatever the dialect. */
export function representIgdbError ({ status, message }: XblError) {
  return { status, message }
}
