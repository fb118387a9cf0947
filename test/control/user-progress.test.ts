import t from 'tap'
import { build, NOW, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title, user } from '../world-parts.ts'
import { command, control, refusal } from './client.ts'

const points = (value: number) => [{ type: 'Gamerscore', value: String(value) }]
const REQUIREMENTS = [{ id: 'r', target: '10' }, { id: 's', target: '4' }]
const OLD_SCID = '11111111-2222-3333-4444-cccccccccccc'
const WORLD = {
  titles: [
    title({
      titleId: 5,
      name: 'Five',
      sandboxes: ['RETAIL', 'TEST.1'],
      titleHub: { displayImage: 'https://images.example.com/five.png' },
      achievements: [
        achievement({ id: 3, name: { 'en-US': 'Three', 'de-DE': 'Drei' }, description: { 'en-US': 'Did it', 'de-DE': 'Getan' }, lockedDescription: { 'en-US': 'Do it', 'de-DE': 'Tu es' }, requirements: REQUIREMENTS, rewards: points(10), mediaAssets: [{ name: 'a', type: 'Art', url: 'https://images.example.com/a.png' }, { name: 'i', type: 'Icon', url: 'https://images.example.com/i.png' }] }),
        achievement({ id: 2, name: 'Two', isSecret: true, rewards: [...points(5), { name: { 'en-US': 'Hat' }, description: 'A hat', value: '1', type: 'InApp', valueType: 'String', mediaAsset: { name: 'h', type: 'Icon', url: 'https://images.example.com/h.png' } }], deeplink: 'link', estimatedTime: '01:00:00' }),
        achievement({ id: 1, name: 'One', achievementType: 'Challenge', timeWindow: { startDate: '2020-01-01T00:00:00Z', endDate: '2021-01-01T00:00:00Z' } }),
        achievement({ id: 4, name: '100% of <b>', achievementType: 'Challenge', timeWindow: { startDate: '2020-01-01T00:00:00Z', endDate: '2020-12-01T00:00:00Z' } })
      ]
    }),
    title({ titleId: 6, name: 'Six', sandboxes: ['TEST.1'], achievements: [achievement({ id: 20, rewards: points(1) })] }),
    title({ titleId: 7, name: 'Seven', serviceConfigId: OTHER_SCID, sandboxes: [] }),
    title({ titleId: 8, name: 'Eight', serviceConfigId: OLD_SCID, generation: 'xbox360', achievements: [achievement({ rewards: points(50) }), achievement({ id: 2 })] })
  ],
  users: [
    user({
      titles: [{ titleId: 5, lastPlayed: '2019-01-01T00:00:00Z', sequence: 3, minutesPlayed: 9, stats: [{ name: 'Jumps', value: '4' }] }, { titleId: 7, lastPlayed: '2018-01-01T00:00:00Z' }],
      achievements: [
        { serviceConfigId: SCID, id: 3, sandbox: 'RETAIL', percentComplete: 50, requirements: [{ id: 's', current: '3' }, { id: 'r', current: '0' }] },
        { serviceConfigId: SCID, id: 2, percentComplete: 100, timeUnlocked: '2019-05-01T00:00:00.1234567Z', isRevoked: true },
        { serviceConfigId: OLD_SCID, id: 1, percentComplete: 100 }
      ]
    }),
    user({ xuid: '2', gamertag: 'bob', achievements: [{ serviceConfigId: SCID, id: 3, sandbox: 'RETAIL', percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00Z' }] })
  ]
}
const FIVE = {
  titleId: 5,
  name: 'Five',
  serviceConfigId: SCID,
  generation: 'modern',
  achievementSystem: 'eventBased',
  sandboxes: ['RETAIL', 'TEST.1'],
  picture: 'https://images.example.com/five.png',
  achievements: 4,
  unlocked: 1,
  inProgress: 1,
  gamerscore: 5,
  totalGamerscore: 15,
  lastPlayed: '2019-01-01T00:00:00.0000000Z',
  lastUnlock: '2019-05-01T00:00:00.1234567Z'
}
const NONE = { picture: null, achievements: 0, unlocked: 0, inProgress: 0, gamerscore: 0, totalGamerscore: 0, lastPlayed: null, lastUnlock: null }
const SIX = { ...NONE, titleId: 6, name: 'Six', serviceConfigId: SCID, generation: 'modern', achievementSystem: 'titleManaged', sandboxes: ['TEST.1'] }
const SEVEN = { ...NONE, titleId: 7, name: 'Seven', serviceConfigId: OTHER_SCID, generation: 'modern', achievementSystem: 'titleManaged', sandboxes: [], lastPlayed: '2018-01-01T00:00:00.0000000Z' }
const EIGHT = { ...NONE, titleId: 8, name: 'Eight', serviceConfigId: OLD_SCID, generation: 'xbox360', achievementSystem: null, sandboxes: ['RETAIL'], achievements: 2, unlocked: 1, gamerscore: 50, totalGamerscore: 50, lastUnlock: '0001-01-01T00:00:00.0000000Z' }

const ids = async (emulator: Emulator, query: string, titleId = 5): Promise<number[]> => (await command(emulator, 'GET', `/users/ann/titles/${titleId}/achievements?${query}`)).achievements.map(({ id }: { id: number }) => id)

t.test('titles, the one that was active last first, page by page', async (t) => {
  const emulator = build(t, { world: WORLD })
  const all = [FIVE, SEVEN, EIGHT, SIX]
  t.strictSame(await command(emulator, 'GET', '/users/ann/titles'), { titles: all, next: null })
  for (const limit of [1, 2, 3, 4]) {
    const found = []
    let next = null
    do {
      const page: { titles: object[], next: number | null } = await command(emulator, 'GET', `/users/1/titles?limit=${limit}${next === null ? '' : `&after=${next}`}`)
      found.push(...page.titles)
      next = page.next
    } while (next !== null)
    t.strictSame(found, all, `pages of ${limit}`)
  }
  for (const [query, titles] of [['search=FIV', [FIVE]], ['search=8', [EIGHT]], ['search=no', []], ['search=&limit=1', [FIVE]], ['after=99', []]] as const) {
    t.strictSame((await command(emulator, 'GET', `/users/1/titles?${query}`)).titles, titles, query)
  }
})

t.test('in another sandbox a title has what was done there, and those that are not published have nothing', async (t) => {
  const emulator = build(t, { world: WORLD })
  const here = { ...FIVE, achievements: 5, inProgress: 0, totalGamerscore: 16 }
  const { titles } = await command(emulator, 'GET', '/users/ann/titles?sandbox=TEST.1')
  t.strictSame(titles[0], here)
  t.strictSame(titles.map(({ titleId, achievements, lastUnlock }: typeof FIVE) => [titleId, achievements, lastUnlock]), [[5, 5, FIVE.lastUnlock], [6, 5, FIVE.lastUnlock], [7, 0, null], [8, 0, null]])
  t.strictSame(await command(emulator, 'GET', '/users/ann/titles/5'), { ...FIVE, locked: 3, secret: 1, revoked: 1, locales: ['en-US', 'de-DE'] })
  t.strictSame(await command(emulator, 'GET', '/users/ann/titles/6'), { ...SIX, locked: 0, secret: 0, revoked: 0, locales: ['en-US', 'de-DE'] })
})

t.test('an achievement with everything, in the locale that suits best', async (t) => {
  const emulator = build(t, { world: WORLD })
  const { achievements, ...rest } = await command(emulator, 'GET', '/users/ann/titles/5/achievements?locale=de,en;q=0.5&limit=2&rarity=true')
  t.strictSame(rest, { totalRecords: 4, next: '0||2' })
  const common = { serviceConfigId: SCID, titleId: 5, achievementType: 'Persistent', timeWindow: null }
  t.strictSame(achievements, [{
    ...common,
    id: 3,
    name: 'Drei',
    description: 'Getan',
    lockedDescription: 'Tu es',
    locale: 'de-DE',
    isSecret: false,
    icon: 'https://images.example.com/i.png',
    deeplink: null,
    estimatedTime: null,
    gamerscore: 10,
    rewards: [{ name: null, description: null, value: '10', type: 'Gamerscore', picture: null }],
    rarity: { currentCategory: 'Common', currentPercentage: 50 },
    state: 'InProgress',
    percentComplete: 50,
    timeUnlocked: null,
    isRevoked: false,
    requirements: [{ id: 'r', current: '0', target: '10', valueType: 'Integer' }, { id: 's', current: '3', target: '4', valueType: 'Integer' }]
  }, {
    ...common,
    id: 2,
    name: 'Two',
    description: '',
    lockedDescription: '',
    locale: 'en-US',
    isSecret: true,
    icon: null,
    deeplink: 'link',
    estimatedTime: '01:00:00',
    gamerscore: 5,
    rewards: [{ name: null, description: null, value: '5', type: 'Gamerscore', picture: null }, { name: 'Hat', description: 'A hat', value: '1', type: 'InApp', picture: 'https://images.example.com/h.png' }],
    rarity: { currentCategory: 'Common', currentPercentage: 50 },
    state: 'Achieved',
    percentComplete: 100,
    timeUnlocked: '2019-05-01T00:00:00.1234567Z',
    isRevoked: true,
    requirements: []
  }])
  t.strictSame((await command(emulator, 'GET', '/users/ann/titles/5/achievements?limit=1')).achievements[0].rarity, null)
})

t.test('filters, searches and orders, page by page', async (t) => {
  const emulator = build(t, { world: WORLD })
  for (const [query, found] of [
    ['', [3, 2, 1, 4]], ['state=ALL', [3, 2, 1, 4]], ['state=unlocked', [2]], ['state=inProgress', [3]], ['state=locked', [3, 1, 4]], ['state=secret', [2]], ['state=revoked', [2]],
    ['search=DREI', [3]], ['search=2', [2]], ['search=tu%20es', [3]], ['search=100%25%20of%20%3Cb', [4]], ['search=_', []], ['search=o&state=locked', [3, 1, 4]],
    ['orderBy=title', [3, 2, 1, 4]], ['orderBy=UnlockTime', [2, 3, 1, 4]], ['orderBy=EndingSoon', [4, 1, 3, 2]], ['orderBy=EndingSoon&state=locked', [4, 1, 3]]
  ] as const) t.strictSame(await ids(emulator, query), found, query)
  for (const order of ['Unordered', 'Title', 'UnlockTime', 'EndingSoon']) {
    const all = await ids(emulator, `orderBy=${order}`)
    const found: number[] = []
    let next = null
    do {
      const page: { achievements: Array<{ id: number }>, next: string | null } = await command(emulator, 'GET', `/users/1/titles/5/achievements?orderBy=${order}&limit=1${next === null ? '' : `&after=${encodeURIComponent(next)}`}`)
      found.push(...page.achievements.map(({ id }) => id))
      next = page.next
    } while (next !== null)
    t.strictSame(found, all, order)
  }
  t.strictSame(await ids(emulator, 'state=unlocked', 8), [1])
  t.strictSame(await ids(emulator, '', 6), [], 'not in this sandbox')
  t.strictSame(await ids(build(t, { world: WORLD, config: { dialect: 'live' } }), ''), [1, 2, 3, 4], 'as the live service orders them')
})

t.test('rarity is that of the sandbox', async (t) => {
  const emulator = build(t, { world: WORLD })
  const rarity = async (sandbox: string): Promise<unknown> => (await command(emulator, 'GET', `/users/ann/titles/5/achievements?sandbox=${sandbox}&rarity=true&search=3`)).achievements.map(({ rarity }: { rarity: object }) => rarity)
  t.strictSame(await rarity('RETAIL'), [{ currentCategory: 'Common', currentPercentage: 50 }])
  t.strictSame(await rarity('TEST.1'), [{ currentCategory: 'Rare', currentPercentage: 0 }])
})

t.test('unlocks, the newest first', async (t) => {
  const emulator = build(t, { world: WORLD })
  const two = { titleId: 5, titleName: 'Five', serviceConfigId: SCID, id: 2, name: 'Two', gamerscore: 5, timeUnlocked: '2019-05-01T00:00:00.1234567Z', isRevoked: true }
  const old = { titleId: 8, titleName: 'Eight', serviceConfigId: OLD_SCID, id: 1, name: 'First', gamerscore: 50, timeUnlocked: '0001-01-01T00:00:00.0000000Z', isRevoked: false }
  t.strictSame(await command(emulator, 'GET', '/users/ann/unlocks'), { unlocks: [two, old], next: null })
  const first = await command(emulator, 'GET', '/users/ann/unlocks?limit=1')
  t.strictSame(first, { unlocks: [two], next: '2019-05-01T00:00:00.1234567Z|2' })
  t.strictSame(await command(emulator, 'GET', `/users/ann/unlocks?limit=1&after=${encodeURIComponent(first.next)}`), { unlocks: [old], next: null })
  t.strictSame(await command(emulator, 'GET', '/users/ann/unlocks?titleId=6'), { unlocks: [two], next: null }, 'the service configuration is shared')
  t.strictSame(await command(emulator, 'GET', '/users/ann/unlocks?sandbox=TEST.1&titleId=8'), { unlocks: [], next: null })
})

/** The world as a document, in which everything that can be restored is. */
const exported = ({ store }: Emulator): string => JSON.stringify(store.world.export())
const unlockNumbers = ({ database }: Emulator): unknown[] => database.prepare('SELECT * FROM progress ORDER BY person, sandbox, achievement').all()

t.test('several changes at once, and what was there before restores it to the letter', async (t) => {
  const emulator = build(t, { world: WORLD })
  emulator.run('progress.set', { xuid: '1', scid: SCID, id: 1, sandbox: 'RETAIL', percentComplete: null, timeUnlocked: null, isRevoked: false, requirements: null, now: NOW })
  const [before, rows] = [exported(emulator), unlockNumbers(emulator)]
  const changes: ReadonlyArray<[string, object]> = [
    ['unlocks', { achievements: [3, 2, 1].map((id) => ({ serviceConfigId: SCID, id, percentComplete: 100, isRevoked: false })) }],
    ['locks', { achievements: [3, 2, 1].map((id) => ({ serviceConfigId: SCID.toUpperCase(), id, sandbox: 'RETAIL', percentComplete: 0, requirements: [] })) }],
    ['sets requirements', { achievements: [{ serviceConfigId: SCID, id: 3, percentComplete: 60, requirements: [{ id: 'r', current: '9' }] }] }],
    ['sets a time', { achievements: [{ serviceConfigId: SCID, id: 2, timeUnlocked: '2019-05-02T00:00:00Z' }] }],
    ['revokes', { achievements: [{ serviceConfigId: SCID, id: 4, isRevoked: true }, { serviceConfigId: OLD_SCID, id: 1, isRevoked: true }] }],
    ['plays', { titles: [{ titleId: 5, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z' }] }],
    ['plays what was never played', { titles: [{ titleId: 5, sandbox: 'XDKS.1', lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 3, stats: [{ name: 'Jumps', value: '4' }] }] }],
    ['has never played', { titles: [{ titleId: 7, sandbox: 'RETAIL', lastPlayed: null }] }]
  ]
  for (const [name, body] of changes) {
    const was = await command(emulator, 'PATCH', '/users/ann/achievements', body)
    t.not(exported(emulator), before, name)
    await command(emulator, 'PATCH', '/users/ann/achievements', was)
    t.equal(exported(emulator), before, `${name}, and back`)
    t.strictSame(unlockNumbers(emulator), rows, `${name}, and back to the row`)
  }
})

t.test('what an entry leaves out stays as it is', async (t) => {
  const emulator = build(t, { world: WORLD })
  const patch = async (entry: object): Promise<any> => await command(emulator, 'PATCH', '/users/ann/achievements', { achievements: [{ serviceConfigId: SCID, id: 2, sandbox: 'RETAIL', ...entry }] })
  const now = async (): Promise<any> => (await patch({ isRevoked: true })).achievements[0]
  const before = { serviceConfigId: SCID, id: 2, sandbox: 'RETAIL', percentComplete: 100, timeUnlocked: '2019-05-01T00:00:00.1234567Z', isRevoked: true, requirements: [], unlockNumber: 0 }
  const locked = { ...before, percentComplete: 40, timeUnlocked: null, isRevoked: false, unlockNumber: null }
  t.strictSame(await now(), before)
  await patch({ percentComplete: 40 })
  t.strictSame(await now(), { ...locked, isRevoked: true }, 'it is revoked still')
  await patch({ isRevoked: false })
  t.strictSame((await patch({ percentComplete: 100, timeUnlocked: before.timeUnlocked })).achievements[0], locked)
  t.match(await now(), { percentComplete: 100, timeUnlocked: before.timeUnlocked, isRevoked: false })
})

t.test('all achievements of a title of ten thousand change at once, and back', async (t) => {
  const ids = Array.from({ length: 10_000 }, (_none, index) => index + 1)
  const emulator = build(t, { world: { titles: [title({ achievements: ids.map((id) => achievement({ id })) })], users: [user()] } })
  const before = await command(emulator, 'PATCH', '/users/ann/achievements', { achievements: ids.map((id) => ({ serviceConfigId: SCID, id, sandbox: 'RETAIL', percentComplete: 100 })) })
  t.match(await command(emulator, 'GET', '/users/ann/titles/1'), { achievements: 10_000, unlocked: 10_000 })
  await command(emulator, 'PATCH', '/users/ann/achievements', before)
  t.match(await command(emulator, 'GET', '/users/ann/titles/1'), { achievements: 10_000, unlocked: 0 })
})

t.test('a reset says what it took, and that restores it', async (t) => {
  const emulator = build(t, { world: WORLD })
  const [before, rows] = [exported(emulator), unlockNumbers(emulator)]
  for (const path of ['', `/${SCID}`, `/${SCID}?sandbox=RETAIL`, `/${SCID}/3`, `/${OLD_SCID}`]) {
    const taken = await command(emulator, 'DELETE', `/users/ann/achievements${path}${path.includes('?') ? '&' : '?'}answer=before`)
    t.not(exported(emulator), before, path)
    await command(emulator, 'PATCH', '/users/ann/achievements', taken)
    t.equal(exported(emulator), before, `${path}, and back`)
    t.strictSame(unlockNumbers(emulator), rows, `${path}, and back to the row`)
  }
  const { status, body } = await control(emulator, 'DELETE', `/users/ann/achievements/${SCID}/3`)
  t.strictSame([status, body], [204, null])
})

t.test('an unlock cannot have a number that no unlock has had', async (t) => {
  const emulator = build(t, { world: WORLD })
  await command(emulator, 'PATCH', '/users/bob/achievements', { achievements: [{ serviceConfigId: SCID, id: 1, sandbox: 'RETAIL', percentComplete: 100, unlockNumber: 77 }] })
  t.strictSame(emulator.database.prepare('SELECT unlock_number FROM progress WHERE person = 2 ORDER BY achievement').pluck().all(), [0, 0])
})

t.test('what is refused, and changes nothing', async (t) => {
  const emulator = build(t, { world: WORLD })
  const before = exported(emulator)
  const entry = { serviceConfigId: SCID, id: 3, percentComplete: 100 }
  const play = { titleId: 5, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z' }
  const cases: ReadonlyArray<[string, string, object | undefined, number, string]> = [
    ['PATCH', '/users/ann/achievements', { achievements: [entry, { ...entry, id: 99 }] }, 404, `There is no achievement 99 of service configuration ${SCID}.`],
    ['PATCH', '/users/ann/achievements', { achievements: [{ ...entry, sandbox: 'NONE' }] }, 404, `There is no achievement 3 of service configuration ${SCID} in sandbox NONE.`],
    ['PATCH', '/users/ann/achievements', { achievements: [entry, { ...entry, sandbox: 'RETAIL' }] }, 400, `achievements names achievement 3 of service configuration ${SCID} in sandbox RETAIL twice; expected it once.`],
    ['PATCH', '/users/ann/achievements', { achievements: [{ ...entry, requirements: [{ id: 'x', current: '1' }] }] }, 400, 'requirements names "x"; expected requirements of the achievement.'],
    ['PATCH', '/users/ann/achievements', { achievements: [{ ...entry, timeUnlocked: '2020-02-30T00:00:00Z' }] }, 400, 'The instant is "2020-02-30T00:00:00Z"; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".'],
    ['PATCH', '/users/ann/achievements', { achievements: [entry], titles: [{ ...play, titleId: 99 }] }, 404, 'There is no title 99.'],
    ['PATCH', '/users/ann/achievements', { achievements: [entry], titles: [{ ...play, lastPlayed: '2020-02-30T00:00:00Z' }] }, 400, 'The instant is "2020-02-30T00:00:00Z"; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".'],
    ['PATCH', '/users/ann/achievements', { titles: [play, play] }, 400, 'titles names title 5 in sandbox RETAIL twice; expected it once.'],
    ['PATCH', '/users/ann/achievements', { titles: [{ ...play, stats: [{ name: 'a', value: '1' }, { name: 'A', value: '2' }] }] }, 400, 'stats of title 5 names "A" twice; expected each once.'],
    ['PATCH', '/users/ann/achievements', { titles: [{ ...play, stats: [{ name: 'minutesplayed', value: '1' }] }] }, 400, 'stats of title 5 names "minutesplayed"; expected it as minutesPlayed.'],
    ['PATCH', '/users/ann/achievements', { titles: [{ ...play, lastPlayed: 5 }] }, 400, 'The body, at /titles/0/lastPlayed: found 5, expected an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z", or null.'],
    ['PATCH', '/users/99/achievements', { achievements: [entry] }, 404, 'There is no user 99.'],
    ['PATCH', '/users/ann/achievements', { achievements: [{ ...entry, percentComplete: 101 }] }, 400, 'The body, at /achievements/0/percentComplete: found 101, expected an integer from 0 to 100, or null.'],
    ['DELETE', '/users/ann/achievements?answer=all', undefined, 400, 'answer is "all"; expected "before".'],
    ['GET', '/users/ann/titles/5/achievements?after=0', undefined, 400, 'after is "0"; expected "next" of the page before.'],
    ['GET', '/users/ann/titles/5/achievements?after=0||1|2', undefined, 400, 'after is "0||1|2"; expected "next" of the page before.'],
    ['GET', '/users/ann/titles/5/achievements?after=x||1', undefined, 400, 'after is "x||1"; expected "next" of the page before.'],
    ['GET', '/users/ann/titles/5/achievements?after=0|x|1', undefined, 400, 'after is "0|x|1"; expected "next" of the page before.'],
    ['GET', '/users/ann/titles/5/achievements?orderBy=Id', undefined, 400, 'orderBy is "Id"; expected one of Unordered, Title, UnlockTime, EndingSoon.'],
    ['GET', '/users/ann/titles/5/achievements?rarity=1', undefined, 400, 'rarity is "1"; expected "true" or "false".'],
    ['GET', '/users/ann/titles/4294967296', undefined, 404, 'There is no title "4294967296".'],
    ['GET', '/users/ann/unlocks?after=2020-01-01T00:00:00Z|1|2', undefined, 400, 'after is "2020-01-01T00:00:00Z|1|2"; expected "next" of the page before.'],
    ['GET', '/users/ann/unlocks?after=yesterday|1', undefined, 400, 'after is "yesterday|1"; expected "next" of the page before.'],
    ['GET', '/users/ann/unlocks?after=2020-01-01T00:00:00Z|x', undefined, 400, 'after is "2020-01-01T00:00:00Z|x"; expected "next" of the page before.']
  ]
  for (const [method, path, body, status, message] of cases) {
    const response = await control(emulator, method as 'GET', path, body)
    t.equal(response.status, status, `${method} ${path}`)
    t.strictSame(response.body, refusal(status === 400 ? 4000 : null, message), `${method} ${path}`)
  }
  t.equal(exported(emulator), before)
})
