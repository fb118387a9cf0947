import t from 'tap'
import { UserError } from '../../src/base/user-error.ts'
import { startEmulator, XblError, type Emulator, type WorldInput } from '../../src/index.ts'
import { FRIEND, GAMER, LARGE_TITLE, listOf, STRANGER } from '../helper.ts'
import { start } from '../in-process.ts'
import { thrownBy } from '../thrown-error.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

const statusOf = async (emulator: Emulator, authorization = emulator.authorization({ xuid: GAMER })): Promise<number> =>
  (await fetch(emulator.url + listOf(GAMER), { headers: { authorization, 'x-xbl-contract-version': '2' } })).status

t.test('a world in the test, typed without `as const`', async (t) => {
  const emulator = await start(t, {
    world: {
      titles: [{
        titleId: 1,
        name: 'One',
        serviceConfigId: SCID,
        generation: 'modern',
        achievements: [{ id: 1, name: { 'en-US': 'First', 'de-DE': 'Erstes' }, achievementType: 'Persistent', rewards: [{ type: 'Gamerscore', value: '10' }], isSecret: undefined }]
      }],
      users: [{ xuid: GAMER, gamertag: 'gamer', privacy: 'friendsOnly' }]
    }
  })
  t.strictSame(emulator.users(), [{ xuid: GAMER, gamertag: 'gamer', privacy: 'friendsOnly', gamerscore: 0, possibleGamerscore: 0, titlesPlayed: 0, friendCount: 0, signInError: null }])
  const kept = { users: [{ xuid: '1', gamertag: 'ann', privacy: 'blocked' }] } satisfies WorldInput
  emulator.replaceWorld(kept)
  emulator.replaceWorld(Object.freeze({ users: Object.freeze([Object.freeze({ xuid: '1', gamertag: 'ann' })]) }))
  emulator.replaceWorld(emulator.world())
  t.strictSame(kept, { users: [{ xuid: '1', gamertag: 'ann', privacy: 'blocked' }] }, 'it is the test\'s own')
  // As TypeScript reads it from a JSON file: a text where a word is expected.
  const fromJson = { users: [{ xuid: '2', gamertag: 'bob', privacy: 'blocked' }] }
  emulator.replaceWorld(fromJson as WorldInput)
  t.strictSame(emulator.users().map(({ privacy }) => privacy), ['blocked'])
})

t.test('everything goes back', async (t) => {
  const emulator = await start(t)
  const before = emulator.world()
  emulator.clock.freeze('2013-02-15T00:00:00Z')
  emulator.fault({ status: 503 })
  const token = emulator.authorization({ xuid: GAMER })
  t.equal(await statusOf(emulator, token), 503)
  emulator.patchWorld({ users: [{ xuid: FRIEND, gamertag: 'someone' }], titles: [{ titleId: LARGE_TITLE, achievements: [{ id: 1, isSecret: true }] }] })
  t.match(emulator.faults(), [{ id: 1, status: 503, happened: 1 }])
  emulator.reset()
  t.strictSame(emulator.world(), before)
  t.strictSame([emulator.clock.state().isFrozen, emulator.faults().length, emulator.requests().length], [true, 1, 1], 'what is not of the world stays')
  emulator.reset({ everything: true })
  t.strictSame([emulator.clock.state().isFrozen, emulator.clock.state().offset, emulator.faults(), emulator.requests()], [false, 0, [], []])
  t.strictSame(emulator.world(), before)
  t.equal(await statusOf(emulator, token), 401)
  t.equal(await statusOf(emulator), 200)
})

t.test('a world that is put back is its own start, unless another is given', async (t) => {
  const emulator = await start(t)
  emulator.restoreWorld({ world: { users: [{ xuid: '1', gamertag: 'ann' }] } })
  const world = emulator.world()
  t.strictSame(world.users.map(({ gamertag }) => gamertag), ['ann'])
  t.equal(emulator.about().source, 'restoreWorld')
  emulator.deleteUser('ann')
  t.strictSame(emulator.startWorld(), world)
  emulator.reset()
  t.strictSame(emulator.world(), world)
})

