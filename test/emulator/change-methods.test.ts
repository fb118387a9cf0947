import { once } from 'node:events'
import t, { type Test } from 'tap'
import { WebSocket } from 'ws'
import { waitForFeed } from '../../src/emulator/feed-wait.ts'
import { WaitError, type Emulator, type EmulatorChange } from '../../src/index.ts'
import { follow } from '../control/events/client.ts'
import { build, FRIEND, GAMER, LARGE_TITLE, SAMPLE_SCID } from '../helper.ts'
import { start } from '../in-process.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const LONGEST = { timeout: 3_600_000 }
const NOW = '2020-06-15T12:00:00.0000000Z'

async function startFrozen (t: Test, options = {}): Promise<Emulator> {
  const emulator = await start(t, options)
  emulator.clock.freeze('2020-06-15T12:00:00Z')
  return emulator
}

/** What a wait in vain, or a wrong one, ends with. */
const failureOf = async (wait: Promise<unknown>): Promise<Error> => await wait.then(() => { throw new Error('it has come') }, (error) => error)

const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SCID}`

/** A client of real-time activity, closed after the test. */
async function connect (t: Test, emulator: Emulator): Promise<WebSocket> {
  const socket = new WebSocket(`${emulator.url.replace('http', 'ws')}/connect`, 'rta.xboxlive.com.V2', { headers: { authorization: emulator.authorization({ xuid: GAMER }) } })
  t.teardown(() => socket.terminate())
  await once(socket, 'open')
  return socket
}

t.test('a listener is told of each change, and those who follow over HTTP of the same', async (t) => {
  const emulator = await startFrozen(t)
  const reader = await follow(t, emulator.url, '?kinds=progress,user,fault,clock,world')
  const told: EmulatorChange[] = []
  const end = emulator.onChange((change) => { told.push(change) })
  emulator.setPrivacy('friend', 'blocked')
  emulator.unlock({ gamertag: 'friend', serviceConfigId: SCID, id: 9 })
  const remove = emulator.fault({ status: 503 })
  remove()
  emulator.clock.shift('PT0S')
  emulator.reset()
  t.strictSame(told, [], 'not in the turn of the change')
  const followed = await reader.take(6)
  t.strictSame(told, followed.map(({ data }) => data))
  t.strictSame(told.map(({ kind }) => kind), ['user', 'progress', 'fault', 'fault', 'clock', 'world'])
  t.strictSame(told[0], { time: NOW, kind: 'user', xuid: FRIEND, what: 'privacy' })
  emulator.setPrivacy('friend', 'friendsOnly')
  end()
  end()
  await reader.next()
  t.equal(told.length, 6, 'not after the end')
})

t.test('waits for a change', async (t) => {
  const emulator = await startFrozen(t)
  const waits = [
    emulator.waitForChange(),
    emulator.waitForChange({ kind: 'progress', gamertag: 'Friend' }, LONGEST),
    emulator.waitForChange({ serviceConfigId: SCID.toUpperCase(), id: 9 }, LONGEST),
    emulator.waitForChange({ kind: 'user', what: 'privacy', xuid: FRIEND }, LONGEST),
    emulator.waitForChange({ id: 2 }, LONGEST),
    emulator.waitForChange({ what: 'reset' }, LONGEST)
  ]
  emulator.unlock({ gamertag: 'gamer', serviceConfigId: SCID, id: 9 })
  emulator.unlock({ gamertag: 'friend', serviceConfigId: SCID, id: 10 })
  emulator.setPrivacy('gamer', 'blocked')
  emulator.setPrivacy('friend', 'blocked')
  emulator.fault({ status: 503 })
  emulator.fault({ status: 503 })
  emulator.reset()
  t.strictSame((await Promise.all(waits)).map((change) => [change.kind, 'xuid' in change ? change.xuid : 'id' in change ? change.id : null]), [
    ['progress', GAMER], ['progress', FRIEND], ['progress', GAMER], ['user', FRIEND], ['fault', 2], ['world', null]
  ])
})

t.test('a wait in vain says what came instead', async (t) => {
  const emulator = await startFrozen(t)
  const none = await failureOf(emulator.waitForChange({ kind: 'world' }, { timeout: 0 }))
  t.ok(none instanceof WaitError)
  t.equal(none.message, 'Waited 0 ms: no change matches {"kind":"world"}; nothing has changed.')
  const one = failureOf(emulator.waitForChange({ resource: '*' }, { timeout: 1 }))
  emulator.unlock({ gamertag: 'gamer', serviceConfigId: SCID, id: 9 })
  t.equal((await one).message, `Waited 1 ms: no change matches {"resource":"*"}; 1 change came:
  progress ${GAMER} in ${SCID} (RETAIL): 9 58% to 100%`)
  const many = failureOf(emulator.waitForChange({ kind: 'subscription' }, { timeout: 1 }))
  emulator.setPrivacy('gamer', 'blocked')
  emulator.fault({ status: 503 })
  emulator.createSession({ userHash: 'h', token: 't', titleId: LARGE_TITLE })
  emulator.createSession({ userHash: 'h', token: 'u', xuid: GAMER })
  emulator.clock.freeze('2013-02-15T00:00:00Z')
  t.equal((await many).message, `Waited 1 ms: no change matches {"kind":"subscription"}; 5 changes came, the last:
  session - created, title ${LARGE_TITLE}
  session ${GAMER} created
  clock 2013-02-15T00:00:00.0000000Z, stands still`)
})

t.test('waits for an unlock, whichever comes first', async (t) => {
  const emulator = await startFrozen(t)
  const unlock = { gamertag: 'friend', serviceConfigId: SCID, id: 9 }
  const wait = emulator.waitForUnlock(unlock, LONGEST)
  const waits = [emulator.waitForUnlock({ xuid: FRIEND, serviceConfigId: SCID.toUpperCase(), id: 9 }, LONGEST), emulator.waitForUnlock({ ...unlock, sandbox: 'RETAIL' }, LONGEST)]
  emulator.unlock({ ...unlock, percentComplete: 50 })
  emulator.unlock({ gamertag: 'gamer', serviceConfigId: SCID, id: 9 })
  emulator.unlock({ ...unlock, id: 10 })
  emulator.unlock(unlock)
  const progress = await wait
  t.match(progress, { serviceConfigId: SCID, id: 9, sandbox: null, percentComplete: 100, timeUnlocked: NOW, isRevoked: false })
  t.strictSame(await Promise.all(waits), [progress, progress])
  t.strictSame(await emulator.waitForUnlock(unlock, { timeout: 0 }), progress, 'one that is there already')
  emulator.resetAchievements('friend')
  const again = emulator.waitForUnlock(unlock, LONGEST)
  emulator.patchWorld({ users: [{ xuid: FRIEND, achievements: [{ serviceConfigId: SCID, id: 9, percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00Z' }] }] })
  t.match(await again, { timeUnlocked: '2020-01-01T00:00:00.0000000Z' }, 'a world can unlock, too')
})

t.test('an unlock that does not come', async (t) => {
  const emulator = await startFrozen(t)
  t.equal((await failureOf(emulator.waitForUnlock({ gamertag: 'friend', id: 48 }, { timeout: 0 }))).message, `Waited 0 ms: ${FRIEND} has not unlocked achievement 48 of ${SCID}, and is at 0 percent; nothing has changed.`)
  const wait = failureOf(emulator.waitForUnlock({ gamertag: 'friend', serviceConfigId: SCID, id: 9 }, { timeout: 1 }))
  emulator.unlock({ gamertag: 'friend', serviceConfigId: SCID, id: 9, percentComplete: 50 })
  t.equal((await wait).message, `Waited 1 ms: ${FRIEND} has not unlocked achievement 9 of ${SCID}, and is at 50 percent; 1 change came:
  progress ${FRIEND} in ${SCID} (RETAIL): 9 0% to 50%`)
  const closed = failureOf(emulator.waitForUnlock({ gamertag: 'friend', serviceConfigId: SCID, id: 9 }, LONGEST))
  emulator.deleteUser('friend')
  const gone = failureOf(emulator.waitForUnlock({ gamertag: 'gamer', serviceConfigId: SCID, id: 9 }, LONGEST))
  await emulator.close()
  t.equal((await closed).message, `The emulator was closed: ${FRIEND} has not unlocked achievement 9 of ${SCID}, and is at 0 percent; 1 change came:
  user ${FRIEND} deleted`)
  t.equal((await gone).message, `The emulator was closed: ${GAMER} has not unlocked achievement 9 of ${SCID}, and is at 58 percent; nothing has changed.`)
})

t.test('a closed emulator, and a database that cannot be read', async (t) => {
  const emulator = await start(t)
  await emulator.close()
  t.equal((await failureOf(emulator.waitForChange({}, LONGEST))).message, 'The emulator was closed: no change matches {}; nothing has changed.')
  const locked = new Error('the database is locked')
  const wait = waitForFeed(build(t).emulator, { timeout: LONGEST.timeout, find: () => { throw locked }, describe: () => '' })
  t.equal(await failureOf(wait), locked)
})

t.test('waits for a subscription, whichever comes first', async (t) => {
  const emulator = await startFrozen(t)
  const wait = emulator.waitForSubscription({ gamertag: 'gamer', resource: `*${SCID}` }, LONGEST)
  const socket = await connect(t, emulator)
  socket.send(JSON.stringify([1, 7, `https://achievements.xboxlive.com/users/xuid(${FRIEND})/achievements/${SCID}`.replace(SCID, SAMPLE_SCID)]))
  socket.send(JSON.stringify([1, 8, RESOURCE]))
  const [{ id: connection } = { id: NaN }] = emulator.rta.connections()
  const subscription = { connection, xuid: GAMER, resource: RESOURCE }
  t.strictSame(await wait, subscription)
  t.strictSame(await emulator.waitForSubscription({ xuid: GAMER, resource: RESOURCE }, { timeout: 0 }), subscription)
  const end = emulator.waitForChange({ kind: 'subscription', what: 'deleted', resource: RESOURCE }, LONGEST)
  socket.terminate()
  t.strictSame(await end, { time: NOW, kind: 'subscription', what: 'deleted', ...subscription })
  t.equal((await failureOf(emulator.waitForSubscription({ xuid: FRIEND }, { timeout: 0 }))).message, `Waited 0 ms: no subscription matches {"xuid":"${FRIEND}"}; nothing has changed.`)
  const made = failureOf(emulator.waitForSubscription({ gamertag: 'friend' }, LONGEST))
  const other = await connect(t, emulator)
  other.send(JSON.stringify([1, 1, RESOURCE]))
  await emulator.waitForSubscription({ gamertag: 'gamer' }, LONGEST)
  await emulator.close()
  t.match((await made).message, `subscription ${GAMER} added: ${RESOURCE} (connection `)
})

