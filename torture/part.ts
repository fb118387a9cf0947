import type { Book } from './book.ts'

/** A part of `npm run torture`. */
export interface Part {
  readonly name: string
  /** The first column of the table. */
  readonly what: string
  /** What the part has to show. */
  readonly goal: string
  /** What is counted, e.g. `requests`. It is also the flag that sets the number. */
  readonly unit: string
  /** The default number. */
  readonly amount: number
  /** True when an interrupted run starts again from the beginning, because its result cannot be put together from parts. */
  readonly isWhole?: boolean
  /** Resolves when `amount` is done, the time is over or the run is interrupted. What was found is in the book. */
  readonly run: (run: Run) => Promise<void>
}

/** One run of a part. */
export interface Run {
  readonly seed: number
  /** The number of the first unit to do. */
  readonly from: number
  /** The number after that of the last unit to do. */
  readonly to: number
  /** A folder for the part's files, which is removed afterwards. */
  readonly folder: string
  /** Aborted when the time is over or the run is interrupted. It ends every process. */
  readonly signal: AbortSignal
  readonly book: Book
  /** Records that all units before this number are done and written down. */
  readonly reached: (number: number) => void
}
