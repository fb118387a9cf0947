import t from 'tap'
import { build, DEMO, FRIEND, GAMER, LARGE_TITLE, STRANGER } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'
import { command, control, refusal } from './client.ts'

const points = (value: number) => [{ type: 'Gamerscore', value: String(value) }]
const WORLD = {
  titles: [
    title({ titleId: 9, sandboxes: ['RETAIL', 'XDKS.1'], achievements: [achievement({ rewards: points(10) }), achievement({ id: 2, rewards: points(5) })] }),
    title({ titleId: 4294967295, serviceConfigId: OTHER_SCID, generation: 'xbox360', sandboxes: [], achievements: [achievement({ rewards: points(100) })] })
  ],
  users: [
    user({
      gamertag: 'Zoe',
      privacy: 'friendsOnly',
      friends: ['3', '2'],
      titles: [{ titleId: 9, lastPlayed: '2010-01-01T00:00:00Z' }],
      achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100 }, { serviceConfigId: SCID, id: 2, sandbox: 'XDKS.1', percentComplete: 40 }, { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 100 }]
    }),
    user({ xuid: '2', gamertag: 'ann' }),
    user({ xuid: '3', gamertag: 'ANNA b/ü?' }),
    user({ xuid: '4', gamertag: '1' }),
    user({ xuid: '5', gamertag: '77' })
  ],
  sessions: [session({ xuid: '2' }), session({ token: 'other' }), session({ token: 'third', xuid: '2', titleId: 9 })]
}
const ZOE = { xuid: '1', gamertag: 'Zoe', privacy: 'friendsOnly', gamerscore: 110, possibleGamerscore: 115, titlesPlayed: 2, friendCount: 2, signInError: null }
const ANN = { xuid: '2', gamertag: 'ann', privacy: 'everyone', gamerscore: 0, possibleGamerscore: 0, titlesPlayed: 0, friendCount: 0, signInError: null }
const ANNA = { ...ANN, xuid: '3', gamertag: 'ANNA b/ü?' }
const DIGITS = [{ ...ANN, xuid: '4', gamertag: '1' }, { ...ANN, xuid: '5', gamertag: '77' }]
const noUser = (name: string): object => refusal(null, `There is no user ${JSON.stringify(name)}; expected a XUID, or the gamertag of a user of the world.`)

t.test('users in the order of their gamertags, page by page', async (t) => {
  const emulator = build(t, { world: WORLD })
  const all = [...DIGITS, ANN, ANNA, ZOE]
  t.strictSame(await command(emulator, 'GET', '/users'), { users: all, next: null })
  for (const limit of [1, 2, 3, 4, 5, 6]) {
    const found = []
    let after = ''
    for (let pages = 1; ; pages++) {
      const { users, next } = await command(emulator, 'GET', `/users?limit=${limit}${after}`)
      found.push(...users)
      if (next === null) {
        t.equal(pages, Math.ceil(all.length / limit))
        break
      }
      after = `&after=${encodeURIComponent(next)}`
      t.equal(next, found.at(-1).gamertag)
    }
    t.strictSame(found, all, `pages of ${limit}`)
  }
  for (const [query, users, next] of [
    ['gamertag=an', [ANN, ANNA], null],
    ['gamertag=AnN', [ANN, ANNA], null],
    ['gamertag=ann&limit=1', [ANN], 'ann'],
    ['gamertag=ann&limit=1&after=ANN', [ANNA], null],
    ['gamertag=ann&after=aa', [ANN, ANNA], null],
    ['gamertag=anna', [ANNA], null],
    ['gamertag=anna%20b%2F%C3%BC%3F', [ANNA], null],
    ['gamertag=ann&after=zoe', [], null],
    ['gamertag=%25', [], null],
    ['gamertag=', all, null],
    ['after=ANNA%20B%2F%C3%BC%3F', [ZOE], null],
    ['LIMIT=1000&after=zzz', [], null]
  ] as const) t.strictSame(await command(emulator, 'GET', `/users?${query}`), { users, next }, query)
  await command(emulator, 'DELETE', '/users/ann')
  t.strictSame(await command(emulator, 'GET', '/users?after=ann'), { users: [ANNA, { ...ZOE, friendCount: 1 }], next: null }, 'after one who is gone')
})