t.test('wrong filters and options', async (t) => {
  const emulator = await start(t)
  const without = await start(t, { rta: false })
  for (const [wait, message] of [
    [() => emulator.waitForChange({ kind: 'request' as 'user' }), 'The filter, at /kind: found "request", expected one of progress, user, session, world, clock, fault, rtaFault, rateLimit, subscription, journal, missed.'],
    [() => emulator.waitForChange({ knd: 'user' } as object), 'The filter, at /knd: unknown member; known are xuid, gamertag, kind, what, serviceConfigId, id, resource.'],
    [() => emulator.waitForChange({ gamertag: 'nobody' }), 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.'],
    [() => emulator.waitForChange({ gamertag: 'gamer', xuid: GAMER }), `The user is named by xuid, "${GAMER}", and by gamertag, "gamer"; expected one of them.`],
    [() => emulator.waitForChange({}, { timeout: -1 }), 'The options of waitForChange, at /timeout: found -1, expected an integer from 0 to 3600000, in ms.'],
    [() => emulator.waitForUnlock({ gamertag: 'gamer' } as unknown as { gamertag: string, id: number }), 'What is waited for, at /id: missing, expected an achievement id.'],
    [() => emulator.waitForUnlock(5 as unknown as { gamertag: string, id: number }), 'What is waited for: found number, expected an object.'],
    [() => emulator.waitForUnlock({ gamertag: 'nobody', id: 9 }), 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.'],
    [() => emulator.waitForUnlock({ xuid: '7', id: 9 }), 'There is no user 7.'],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', serviceConfigId: SCID, id: 999 }), `There is no achievement 999 of service configuration ${SCID}.`],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', serviceConfigId: SCID, id: 9, sandbox: 'DEV.1' }), `There is no achievement 9 of service configuration ${SCID} in sandbox DEV.1.`],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', id: 9 }), '2 service configurations have an achievement 9; expected serviceConfigId to say which, e.g. "2f9a60d8-41b7-4c35-9d0e-e8723fb51a96".'],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', id: 999 }), 'There is no achievement 999.'],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', id: 48, sandbox: 'DEV.1' }), 'There is no achievement 48 in sandbox DEV.1.'],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', id: -1 }), 'The achievement id is "-1"; expected an unsigned 32-bit integer in decimal.'],
    [() => emulator.waitForChange({ kind: 'user', what: 'privcy' as 'privacy' }), 'The filter, at /what: found "privcy", expected one of created, settings, privacy, friends, presence, plays, deleted, replaced, merged, reset, added, changed, cleared.'],
    [() => emulator.waitForChange({ kind: 'user', what: 'added' }), 'No change can match {"kind":"user","what":"added"}; user has what (created, settings, privacy, friends, presence, plays, deleted), xuid, gamertag.'],
    [() => emulator.waitForChange({ kind: 'clock', id: 1 }), 'No change can match {"kind":"clock","id":1}; clock has neither what nor another member.'],
    [() => emulator.waitForChange({ what: undefined, id: 9, resource: '*' }), 'No change can match {"what":undefined,"id":9,"resource":"*"}; no kind of change has all of these.'],
    [() => emulator.waitForChange({ serviceConfigId: 'b5dd9daf' }), 'The service configuration id is "b5dd9daf"; expected a GUID.'],
    [() => emulator.waitForUnlock({ gamertag: 'gamer', id: 9 }, { timeout: 0.5 }), 'The options of waitForUnlock, at /timeout: found 0.5, expected an integer from 0 to 3600000, in ms.'],
    [() => emulator.waitForSubscription({ kind: 'world' } as object), 'The filter, at /kind: unknown member; known are xuid, gamertag, resource.'],
    [() => without.waitForSubscription(), 'There is no real-time activity: the option rta leaves it out.']
  ] as const) t.equal((await failureOf(wait())).message, message)
  t.throws(() => emulator.onChange('progress' as unknown as () => void), { message: 'What is called with each change is "progress"; expected a function.' })
})
