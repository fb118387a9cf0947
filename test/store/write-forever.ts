import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'

/**
 * A program for tests: writes progress into a database until it is killed, and prints the number of each write
 * when it is done. Write n sets the achievement `rowOf(n)` of the first person to n.
 */

/** The number of achievements that are written in turn. */
export const ROWS = 8

export const rowOf = (write: number): number => write % ROWS + 1

export const progressOf = (write: number) => ({
  percentComplete: write % 100, timeUnlocked: '2020-01-01T00:00:00.0000000Z', isRevoked: false, current: new Map([['write', String(write)]])
})

if (import.meta.main) {
  const { transact } = prepareStore(openDatabase(process.argv[2] as string))
  for (let number = 1; ; number++) {
    transact(({ write }) => write.progress.put({ person: 1, sandbox: 'RETAIL', achievement: rowOf(number) }, progressOf(number)))
    await new Promise((resolve) => process.stdout.write(`${number}\n`, resolve))
  }
}