t.test('users whose gamertags or XUIDs begin so, page by page', async (t) => {
  const named = (xuid: string, gamertag: string) => ({ ...ANN, xuid, gamertag })
  const [one, oneTwo, twelve, other, last] = [named('10', '12'), named('12', '1'), named('120', 'xuid(12)'), named('18446744073709551615', '120'), named('3', '2')]
  const emulator = build(t, { world: { users: [last, other, twelve, oneTwo, one].map(({ xuid, gamertag }) => user({ xuid, gamertag })) } })
  for (const [search, all] of [
    ['1', [oneTwo, one, other, twelve]],
    ['12', [one, other, oneTwo, twelve]],
    ['18446744073709551615', [other]],
    ['2', [last]],
    ['3', [last]],
    ['4', []],
    ['XUID(', [twelve]],
    ['xuid(12)', [twelve]],
    ['1x', []],
    ['0', []],
    ['', [oneTwo, one, other, last, twelve]]
  ] as const) {
    t.strictSame(await command(emulator, 'GET', `/users?search=${search}`), { users: all, next: null }, search)
    t.strictSame(emulator.store.people.search({ search, after: null, limit: -1 }), all, search)
    for (const limit of [1, 2, 3]) {
      const found = []
      let page: { users: object[], next: string | null } = await command(emulator, 'GET', `/users?search=${search}&limit=${limit}`)
      for (; page.next !== null; page = await command(emulator, 'GET', `/users?search=${search}&limit=${limit}&after=${encodeURIComponent(page.next)}`)) found.push(...page.users)
      t.strictSame([...found, ...page.users], all, `${search}, pages of ${limit}`)
    }
  }
  for (const [query, users, next] of [
    ['search=1&limit=2&after=1', [one, other], '120'],
    ['search=1&limit=1&after=120', [twelve], null],
    ['search=12&limit=1&after=120', [oneTwo], 'xuid(12)'],
    ['search=12&after=xuid(119)', [oneTwo, twelve], null],
    ['search=12&after=xuid(13)', [], null],
    ['search=12&after=xuid(12)', [twelve], null],
    ['search=12&after=xuid(18446744073709551616)', [oneTwo, twelve], null],
    ['search=x&after=xuid(11)', [twelve], null]
  ] as const) t.strictSame(await command(emulator, 'GET', `/users?${query}`), { users, next }, query)
  t.strictSame((await control(emulator, 'GET', '/users?search=1&gamertag=1')).body, refusal(4000, 'The query has gamertag and search; expected one of them.'))
})

t.test('what a listed user tells', async (t) => {
  const emulator = build(t, { world: WORLD })
  await command(emulator, 'PUT', '/users/zoe', { signInError: 2148916238 })
  await command(emulator, 'PUT', '/users/zoe/friends/4')
  await command(emulator, 'DELETE', '/users/zoe/achievements/' + OTHER_SCID)
  t.strictSame(await command(emulator, 'GET', '/users?gamertag=zoe'), { users: [{ ...ZOE, gamerscore: 10, possibleGamerscore: 15, titlesPlayed: 1, friendCount: 3, signInError: 2148916238 }], next: null })
})

t.test('a title counts as played when it was played, whether an achievement of it was begun or not', async (t) => {
  const { titles } = WORLD
  const emulator = build(t, { world: { titles, users: [user({ titles: [{ titleId: 9, lastPlayed: '2010-01-01T00:00:00Z' }] })] } })
  t.match(await command(emulator, 'GET', '/users'), { users: [{ gamerscore: 0, possibleGamerscore: 15, titlesPlayed: 1 }] })
})

t.test('a user with what the user has done, as a world has it', async (t) => {
  const emulator = build(t)
  for (const each of DEMO.users) t.strictSame(await command(emulator, 'GET', `/users/${each.xuid}`), emulator.store.world.export().users.find(({ xuid }) => xuid === each.xuid))
  const { achievements } = await command(emulator, 'GET', '/users/gamer')
  for (const serviceConfigId of new Set<string>(achievements.map((each: any) => each.serviceConfigId))) {
    const { achievements: some, ...rest } = await command(emulator, 'GET', `/users/gamer?serviceConfigId=${serviceConfigId.toUpperCase()}`)
    t.strictSame(some, achievements.filter((each: any) => each.serviceConfigId === serviceConfigId))
    t.equal(rest.xuid, GAMER)
  }
  const small = build(t, { world: WORLD })
  t.strictSame(await command(small, 'GET', '/users/1'), small.store.world.export().users[0])
  t.strictSame((await command(small, 'GET', '/users/1')).achievements.map(({ sandbox }: any) => sandbox), [null, 'XDKS.1', null])
  await command(small, 'PATCH', '/world', { users: [await command(small, 'GET', '/users/1')] })
  t.strictSame(small.store.world.export().users[0], await command(small, 'GET', '/users/1'), 'it can be merged back')
})

