import { setImmediate } from 'node:timers/promises'
import { createFeed } from '../../src/operations/feed.ts'
import { createOperations } from '../../src/operations/operations.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'

/** How long all writes of a test may take, in ms. */
const LONGEST_WRITES = 120_000

/**
 * A program for tests: listens to a database file, and prints each change on a line. It prints `ready` when it listens.
 * On the first input it creates so many users, whose XUIDs begin at a number; it ends when its input does.
 */
if (import.meta.main) {
  const [file = '', first, count] = process.argv.slice(2)
  // Others write as fast as they can, and the disk may be slow: whoever does not come to it in time would end with an error.
  const database = openDatabase(file, LONGEST_WRITES)
  const { store, transact } = prepareStore(database)
  const feed = createFeed({ now: () => Date.now() }, { log: { changes: store.changes, transact } })
  const { run } = createOperations(transact, feed.transactions)
  feed.listen(({ change }) => { process.stdout.write(`${JSON.stringify(change)}\n`) })
  process.stdout.write('"ready"\n')
  process.stdin.once('data', async () => {
    for (let number = 0; number < Number(count); number++) {
      run('user.put', { xuid: String(Number(first) + number), gamertag: null, privacy: null, profile: null, signInError: null })
      await setImmediate()
    }
  })
  process.stdin.on('end', () => {
    feed.close()
    database.close()
  }).resume()
}
