import t from 'tap'
import { build, FRIEND, GAMER, LARGE_TITLE, NOW, STRANGER, type Emulator } from '../helper.ts'
import { command, control, refusal } from './client.ts'

/** What a world tells the hosts around the achievements of a user, set by the control API. */

const userOf = async (emulator: Emulator, xuid: string): Promise<any> => command(emulator, 'GET', `/users/${xuid}`)

const PROFILE = {
  realName: '',
  bio: '',
  location: '',
  accountTier: 'Gold',
  tenureLevel: 0,
  xboxOneRep: 'GoodPlayer',
  displayPic: null,
  preferredColor: null,
  watermarks: [],
  modernGamertag: null,
  modernGamertagSuffix: '',
  isQuarantined: false
}

t.test('a presence is set, and taken away', async (t) => {
  const emulator = build(t)
  const inTitle = { titleId: LARGE_TITLE, name: null, state: 'Active', placement: 'Full', richPresence: null }
  const steps: Array<[what: string, sent: unknown, presence: object]> = [
    ['nothing', undefined, { state: 'Online', deviceType: 'XboxOne', titles: [], timestamp: '2020-06-15T12:00:00.0000000Z' }],
    ['in a title', { titles: [{ titleId: LARGE_TITLE }] }, { state: 'Online', deviceType: 'XboxOne', titles: [inTitle], timestamp: '2020-06-15T12:00:00.0000000Z' }],
    ['all of it', { state: 'Offline', deviceType: 'iOS', titles: [{ titleId: 7, name: 'Seven', state: 'Inactive', placement: 'Fill', richPresence: 'x' }], timestamp: '2019-01-01T00:00:00.5Z' }, {
      state: 'Offline', deviceType: 'iOS', titles: [{ titleId: 7, name: 'Seven', state: 'Inactive', placement: 'Fill', richPresence: 'x' }], timestamp: '2019-01-01T00:00:00.5000000Z'
    }]
  ]
  t.equal(new Date(NOW).toISOString(), '2020-06-15T12:00:00.000Z')
  for (const [what, sent, presence] of steps) {
    t.strictSame(await control(emulator, 'PUT', '/users/friend/presence', sent).then(({ status, body }) => [status, body]), [204, null], what)
    t.strictSame((await userOf(emulator, FRIEND)).presence, presence, what)
  }
  t.strictSame(await control(emulator, 'DELETE', '/users/friend/presence').then(({ status, body }) => [status, body]), [204, null])
  t.equal((await userOf(emulator, FRIEND)).presence, null)
  await command(emulator, 'POST', '/reset')
  t.equal((await userOf(emulator, FRIEND)).presence.state, 'Away', 'a reset goes back')
})

t.test('favourites', async (t) => {
  const emulator = build(t)
  const favorites = async (): Promise<unknown> => (await userOf(emulator, GAMER)).favorites
  const steps: Array<[method: string, friend: string, body: unknown, favorites: string[]]> = [
    ['PUT', 'friend', {}, [FRIEND]],
    ['PUT', 'friend', { isFavorite: false }, []],
    ['PUT', 'stranger', undefined, []],
    ['PUT', 'stranger', { isFavorite: true }, [STRANGER]],
    ['PUT', 'stranger', { isFavorite: null }, [STRANGER]],
    ['PUT', 'child', { isFavorite: true }, [STRANGER, '2533274790412955']],
    ['DELETE', 'stranger', undefined, ['2533274790412955']]
  ]
  for (const [method, friend, body, expected] of steps) {
    t.equal((await control(emulator, method, `/users/gamer/friends/${friend}`, body)).status, 204)
    t.strictSame(await favorites(), expected, `${method} ${friend} ${JSON.stringify(body)}`)
  }
  await command(emulator, 'PATCH', '/world', { users: [{ xuid: GAMER, friends: [FRIEND] }] })
  t.strictSame(await favorites(), [], 'a favourite who is no friend any more is no favourite')
  await command(emulator, 'POST', '/reset')
  t.strictSame(await favorites(), [FRIEND])
})