t.test('friends, in the order of definition', async (t) => {
  const emulator = build(t, { world: WORLD })
  await command(emulator, 'PUT', '/users/zoe/friends/3', { isFavorite: true })
  t.strictSame(await command(emulator, 'GET', '/users/zoe/friends'), { friends: [{ ...ANN, isFavorite: false }, { ...ANNA, isFavorite: true }] })
  t.strictSame(await command(emulator, 'GET', '/users/3/friends'), { friends: [] })
})

t.test('titles, and one with its achievements', async (t) => {
  const emulator = build(t, { world: WORLD })
  const nine = { titleId: 9, name: 'One', serviceConfigId: SCID, generation: 'modern', achievementSystem: 'titleManaged', sandboxes: ['RETAIL', 'XDKS.1'], achievementCount: 2, gamerscore: 15 }
  const last = { titleId: 4294967295, name: 'One', serviceConfigId: OTHER_SCID, generation: 'xbox360', achievementSystem: null, sandboxes: [], achievementCount: 1, gamerscore: 100 }
  t.strictSame(await command(emulator, 'GET', '/titles'), { titles: [nine, last], next: null })
  t.strictSame(await command(emulator, 'GET', '/titles?limit=1'), { titles: [nine], next: 9 })
  t.strictSame(await command(emulator, 'GET', '/titles?limit=1&after=9'), { titles: [last], next: null })
  t.strictSame(await command(emulator, 'GET', '/titles?after=4294967295'), { titles: [], next: null })
  const demo = build(t)
  for (const each of demo.store.world.export().titles) t.strictSame(await command(demo, 'GET', `/titles/${each.titleId}`), each)
})

t.test('sessions, with what to send as Authorization', async (t) => {
  const emulator = build(t, { world: WORLD })
  const all = emulator.store.world.export().sessions.map((each) => ({ authorization: `XBL3.0 x=${each.userHash};${each.token}`, ...each }))
  t.strictSame(await command(emulator, 'GET', '/sessions'), { sessions: all, next: null })
  t.strictSame(await command(emulator, 'GET', '/sessions?xuid=ANN'), { sessions: [all[0], all[2]], next: null })
  t.strictSame(await command(emulator, 'GET', '/sessions?xuid=2&limit=1'), { sessions: [all[0]], next: 1 })
  t.strictSame(await command(emulator, 'GET', '/sessions?xuid=2&limit=1&after=1'), { sessions: [all[2]], next: null })
  t.strictSame(await command(emulator, 'GET', '/sessions?limit=2&after=1'), { sessions: all.slice(1), next: null })
  t.strictSame(await command(emulator, 'GET', '/sessions?xuid=zoe'), { sessions: [], next: null })
  const made = await command(emulator, 'POST', '/sessions', { xuid: '1' })
  t.strictSame(await command(emulator, 'GET', '/sessions?xuid=zoe'), { sessions: [made], next: null })
})

t.test('wherever a path has a XUID, it takes a gamertag', async (t) => {
  const emulator = build(t, { world: WORLD })
  const read = async (name: string): Promise<string> => (await command(emulator, 'GET', `/users/${name}`)).xuid
  for (const [name, xuid] of [
    ['zoe', '1'], ['ZOE', '1'], ['1', '1'], ['01', '1'], ['77', '5'], ['anna%20B%2F%C3%BC%3F', '3']
  ] as const) t.equal(await read(name), xuid, name)
  const steps: Array<[method: string, path: string, body: unknown, status: number]> = [
    ['PUT', '/users/zoe/privacy', { privacy: 'blocked' }, 204],
    ['PUT', '/users/ZOE/friends/77', undefined, 204],
    ['DELETE', '/users/zoe/friends/ann', undefined, 204],
    ['PUT', `/users/zoe/achievements/${SCID}/2`, {}, 200],
    ['PUT', '/users/ann', { gamertag: 'nan' }, 204],
    ['DELETE', '/users/Anna%20b%2F%C3%BC%3F', undefined, 204],
    ['PUT', '/users/77', {}, 201]
  ]
  for (const [method, path, body, status] of steps) t.equal((await control(emulator, method, path, body)).status, status, `${method} ${path}`)
  t.match(emulator.store.world.export().users, [
    { xuid: '1', privacy: 'blocked', friends: ['5'], achievements: [{ id: 1 }, { id: 2, sandbox: null, percentComplete: 100 }, {}] },
    { xuid: '2', gamertag: 'nan' },
    { xuid: '4' },
    { xuid: '5', gamertag: '77' },
    { xuid: '77', gamertag: 'user 77' }
  ])
  t.equal(await read('77'), '77', 'a number is first of all a XUID')
})

