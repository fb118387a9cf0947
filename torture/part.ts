import type { Book } from './book.ts'

/** A part of `npm run torture`. */
export interface Part {
  readonly name: string
  /** The first column of the table. */
  readonly what: string
  /** What must be shown. */
  readonly goal: string
  /** What is counted, e.g. `requests`: also the flag that says how many. */
  readonly unit: string
  /** How many by default. */
  readonly amount: number
  /** True when a run that was broken off begins again: what is shown is one piece. */
  readonly isWhole?: boolean
  /** Resolves when `amount` is done, the time is over or the run is ended. What was found is in the book. */
  readonly run: (run: Run) => Promise<void>
}

/** One run of a part. */
export interface Run {
  readonly seed: number
  /** The number of the first unit to do. */
  readonly from: number
  /** The number of the last unit to do, and one. */
  readonly to: number
  /** A folder for whatever the part needs; removed after it. */
  readonly folder: string
  /** Ends the run: the time is over, or somebody has interrupted it. Every process is ended by it. */
  readonly signal: AbortSignal
  readonly book: Book
  /** Tells that all before this number is done, written down, and need not be done again. */
  readonly reached: (number: number) => void
}
