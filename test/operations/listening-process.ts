import { createFeed } from '../../src/operations/feed.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'

/**
 * A program for tests: listens to a database file, and prints each change on a line. It prints `ready` when it
 * listens, and ends when its input does.
 */
if (import.meta.main) {
  const database = openDatabase(process.argv[2] as string)
  const { store, transact } = prepareStore(database)
  const feed = createFeed({ now: () => Date.now() }, { log: { changes: store.changes, transact } })
  feed.listen(({ change }) => { process.stdout.write(`${JSON.stringify(change)}\n`) })
  process.stdout.write('"ready"\n')
  process.stdin.on('end', () => {
    feed.close()
    database.close()
  }).resume()
}
