import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { openDatabase, prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { thrownBy } from '../thrown.ts'
import { DEMO, FRIEND, GAMER } from '../helper.ts'

t.test('every write of this connection makes another revision, and nothing else does', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, DEMO, 'demo')
  const { revision, world, people, sessions, transact, catalogue } = prepareStore(database)
  const before = revision.state()
  catalogue.count()
  world.export()
  t.equal(revision.state(), before)
  const seen = new Set([before])
  const writes = [
    () => transact(() => people.setPrivacy({ row: 1, xuid: GAMER, privacy: 'everyone' }, 'blocked')),
    () => transact(() => people.write({ xuid: '5', gamertag: 'five', privacy: 'everyone' })),
    () => transact(() => sessions.remove('demo', 'gamer')),
    () => world.reset(),
    () => world.replace(DEMO, 'demo')
  ]
  for (const write of writes) {
    write()
    seen.add(revision.state())
    t.equal(revision.state(), revision.state())
  }
  t.equal(seen.size, writes.length + 1)
})

t.test('while changes are made nothing may be kept, whether they are done or undone', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, DEMO, 'demo')
  const { revision, people, transact } = prepareStore(database)
  t.equal(people.find(GAMER)?.privacy, 'friendsOnly')
  const broken = new Error('broken')
  t.equal(thrownBy(() => transact(() => {
    people.setPrivacy({ row: 1, xuid: GAMER, privacy: 'friendsOnly' }, 'blocked')
    t.equal(revision.state(), null)
    t.equal(people.find(GAMER)?.privacy, 'blocked')
    throw broken
  })), broken)
  t.not(revision.state(), null)
  t.equal(people.find(GAMER)?.privacy, 'friendsOnly')
})

t.test('definitions that were read from a world that is then undone are not cached', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, DEMO, 'demo')
  const { revision, world, transact } = prepareStore(database)
  const before = revision.definitions()
  const broken = new Error('broken')
  t.equal(thrownBy(() => transact(() => {
    world.replace(DEMO, 'demo')
    t.equal(revision.state(), null)
    t.not(revision.definitions(), before)
    throw broken
  })), broken)
  t.equal(revision.definitions(), before)
})

t.test('another connection\'s writes, too, at the next turn of the event loop; definitions change with a world alone', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [one, other] = [openDatabase(file), openDatabase(file)]
  t.teardown(() => { one.close(); other.close() })
  seed(one, DEMO, 'demo')
  const [here, there] = [prepareStore(one), prepareStore(other)]
  const [state, definitions] = [here.revision.state(), here.revision.definitions()]
  t.equal(there.revision.definitions(), definitions)
  t.equal(here.people.find(FRIEND)?.privacy, 'everyone')

  there.people.setPrivacy({ row: 2, xuid: FRIEND, privacy: 'everyone' }, 'blocked')
  await nextTurn()
  t.not(here.revision.state(), state)
  t.equal(here.revision.definitions(), definitions)
  t.equal(here.people.find(FRIEND)?.privacy, 'blocked')

  there.world.replace(DEMO, 'demo')
  await nextTurn()
  t.not(here.revision.definitions(), definitions)
  t.equal(here.revision.definitions(), there.revision.definitions())
})

t.test('reads that run as one see one moment, and no value that was cached before it', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [one, other] = [openDatabase(file), openDatabase(file)]
  t.teardown(() => { one.close(); other.close() })
  seed(one, DEMO, 'demo')
  const [here, there] = [prepareStore(one), prepareStore(other)]
  const friend = { row: 2, xuid: FRIEND, privacy: 'everyone' } as const
  t.equal(here.people.find(FRIEND)?.privacy, 'everyone')
  there.transact(() => there.people.setPrivacy(friend, 'blocked'))
  here.read(() => {
    t.equal(here.people.find(FRIEND)?.privacy, 'blocked')
    there.transact(() => there.people.setPrivacy(friend, 'friendsOnly'))
    t.equal(here.people.describe(FRIEND)?.privacy, 'blocked')
  })
  await nextTurn()
  t.equal(here.people.find(FRIEND)?.privacy, 'friendsOnly')
})
