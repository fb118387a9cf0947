import type { Progress } from './progress.ts'

/** Progress of a user on an achievement in a sandbox, as it is stored: what restores it exactly. */
export interface StoredProgress {
  /** In lower case. */
  readonly serviceConfigId: string
  readonly id: number
  readonly sandbox: string
  readonly progress: Progress
  /** Which unlock it was since the world was seeded; 0: the world has it. Null while it is locked. */
  readonly unlockNumber: number | null
}

/** A title that a user has played in a sandbox, as it is stored. */
export interface StoredPlay {
  readonly titleId: number
  readonly sandbox: string
  /** Null: the user has not played it. */
  readonly lastPlayed: string | null
  /** As the world or a write has set it; null: what follows from the rest. */
  readonly sequence: number | null
  readonly minutesPlayed: number | null
  readonly stats: ReadonlyArray<{ readonly name: string, readonly type: string, readonly value: string }>
}
