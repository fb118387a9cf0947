import t from 'tap'
import { EVERY } from '../../src/model/list.ts'
import { GENERATIONS } from '../../src/model/title.ts'
import type { StoredUser } from '../../src/model/user.ts'
import { build, DEMO, FRIEND, GAMER, LARGE_TITLE, STRANGER } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title, user } from '../world-parts.ts'

const THIRD_SCID = '11111111-2222-3333-4444-cccccccccccc'
const reward = (value: string): object => ({ rewards: [{ type: 'Gamerscore', value }] })
const day = (number: number): string => `2020-01-0${number}T00:00:00.0000000Z`
const done = (serviceConfigId: string, id: number, timeUnlocked: string | null, sandbox: string | null = null): object => ({ serviceConfigId, id, percentComplete: 100, timeUnlocked, sandbox })

/** Titles that share a service configuration, of both generations, in two sandboxes. */
const world = {
  titles: [
    title({ titleId: 1, public: true, clientIds: ['Abc-1', 'd'], titleHub: { pfn: 'One_1', devices: ['PC'] }, achievements: [achievement(reward('10')), achievement({ id: 2, ...reward('20') })] }),
    title({ titleId: 2, public: true, sandboxes: ['RETAIL', 'XDKS.1'], achievements: [achievement({ id: 3, ...reward('40') })] }),
    title({ titleId: 3, public: true, generation: 'xbox360', titleHub: { pfn: 'Three_3' }, achievements: [achievement({ id: 4, ...reward('80') })] }),
    title({ titleId: 4, serviceConfigId: OTHER_SCID, titleHub: { pfn: 'Four_4' }, achievements: [achievement()] }),
    title({ titleId: 5, serviceConfigId: THIRD_SCID, sandboxes: ['XDKS.1'], titleHub: { pfn: 'Five_5' }, achievements: [achievement(reward('5'))] })
  ],
  users: [
    user({
      friends: ['2', '3'],
      favorites: ['3'],
      profile: { bio: 'b' },
      presence: { state: 'Away', titles: [{ titleId: 1 }] },
      signInError: 2148916238,
      titles: [
        { titleId: 3, lastPlayed: day(4), minutesPlayed: 0, stats: [{ name: 'Kills', value: '7' }, { name: 'Best', type: 'Double', value: '1.5' }] },
        { titleId: 2, sandbox: 'XDKS.1', lastPlayed: day(9), minutesPlayed: 5 }
      ],
      achievements: [
        done(SCID, 1, day(2), 'RETAIL'), done(SCID, 3, day(3), 'RETAIL'), done(SCID, 4, null, 'RETAIL'),
        { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 5 }, done(THIRD_SCID, 1, day(5))
      ]
    }),
    user({ xuid: '2', gamertag: 'bob', privacy: 'blocked', friends: ['1'] }),
    user({ xuid: '3', gamertag: 'cat' })
  ]
}

const ANN = { row: 1 }
const BOB = { row: 2 }
const CAT = { row: 3 }

t.test('the titles that a user has played, begun or unlocked something in', async (t) => {
  const { store: { titleHub } } = build(t, { world })
  const listed = (person: { row: number }, sandbox: string, limit = 10): unknown => titleHub.listPlayed({ person, sandbox, limit })
    .map((one) => [one.titleId, one.generation, one.lastPlayed, one.earnedAchievements, one.currentGamerscore, one.totalAchievements, one.maxGamerscore])
  const retail = [
    [3, 'xbox360', day(4), 1, 80, 1, 80],
    [1, 'modern', day(3), 2, 50, 3, 70],
    [2, 'modern', day(3), 2, 50, 3, 70],
    // What is in progress has no time.
    [4, 'modern', null, 0, 0, 1, 0]
  ]
  t.strictSame(listed(ANN, 'RETAIL'), retail)
  t.strictSame(listed(ANN, 'RETAIL', 2), retail.slice(0, 2))
  t.strictSame(listed(ANN, 'RETAIL', 0), [])
  t.strictSame(listed(ANN, 'XDKS.1'), [[2, 'modern', day(9), 0, 0, 1, 40], [5, 'modern', day(5), 1, 5, 1, 5]])
  t.strictSame([listed(BOB, 'RETAIL'), listed(ANN, 'XDKS.2')], [[], []])
})

