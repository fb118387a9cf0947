import t from 'tap'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { session, title, user } from '../world-parts.ts'
import { openEarlier } from './earlier.ts'
import { prepareWritable } from './writable.ts'

/** The schema of the version in which the title of a session was one of the world. */
const BEFORE = 11

t.test('sessions of an older database stay, with what a reset takes back, and may name other titles', async (t) => {
  const world = mergeWorlds([{
    file: 'world',
    document: { titles: [title()], users: [user(), user({ xuid: '2', gamertag: 'bob' })], sessions: [session({ xuid: '2', titleId: 1, location: 'US', expires: '2030-01-01T00:00:00Z' }), session({ token: 'second' }), session({ token: 'third', titleId: 1 })] }
  }])
  const database = openEarlier(BEFORE, world)
  t.teardown(() => { database.close() })
  // One is changed, one is deleted, one is added, and one comes and goes.
  database.exec(`
    UPDATE session SET location = 'FR' WHERE token = 'token';
    DELETE FROM session WHERE token = 'second';
    INSERT INTO session (user_hash, token, title_id, third_party_site) VALUES ('hash', 'added', 1, 1), ('hash', 'ended', NULL, 0);
    DELETE FROM session WHERE token = 'ended'`)
  const rows = (table: string): unknown[] => database.prepare(`SELECT * FROM ${table} ORDER BY row`).all()
  const before = [rows('session'), rows('undo_session')]
  migrate(database)
  t.strictSame([rows('session'), rows('undo_session')], before)
  t.strictSame(database.pragma('foreign_key_check'), [])
  t.strictSame(database.pragma('integrity_check'), [{ integrity_check: 'ok' }])
  t.equal(database.prepare('SELECT recording FROM world').pluck().get(), 1)

  const { store, write } = prepareWritable(database)
  const tokens = (): string[] => store.world.export().sessions.map(({ token }) => token)
  t.strictSame(tokens(), ['token', 'third', 'added'])
  write.sessions.put({ userHash: 'hash', token: 'app', xuid: '1', titleId: 328178078, sandbox: null, location: null, thirdPartySite: false, expires: null })
  write.sessions.remove('hash', 'third')
  write.sessions.remove('hash', 'app')
  t.equal(rows('undo_session').length, 4, 'what was added and is gone is forgotten')
  write.world.reset()
  t.strictSame(store.world.export().sessions, world.sessions)
})

t.test('the table of sessions is that of a new database', async (t) => {
  const [fresh, database] = [openDatabase(':memory:'), openEarlier(BEFORE, mergeWorlds([{ file: 'world', document: {} }]))]
  t.teardown(() => { fresh.close(); database.close() })
  migrate(database)
  for (const open of [fresh, database]) {
    t.strictSame(open.prepare("SELECT name FROM sqlite_schema WHERE tbl_name IN ('session', 'undo_session') AND name NOT LIKE 'sqlite%' ORDER BY name").pluck().all(), [
      'session', 'session_by_person', 'session_by_token', 'session_delete', 'session_ended', 'session_insert', 'session_update', 'undo_session'
    ])
  }
})
