import type { Change } from '../model/change.ts'
import type { Transaction } from '../store/store.ts'

/** A transaction of which an operation tells what it changes. Nothing is told of one that fails. */
export interface ToldTransaction extends Transaction {
  /**
   * Tells changes. An operation that tells what was there before calls this before it writes.
   *
   * @param describe is called at once, or not at all when nobody listens: then nobody pays for what is told.
   */
  readonly tell: (describe: () => readonly Change[]) => void
}
