import t from 'tap'
import type { CacheFactory } from '../../src/base/cache.ts'
import { formatInstant } from '../../src/base/instant.ts'
import type { Session } from '../../src/model/session.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareSessions } from '../../src/store/sessions.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { build, FRIEND, GAMER, NOW, SAMPLE_TITLE } from '../helper.ts'
import { session, title, user } from '../world-parts.ts'
import { openEarlier } from './earlier.ts'
import { prepareWritable } from './writable.ts'

t.test('a session by user hash and token', async (t) => {
  const { store: { sessions } } = build(t)
  const none = { xuid: null, gamertag: null, titleId: null, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: null, anyTitle: false }
  t.strictSame(sessions.find({ userHash: 'demo', token: 'friend' }), [{ ...none, xuid: FRIEND, gamertag: 'friend', titleId: SAMPLE_TITLE, location: 'FR' }])
  t.strictSame(sessions.find({ userHash: 'demo', token: 'site' }), [{ ...none, xuid: '2533274790412954', gamertag: 'stranger', thirdPartySite: true }])
  t.strictSame(sessions.find({ userHash: 'demo', token: 'anonymous' }), [{ ...none, titleId: SAMPLE_TITLE }])
  t.strictSame(sessions.find({ userHash: 'demo', token: 'expired' }), [{ ...none, xuid: GAMER, gamertag: 'gamer', titleId: SAMPLE_TITLE, expires: '2013-03-01T00:00:00.0000000Z' }])
  for (const [userHash, token] of [['demo', 'other'], ['other', 'gamer'], ['DEMO', 'gamer'], ['demo', 'Gamer'], ['demo', ''], ['gamer', 'demo']] as const) {
    t.strictSame(sessions.find({ userHash, token }), [], `${userHash};${token}`)
  }
})

t.test('the same token under two user hashes is two sessions', async (t) => {
  const { database } = build(t, { world: { sessions: [session({ userHash: 'z', location: 'US' }), session({ userHash: 'a', location: 'FR' }), session({ userHash: 'z', token: 'Token' })] } })
  const { store: { sessions }, write } = prepareWritable(database)
  const locations = (userHash: string | null, token = 'token'): unknown[] => sessions.find({ userHash, token }).map(({ location }) => location)
  t.strictSame(locations('z'), ['US'])
  t.strictSame(locations('a'), ['FR'])
  t.strictSame(locations(null), ['US', 'FR'], 'all of them, in the order of the document')
  t.strictSame(locations(null, 'none'), [])
  write.sessions.put({ ...sessions.find({ userHash: 'a', token: 'token' })[0] as Session, userHash: 'b', token: 'token', location: 'JP' })
  t.strictSame(locations(null), ['US', 'FR', 'JP'], 'one that is made later, too')
  write.sessions.remove('z', 'token')
  t.strictSame(locations(null), ['FR', 'JP'])
})

t.test('sessions are found along an index', async (t) => {
  const database = openDatabase(':memory:')
  const statements: string[] = []
  const prepare = database.prepare.bind(database)
  database.prepare = (sql: string) => {
    statements.push(sql)
    return prepare(sql) as never
  }
  const kept: CacheFactory['state'] = (_options, make) => make
  prepareSessions(database, { definitions: kept, state: kept })
  const plans = statements.filter((sql) => sql.includes('token = +?')).map((sql) => prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL')}`).all().map(({ detail }) => detail))
  t.strictSame(plans, [
    ['SEARCH session USING INDEX sqlite_autoindex_session_1 (user_hash=? AND token=?)', 'SEARCH person USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN', 'SEARCH title USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN'],
    ['SEARCH session USING INDEX session_by_token (token=?)', 'SEARCH person USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN', 'SEARCH title USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN']
  ])
  database.close()
})

t.test('the example: the first session that can read its own list', async (t) => {
  const now = formatInstant(NOW)
  const usable = session({ userHash: 'h', token: 'usable', xuid: '1', titleId: 1 })
  const found = { userHash: 'h', token: 'usable', xuid: '1', titleId: 1 }
  const cases: Array<[string, object[], object | undefined]> = [
    ['none', [], undefined],
    ['without a user claim', [session()], undefined],
    ['of a third-party site', [session({ xuid: '1', thirdPartySite: true })], undefined],
    ['expired', [session({ xuid: '1', expires: '2000-01-01T00:00:00Z' })], undefined],
    ['expiring now', [session({ xuid: '1', expires: now })], undefined],
    ['without a title claim', [session({ xuid: '1' })], { userHash: 'hash', token: 'token', xuid: '1', titleId: null }],
    ['expiring later', [session({ xuid: '1', expires: '2020-06-15T12:00:00.0000001Z' })], { userHash: 'hash', token: 'token', xuid: '1', titleId: null }],
    ['after others', [session(), session({ token: 'site', xuid: '1', thirdPartySite: true }), usable], found],
    ['before others, in the order of the document', [usable, session({ userHash: 'a', token: 'a', xuid: '1' })], found]
  ]
  for (const [what, sessions, example] of cases) {
    const { store } = build(t, { world: { titles: [title()], users: [user()], sessions } })
    t.strictSame(store.sessions.findExample(now), example, what)
  }
})

t.test('a session is added, changed and removed', async (t) => {
  const { store: { sessions, world }, write } = prepareWritable(build(t).database)
  const count = (): number => world.export().sessions.length
  const full = { xuid: FRIEND, titleId: SAMPLE_TITLE, sandbox: 'XDKS.1', location: 'US', thirdPartySite: true, expires: '2100-01-01T00:00:00.0000000Z' }
  const bare = { xuid: null, titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null }
  const before = count()
  for (const claims of [full, bare, full]) {
    t.strictSame([write.sessions.put({ userHash: 'new', token: 'a', ...claims }), write.sessions.put({ userHash: 'new', token: 'a', ...claims })], [true, false], 'the second time nothing changes')
    t.strictSame(sessions.find({ userHash: 'new', token: 'a' }), [{ ...claims, gamertag: claims.xuid === null ? null : 'friend', anyTitle: false }])
    t.equal(count(), before + 1)
  }
  t.strictSame([write.sessions.remove('new', 'A'), write.sessions.remove('NEW', 'a'), write.sessions.remove('a', 'new'), count()], [undefined, undefined, undefined, before + 1])
  t.strictSame([write.sessions.remove('new', 'a'), write.sessions.remove('new', 'a'), count()], [{ xuid: FRIEND, titleId: SAMPLE_TITLE }, undefined, before])
  t.strictSame(sessions.find({ userHash: 'new', token: 'a' }), [])
})

t.test('sessions that no header can name are deleted from an older database', async (t) => {
  const database = openEarlier(8, mergeWorlds([{ file: 'world', document: { sessions: [session({ userHash: 'a' }), session({ userHash: 'b' }), session({ userHash: 'c' })] } }]))
  t.teardown(() => { database.close() })
  database.exec("UPDATE world SET recording = 0; UPDATE session SET user_hash = '-' WHERE user_hash = 'a'; UPDATE session SET user_hash = '*' WHERE user_hash = 'b'; UPDATE world SET recording = 1")
  database.exec("DELETE FROM session WHERE user_hash = '-'")
  migrate(database)
  const { store: { world }, write } = prepareWritable(database)
  const userHashes = (): string[] => world.export().sessions.map(({ userHash }) => userHash)
  t.strictSame(userHashes(), ['c'])
  write.world.reset()
  t.strictSame(userHashes(), ['c'], 'nor does a reset bring one back')
})