t.test('faults are listed and removed', async (t) => {
  const { fault, faults, removeFault, clearFaults } = await start(t)
  const repair = fault({ status: 503, times: 2 })
  fault({ status: 404, method: 'GET' })
  fault({ effect: 'hang' })
  t.strictSame(faults().map(({ id }) => id), [1, 2, 3])
  t.strictSame([removeFault(2), removeFault(2), removeFault(9)], [true, false, false])
  t.strictSame(faults().map(({ id }) => id), [1, 3])
  repair()
  clearFaults()
  t.strictSame(faults(), [])
})

t.test('users, friends and progress, by XUID or gamertag', async (t) => {
  const emulator = await start(t)
  emulator.putUser({ xuid: '7', gamertag: 'seven', privacy: 'blocked' })
  emulator.putUser({ xuid: '7', gamertag: 'Seven' })
  t.strictSame(emulator.user('SEVEN'), { xuid: '7', gamertag: 'Seven', privacy: 'blocked', friends: [], favorites: [], profile: null, presence: null, signInError: null, titles: [], achievements: [] })
  emulator.addFriend('seven', 'gamer')
  emulator.addFriend('7', STRANGER)
  emulator.removeFriend('seven', GAMER)
  t.strictSame(emulator.friends('7').map(({ gamertag }) => gamertag), ['stranger'])
  emulator.setPrivacy('stranger', 'everyone')
  t.equal(emulator.user(STRANGER).privacy, 'everyone')
  emulator.unlock({ gamertag: 'Seven', serviceConfigId: SCID, id: 9 })
  emulator.unlock({ xuid: 'seven', serviceConfigId: SCID, id: 10, percentComplete: 5 })
  t.strictSame(emulator.user('seven').achievements.map(({ id, percentComplete }) => [id, percentComplete]), [[9, 100], [10, 5]])
  emulator.resetAchievements('seven', { serviceConfigId: SCID, id: 9 })
  t.strictSame(emulator.user('seven', { serviceConfigId: SCID }).achievements.map(({ id }) => id), [10])
  emulator.resetAchievements('seven', { sandbox: 'XDKS.1' })
  t.equal(emulator.user('seven').achievements.length, 1)
  emulator.resetAchievements('seven')
  t.strictSame(emulator.user('seven').achievements, [])
  emulator.deleteUser('seven')
  t.strictSame(emulator.users({ gamertag: 'S' }).map(({ gamertag }) => gamertag), ['stranger'])
  t.strictSame(emulator.users({ search: GAMER }).map(({ gamertag }) => gamertag), ['gamer'])
})

t.test('profile, presence, favourites and a sign-in that is refused', async (t) => {
  const emulator = await start(t)
  const given = { profile: { bio: 'x' }, presence: { titles: [{ titleId: LARGE_TITLE }] } }
  emulator.putUser({ xuid: '7', gamertag: 'seven', profile: given.profile, signInError: 2148916238 })
  emulator.setPresence('seven', given.presence)
  emulator.addFriend('seven', 'gamer', { isFavorite: true })
  emulator.addFriend('seven', 'friend')
  emulator.addFriend('seven', 'gamer')
  t.strictSame(given, { profile: { bio: 'x' }, presence: { titles: [{ titleId: LARGE_TITLE }] } }, 'what is given is not changed')
  const { profile, presence, favorites, signInError } = emulator.user('seven')
  t.strictSame([profile?.bio, presence?.state, presence?.titles[0]?.placement, favorites, signInError], ['x', 'Online', 'Full', [GAMER], 2148916238])
  emulator.setPresence('seven', null)
  emulator.putUser({ xuid: '7', signInError: 0 })
  t.strictSame([emulator.user('seven').presence, emulator.user('seven').signInError], [null, null])
})

