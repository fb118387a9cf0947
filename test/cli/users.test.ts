import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { command, listen, untilHeld } from '../control/client.ts'
import { FRIEND, GAMER, LARGE_TITLE, SAMPLE_SCID, SAMPLE_TITLE, STRANGER } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand, watchCommand } from '../run-bin.ts'
import { refusing, substituteEmulator } from './substitute-emulator.ts'

const NEW = '2533274790412999'
const USERS = [
  { xuid: FRIEND, gamertag: 'friend', privacy: 'everyone', gamerscore: 155 },
  { xuid: GAMER, gamertag: 'the gamer', privacy: 'friendsOnly', gamerscore: 1240 }
] as const
const LINES = `friend     ${FRIEND}  155 G   everyone\nthe gamer  ${GAMER}  1240 G  friendsOnly\n`
const json = (...values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')

t.test('the list of users, page by page', async (t) => {
  const third = { xuid: '3', gamertag: 'z\u001b[2J\u009b\u2028\u202e\u{e0001}', privacy: 'blocked', gamerscore: 0 }
  const { url, asked } = await substituteEmulator(t, {
    'GET /_emulator/users?limit=1000': { users: USERS, next: 'the gamer' },
    'GET /_emulator/users?limit=1000&after=the+gamer': { users: [third], next: null }
  })
  // A gamertag cannot control the terminal.
  t.strictSame(await runCommand(['users', '--url', url]), says(`${LINES}z\\u001b[2J\\u009b\\u2028\\u202e\\udb40\\udc01  3  0 G  blocked\n`))
  t.strictSame(await runCommand(['users', 'show', '--json', '--url', url]), says(json(...USERS) + '{"xuid":"3","gamertag":"z\\u001b[2J\\u009b\\u2028\\u202e\\udb40\\udc01","privacy":"blocked","gamerscore":0}\n'))
  t.equal(asked.length, 4)

  // It ends when nobody reads any more.
  const watched = watchCommand(t, ['users', '--url', url])
  watched.closeOutput()
  t.strictSame(await watched.ended, says(''))
  t.equal(asked.length, 5)
})

t.test('one user', async (t) => {
  const progress = { percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00.0000000Z', isRevoked: false, requirements: [] }
  const achievements = [
    { ...progress, serviceConfigId: SAMPLE_SCID, id: 3, sandbox: null },
    { ...progress, serviceConfigId: '00000000-0000-0000-0000-000000000001', id: 10, sandbox: 'XDKS.1', percentComplete: 50, timeUnlocked: null },
    { ...progress, serviceConfigId: '00000000-0000-0000-0000-000000000001', id: 2, sandbox: 'RETAIL', isRevoked: true }
  ]
  const user = { xuid: GAMER, gamertag: 'the gamer', privacy: 'friendsOnly', friends: [FRIEND], presence: null, signInError: null, titles: [], achievements }
  const plain = { xuid: '7', gamertag: '7', privacy: 'everyone', friends: [], presence: null, signInError: null, titles: [], achievements: [] }
  const titles = [{ titleId: 1, name: 'Home' }, { titleId: 2, name: null }]
  const { url, asked } = await substituteEmulator(t, {
    'GET /_emulator/users/the%20gamer': user,
    'GET /_emulator/users/the%20gamer/friends': { friends: [USERS[0]] },
    'GET /_emulator/users/7': plain,
    'GET /_emulator/users/7/friends': { friends: [] },
    'GET /_emulator/users/friend': { ...plain, gamertag: 'friend' },
    'GET /_emulator/users/friend/friends': { friends: [] },
    'GET /_emulator/users/8': { ...plain, presence: { state: 'Online', titles }, signInError: 2148916238 },
    'GET /_emulator/users/8/friends': { friends: [] },
    'GET /_emulator/users/9': { ...plain, presence: { state: 'Offline', titles: titles.slice(0, 1) } },
    'GET /_emulator/users/9/friends': { friends: [] },
    'GET /_emulator/users/10': { ...plain, presence: { state: 'Away', titles: [] } },
    'GET /_emulator/users/10/friends': { friends: [] },
    'GET /_emulator/users/nobody': refusing(404, 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.')
  })
  await compareAll(t, [
    [['users', 'the gamer', '--url', url], says(`the gamer  ${GAMER}  friendsOnly

Friends:
  friend  ${FRIEND}  155 G  everyone

Service configuration ${SAMPLE_SCID}:
  3  unlocked 2020-01-01T00:00:00.0000000Z

Service configuration 00000000-0000-0000-0000-000000000001:
  10  locked, 50 percent                              XDKS.1
  2   unlocked 2020-01-01T00:00:00.0000000Z, revoked  RETAIL
`)],
    [['users', 'show', '7', '--url', url], says('7  7  everyone\n')],
    [['users', 'show', '8', '--url', url], says('7  7  everyone  Online, title 2  sign-in refused with 2148916238\n')],
    [['users', 'show', '9', '--url', url], says('7  7  everyone  Offline, Home\n')],
    [['users', 'show', '10', '--url', url], says('7  7  everyone  Away\n')],
    // No command has the name of a user of the demo world.
    [['users', 'friend', '--url', url], says('friend  7  everyone\n')],
    [['users', 'nobody', '--url', url], refuses('There is no user "nobody"; expected a XUID, or the gamertag of a user of the world')]
  ])
  const before = asked.length
  t.strictSame(await runCommand(['users', '--json', 'the gamer', '--url', url]), says(json(user)))
  t.strictSame(asked.slice(before), ['GET /_emulator/users/the%20gamer'])
})

t.test('users of a running emulator are added, changed and deleted', async (t) => {
  const { url } = await startCommand(t)
  const users = (...args: string[]) => runCommand(['users', ...args, '--url', url])
  const find = async (xuid: string) => {
    const { users } = await (await fetch(`${url}/_emulator/world`)).json() as { users: Array<{ xuid: string, gamertag: string, privacy: string, friends: string[] }> }
    const user = users.find((each) => each.xuid === xuid)
    return user && { gamertag: user.gamertag, privacy: user.privacy, friends: user.friends }
  }
  t.strictSame(await users('add', 'newcomer', '--xuid', NEW), says(`${NEW}\n`))
  t.strictSame(await find(NEW), { gamertag: 'newcomer', privacy: 'everyone', friends: [] })
  t.strictSame(await users('add', 'renamed', '--xuid', NEW, '--privacy', 'blocked'), says(`${NEW}\n`))
  t.strictSame(await users('add-friend', NEW, GAMER), says(''))
  t.strictSame(await users('add-friend', NEW, STRANGER), says(''))
  t.strictSame(await users('remove-friend', NEW, GAMER), says(''))
  t.strictSame(await find(NEW), { gamertag: 'renamed', privacy: 'blocked', friends: [STRANGER] })
  t.strictSame(await users('privacy', NEW, 'friendsOnly'), says(''))
  t.strictSame(await find(NEW), { gamertag: 'renamed', privacy: 'friendsOnly', friends: [STRANGER] })
  t.strictSame(await users('delete', NEW), says(''))
  t.equal(await find(NEW), undefined)

  // Without a XUID it is a fresh one.
  const added = await users('add', 'one more')
  t.match(added, { code: 0, stdout: /^253327[4-9]\d{9}\n$/, stderr: '' })
  t.strictSame(await find(added.stdout.trim()), { gamertag: 'one more', privacy: 'everyone', friends: [] })
})

t.test('gamertags, and what a user has done', async (t) => {
  const { url, asked } = await substituteEmulator(t, {
    'PUT /_emulator/users/a%2Fb/privacy': null,
    'PUT /_emulator/users/a%2Fb/friends/%C3%A9': null,
    'DELETE /_emulator/users/a%2Fb/friends/%C3%A9': null,
    'DELETE /_emulator/users/a%2Fb': null,
    'DELETE /_emulator/users/a%2Fb/achievements': null,
    [`DELETE /_emulator/users/a%2Fb/achievements/${SAMPLE_SCID}`]: null,
    'GET /_emulator/titles/16': { serviceConfigId: SAMPLE_SCID }
  })
  await compareAll(t, [
    [['users', 'privacy', 'a/b', 'blocked', '--url', url], says('')],
    [['users', 'add-friend', 'a/b', 'é', '--url', url], says('')],
    [['users', 'remove-friend', 'a/b', 'é', '--url', url], says('')],
    [['users', 'delete', 'a/b', '--url', url], says('')],
    [['users', 'clear', 'a/b', '--url', url], says('')],
    [['users', 'clear', 'a/b', '--title-id', '16', '--url', url], says('')],
    [['users', 'clear', 'a/b', '--scid', SAMPLE_SCID, '--url', url], says('')]
  ])
  t.strictSame(asked.sort(), [
    'DELETE /_emulator/users/a%2Fb',
    'DELETE /_emulator/users/a%2Fb/achievements',
    ...[1, 2].map(() => `DELETE /_emulator/users/a%2Fb/achievements/${SAMPLE_SCID}`),
    'DELETE /_emulator/users/a%2Fb/friends/%C3%A9',
    'GET /_emulator/titles/16',
    'PUT /_emulator/users/a%2Fb/friends/%C3%A9',
    'PUT /_emulator/users/a%2Fb/privacy {"privacy":"blocked"}'
  ])
})

t.test('wrong arguments', async (t) => {
  const { url } = await startCommand(t)
  const expected = 'expected one of "everyone", "friendsOnly", "blocked"'
  await compareAll(t, [
    [['users', 'add', 'friend', '--xuid', NEW, '--url', url], refuses(`<gamertag> is "friend", which is user ${FRIEND}'s; expected another`)],
    [['users', 'add', '', '--url', url], refuses('<gamertag>: found "", expected a string that is not empty and has no control characters')],
    [['users', 'add', 'x', '--privacy', 'nobody', '--url', url], refuses(`--privacy: found "nobody", ${expected}`)],
    [['users', 'add', 'x', '--xuid', '', '--url', url], refuses('--xuid: found "", expected the gamertag or XUID of a user')],
    [['users', 'privacy', GAMER, 'nobody', '--url', url], refuses(`<privacy>: found "nobody", ${expected}`)],
    [['users', 'privacy', GAMER, '--url', url], refuses("missing required argument 'everyone|friendsOnly|blocked'")],
    [['users', 'add-friend', GAMER, GAMER, '--url', url], refuses(`The friend is "${GAMER}"; expected another user than the user itself`)],
    [['users', 'add-friend', GAMER, '.', '--url', url], refuses('<friend>: found ".", expected the gamertag or XUID of a user')],
    [['users', 'delete', '7', '--url', url], refuses('There is no user 7')],
    [['users', 'gamer', 'more', '--url', url], refuses("unknown command 'gamer'")]
  ])
})

t.test('waits until an achievement is unlocked', async (t) => {
  const emulator = await listen(t)
  const { url } = emulator
  const scid = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
  const wait = ['users', 'wait', 'friend', '12', '--title-id', String(LARGE_TITLE), '--url', url]
  const [watched, asJson] = [watchCommand(t, [...wait, '--timeout', '86400']), watchCommand(t, [...wait, '--timeout', '86400', '--json'])]
  await untilHeld(emulator, 2)
  const set = async (id: number, percentComplete: number): Promise<void> => await command(emulator, 'PUT', `/users/friend/achievements/${scid}/${id}`, { percentComplete })
  await set(12, 50)
  await set(11, 100)
  await set(12, 100)
  t.strictSame(await watched.ended, says('12  unlocked 2020-06-15T12:00:00.0000000Z\n'))
  const { code, stdout } = await asJson.ended
  t.match([code, JSON.parse(stdout)], [0, { serviceConfigId: scid, id: 12, percentComplete: 100, timeUnlocked: '2020-06-15T12:00:00.0000000Z' }])
  await untilHeld(emulator, 0)
  const stopped = watchCommand(t, ['users', 'wait', 'friend', '13', '--scid', scid, '--timeout', '86400', '--url', url])
  await untilHeld(emulator, 1)
  await set(13, 40)
  emulator.emulator.holds.stop()
  t.strictSame(await stopped.ended, refuses(`${url} has ended the stream of events`))
  await compareAll(t, [
    [['users', 'wait', 'gamer', 'x', '--url', url], refuses('<id>: found "x", expected the id of an achievement')],
    [['users', 'wait', 'nobody', '3', '--title-id', String(SAMPLE_TITLE), '--url', url], refuses('There is no user "nobody"; expected a XUID, or the gamertag of a user of the world')],
    [['users', 'wait', 'gamer', '3', '--timeout', '0', '--url', url], refuses('--timeout: found "0", expected a number of seconds, more than 0 and at most 86400')]
  ])
})

t.test('an unlock that is not in time', async (t) => {
  const looks: string[] = []
  const emulator = await listen(t, { routes: (app) => app.addHook('onRequest', async ({ url }) => { if (url.startsWith('/_emulator/users/friend?')) looks.push(url) }) })
  const set = async (percentComplete: number): Promise<void> =>
    await command(emulator, 'PUT', '/users/friend/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/14', { percentComplete })
  await set(40)
  const late = new AbortController()
  const { timeout } = AbortSignal
  AbortSignal.timeout = () => late.signal
  t.teardown(() => { AbortSignal.timeout = timeout })
  const watched = watchCommand(t, ['users', 'wait', 'friend', '14', '--title-id', String(LARGE_TITLE), '--url', emulator.url])
  while (looks.length === 0) await setImmediate()
  await set(50)
  // It looks again after it has read what it was answered.
  while (looks.length === 1) await setImmediate()
  late.abort()
  const { code, stderr } = await watched.ended
  t.equal(code, 1)
  t.match(stderr, /^xbl-achievements: friend has not unlocked achievement 14 after 10 s, and is at [45]0 percent\n$/)
})
