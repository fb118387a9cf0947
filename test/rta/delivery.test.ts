import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { ProgressChange, ToldProgress } from '../../src/model/change.ts'
import type { FaultEffects } from '../../src/rta/subscription-faults.ts'
import { ANN, BOB, CID, EVENT_SCID, openHub, resourceOf, SCID, type Client } from './activity.ts'

/** The percentages that the events of a client tell, and what else it was sent after its first answer. */
const toldTo = ({ frames }: Client): unknown[] => frames.slice(1).map((frame) => {
  const [type, , data] = JSON.parse(frame)
  return type === 3 ? Number(data.progression[0].requirements[0].current) : frame
})

/** Waits for so many frames. */
const receive = async ({ frames }: Client, count: number): Promise<void> => { while (frames.length < count) await setImmediate() }

t.test('nothing is told in the turn of the change', async (t) => {
  const { connect, report, settle } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 })
  t.equal(client.frames.length, 1)
  await settle()
  t.equal(client.frames.length, 2)
})

t.test('the feed is followed only while there are subscriptions', async (t) => {
  const { connect, emulator: { services: { feed } }, hub } = openHub(t)
  const listeners: unknown[] = []
  const listen = feed.listen
  Object.assign(feed, {
    listen: (listener: Parameters<typeof listen>[0]) => {
      listeners.push(listener)
      const end = listen(listener)
      return () => {
        listeners.splice(listeners.indexOf(listener), 1)
        end()
      }
    }
  })
  const [a, b] = [connect(), connect()]
  t.equal(listeners.length, 0)
  a.subscribe(resourceOf(ANN))
  b.subscribe(resourceOf(ANN))
  t.equal(listeners.length, 1)
  a.say([2, 0, 0])
  t.equal(listeners.length, 1)
  b.conversation.end()
  t.equal(listeners.length, 0)
  a.subscribe(resourceOf(ANN))
  t.equal(listeners.length, 1)
  a.say([2, 0, 1])
  t.equal(listeners.length, 0)
  a.subscribe(resourceOf(ANN))
  t.equal(listeners.length, 1)
  hub.stop()
  t.equal(listeners.length, 0)
})

t.test('who subscribes after a change is not told of it', async (t) => {
  const { connect, report, settle } = openHub(t)
  const [early, late] = [connect(), connect()]
  early.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 })
  late.subscribe(resourceOf(ANN))
  report(ANN, { 1: 20 })
  await settle()
  t.strictSame([toldTo(early), toldTo(late)], [[10, 20], [20]])
})

t.test('who may see is decided again at each event', async (t) => {
  const { connect, report, settle, run } = openHub(t)
  const [ann, bob] = [connect('ann'), connect('bob')]
  for (const client of [ann, bob]) client.subscribe(resourceOf(BOB))
  const step = async (percent: number, change: () => void = () => {}): Promise<void> => {
    report(BOB, { 1: percent })
    change()
    await settle()
  }
  await step(1)
  await step(2, () => run('privacy.set', { xuid: BOB, privacy: 'blocked' }))
  await step(3, () => run('privacy.set', { xuid: BOB, privacy: 'friendsOnly' }))
  await step(4, () => run('friend.remove', { xuid: BOB, friend: ANN }))
  await step(5, () => run('friend.add', { xuid: BOB, friend: ANN, isFavorite: null }))
  await step(6)
  await step(7, () => run('user.delete', { xuid: BOB }))
  t.strictSame(toldTo(ann), [1, '[4]', '[4]', 6])
  t.strictSame(toldTo(bob), [1, 2, 3, 4, 5, 6])
})

t.test('who may see a user again is told to fetch again, once for a connection, whether or not there was something to see', async (t) => {
  const { connect, report, settle, run } = openHub(t)
  const [ann, bob, cid] = [connect('ann'), connect('bob'), connect('ann')]
  for (const client of [ann, ann, bob]) client.subscribe(resourceOf(BOB))
  cid.subscribe(resourceOf(ANN))
  for (const isAnythingDone of [true, false]) {
    for (const [hide, show] of [
      [() => run('privacy.set', { xuid: BOB, privacy: 'blocked' }), () => run('privacy.set', { xuid: BOB, privacy: 'friendsOnly' })],
      [() => run('friend.remove', { xuid: BOB, friend: ANN }), () => run('friend.add', { xuid: BOB, friend: ANN, isFavorite: null })],
      [() => run('user.delete', { xuid: BOB }), () => run('user.put', { xuid: BOB, gamertag: null, privacy: null, profile: null, signInError: null })]
    ] as const) {
      const isDeletion = show.toString().includes('user.put')
      hide()
      await settle()
      if (isAnythingDone && !isDeletion) report(BOB, { 1: 1, 2: 2, 3: 3 })
      await settle()
      const before = [ann, bob].map(({ frames }) => frames.length)
      show()
      // Another change of theirs shows nothing new.
      run('user.put', { xuid: BOB, gamertag: 'another name', privacy: null, profile: null, signInError: null })
      run('friend.add', { xuid: BOB, friend: CID, isFavorite: null })
      await settle()
      t.strictSame([ann, bob].map(({ frames }, index) => frames.slice(before[index])), [['[4]'], isDeletion ? ['[4]'] : []], show.toString())
      if (isDeletion) run('friend.add', { xuid: BOB, friend: ANN, isFavorite: null })
      else run('friend.remove', { xuid: BOB, friend: CID })
      await settle()
    }
    run('privacy.set', { xuid: BOB, privacy: 'friendsOnly' })
    await settle()
  }
  t.strictSame(toldTo(cid), [])
})