t.test('a list of more than a page is whole', async (t) => {
  const xuids = Array.from({ length: 2500 }, (_, index) => String(index))
  const emulator = await start(t, {
    world: {
      users: xuids.map((xuid) => ({ xuid, gamertag: `u${xuid.padStart(4, '0')}` })),
      titles: xuids.slice(0, 1500).map((xuid) => ({ titleId: Number(xuid), name: 'One', serviceConfigId: `00000000-0000-0000-0000-${xuid.padStart(12, '0')}` })),
      sessions: xuids.map((token) => ({ userHash: 'h', token, xuid: '5' }))
    }
  })
  t.strictSame(emulator.users().map(({ xuid }) => xuid), xuids)
  t.strictSame(emulator.users({ gamertag: 'U1' }).map(({ xuid }) => xuid), xuids.slice(1000, 2000))
  t.strictSame(emulator.titles().map(({ titleId }) => String(titleId)), xuids.slice(0, 1500))
  t.strictSame([emulator.sessions(), emulator.sessions('u0005')].map((sessions) => sessions.map(({ token }) => token)), [xuids, xuids])
})

t.test('sessions', async (t) => {
  const emulator = await start(t)
  const made = emulator.createSession({ xuid: GAMER, titleId: LARGE_TITLE })
  t.equal(made.authorization, `XBL3.0 x=${made.userHash};${made.token}`)
  t.equal(await statusOf(emulator, made.authorization), 200)
  t.strictSame(emulator.sessions('gamer').at(-1), made)
  emulator.deleteSession(made)
  t.equal(await statusOf(emulator, made.authorization), 401)
  t.equal(emulator.sessions().length, 7)
})

