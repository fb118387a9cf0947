import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { DEMO, FRIEND, GAMER } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { prepareWritable } from './writable.ts'

t.test('every write of this connection makes another revision, and nothing else does', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, DEMO, 'demo')
  const { store: { revision, world, catalogue }, write, transact } = prepareWritable(database)
  const before = revision.state()
  catalogue.count()
  world.export()
  t.equal(revision.state(), before)
  const seen = new Set([before])
  const writes = [
    () => transact(({ write }) => write.people.setPrivacy({ row: 1, xuid: GAMER, privacy: 'everyone' }, 'blocked')),
    () => write.people.put({ xuid: '5', gamertag: 'five', privacy: 'everyone', profile: null, signInError: null }),
    () => write.sessions.remove('demo', 'gamer'),
    () => write.world.reset(),
    () => write.world.replace(DEMO, 'demo')
  ]
  for (const change of writes) {
    change()
    seen.add(revision.state())
    t.equal(revision.state(), revision.state())
  }
  t.equal(seen.size, writes.length + 1)
})

t.test('while changes are made nothing may be kept, whether they are done or undone', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, DEMO, 'demo')
  const { store: { revision, people }, transact } = prepareWritable(database)
  t.equal(people.find(GAMER)?.privacy, 'friendsOnly')
  const broken = new Error('broken')
  t.equal(thrownBy(() => transact(({ write }) => {
    write.people.setPrivacy({ row: 1, xuid: GAMER, privacy: 'friendsOnly' }, 'blocked')
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
  const { store: { revision }, transact } = prepareWritable(database)
  const before = revision.definitions()
  const broken = new Error('broken')
  t.equal(thrownBy(() => transact(({ write }) => {
    write.world.replace(DEMO, 'demo')
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
  const [{ store: here }, { store: there, write }] = [prepareWritable(one), prepareWritable(other)]
  const [state, definitions] = [here.revision.state(), here.revision.definitions()]
  t.equal(there.revision.definitions(), definitions)
  t.equal(here.people.find(FRIEND)?.privacy, 'everyone')

  write.people.setPrivacy({ row: 2, xuid: FRIEND, privacy: 'everyone' }, 'blocked')
  await nextTurn()
  t.not(here.revision.state(), state)
  t.equal(here.revision.definitions(), definitions)
  t.equal(here.people.find(FRIEND)?.privacy, 'blocked')

  write.world.replace(DEMO, 'demo')
  await nextTurn()
  t.not(here.revision.definitions(), definitions)
  t.equal(here.revision.definitions(), there.revision.definitions())
})

t.test('reads that run as one see one moment, and no value that was cached before it', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const [one, other] = [openDatabase(file), openDatabase(file)]
  t.teardown(() => { one.close(); other.close() })
  seed(one, DEMO, 'demo')
  const [{ store: here }, { store: there, write }] = [prepareWritable(one), prepareWritable(other)]
  const friend = { row: 2, xuid: FRIEND, privacy: 'everyone' } as const
  t.equal(here.people.find(FRIEND)?.privacy, 'everyone')
  write.people.setPrivacy(friend, 'blocked')
  here.read(() => {
    t.equal(here.people.find(FRIEND)?.privacy, 'blocked')
    write.people.setPrivacy(friend, 'friendsOnly')
    t.equal(here.people.findSettings(FRIEND)?.privacy, 'blocked')
  })
  await nextTurn()
  t.equal(here.people.find(FRIEND)?.privacy, 'friendsOnly')
  t.equal(there.people.find(FRIEND)?.privacy, 'friendsOnly')
})