t.test('nothing that a user has done who was deleted is told of another one with the same XUID, also when it is late', async (t) => {
  const { faults } = disturb({ drop: false, delay: 60_000 })
  const { connect, report, settle, run } = openHub(t, { faults })
  const [late, soon] = [connect('ann'), connect('bob')]
  late.subscribe(resourceOf(ANN))
  report(ANN, { 1: 1 })
  await settle()
  soon.subscribe(resourceOf(ANN))
  report(ANN, { 1: 2 })
  run('user.delete', { xuid: ANN })
  run('user.put', { xuid: ANN, gamertag: null, privacy: null, profile: null, signInError: null })
  report(ANN, { 1: 3 })
  await settle()
  t.strictSame([toldTo(late), toldTo(soon)], [['[4]', 3], ['[4]', 3]])
})

t.test('a store that fails when a user is shown again', async (t) => {
  const { connect, settle, database, emulator: { services: { feed } } } = openHub(t)
  const client = connect('ann')
  client.subscribe(resourceOf(BOB))
  database.exec('ALTER TABLE friendship RENAME TO gone')
  feed.publish([{ kind: 'user', xuid: BOB, what: 'privacy' }])
  await settle()
  t.strictSame(toldTo(client), ['[4]'])
  database.exec('ALTER TABLE gone RENAME TO friendship')
})

t.test('which service configurations the title may read is decided again, too', async (t) => {
  const { connect, settle, run } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN, EVENT_SCID))
  const set = (percentComplete: number): unknown => run('progress.set', { xuid: ANN, scid: EVENT_SCID, id: 2, sandbox: null, percentComplete, requirements: null, isRevoked: false, timeUnlocked: null, now: 0 })
  set(1)
  await settle()
  run('world.merge', { part: { titles: [{ titleId: 2, public: false }] } })
  set(2)
  await settle()
  run('world.merge', { part: { titles: [{ titleId: 2, public: true }] } })
  set(3)
  await settle()
  t.strictSame(toldTo(client), [1, '[4]', '[4]', 3])
})

t.test('an event is written once for all, and who may see it is asked once of each', async (t) => {
  const { connect, report, settle, store } = openHub(t)
  const clients = Array.from({ length: 5 }, () => connect('ann'))
  for (const client of clients) client.subscribe(resourceOf(BOB))
  const calls = { hasFriend: 0, findDefinition: 0 }
  const { hasFriend } = store.people
  const { findDefinition } = store.achievements
  report(BOB, { 1: 10 })
  Object.assign(store.people, {
    hasFriend: (...given: Parameters<typeof hasFriend>) => {
      calls.hasFriend++
      return hasFriend(...given)
    }
  })
  Object.assign(store.achievements, {
    findDefinition: (...given: Parameters<typeof findDefinition>) => {
      calls.findDefinition++
      return findDefinition(...given)
    }
  })
  await settle()
  t.strictSame(calls, { hasFriend: 5, findDefinition: 1 })
  t.ok(clients.every((client) => t.strictSame(toldTo(client), [10])))
})

t.test('when anything may have changed, who has subscriptions is told to fetch again', async (t) => {
  const { connect, report, settle, emulator } = openHub(t)
  const [subscribed, idle] = [connect(), connect()]
  subscribed.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 })
  emulator.services.feed.publish([{ kind: 'world', what: 'reset' }, { kind: 'missed' }, { kind: 'fault', what: 'added', id: 1 }])
  report(ANN, { 1: 20 })
  await settle()
  t.strictSame(toldTo(subscribed), [10, '[4]', '[4]', 20])
  t.strictSame(idle.frames, [])
})

t.test('the operations on worlds tell so, and what is gone is not told of', async (t) => {
  const { connect, report, settle, run } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 })
  run('everything.reset', {})
  await settle()
  report(ANN, { 1: 10 })
  await settle()
  t.strictSame(toldTo(client), [10, '[4]', 10])
})

t.test('a test tells chosen connections', async (t) => {
  const { connect, hub, report, settle } = openHub(t)
  const [a, b, c] = [connect(), connect(), connect()]
  a.subscribe(resourceOf(ANN))
  c.conversation.end()
  report(ANN, { 1: 10 })
  t.equal(hub.resync([a.id, b.id, c.id, 999]), 2)
  await settle()
  t.strictSame([toldTo(a), b.frames, c.frames], [[10, '[4]'], ['[4]'], []])
})

