import t from 'tap'
import { build, FRIEND, GAMER, listOf, SAMPLE_SCID, singleOf, STRANGER, type Emulator } from '../helper.ts'
import { command, control, refusal } from './client.ts'

/** The status with which a session is answered for a user's single achievement. */
const seenBy = async ({ get }: Emulator, session: string, xuid = GAMER): Promise<number> => (await get(singleOf(xuid, SAMPLE_SCID, 3), { session: `demo;${session}` })).statusCode

const described = ({ store: { world } }: Emulator, xuid: string): unknown => {
  const user = world.export().users.find((each) => each.xuid === xuid)
  return user && [user.gamertag, user.privacy, user.friends]
}

t.test('changes of privacy and friends take effect at once', async (t) => {
  const emulator = build(t)
  const steps: Array<[method: string, path: string, body: unknown, friend: number, stranger: number]> = [
    ['PUT', `/users/${GAMER}/privacy`, { privacy: 'everyone' }, 200, 200],
    ['PUT', `/users/${GAMER}/privacy`, { privacy: 'friendsOnly' }, 200, 403],
    ['PUT', `/users/${GAMER}/friends/${STRANGER}`, undefined, 200, 200],
    ['PUT', `/users/${GAMER}/friends/0${STRANGER}`, undefined, 200, 200],
    ['DELETE', `/users/${GAMER}/friends/${FRIEND}`, undefined, 403, 200],
    ['PUT', `/users/${FRIEND}/friends/${GAMER}`, undefined, 403, 200],
    ['PUT', `/users/${GAMER}/privacy`, { privacy: 'blocked' }, 403, 403],
    ['PUT', `/users/${GAMER}`, { privacy: 'everyone' }, 200, 200]
  ]
  t.strictSame([await seenBy(emulator, 'friend'), await seenBy(emulator, 'stranger')], [200, 403])
  for (const [method, path, sent, friend, stranger] of steps) {
    const { status, body } = await control(emulator, method, path, sent)
    t.strictSame([status, body], [204, null], path)
    t.strictSame([await seenBy(emulator, 'friend'), await seenBy(emulator, 'stranger'), await seenBy(emulator, 'gamer')], [friend, stranger, 200], `${method} ${path}`)
  }
})

t.test('users are created and changed', async (t) => {
  const emulator = build(t)
  const steps: Array<[what: string, xuid: string, body: unknown, status: number, user: unknown]> = [
    ['a new one', '5', undefined, 201, ['user 5', 'everyone', []]],
    ['named', '5', { gamertag: 'five' }, 204, ['five', 'everyone', []]],
    ['closed', '005', { privacy: 'blocked' }, 204, ['five', 'blocked', []]],
    ['left as it is', '5', { gamertag: null, privacy: null }, 204, ['five', 'blocked', []]],
    ['its name in other letters', '5', { gamertag: 'FIVE' }, 204, ['FIVE', 'blocked', []]],
    ['a new one with everything', '18446744073709551615', { gamertag: 'last', privacy: 'friendsOnly' }, 201, ['last', 'friendsOnly', []]],
    ['of the world', GAMER, { gamertag: 'renamed' }, 204, ['renamed', 'friendsOnly', [FRIEND]]],
    ['the name that is free now', '6', { gamertag: 'gamer' }, 201, ['gamer', 'everyone', []]]
  ]
  for (const [what, xuid, sent, expected, user] of steps) {
    const { status, body } = await control(emulator, 'PUT', `/users/${xuid}`, sent)
    t.strictSame([status, body], [expected, null], what)
    t.strictSame(described(emulator, xuid.replace(/^0+/, '')), user, what)
  }
  t.strictSame((await emulator.get('/_emulator/health')).json().world.users, 8)
  await command(emulator, 'POST', '/sessions', { userHash: 'h', token: '5', xuid: '5' })
  t.strictSame((await emulator.get(listOf('5', '?unlockedOnly=true'), { session: 'h;5' })).json(), { achievements: [], pagingInfo: { continuationToken: null, totalRecords: 0 } })
})

