import { readFileSync } from 'node:fs'
import t from 'tap'

t.test('npm before 11.16 does not compile better-sqlite3: docs/decisions/0002-runtime.md', async (t) => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  t.equal(lock.packages['node_modules/better-sqlite3'].gypfile, false,
    'npm install drops this member: put "gypfile": false back into package-lock.json, at packages["node_modules/better-sqlite3"]')
})
