import t from 'tap'
import { openDatabase } from '../../src/store/open.ts'
import type { XalTokenKind } from '../../src/store/xal-tokens.ts'
import { prepareWritable } from './writable.ts'

const PROOF_KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const
const expires = '2020-06-15T12:00:00.0000000Z'

t.test('a token is found by its kind alone', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  const { store: { xalTokens }, write } = prepareWritable(database)
  const device = { owner: 'D', titleId: null, proofKey: PROOF_KEY, expires }
  write.xalTokens.add('device', 'a', device)
  write.xalTokens.add('title', 'b', { owner: 'D', titleId: 4294967295, proofKey: null, expires })
  t.strictSame(xalTokens.find('device', 'a'), device)
  t.strictSame(xalTokens.find('title', 'b'), { owner: 'D', titleId: 4294967295, proofKey: null, expires })
  for (const [kind, token] of [['title', 'a'], ['xsts', 'a'], ['device', 'b'], ['device', 'c']] as const) t.equal(xalTokens.find(kind, token), undefined)
  write.xalTokens.clear()
  t.equal(xalTokens.find('device', 'a'), undefined)
})

t.test('the oldest token is forgotten when its device has too many of its kind, or all devices have', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  const { store: { xalTokens }, write } = prepareWritable(database)
  const add = database.transaction((kind: XalTokenKind, owner: string, count: number) => {
    for (let index = 0; index < count; index++) write.xalTokens.add(kind, `${kind} ${owner} ${index}`, { owner, titleId: null, proofKey: null, expires })
  })
  add('title', '1', 1)
  add('device', '2', 1)
  add('device', '1', 1001)
  t.equal(xalTokens.find('device', 'device 1 0'), undefined)
  for (const [kind, token] of [['device', 'device 1 1'], ['device', 'device 1 1000'], ['device', 'device 2 0'], ['title', 'title 1 0']] as const) t.ok(xalTokens.find(kind, token), token)

  const count = (): unknown => database.prepare("SELECT count(*) FROM xal_token WHERE kind = 'device'").pluck().get()
  database.exec(`INSERT INTO xal_token (kind, token, owner, expires)
    SELECT 'device', 'many ' || value, value, '${expires}' FROM (WITH RECURSIVE counter (value) AS (SELECT 3 UNION ALL SELECT value + 1 FROM counter LIMIT 100000) SELECT value FROM counter)`)
  t.equal(count(), 101_001)
  add('device', '3', 1000)
  t.ok(Number(count()) <= 101_000, String(count()))
  t.equal(xalTokens.find('device', 'device 1 1000'), undefined)
  t.ok(xalTokens.find('title', 'title 1 0'), 'those of other kinds stay')
  const plan = database.prepare<[], { detail: string }>("EXPLAIN QUERY PLAN SELECT row FROM xal_token WHERE owner = 1 AND kind = 'device' ORDER BY row DESC").all()
  t.strictSame(plan.map(({ detail }) => detail), ['SEARCH xal_token USING COVERING INDEX xal_token_by_owner (owner=? AND kind=?)'])
})

t.test('tokens of a kind are forgotten, too, when none of them has a number at which they are counted', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  const { write } = prepareWritable(database)
  database.exec(`INSERT INTO xal_token (row, kind, token, owner, expires)
    SELECT 2 * value - 1, 'device', 'many ' || value, value, '${expires}' FROM (WITH RECURSIVE counter (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM counter LIMIT 101000) SELECT value FROM counter)`)
  database.transaction(() => {
    for (let index = 0; index < 1000; index++) write.xalTokens.add(index % 2 === 0 ? 'xsts' : 'device', `new ${index}`, { owner: String(index), titleId: null, proofKey: null, expires })
  })()
  const count = database.prepare("SELECT count(*) FROM xal_token WHERE kind = 'device'").pluck().get()
  t.ok(Number(count) <= 100_500, String(count))
})
