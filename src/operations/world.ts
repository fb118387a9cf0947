import { invalidRequest } from '../model/refusals.ts'
import { mergePatch } from '../world/merge-patch.ts'
import { WorldError } from '../world/problems.ts'
import { mergeWorlds } from '../world/read.ts'
import type { World } from '../world/schema.ts'
import type { ToldTransaction } from './told-transaction.ts'

export interface WorldReplacement {
  /** A checked world. */
  readonly world: World
  /** Where it comes from, as messages name it. */
  readonly source: string
}

/** Replaces the world. A later reset goes back to the new one. */
export function replaceWorld ({ write, tell }: ToldTransaction, { world, source }: WorldReplacement): void {
  write.world.replace(world, source)
  tell(() => [{ kind: 'world', what: 'replaced' }])
}

/**
 * Merges a part of a world document into the present world.
 *
 * @throws 400 when the result is not a world.
 */
export function mergeWorld ({ write, tell }: ToldTransaction, { part }: { readonly part: unknown }): void {
  write.world.change((present) => requireWorld('merged world', mergePatch(present, part)))
  tell(() => [{ kind: 'world', what: 'merged' }])
}

/** Replaces the world, and what a reset goes back to: what was there before another world was put, say. */
export function restoreWorld ({ write, tell }: ToldTransaction, { world, start, source }: WorldReplacement & { /** Null: the world itself. */ readonly start: World | null }): void {
  write.world.restore(world, start, source)
  tell(() => [{ kind: 'world', what: 'replaced' }])
}

/** The world that a reset goes back to. Nothing changes: it is put back, read, and undone. */
export const exportStart = ({ write }: ToldTransaction, _input: Readonly<Record<string, never>>): World => write.world.exportStart()

/** Goes back to the world that was seeded at the start, or that replaced it. */
export function resetWorld ({ write, tell }: ToldTransaction, _input: Readonly<Record<string, never>>): void {
  write.world.reset()
  tell(() => [{ kind: 'world', what: 'reset' }])
}

/** The same, and forgets what is no part of the world: the tokens and device codes of sign-ins, and where clients have notifications sent. */
export function resetEverything (transaction: ToldTransaction, input: Readonly<Record<string, never>>): void {
  resetWorld(transaction, input)
  transaction.write.signInTokens.clear()
  transaction.write.deviceCodes.clear()
  transaction.write.xalTokens.clear()
  transaction.write.notificationEndpoints.clear()
}

/**
 * A document as a world, its defaults filled in.
 *
 * @param name what messages call it.
 * @throws 400 when it is not a world.
 */
export function requireWorld (name: string, document: unknown): World {
  try {
    return mergeWorlds([{ file: name, document }])
  } catch (error) {
    if (error instanceof WorldError) throw invalidRequest(error.message)
    throw error
  }
}