t.test('titles by id and by package family name', async (t) => {
  const { store: { titleHub } } = build(t, { world })
  const found = (person: { row: number } | null, sandbox: string, titleIds: number[]): unknown => titleHub.find({ person, sandbox, titleIds })
    .map((one) => [one.titleId, one.hub.pfn, one.lastPlayed, one.earnedAchievements])
  t.strictSame(found(ANN, 'RETAIL', [4, 9, 1, 5, 3, 4]), [[4, 'Four_4', null, 0], [1, 'One_1', day(3), 2], [3, 'Three_3', day(4), 1]])
  t.strictSame(found(null, 'RETAIL', [3, 2]), [[3, 'Three_3', null, 0], [2, null, null, 0]])
  t.strictSame(found(BOB, 'XDKS.1', [5, 2, 1]), [[5, 'Five_5', null, 0], [2, null, null, 0]])
  t.strictSame([found(ANN, 'RETAIL', []), found(ANN, 'XDKS.2', [1])], [[], []])
  const byPfn = (sandbox: string, pfns: string[]): unknown => titleHub.findByPfns({ person: ANN, sandbox, pfns }).map((one) => [one.titleId, one.earnedAchievements])
  t.strictSame(byPfn('RETAIL', ['FOUR_4', 'x', 'one_1', 'One_1', 'Five_5', '']), [[4, 0], [1, 2]])
  t.strictSame(byPfn('XDKS.1', ['five_5']), [[5, 1]])
})

t.test('when people last played a title is what each one\'s title says', async (t) => {
  const { store: { titleHub } } = build(t, { world })
  let plays = 0
  for (const sandbox of ['RETAIL', 'XDKS.1', 'XDKS.2']) {
    for (const titleId of [1, 2, 3, 4, 5, 6]) {
      const expected = [ANN, BOB, CAT].map((person) => titleHub.find({ person, sandbox, titleIds: [titleId] }).map(({ titleId, name, lastPlayed }) => ({ titleId, name, lastPlayed }))[0])
      const found = titleHub.findPlays({ people: [CAT, ANN, BOB, ANN], sandbox, titleId })
      t.strictSame([ANN, BOB, CAT].map(({ row }) => found.get(row)), expected, `${sandbox} ${titleId}`)
      plays += expected.filter((play) => play?.lastPlayed).length
    }
  }
  t.equal(plays, 5)
  t.equal(titleHub.findPlays({ people: [], sandbox: 'RETAIL', titleId: 1 }).size, 0)
})

t.test('a title with everything that titlehub needs', async (t) => {
  const { store: { titleHub } } = build(t, { world })
  const [one] = titleHub.find({ person: ANN, sandbox: 'RETAIL', titleIds: [1] })
  const hub = {
    pfn: null,
    productId: null,
    type: null,
    mediaItemType: null,
    devices: null,
    displayImage: null,
    images: [],
    description: null,
    shortDescription: null,
    developerName: null,
    publisherName: null,
    releaseDate: null,
    minAge: null,
    genres: [],
    isBundle: false,
    isGamePass: false,
    isStreamable: null,
    xboxLiveTier: 'Full',
    modernTitleId: null,
    alternateTitleIds: [],
    hidesTotal: false
  }
  t.strictSame(one, {
    titleId: 1,
    name: 'One',
    serviceConfigId: SCID,
    generation: 'modern',
    achievementSystem: 'titleManaged',
    titleType: 'DGame',
    platforms: ['XboxOne'],
    hub: { ...hub, pfn: 'One_1', devices: ['PC'] },
    totalAchievements: 3,
    maxGamerscore: 70,
    earnedAchievements: 2,
    currentGamerscore: 50,
    lastPlayed: day(3)
  })
  t.strictSame(titleHub.find({ person: null, sandbox: 'RETAIL', titleIds: [2] })[0]?.hub, hub)
})

