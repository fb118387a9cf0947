import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import { createCache, type CreateCache } from '../../src/base/cache.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { buildApp } from '../../src/server/app.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { DEMO, GAMER, listOf, SAMPLE_SCID, singleOf } from '../helper.ts'

t.test('a user whom another process deletes during a request is refused like one who does not exist', async (t) => {
  const file = join(t.testdir(), 'world.db')
  const database = openDatabase(file)
  seed(database, DEMO, 'test')
  const other = new BetterSqlite3(file)
  let isGone = false
  /** Takes the user away after the request has passed every check, just before its response is rendered. */
  const deleting: CreateCache = (options, make) => createCache(options, (input: Parameters<typeof make>[0]) => {
    if (isGone && options.name.startsWith('responses')) other.prepare('UPDATE person SET xuid = ? WHERE xuid = ?').run('9', GAMER)
    return make(input)
  })
  const { app } = buildApp(readConfig({ database: file, logLevel: 'silent' }), { database, clock: { now: () => 0 }, createCache: deleting })
  t.teardown(async () => {
    await app.close()
    database.close()
    other.close()
  })
  const ask = (url: string) => app.inject({ url, headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' } })
  for (const url of [listOf(GAMER), singleOf(GAMER, SAMPLE_SCID, 3)]) {
    isGone = false
    t.equal((await ask(url)).statusCode, 200, url)
    isGone = true
    const answer = await ask(`${url}?maxItems=3`)
    t.equal(answer.statusCode, 403, answer.body)
    t.match(answer.body, 'The privacy setting of the user in the path', url)
    other.prepare('UPDATE person SET xuid = ? WHERE xuid = ?').run(GAMER, '9')
  }
})