t.test('what cannot be done is refused with a message, and changes nothing', async (t) => {
  const emulator = await start(t)
  const before = emulator.world()
  const NAMED = 'expected a XUID in quotes, or a gamertag.'
  const any = <T>(value: unknown): T => value as T
  for (const [attempt, message] of [
    [() => emulator.user('nobody'), 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.'],
    [() => emulator.user(any(2533274790412952)), `The user is 2533274790412952; ${NAMED}`],
    [() => emulator.user('gamer', any({ scid: SCID })), 'The filter, at /scid: unknown member; known are serviceConfigId.'],
    [() => emulator.user('gamer', { serviceConfigId: 'x' }), 'The service configuration id is "x"; expected a GUID.'],
    [() => emulator.users(any({ gamertag: 'a', search: 'b' })), 'The filter has gamertag and search; expected one of them.'],
    [() => emulator.users(any({ gamertag: 5 })), 'The filter, at /gamertag: found 5, expected the beginning of a gamertag.'],
    [() => emulator.friends('9'), 'There is no user 9.'],
    [() => emulator.putUser(any({ gamertag: 'new' })), `The user is undefined; ${NAMED}`],
    [() => emulator.putUser(any({ xuid: '7', privcy: 'blocked' })), 'The body, at /privcy: unknown member; known are gamertag, privacy, profile, signInError.'],
    [() => emulator.putUser(any({ xuid: '7', profile: { bio: () => 'x' } })), "The user cannot be copied: () => 'x' could not be cloned."],
    [() => emulator.setPresence('gamer', any({ state: 'online' })), 'The presence, at /state: found "online", expected one of "Online", "Away", "Offline".'],
    [() => emulator.setPresence('gamer', any(new Map())), 'The presence: found [object Map], expected an object.'],
    [() => emulator.setPresence('gamer', any({ titles: [Symbol('s')] })), 'The presence cannot be copied: Symbol(s) could not be cloned.'],
    [() => emulator.addFriend('gamer', 'stranger', any({ favorite: true })), 'The options, at /favorite: unknown member; known are isFavorite.'],
    [() => emulator.putUser({ xuid: 'new' }), 'There is no user "new"; expected a XUID, or the gamertag of a user of the world.'],
    [() => emulator.setPrivacy('gamer', any('friends')), 'The body, at /privacy: found "friends", expected one of "everyone", "friendsOnly", "blocked".'],
    [() => emulator.addFriend('gamer', 'gamer'), `The friend is "${GAMER}"; expected another user than the user itself.`],
    [() => emulator.unlock(any({ serviceConfigId: SCID, id: 9 })), `The user is undefined; ${NAMED}`],
    [() => emulator.unlock(any({ xuid: GAMER, gamertag: 'gamer', serviceConfigId: SCID, id: 9 })), `The user is named by xuid, "${GAMER}", and by gamertag, "gamer"; expected one of them.`],
    [() => emulator.unlock(any({ gamertag: 'gamer', serviceConfigId: SCID, id: 9, percent: 5 })), 'The body, at /percent: unknown member; known are sandbox, percentComplete, timeUnlocked, isRevoked, requirements.'],
    [() => emulator.resetAchievements('gamer', any({ titleId: 1 })), 'The range, at /titleId: unknown member; known are serviceConfigId, id, sandbox.'],
    [() => emulator.resetAchievements('gamer', any('all')), 'The range: found "all", expected an object.'],
    [() => emulator.resetAchievements('gamer', { id: 9 }), 'id goes with serviceConfigId; expected both.'],
    [() => emulator.title(1), 'There is no title 1.'],
    [() => emulator.sessions('nobody'), 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.'],
    [() => emulator.createSession(any({ gamertag: 'gamer' })), 'The body, at /gamertag: unknown member; known are userHash, token, xuid, titleId, sandbox, location, thirdPartySite, expires.'],
    [() => emulator.deleteSession({ userHash: 'h', token: 't' }), 'There is no such session.'],
    [() => emulator.reset(any({ evrything: true })), 'The options of reset, at /evrything: unknown member; known are everything.'],
    [() => emulator.reset(any({ everything: 'true' })), 'The options of reset, at /everything: found "true", expected true or false.'],
    [() => emulator.replaceWorld(any({ titels: [] })), 'world: /titels: unknown member; known are $schema, titles, users, sessions, userKeys'],
    [() => emulator.replaceWorld(any({ titles: () => [] })), 'The world cannot be copied: () => [] could not be cloned.'],
    [() => emulator.reset(any(new Map([['everything', true]]))), 'The options of reset: found [object Map], expected an object.'],
    [() => emulator.fault(any(Promise.resolve({ status: 503 }))), 'The body: found [object Promise], expected an object.'],
    [() => emulator.requests(any(new URLSearchParams('status=404'))), 'The filter: found [object URLSearchParams], expected an object.'],
    [() => emulator.har(any(new Date(0))), 'The filter: found [object Date], expected an object.'],
    [() => emulator.putUser(any(undefined)), 'The user: found undefined, expected an object.'],
    [() => emulator.unlock(any('gamer')), 'What is unlocked: found string, expected an object.'],
    [() => emulator.deleteSession(any(null)), 'The session: found null, expected an object.'],
    [() => emulator.clock.freeze(any(Symbol('now'))), 'now is now; expected an instant in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".'],
    [() => emulator.clock.shift(any(Symbol('P1D'))), 'offset is P1D; expected an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. "P1D" or "-PT2H30M".'],
    [() => emulator.replaceWorld(any(new Map())), 'The world is [object Map]; expected an object with titles, users and sessions.'],
    [() => emulator.replaceWorld(any('small.json')), 'world: /: found "small.json", expected an object with titles, users and sessions'],
    [() => emulator.replaceWorld(any(null)), 'world: /: found null, expected an object with titles, users and sessions'],
    [() => emulator.patchWorld(any(undefined)), 'merged world: /: missing, expected an object with titles, users and sessions'],
    [() => emulator.patchWorld(any({ users: [{ xuid: '7' }] })), 'merged world: /users/5/gamertag: missing, expected a string that is not empty and has no control characters'],
    [() => emulator.patchWorld(any({ users: [{ xuid: '7', gamertag: Symbol('s') }] })), 'The world cannot be copied: Symbol(s) could not be cloned.']
  ] as const) {
    const error = thrownBy(attempt)
    t.ok(error instanceof XblError, message)
    t.equal(error.message, message)
  }
  t.strictSame(emulator.world(), before)
})

t.test('it closes at the end of a block: `await using`', async (t) => {
  const emulator = await startEmulator()
  const disposable: AsyncDisposable = emulator
  t.equal((await fetch(`${emulator.url}/_emulator/ready`)).status, 200)
  t.equal(disposable[Symbol.asyncDispose](), emulator.close())
  await emulator.close()
  await t.rejects(fetch(emulator.url), { message: 'fetch failed' })
})

t.test('an emulator that is closed intercepts nothing any more', async (t) => {
  const emulator = await start(t)
  await emulator.close()
  t.throws(emulator.intercept, new UserError('The emulator was closed, and intercepts nothing any more.'))
})
