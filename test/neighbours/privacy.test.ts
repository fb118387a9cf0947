import t from 'tap'
import { PERMISSIONS } from '../../src/neighbours/privacy-permissions.ts'
import { build, type Emulator } from '../helper.ts'
import { ABSENT, FRIEND_OF_ONE, headersOf, HIDDEN, ONE, STATS_WORLD } from './stats-world.ts'

const open = (t: Parameters<typeof build>[0], config = {}): Emulator => build(t, { world: STATS_WORLD, config })
const ALLOWED = { isAllowed: true }
const FORBIDDEN = { isAllowed: false, reasons: [{ reason: 'NotAllowed' }] }

const ask = async ({ app }: Emulator, query: string, { token = 'friend', user = 'me' } = {}): Promise<[number, unknown]> => {
  const response = await app.inject({ url: `/users/${user}/permission/validate?${query}`, headers: headersOf(token) })
  return [response.statusCode, response.json().errorMessage ?? response.json()]
}

t.test('each permission is decided as who may read the history is', async (t) => {
  for (const crossUser of ['documented', 'privacy', 'strict'] as const) {
    const emulator = open(t, { crossUser })
    for (const [token, target, expected] of [
      ['friend', ONE, crossUser !== 'strict'], ['hidden', ONE, false], ['one', FRIEND_OF_ONE, crossUser !== 'strict'], ['one', HIDDEN, false], ['hidden', HIDDEN, true], ['site', ONE, false]
    ] as const) {
      const history = await emulator.get(`/users/xuid(${target})/history/titles`, { session: `u;${token}` })
      t.equal(history.statusCode === 200, expected, `${crossUser}: the history of ${target} for ${token}`)
      for (const setting of PERMISSIONS) {
        t.strictSame(await ask(emulator, `setting=${setting}&target=xuid(${target})`, { token }), [200, expected ? ALLOWED : FORBIDDEN], `${crossUser}, ${setting}: ${token} and ${target}`)
      }
    }
  }
})

t.test('the user is named by XUID, gamertag or me, words are in any letter case, and users of other networks are allowed everything', async (t) => {
  const emulator = open(t)
  for (const user of [`xuid(${FRIEND_OF_ONE})`, 'gt(friend%20of%20one)', 'Me']) t.strictSame(await ask(emulator, `SETTING=viewtargetgamehistory&Target=XUID(0${ONE})`, { user }), [200, ALLOWED])
  for (const target of ['allUsers', 'crossnetworkuser', 'CrossNetworkFriend']) t.strictSame(await ask(emulator, `setting=PlayMultiplayer&target=${target}`), [200, ALLOWED])
})

t.test('a batch answers each permission of each user, in the order asked, to the letter of the documented shape', async (t) => {
  const { app } = open(t)
  const post = async (payload: object, token = 'friend', user = 'me') => await app.inject({ method: 'POST', url: `/users/${user}/permission/validate`, headers: headersOf(token), payload })
  const response = await post({ Users: [{ xuid: ONE }, { Xuid: Number(HIDDEN) }, { xuid: ABSENT }, { anonymousUser: 'crossnetworkuser' }, { xuid: ONE }], permissions: ['ViewTargetGameHistory', 'communicateUsingText', 'ViewTargetGameHistory'] })
  t.equal(response.statusCode, 200)
  t.equal(response.headers['cache-control'], 'no-cache, no-store')
  const of = (user: object, permission: object): object => ({ user, permissions: [permission, permission, permission] })
  t.equal(response.body, JSON.stringify({ responses: [of({ xuid: ONE }, ALLOWED), of({ xuid: HIDDEN }, FORBIDDEN), of({ xuid: ABSENT }, FORBIDDEN), of({ anonymousUser: 'crossnetworkuser' }, ALLOWED), of({ xuid: ONE }, ALLOWED)] }))

  const wrong = async (payload: object, ...more: [token?: string, user?: string]): Promise<[number, string]> => {
    const refused = await post(payload, ...more)
    return [refused.statusCode, refused.json().errorMessage]
  }
  const permissions = ['ViewTargetProfile']
  t.strictSame(await wrong({ users: [], permissions }), [400, 'The body, at /users: found [], expected a list of 1 to 1000 users.'])
  t.strictSame(await wrong({ users: [{ xuid: 'x' }], permissions }), [400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'])
  t.strictSame(await wrong({ users: [{ xuid: '18446744073709551616' }], permissions }), [400, 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.'])
  t.strictSame(await wrong({ users: [{ xuid: ONE }], permissions: [] }), [400, 'The body, at /permissions: found [], expected a list of 1 to 17 permissions.'])
  t.strictSame(await wrong({ users: [{ xuid: ONE }], permissions: ['Fly'] }), [400, `The body, at /permissions/0: found "Fly", expected one of ${PERMISSIONS.join(', ')}.`])
  t.strictSame(await wrong({ permissions }), [400, 'The body, at /users: missing, expected a list of 1 to 1000 users.'])
  t.strictSame(await wrong({ users: [{ xuid: ONE }], permissions }, 'friend', `xuid(${ONE})`), [403, 'XUID specified in the claim does not match URI XUID.'])
  t.strictSame(await wrong({}, 'friend', 'xuid(x)'), [400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'], 'the path goes before the body')
})

t.test('what is refused', async (t) => {
  const emulator = open(t)
  const target = `target=xuid(${ONE})`
  t.strictSame(await ask(emulator, target), [400, `setting is missing; expected one of ${PERMISSIONS.join(', ')}.`])
  t.strictSame(await ask(emulator, `setting=Fly&${target}`), [400, `setting is "Fly"; expected one of ${PERMISSIONS.join(', ')}.`])
  t.strictSame(await ask(emulator, `setting=WriteComment&setting=ShareItem&${target}`), [400, 'setting was given 2 times; expected once.'])
  t.strictSame(await ask(emulator, 'setting=ShareItem'), [400, 'target is missing; expected xuid(…), or one of allUsers, crossNetworkUser, crossNetworkFriend.'])
  t.strictSame(await ask(emulator, 'setting=ShareItem&target=me'), [400, 'target is "me"; expected xuid(…), or one of allUsers, crossNetworkUser, crossNetworkFriend.'])
  t.strictSame(await ask(emulator, 'setting=ShareItem&target=xuid(x)'), [400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'])
  t.strictSame(await ask(emulator, `setting=ShareItem&target=xuid(${ABSENT})`), [404, `There is no user ${ABSENT}, whom target names.`])
  t.strictSame(await ask(emulator, `setting=ShareItem&${target}`, { user: `xuid(${ONE})` }), [403, 'XUID specified in the claim does not match URI XUID.'])
  t.strictSame(await ask(emulator, `setting=ShareItem&${target}`, { user: 'gt(nobody)' }), [404, 'No user has the gamertag "nobody".'])
  const { app } = emulator
  const noUser = await app.inject({ url: `/users/xuid(${ONE})/permission/validate?setting=ShareItem&${target}`, headers: { authorization: 'XBL3.0 x=-;one' } })
  t.strictSame([noUser.statusCode, noUser.json().errorMessage], [403, 'The token carries no user claim; expected one of a user.'])
})