t.test('changes that come faster than they can be told become one notice', async (t) => {
  const { connect, report, settle } = openHub(t, { hub: { mostWaiting: 3 } })
  const [a, b] = [connect(), connect()]
  for (const client of [a, b]) client.subscribe(resourceOf(ANN))
  for (const percent of [1, 2, 3, 4, 5]) report(ANN, { 1: percent })
  await settle()
  report(ANN, { 1: 6 })
  await settle()
  t.strictSame([toldTo(a), toldTo(b)], [['[4]', 5, 6], ['[4]', 5, 6]])
})

t.test('nothing is sent once it was stopped', async (t) => {
  const { connect, hub, report, settle } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 })
  hub.resync([client.id])
  hub.stop()
  await settle()
  t.strictSame(client.frames, ['[1,7,0,0,null]'])
})

t.test('ten thousand changes may wait', async (t) => {
  const { connect, settle, emulator: { services: { feed } } } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN))
  const at = (percentComplete: number): ToldProgress => ({ percentComplete, timeUnlocked: null, isRevoked: false, requirements: [] })
  const change: ProgressChange = { kind: 'progress', xuid: ANN, sandbox: 'RETAIL', serviceConfigId: SCID, achievements: [{ id: 1, before: at(1), after: at(2) }] }
  feed.publish(Array(10_000).fill(change))
  // What waits would be too much with one more.
  await receive(client, 10_001)
  t.strictSame([...new Set(toldTo(client))], [2])
  client.frames.length = 1
  feed.publish(Array(10_001).fill(change))
  await settle()
  t.strictSame(toldTo(client), ['[4]'])
})

t.test('many subscribers take several turns', async (t) => {
  const { connect, report, settle } = openHub(t)
  const clients = Array.from({ length: 300 }, () => connect())
  for (const client of clients) client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 })
  report(ANN, { 1: 20 })
  await setImmediate()
  t.equal(clients.filter(({ frames }) => frames.length > 1).length, 256)
  await settle()
  t.ok(clients.every((client) => t.strictSame(toldTo(client), [10, 20])))
})

t.test('who cannot be told because the store fails is told to fetch again', async (t) => {
  const { connect, report, settle, database } = openHub(t)
  const client = connect('ann')
  client.subscribe(resourceOf(BOB))
  report(BOB, { 1: 10 })
  database.exec('ALTER TABLE friendship RENAME TO gone')
  await settle()
  database.exec('ALTER TABLE gone RENAME TO friendship')
  report(BOB, { 1: 20 })
  await settle()
  t.strictSame(toldTo(client), ['[4]', 20])
})

/** Disturbs events in turn. */
function disturb (...fates: Array<{ drop: boolean, delay: number }>): { faults: FaultEffects, asked: object[] } {
  const asked: object[] = []
  return {
    asked,
    faults: {
      refusalOf: () => null,
      fateOf: (subscription) => {
        asked.push(subscription)
        return fates.shift() ?? { drop: false, delay: 0 }
      }
    }
  }
}

/** Also where the machine does something else for some ms, it is not due before what a test does in the same turn. */
const LATE = { drop: false, delay: 100 }

t.test('a test drops and delays events, and their order stays', async (t) => {
  const { faults, asked } = disturb({ drop: true, delay: 0 }, { drop: false, delay: 5 }, { drop: false, delay: 0 }, { drop: false, delay: 1 })
  const { connect, report } = openHub(t, { faults })
  const client = connect()
  client.subscribe(resourceOf(ANN))
  for (const percent of [1, 2, 3, 4, 5]) report(ANN, { 1: percent })
  await receive(client, 5)
  t.strictSame(toldTo(client), [2, 3, 4, 5])
  t.strictSame(asked, Array(5).fill({ xuid: ANN, resource: resourceOf(ANN) }))
})

t.test('a delayed event is not sent to whom it may not be sent any more', async (t) => {
  const { faults } = disturb(LATE, LATE)
  const { connect, report, run, settle } = openHub(t, { faults })
  const [ann, bob] = [connect('ann'), connect('bob')]
  for (const client of [ann, bob]) client.subscribe(resourceOf(BOB))
  report(BOB, { 1: 1 })
  await settle()
  run('privacy.set', { xuid: BOB, privacy: 'blocked' })
  await receive(bob, 2)
  t.strictSame([toldTo(ann), toldTo(bob)], [[], [1]])
})

t.test('a delayed event is not sent after the answer to the unsubscribe', async (t) => {
  const { faults } = disturb(LATE, { drop: false, delay: LATE.delay + 1 })
  const { connect, report, settle } = openHub(t, { faults })
  const [a, b] = [connect(), connect()]
  for (const client of [a, b]) client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 1 })
  await settle()
  a.say([2, 0, 0])
  await receive(b, 2)
  t.strictSame(a.frames, ['[1,7,0,0,null]', '[2,0,0]'])
})

t.test('delayed events are forgotten when everything is to be fetched anew', async (t) => {
  const { faults } = disturb(LATE, LATE)
  const { connect, report, settle, emulator } = openHub(t, { faults })
  const client = connect()
  client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 1 })
  // It is told in the same turn.
  emulator.services.feed.publish([{ kind: 'missed' }])
  await settle()
  report(ANN, { 1: 2 })
  await receive(client, 3)
  t.strictSame(toldTo(client), ['[4]', 2])
})
