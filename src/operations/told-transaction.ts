import type { Change } from '../model/change.ts'
import type { Transaction } from '../store/store.ts'

/** A transaction of which an operation tells what it changes. Nothing is told of one that fails. */
export interface ToldTransaction extends Transaction {
  readonly tell: (change: Change) => void
}