t.test('the profile of a user, and a sign-in that is refused', async (t) => {
  const emulator = build(t)
  const steps: Array<[what: string, sent: object, profile: object | null, signInError: number | null]> = [
    ['a new user', {}, null, null],
    ['a profile', { profile: { bio: 'x', tenureLevel: 3 } }, { ...PROFILE, bio: 'x', tenureLevel: 3 }, null],
    ['refused', { signInError: 2148916233 }, { ...PROFILE, bio: 'x', tenureLevel: 3 }, 2148916233],
    ['left as it is', { gamertag: 'five' }, { ...PROFILE, bio: 'x', tenureLevel: 3 }, 2148916233],
    ['another profile, in its place', { profile: { location: 'y' } }, { ...PROFILE, location: 'y' }, 2148916233],
    ['not refused', { signInError: 0 }, { ...PROFILE, location: 'y' }, null]
  ]
  for (const [what, sent, profile, signInError] of steps) {
    t.ok((await control(emulator, 'PUT', '/users/5', sent)).status < 300)
    const user = await userOf(emulator, '5')
    t.strictSame([user.profile, user.signInError], [profile, signInError], what)
  }
  await command(emulator, 'PUT', '/users/6', { signInError: 7, profile: {} })
  t.strictSame(emulator.store.people.findSignInError('6'), 7)
  t.equal((await control(emulator, 'PUT', '/users/7', { signInError: 0 })).status, 201)
  t.equal((await userOf(emulator, '7')).signInError, null)
})

t.test('what is refused', async (t) => {
  const emulator = build(t)
  const before = emulator.store.world.export()
  const cases: Array<[method: string, path: string, body: unknown, status: number, message: string]> = [
    ['PUT', '/users/9/presence', {}, 404, 'There is no user 9.'],
    ['DELETE', '/users/9/presence', undefined, 404, 'There is no user 9.'],
    ['PUT', '/users/gamer/presence', '"x"', 400, 'The body: found "x", expected an object.'],
    ['PUT', '/users/gamer/presence', { state: 'online' }, 400, 'The body, at /state: found "online", expected one of "Online", "Away", "Offline".'],
    ['PUT', '/users/gamer/presence', { titles: [{ titleId: 7 }] }, 400, 'titles names title 7 without a name; expected one, because it is not of the world.'],
    ['PUT', '/users/gamer/presence', { titles: [{ titleId: LARGE_TITLE }, { titleId: LARGE_TITLE }] }, 400, `titles names title ${LARGE_TITLE} twice; expected each once.`],
    ['PUT', '/users/gamer/presence', { timestamp: '2020-02-30T00:00:00Z' }, 400, 'The instant is "2020-02-30T00:00:00Z"; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".'],
    ['PUT', '/users/gamer/friends/stranger', { isFavorite: 1 }, 400, 'The body, at /isFavorite: found 1, expected true or false, or null.'],
    ['PUT', '/users/gamer/friends/stranger', { favorite: true }, 400, 'The body, at /favorite: unknown member; known are isFavorite.'],
    ['PUT', '/users/gamer', { signInError: -1 }, 400, 'The body, at /signInError: found -1, expected an integer from 0 to 4294967295, or null.'],
    ['PUT', '/users/gamer', { profile: { tenureLevel: '1' } }, 400, 'The body, at /profile/tenureLevel: found "1", expected an integer from 0 to 4294967295.']
  ]
  for (const [method, path, sent, expected, message] of cases) {
    const { status, body } = await control(emulator, method, path, sent)
    t.strictSame([status, body], [expected, refusal(expected === 400 ? 4000 : null, message)], `${method} ${path} ${JSON.stringify(sent)}`)
  }
  t.strictSame(emulator.store.world.export(), before)
})