t.test('what is not there, and what is wrong, is refused with what arrived', async (t) => {
  const emulator = build(t)
  const before = emulator.store.world.export()
  const LIMIT = 'expected an integer from 1 to 1000.'
  const cases: Array<[method: string, path: string, status: number, body: object]> = [
    ['GET', '/users/nobody', 404, noUser('nobody')],
    ['GET', '/users/9', 404, refusal(null, 'There is no user 9.')],
    ['GET', '/users/-1', 404, noUser('-1')],
    ['GET', '/users/18446744073709551616', 404, noUser('18446744073709551616')],
    ['GET', '/users/%C3%BC', 404, noUser('ü')],
    ['GET', '/users/nobody/friends', 404, noUser('nobody')],
    ['PUT', '/users/nobody', 404, noUser('nobody')],
    ['DELETE', `/users/${GAMER}/friends/nobody`, 404, noUser('nobody')],
    ['DELETE', '/users/nobody/achievements', 404, noUser('nobody')],
    ['DELETE', `/users/gamer/achievements/${SCID}`, 404, refusal(null, `There is no service configuration ${SCID}.`)],
    ['DELETE', `/users/gamer/achievements/${SCID}/1`, 404, refusal(null, `There is no service configuration ${SCID}.`)],
    ['DELETE', `/users/9/achievements/${SCID}`, 404, refusal(null, 'There is no user 9.')],
    ['DELETE', '/users/gamer/achievements/7C1E4B02-93d5-4f6a-8e21-5ab0d9f3c764/999', 404, refusal(null, 'There is no achievement 999 of service configuration 7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764.')],
    ['DELETE', '/users/gamer/achievements/x', 400, refusal(4000, 'The service configuration id is "x"; expected a GUID.')],
    ['DELETE', '/users/gamer/achievements?sandbox=a%20b', 400, refusal(4000, 'sandbox is "a b"; expected a sandbox id, e.g. "RETAIL".')],
    ['DELETE', '/users/gamer/achievements?scid=1', 400, refusal(4000, '"scid" is no parameter of this path; known are sandbox, answer.')],
    ['GET', '/titles/1', 404, refusal(null, 'There is no title 1.')],
    ['GET', '/titles/x', 404, refusal(null, 'There is no title "x".')],
    ['GET', '/titles/1?limit=1', 400, refusal(4000, '"limit" is no parameter of this path; it takes none.')],
    ['GET', '/titles?limit=0', 400, refusal(4000, `limit is "0"; ${LIMIT}`)],
    ['GET', '/users?limit=1001', 400, refusal(4000, `limit is "1001"; ${LIMIT}`)],
    ['GET', '/users?limit=ten', 400, refusal(4000, `limit is "ten"; ${LIMIT}`)],
    ['GET', '/users?gamertags=a', 400, refusal(4000, '"gamertags" is no parameter of this path; known are gamertag, search, limit, after.')],
    ['GET', '/titles?after=x', 400, refusal(4000, 'after is "x"; expected a title id.')],
    ['GET', '/sessions?after=x', 400, refusal(4000, 'after is "x"; expected what next was of the page before.')],
    ['GET', '/sessions?after=9007199254740992', 400, refusal(4000, 'after is "9007199254740992"; expected what next was of the page before.')],
    ['GET', '/sessions?xuid=nobody', 404, noUser('nobody')]
  ]
  for (const [method, path, status, body] of cases) {
    const answer = await control(emulator, method, path)
    t.strictSame([answer.status, answer.body], [status, body], `${method} ${path}`)
  }
  t.strictSame(emulator.store.world.export(), before)
})