t.test('titlehub counts what the title histories count, and the gamerscore is their sum', async (t) => {
  for (const document of [world, DEMO]) {
    const { store: { titleHub, history, people } } = build(t, { world: document })
    for (const { xuid } of people.list(10)) {
      const person = people.find(xuid) as StoredUser
      for (const sandbox of ['RETAIL', 'XDKS.1']) {
        const histories = GENERATIONS.map((generation) => history.list({
          person: person.row, sandbox, generation, scope: 'played', hasRarity: false, titleIds: null, platforms: null, types: null, order: 'Title', after: null, skip: 0, limit: 100
        }).titles)
        const told = titleHub.listPlayed({ person, sandbox, limit: EVERY })
        const counts = (titles: ReadonlyArray<Pick<typeof told[number], 'titleId' | 'earnedAchievements' | 'currentGamerscore' | 'totalAchievements' | 'maxGamerscore'>>): unknown => titles
          .map(({ titleId, earnedAchievements, currentGamerscore, totalAchievements, maxGamerscore }) => [titleId, earnedAchievements, currentGamerscore, totalAchievements, maxGamerscore])
          .sort(([a = 0], [b = 0]) => a - b)
        t.strictSame(counts(told), counts(histories.flat()), `${xuid} ${sandbox}`)
        const scores = histories.flatMap((titles) => [...new Map(titles.map(({ serviceConfigId, currentGamerscore }) => [serviceConfigId, currentGamerscore])).values()])
        t.equal(people.sumGamerscore({ person, sandbox }), scores.reduce((sum, score) => sum + score, 0), `${xuid} ${sandbox}`)
      }
    }
  }
})

t.test('statistics', async (t) => {
  const { store: { stats } } = build(t, { world })
  const three = [
    { titleId: 3, serviceConfigId: SCID, name: 'MinutesPlayed', type: 'Integer', value: '0' },
    { titleId: 3, serviceConfigId: SCID, name: 'Kills', type: 'Integer', value: '7' },
    { titleId: 3, serviceConfigId: SCID, name: 'Best', type: 'Double', value: '1.5' }
  ]
  const two = { titleId: 2, serviceConfigId: SCID, name: 'MinutesPlayed', type: 'Integer', value: '5' }
  t.strictSame(stats.find({ person: ANN, sandbox: 'RETAIL', titleIds: [9, 3, 1, 2, 3] }), three)
  t.strictSame(stats.find({ person: ANN, sandbox: 'XDKS.1', titleIds: [3, 2] }), [two])
  t.strictSame(stats.find({ person: BOB, sandbox: 'RETAIL', titleIds: [3] }), [])
  const { store: demo } = build(t)
  const found = demo.stats.find({ person: ANN, sandbox: 'RETAIL', titleIds: [1297290392, LARGE_TITLE, 3051199919] })
  t.strictSame(found.map(({ titleId, name }) => [titleId, name]), [
    ...['MinutesPlayed', 'LampsLit', 'LongestVoyage', 'FurthestIsland', 'FirstLanding'].map((name) => [LARGE_TITLE, name]), [3051199919, 'MinutesPlayed']
  ])
})

t.test('users, with what other hosts tell of them', async (t) => {
  const { store: { people } } = build(t, { world })
  const profile = {
    realName: '', bio: '', location: '', accountTier: 'Gold', tenureLevel: 0, xboxOneRep: 'GoodPlayer', displayPic: null, preferredColor: null, watermarks: [], modernGamertag: null, modernGamertagSuffix: '', isQuarantined: false
  }
  t.strictSame(people.findDetails('1'), {
    row: 1,
    xuid: '1',
    gamertag: 'ann',
    privacy: 'everyone',
    profile: { ...profile, bio: 'b' },
    presence: { state: 'Away', deviceType: 'XboxOne', titles: [{ titleId: 1, name: null, state: 'Active', placement: 'Full', richPresence: null }], timestamp: null }
  })
  t.strictSame(people.findDetails('2'), { row: 2, xuid: '2', gamertag: 'bob', privacy: 'blocked', profile, presence: null })
  t.equal(people.findDetails('9'), undefined)
  t.strictSame(['1', '2', '9'].map((xuid) => people.findSignInError(xuid)), [2148916238, null, null])
})

