import t from 'tap'
import { build, type Emulator } from '../helper.ts'
import { achievement, SCID, session, title, user } from '../world-parts.ts'
import { command, control, refusal } from './client.ts'

const PLAYED = '2020-01-01T00:00:00.0000000Z'
const WORLD = {
  titles: [title({ sandboxes: ['RETAIL', 'XDKS.1'], achievements: [achievement(), achievement({ id: 2, name: { 'en-US': 'Second', 'de-DE': 'Zweites' } })] })],
  users: [
    user({ friends: ['2'], favorites: ['2'], titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: PLAYED }], achievements: [{ serviceConfigId: SCID, id: 1, sandbox: 'RETAIL', percentComplete: 40 }] }),
    user({ xuid: '2', gamertag: 'bob' }),
    user({ xuid: '3', gamertag: 'eve' })
  ],
  sessions: [session({ xuid: '3' })]
}

const none = { xuid: null, gamertag: null, titleId: null, title: null, sandbox: null, friend: null, achievement: null }
const ANN = { ...none, xuid: '1', gamertag: 'ann' }
const SETTINGS = { profile: null, presence: null, signInError: null }
const CLAIMS = { titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null }
const ZERO = { added: 0, changed: 0, removed: 0 }
const NO_COUNTS = { title: ZERO, achievement: ZERO, user: ZERO, friend: ZERO, play: ZERO, progress: ZERO, session: ZERO }

/** Changes something of each kind. */
async function change (emulator: Emulator): Promise<void> {
  await command(emulator, 'PUT', '/users/ann/privacy', { privacy: 'blocked' })
  await command(emulator, 'PUT', `/users/ann/achievements/${SCID}/1`, { timeUnlocked: PLAYED, sandbox: 'RETAIL' })
  await command(emulator, 'PUT', '/users/ann/friends/bob', { isFavorite: false })
  await command(emulator, 'PUT', '/users/ann/friends/eve', {})
  await command(emulator, 'DELETE', `/users/bob/achievements/${SCID}`)
  // A new user gets the row of the last one.
  await command(emulator, 'DELETE', '/users/ann/friends/eve')
  await command(emulator, 'DELETE', '/users/eve')
  await command(emulator, 'PUT', '/users/4', { gamertag: 'zoe' })
  await command(emulator, 'POST', '/sessions', { userHash: 'h', token: 'secret-token', xuid: '4' })
}

const EXPECTED = [
  { kind: 'user', what: 'changed', ...ANN, before: { privacy: 'everyone' }, after: { privacy: 'blocked' } },
  { kind: 'user', what: 'removed', ...none, xuid: '3', gamertag: 'eve', before: { gamertag: 'eve', privacy: 'everyone', ...SETTINGS }, after: null },
  { kind: 'user', what: 'added', ...none, xuid: '4', gamertag: 'zoe', before: null, after: { gamertag: 'zoe', privacy: 'everyone', ...SETTINGS } },
  { kind: 'friend', what: 'changed', ...ANN, friend: { xuid: '2', gamertag: 'bob' }, before: { isFavorite: true }, after: { isFavorite: false } },
  {
    kind: 'progress',
    what: 'changed',
    ...ANN,
    titleId: 1,
    title: 'One',
    sandbox: 'RETAIL',
    achievement: { serviceConfigId: SCID, id: 1, name: 'First' },
    before: { percentComplete: 40, timeUnlocked: null },
    after: { percentComplete: 100, timeUnlocked: PLAYED }
  },
  { kind: 'session', what: 'removed', ...none, xuid: '3', gamertag: 'eve', before: CLAIMS, after: null },
  { kind: 'session', what: 'added', ...none, xuid: '4', gamertag: 'zoe', before: null, after: CLAIMS }
]
const COUNTS = { ...NO_COUNTS, user: { added: 1, changed: 1, removed: 1 }, friend: { ...ZERO, changed: 1 }, progress: { ...ZERO, changed: 1 }, session: { added: 1, changed: 0, removed: 1 } }

const listed = async (emulator: Emulator, query = ''): Promise<any> => await command(emulator, 'GET', `/world/differences${query}`)

t.test('what has changed since the start is told, without anything that is secret', async (t) => {
  const emulator = build(t, { world: WORLD })
  t.strictSame(await listed(emulator), { differences: [], counts: NO_COUNTS, next: null })
  await change(emulator)
  const answer = await listed(emulator)
  t.strictSame(answer, { differences: EXPECTED, counts: COUNTS, next: null })
  t.notMatch(JSON.stringify(answer), 'secret-token')
  await command(emulator, 'POST', '/reset')
  t.strictSame(await listed(emulator), { differences: [], counts: NO_COUNTS, next: null })
})

t.test('the same members in another order are no difference', async (t) => {
  const presence = { timestamp: PLAYED, titles: [{ richPresence: null, placement: 'Full', state: 'Active', name: null, titleId: 1 }], deviceType: 'XboxOne', state: 'Away' }
  const emulator = build(t, { world: { ...WORLD, users: [user({ presence })], sessions: [] } })
  const { timestamp, titles, ...members } = presence
  await command(emulator, 'PUT', '/users/ann/presence', { ...members, titles, timestamp })
  t.strictSame(await listed(emulator), { differences: [], counts: NO_COUNTS, next: null })
})