t.test('without the control key nothing is shown', async (t) => {
  const emulator = build(t, { config: { controlKey: 'secret' } })
  for (const path of ['/users', '/users/gamer', '/users/gamer/friends', '/titles', `/titles/${LARGE_TITLE}`, '/sessions']) t.equal((await control(emulator, 'GET', path)).status, 401, path)
})

t.test('the player data reset', async (t) => {
  const emulator = build(t, { world: WORLD })
  const [one, two, xbox360] = (await command(emulator, 'GET', '/users/1')).achievements
  const of = async (): Promise<unknown[]> => {
    const { titles, achievements } = await command(emulator, 'GET', '/users/1')
    return [achievements, titles.map(({ sandbox }: any) => sandbox), (await command(emulator, 'GET', '/users?gamertag=zoe')).users[0].gamerscore]
  }
  const before = await of()
  t.strictSame(before, [[one, two, xbox360], [null], 110])
  const cases: Array<[path: string, ...unknown[]]> = [
    ['', [], [], 0],
    [`/${SCID.toUpperCase()}`, [xbox360], [], 100],
    [`/${OTHER_SCID}`, [one, two], [null], 10],
    [`/${SCID}/1`, [two, xbox360], [null], 100],
    [`/${SCID}/2`, [one, xbox360], [null], 110],
    ['?sandbox=XDKS.1', [{ ...one, sandbox: 'RETAIL' }, xbox360], ['RETAIL'], 110],
    ['?sandbox=RETAIL', [{ ...one, sandbox: 'XDKS.1' }, two], ['XDKS.1'], 10],
    [`/${SCID}?Sandbox=XDKS.1`, [{ ...one, sandbox: 'RETAIL' }, xbox360], ['RETAIL'], 110],
    [`/${SCID}/1?sandbox=RETAIL`, [{ ...one, sandbox: 'XDKS.1' }, two, xbox360], [null], 110],
    ['?sandbox=elsewhere', [one, two, xbox360], [null], 110]
  ]
  for (const [path, ...expected] of cases) {
    for (const time of ['once', 'again']) {
      const { status, body } = await control(emulator, 'DELETE', `/users/zoe/achievements${path}`)
      t.strictSame([status, body], [204, null], path)
      t.strictSame(await of(), expected, `${path}, ${time}`)
    }
    await command(emulator, 'POST', '/reset')
    t.strictSame(await of(), before, `${path} is undone`)
  }
  await command(emulator, 'DELETE', '/users/2/achievements')
  t.strictSame(await of(), before, 'nobody else\'s')
})

t.test('what was reset is not in lists that were kept, and can be unlocked anew', async (t) => {
  const emulator = build(t)
  const scid = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
  const list = `/users/xuid(${GAMER})/achievements?titleId=${LARGE_TITLE}&unlockedOnly=true&maxItems=100`
  const count = async (): Promise<number> => (await emulator.get(list)).json().achievements.length
  const before = await count()
  t.ok(before > 1)
  for (let times = 0; times < 3; times++) t.equal(await count(), before)
  await command(emulator, 'DELETE', `/users/gamer/achievements/${scid}`)
  t.equal(await count(), 0)
  await command(emulator, 'PUT', `/users/gamer/achievements/${scid}/1`)
  t.equal(await count(), 1)
  t.strictSame([FRIEND, STRANGER].map((xuid) => emulator.store.world.export().users.find((each) => each.xuid === xuid)?.achievements.length), [FRIEND, STRANGER].map((xuid) => DEMO.users.find((each) => each.xuid === xuid)?.achievements.length))
})

t.test('the last character of all is no end of a list of users', async (t) => {
  const last = '\u{10FFFF}'
  const emulator = build(t, { world: { users: [{ xuid: '1', gamertag: last }, { xuid: '2', gamertag: `a${last}${last}` }, { xuid: '3', gamertag: 'A' }, { xuid: '4', gamertag: 'b' }] } })
  const listed = async (query: string): Promise<unknown> => (await command(emulator, 'GET', `/users${query}`)).users.map(({ xuid }: { xuid: string }) => xuid)
  t.strictSame(await listed(''), ['3', '2', '4', '1'])
  t.strictSame(await listed('?gamertag=a'), ['3', '2'])
  t.strictSame(await listed(`?gamertag=A${encodeURIComponent(last)}`), ['2'])
  t.strictSame(await listed(`?gamertag=${encodeURIComponent(last)}`), ['1'])
  t.strictSame(await listed('?after=b'), ['1'])
})