t.test('who follows whom', async (t) => {
  const { store: { people } } = build(t, { world })
  t.strictSame(people.relate(ANN, BOB), { isFollowing: true, isFollowedBy: true, isFavorite: false })
  t.strictSame(people.relate(ANN, CAT), { isFollowing: true, isFollowedBy: false, isFavorite: true })
  t.strictSame(people.relate(CAT, ANN), { isFollowing: false, isFollowedBy: true, isFavorite: false })
  t.strictSame(people.relate(CAT, BOB), { isFollowing: false, isFollowedBy: false, isFavorite: false })
  t.strictSame(people.listFollowing(ANN), [{ row: 2, xuid: '2', gamertag: 'bob', privacy: 'blocked' }, { row: 3, xuid: '3', gamertag: 'cat', privacy: 'everyone' }])
  const everybody = { viewer: 3, own: true, everyone: true, friendsOnly: true, all: true }
  t.strictSame(people.listFollowers(ANN, everybody), [{ row: 2, xuid: '2', gamertag: 'bob', privacy: 'blocked' }])
  t.strictSame([people.listFollowing(CAT), people.listFollowers(CAT, everybody).map(({ xuid }) => xuid)], [[], ['1']])
  const ofAnn = (audience: Partial<typeof everybody>): number[] => {
    const given = { ...everybody, all: false, ...audience }
    return [people.listFollowers(ANN, given).length, people.countFollowers(ANN, given)]
  }
  t.strictSame([ofAnn({}), ofAnn({ viewer: 2 }), ofAnn({ viewer: 2, own: false })], [[0, 0], [1, 1], [0, 0]], 'bob hides it from all but himself')
  t.strictSame([people.countFollowing(ANN), people.countFollowers(ANN, everybody), people.countFollowing(CAT), people.countFollowers(CAT, everybody)], [2, 1, 0, 1])
})

t.test('titles by the names that other hosts have for them, and sandboxes', async (t) => {
  const { store: { catalogue } } = build(t, { world })
  t.strictSame([SCID, OTHER_SCID, '', SCID.toUpperCase()].map((scid) => catalogue.findTitleIds(scid)), [[1, 2, 3], [4], [], []])
  t.strictSame(['abc-1', 'ABC-1', 'D', 'abc', ''].map((clientId) => catalogue.findTitleOfClient(clientId)), [1, 1, 1, undefined, undefined])
  t.strictSame(['RETAIL', 'XDKS.1', 'xdks.1', 'XDKS.2', ''].map((sandbox) => catalogue.hasSandbox(sandbox)), [true, true, false, false, false])
  t.equal(catalogue.findOnlyTitle(), undefined)
  t.equal(build(t, { world: { titles: [title({ titleId: 7 })] } }).store.catalogue.findOnlyTitle(), 7)
  const { store: none } = build(t, { world: { users: [user()] } })
  t.strictSame([none.catalogue.findOnlyTitle(), none.catalogue.hasSandbox('RETAIL')], [undefined, true])
})

t.test('the demo world shows each of them', async (t) => {
  const { store: { people } } = build(t)
  t.strictSame([GAMER, FRIEND, STRANGER, '2533274790412955'].map((xuid) => people.findDetails(xuid)?.presence?.state), ['Online', 'Away', 'Offline', undefined])
  t.strictSame(['2533274790412955', '2533274790412956', GAMER].map((xuid) => people.findSignInError(xuid)), [2148916238, 2148916227, null])
  t.strictSame(people.relate(people.find(GAMER) as StoredUser, people.find(FRIEND) as StoredUser), { isFollowing: true, isFollowedBy: true, isFavorite: true })
  t.strictSame(new Set(DEMO.titles.flatMap(({ titleHub }) => titleHub?.devices ?? [])), new Set(['XboxOne', 'PC', 'XboxSeries', 'Xbox360', 'Mobile', 'Win32']))
  t.ok(DEMO.titles.some(({ titleHub }) => titleHub?.type === 'Application') && DEMO.titles.some(({ titleHub }) => titleHub?.hidesTotal) && DEMO.titles.some(({ clientIds }) => clientIds.length > 1))
})
