import t from 'tap'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { DEMO, FRIEND, GAMER, NOW, STRANGER } from '../helper.ts'
import { openEarlier, withoutNeighbours } from './earlier.ts'
import { prepareWritable } from './writable.ts'

/** The schema of the version before a world told the hosts around the achievements anything. */
const BEFORE = 9

/** What a database exports that was seeded now with a world without any of it. */
function exportOfToday (): unknown {
  const database = openDatabase(':memory:')
  seed(database, withoutNeighbours(DEMO), 'test')
  const world = prepareWritable(database).store.world.export()
  database.close()
  return world
}

const demo = exportOfToday()

t.test('an older database has the defaults', async (t) => {
  const database = openEarlier(BEFORE, DEMO)
  t.teardown(() => { database.close() })
  t.equal(database.pragma('user_version', { simple: true }), BEFORE)
  migrate(database)
  const { store } = prepareWritable(database)
  t.strictSame(store.world.export(), demo)
  t.strictSame(database.pragma('foreign_key_check'), [])
  t.equal(store.catalogue.findTitleOfClient('x'), undefined)
})

t.test('a reset after the migration undoes what was changed before it, and after it', async (t) => {
  const database = openEarlier(BEFORE, DEMO)
  t.teardown(() => { database.close() })
  database.exec(`
    UPDATE person SET privacy = 'blocked' WHERE xuid = '${GAMER}';
    INSERT INTO person (xuid, gamertag, privacy) VALUES ('5', 'five', 'everyone');
    DELETE FROM friendship WHERE person = 1 AND friend = 2;
    INSERT INTO friendship VALUES (1, 3);
    UPDATE play SET last_played = '2030-01-01T00:00:00.0000000Z' WHERE person = 1;
    DELETE FROM play WHERE person = 3`)
  migrate(database)
  const { store, write } = prepareWritable(database)
  const [gamer, friend, stranger] = [GAMER, FRIEND, STRANGER].map((xuid) => {
    const person = store.people.find(xuid)
    if (person === undefined) throw new Error(`no user ${xuid}`)
    return person
  }) as [any, any, any]
  t.strictSame(store.people.relate(gamer, stranger), { isFollowing: true, isFollowedBy: false, isFavorite: false })
  write.people.addFriend(gamer, friend, true)
  write.people.addFriend(friend, gamer, true)
  write.people.setPresence(stranger, { state: 'Online', deviceType: 'XboxOne', titles: [], timestamp: new Date(NOW).toISOString() })
  write.people.put({ xuid: STRANGER, gamertag: 'stranger', privacy: 'blocked', profile: null, signInError: 1 })
  t.strictSame([store.people.relate(gamer, friend).isFavorite, store.people.findSignInError(STRANGER)], [true, 1])
  write.world.reset()
  t.strictSame(store.world.export(), demo)
})