t.test('the same is told of a world into which something was merged', async (t) => {
  const emulator = build(t, { world: WORLD })
  await change(emulator)
  await command(emulator, 'PATCH', '/world', {})
  const { differences, counts, next } = await listed(emulator)
  const sorted = (all: object[]): string[] => all.map((each) => JSON.stringify(each)).sort()
  t.strictSame(sorted(differences), sorted(EXPECTED))
  t.strictSame([counts, next], [COUNTS, null])
  await command(emulator, 'PATCH', '/world', { titles: [{ titleId: 1, name: 'Uno', achievements: [{ id: 2, isSecret: true }, { id: 3, name: 'Third' }] }], userKeys: ['k'] })
  const titles = await listed(emulator, '?kind=title')
  t.strictSame(titles.differences, [{ kind: 'title', what: 'changed', ...none, titleId: 1, title: 'Uno', before: { name: 'One' }, after: { name: 'Uno' } }])
  const achievements = await listed(emulator, '?kind=achievement')
  t.strictSame(achievements.differences.map(({ what, achievement: { name }, after }: any) => [what, name, after.isSecret]), [['changed', 'Second', true], ['added', 'Third', false]])
})

for (const [name, prepare] of [['recorded', async () => {}], ['merged', async (emulator: Emulator) => { await command(emulator, 'PATCH', '/world', {}) }]] as const) {
  t.test(`${name}: pages follow each other, kinds and users are filters`, async (t) => {
    const emulator = build(t, { world: WORLD })
    await change(emulator)
    await prepare(emulator)
    const all = (await listed(emulator)).differences
    const found: object[] = []
    let after: string | null = ''
    while (after !== null) {
      const page: any = await listed(emulator, `?limit=1${after === '' ? '' : `&after=${after}`}`)
      found.push(...page.differences)
      t.strictSame(page.counts, COUNTS)
      after = page.next
    }
    t.strictSame(found, all)
    for (const [query, kinds] of [['?kind=friend', ['friend']], ['?user=ANN', ['user', 'friend', 'progress']], ['?user=4', ['user', 'session']], ['?user=1&kind=session', []], ['?user=1&limit=3', ['user', 'friend', 'progress']]] as const) {
      const { differences, next } = await listed(emulator, query)
      t.strictSame([differences.map(({ kind }: any) => kind).filter((kind: string, index: number, list: string[]) => list.indexOf(kind) === index), next], [kinds, null], query)
    }
  })
}

t.test('a page that began in another world goes on nowhere', async (t) => {
  const emulator = build(t, { world: WORLD })
  await change(emulator)
  t.strictSame((await listed(emulator, '?after=5')).differences, [])
  await command(emulator, 'PATCH', '/world', {})
  t.strictSame((await listed(emulator, '?after=user,1')).differences, [])
})

t.test('a query is refused by the parameter that is wrong', async (t) => {
  const emulator = build(t)
  for (const [query, message] of [
    ['kind=users', 'kind is "users"; expected one of title, achievement, user, friend, play, progress, session.'],
    ['after=%3Cb%3E', 'after is "<b>"; expected `next` of the page before.'],
    ...['nothing,1', 'title,1', 'user', 'user,1,2', 'user,x', 'friend,1', 'play,1,2', 'progress,1', 'progress,1,RETAIL', 'progress,1,RETAIL,x', 'session,1.5', 'constructor,1'].map((after) => [`after=${after}`, `after is "${after}"; expected \`next\` of the page before.`] as const),
    ['limit=0', 'limit is "0"; expected an integer from 1 to 1000.']
  ]) {
    const { status, body } = await control(emulator, 'GET', `/world/differences?${query}`)
    t.strictSame({ status, message: body.errorMessage }, { status: 400, message })
  }
  t.strictSame((await control(emulator, 'GET', '/world/differences?x=1')).body, refusal(4000, (await control(emulator, 'GET', '/world/differences?x=1')).body.errorMessage))
})

t.test('a large world into which something was merged is compared when that is asked for', async (t) => {
  const emulator = build(t, { world: { users: Array.from({ length: 5001 }, (_none, index) => user({ xuid: String(index + 1), gamertag: `user ${index}` })) } })
  t.strictSame((await listed(emulator)).differences, [], 'what is recorded takes no time')
  await command(emulator, 'PATCH', '/world', { users: [{ xuid: '1', privacy: 'blocked' }] })
  for (const query of ['', '?slow=false']) {
    t.strictSame((await control(emulator, 'GET', `/world/differences${query}`)).body, refusal(4000, 'Something was merged into this world, which has 5001 users: to compare it with the start takes seconds, in which nothing else is answered. Expected slow=true with more than 5000 users.'))
  }
  t.match((await listed(emulator, '?slow=TRUE')).differences, [{ xuid: '1', after: { privacy: 'blocked' } }])
  await command(emulator, 'DELETE', '/users/5001')
  t.equal((await listed(emulator)).differences.length, 2)
})
