import type { Database } from 'better-sqlite3'
import { prepareStore, type Store, type Transact, type Writes } from '../../src/store/store.ts'

/** A store, and what writes to it past every operation, each time in a transaction of its own. */
export function prepareWritable (database: Database): { store: Store, write: Writes, transact: Transact } {
  const { store, transact } = prepareStore(database)
  const atOnce = (method: (...given: unknown[]) => unknown) => (...given: unknown[]): unknown => transact(() => method(...given))
  const write = Object.entries(transact(({ write }) => write)).map(([part, methods]) =>
    [part, Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, atOnce(method)]))])
  return { store, write: Object.fromEntries(write), transact }
}