t.test('a user is deleted with its sessions', async (t) => {
  const emulator = build(t)
  const { status, body } = await control(emulator, 'DELETE', `/users/${GAMER}`)
  t.strictSame([status, body], [204, null])
  t.equal((await emulator.get(listOf(GAMER))).statusCode, 401)
  t.equal(await seenBy(emulator, 'friend'), 403)
  t.strictSame(described(emulator, FRIEND), ['friend', 'everyone', []])
  t.equal(described(emulator, GAMER), undefined)
  t.strictSame((await control(emulator, 'DELETE', `/users/${GAMER}`)).body, refusal(null, `There is no user ${GAMER}.`))
})

t.test('invalid changes of users are refused', async (t) => {
  const emulator = build(t)
  const before = emulator.store.world.export()
  const PRIVACY = 'one of "everyone", "friendsOnly", "blocked"'
  const cases: Array<[method: string, path: string, body: unknown, status: number, message: string]> = [
    ['PUT', '/users/5', { gamertag: 'Gamer' }, 400, `gamertag is "Gamer", which is user ${GAMER}'s; expected another.`],
    ['PUT', `/users/${FRIEND}`, { gamertag: 'gamer' }, 400, `gamertag is "gamer", which is user ${GAMER}'s; expected another.`],
    ['PUT', '/users/5', { gamertag: '' }, 400, 'The body, at /gamertag: found "", expected a string that is not empty and has no control characters, or null.'],
    ['PUT', '/users/5', { gamertag: 'x\u0000' }, 400, 'The body, at /gamertag: found "x\\u0000", expected a string that is not empty and has no control characters, or null.'],
    ['PUT', '/users/5', { privacy: 'Blocked' }, 400, `The body, at /privacy: found "Blocked", expected ${PRIVACY}, or null.`],
    ['PUT', '/users/5', { friends: [] }, 400, 'The body, at /friends: unknown member; known are gamertag, privacy, profile, signInError.'],
    ['PUT', '/users/x', {}, 404, 'There is no user "x"; expected a XUID, or the gamertag of a user of the world.'],
    ['PUT', '/users/18446744073709551616', {}, 404, 'There is no user "18446744073709551616"; expected a XUID, or the gamertag of a user of the world.'],
    ['DELETE', '/users/5', undefined, 404, 'There is no user 5.'],
    ['DELETE', '/users/-1', undefined, 404, 'There is no user "-1"; expected a XUID, or the gamertag of a user of the world.'],
    ['PUT', '/users/5/privacy', { privacy: 'blocked' }, 404, 'There is no user 5.'],
    ['PUT', `/users/${GAMER}/privacy`, {}, 400, `The body, at /privacy: missing, expected ${PRIVACY}.`],
    ['PUT', `/users/${GAMER}/privacy`, { privacy: null }, 400, `The body, at /privacy: found null, expected ${PRIVACY}.`],
    ['PUT', `/users/${GAMER}/privacy`, undefined, 400, 'The body: missing, expected an object.'],
    ['PUT', `/users/${GAMER}/friends/0${GAMER}`, undefined, 400, `The friend is "${GAMER}"; expected another user than the user itself.`],
    ['PUT', `/users/${GAMER}/friends/5`, undefined, 404, 'There is no user 5.'],
    ['PUT', `/users/5/friends/${GAMER}`, undefined, 404, 'There is no user 5.'],
    ['PUT', `/users/${GAMER}/friends/x`, undefined, 404, 'There is no user "x"; expected a XUID, or the gamertag of a user of the world.'],
    ['DELETE', `/users/${GAMER}/friends/${STRANGER}`, undefined, 404, `User ${GAMER} has not added ${STRANGER}.`],
    ['DELETE', `/users/${GAMER}/friends/5`, undefined, 404, 'There is no user 5.'],
    ['DELETE', `/users/5/friends/${GAMER}`, undefined, 404, 'There is no user 5.']
  ]
  for (const [method, path, sent, expected, message] of cases) {
    const { status, body } = await control(emulator, method, path, sent)
    t.strictSame([status, body], [expected, refusal(expected === 400 ? 4000 : null, message)], `${method} ${path}`)
  }
  t.strictSame(emulator.store.world.export(), before)
})
