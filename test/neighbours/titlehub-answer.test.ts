import t from 'tap'
import { wholePercentOf } from '../../src/neighbours/titlehub-answer.ts'
import { build, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'

const ORIGIN = 'https://titlehub.xboxlive.com'
const EVERYTHING = 'achievement,alternateTitleId,contentBoard,detail,friendsWhoPlayed,gamePass,image,productId,scid,stats,titleHistory'

/** The members of a title in the order of the recorded answers of 2018 to 2024, serviceConfigId and isStreamable where those have them. */
const RECORDED_ORDER = [
  'titleId', 'pfn', 'bingId', 'serviceConfigId', 'windowsPhoneProductId', 'name', 'type', 'devices', 'displayImage', 'mediaItemType', 'modernTitleId', 'isBundle',
  'achievement', 'stats', 'gamePass', 'images', 'titleHistory', 'titleRecord', 'detail', 'friendsWhoPlayed', 'alternateTitleIds', 'contentBoards', 'xboxLiveTier', 'isStreamable'
]

/** A title of the shape of a recorded one: 22 unlocked achievements worth 465 of 1300. */
const RICH = title({
  titleId: 1560034050,
  name: 'Deep Sea',
  platforms: ['Scarlett', 'WindowsOneCore', 'Durango', 'XboxOne', 'Quest'],
  achievements: [
    ...Array.from({ length: 22 }, (_, index) => achievement({ id: index + 1, rewards: [{ value: index === 0 ? '45' : '20', type: 'Gamerscore' }] })),
    achievement({ id: 23, rewards: [{ value: '835', type: 'Gamerscore' }] })
  ],
  titleHub: {
    pfn: 'Example.DeepSea_8wekyb3d8bbwe',
    productId: '9NBLGGH4R315',
    displayImage: 'https://images.example/display',
    images: [{ url: 'https://images.example/poster', type: 'Poster' }],
    description: 'At length.',
    shortDescription: 'In short.',
    developerName: 'Makers',
    publisherName: 'Sellers',
    releaseDate: '2015-10-23T00:00:00Z',
    minAge: 16,
    genres: ['Action & adventure'],
    isGamePass: true,
    isStreamable: true,
    alternateTitleIds: [7]
  }
})

const unlocked = (id: number, time: string, scid = SCID) => ({ serviceConfigId: scid, id, timeUnlocked: time })

const worldOf = (titles: object[], members: object = {}) => ({
  titles,
  users: [user({
    achievements: Array.from({ length: 22 }, (_, index) => unlocked(index + 1, `2020-10-08T01:55:${String(index).padStart(2, '0')}.4411936Z`)), ...members
  })],
  sessions: [session({ xuid: '1' })]
})

async function titlesOf ({ app }: Emulator, path: string): Promise<Array<Record<string, unknown>>> {
  const response = await app.inject({ url: path, headers: { authorization: 'XBL3.0 x=hash;token', host: 'titlehub.xboxlive.com' } })
  t.equal(response.statusCode, 200, response.body)
  return response.json().titles
}

const historyWith = (decorations: string): string => `/users/xuid(1)/titles/titlehistory/decoration/${decorations}`

t.test('a title has the recorded members in the recorded order, with everything that is asked for', async (t) => {
  const emulator = build(t, { world: worldOf([RICH]) })
  const [rich = {}, ...others] = await titlesOf(emulator, historyWith(EVERYTHING))
  t.strictSame(others, [])
  t.strictSame(Object.keys(rich).filter((name) => name !== 'productId'), RECORDED_ORDER)
  t.strictSame(rich, {
    titleId: '1560034050',
    pfn: 'Example.DeepSea_8wekyb3d8bbwe',
    bingId: null,
    serviceConfigId: SCID,
    windowsPhoneProductId: null,
    name: 'Deep Sea',
    type: 'Game',
    devices: ['PC', 'Quest', 'XboxOne', 'XboxSeries'],
    displayImage: 'https://images.example/display',
    mediaItemType: 'Application',
    modernTitleId: '1560034050',
    isBundle: false,
    achievement: { currentAchievements: 22, totalAchievements: 23, currentGamerscore: 465, totalGamerscore: 1300, progressPercentage: 36, sourceVersion: 2 },
    stats: { sourceVersion: 2 },
    gamePass: { isGamePass: true },
    images: [{ url: 'https://images.example/poster', type: 'Poster' }, { url: 'https://images.example/display', type: 'BoxArt' }],
    titleHistory: { lastTimePlayed: '2020-10-08T01:55:21.4411936Z', visible: true, canHide: false },
    titleRecord: null,
    detail: {
      attributes: [],
      availabilities: [],
      capabilities: [],
      description: 'At length.',
      developerName: 'Makers',
      genres: ['Action & adventure'],
      publisherName: 'Sellers',
      minAge: 16,
      releaseDate: '2015-10-23T00:00:00Z',
      shortDescription: 'In short.',
      vuiDisplayName: null,
      xboxLiveGoldRequired: false
    },
    friendsWhoPlayed: null,
    alternateTitleIds: ['7'],
    contentBoards: null,
    productId: '9NBLGGH4R315',
    xboxLiveTier: 'Full',
    isStreamable: true
  })
})

t.test('what is not asked for is null or left out, but for the history in a history', async (t) => {
  const emulator = build(t, { world: worldOf([RICH]) })
  const plain = {
    titleId: '1560034050',
    pfn: 'Example.DeepSea_8wekyb3d8bbwe',
    bingId: null,
    windowsPhoneProductId: null,
    name: 'Deep Sea',
    type: 'Game',
    devices: ['PC', 'Quest', 'XboxOne', 'XboxSeries'],
    displayImage: 'https://images.example/display',
    mediaItemType: 'Application',
    modernTitleId: '1560034050',
    isBundle: false,
    achievement: null,
    stats: null,
    gamePass: null,
    images: null,
    titleHistory: { lastTimePlayed: '2020-10-08T01:55:21.4411936Z', visible: true, canHide: false },
    titleRecord: null,
    detail: null,
    friendsWhoPlayed: null,
    alternateTitleIds: null,
    contentBoards: null,
    xboxLiveTier: 'Full',
    isStreamable: true
  }
  t.strictSame(await titlesOf(emulator, historyWith('unknown')), [plain])
  t.strictSame(await titlesOf(emulator, '/users/xuid(1)/titles/titleid(1560034050)/decoration/,,'), [{ ...plain, titleHistory: null }])
  t.strictSame(await titlesOf(emulator, '/users/xuid(1)/titles/titleid(1560034050)/decoration/TITLEHISTORY'), [plain])
  t.strictSame(await titlesOf(emulator, '/titles/titleid(1560034050)/decoration/titleHistory,stats'), [{ ...plain, titleHistory: null, stats: { sourceVersion: 2 } }])
  t.strictSame(await titlesOf(emulator, '/titles/titleid(1560034050)/decoration/Achievement'), [{
    ...plain, titleHistory: null, achievement: { currentAchievements: 0, totalAchievements: 0, currentGamerscore: 0, totalGamerscore: 0, progressPercentage: 0, sourceVersion: 0 }
  }])
})

t.test('a title of which the world says nothing more has every text and list, and a picture that is drawn', async (t) => {
  const emulator = build(t, { world: worldOf([title({ achievements: [] })], { achievements: [], titles: [{ titleId: 1, lastPlayed: '2013-01-17T03:19:00Z' }] }) })
  const drawn = `${ORIGIN}/pictures/${SCID}/O.svg`
  t.strictSame(await titlesOf(emulator, historyWith(EVERYTHING)), [{
    titleId: '1',
    pfn: null,
    bingId: null,
    serviceConfigId: SCID,
    windowsPhoneProductId: null,
    name: 'One',
    type: 'Game',
    devices: ['XboxOne'],
    displayImage: drawn,
    mediaItemType: 'Application',
    modernTitleId: '1',
    isBundle: false,
    achievement: { currentAchievements: 0, totalAchievements: 0, currentGamerscore: 0, totalGamerscore: 0, progressPercentage: 0, sourceVersion: 0 },
    stats: { sourceVersion: 2 },
    gamePass: { isGamePass: false },
    images: [{ url: drawn, type: 'BoxArt' }],
    titleHistory: { lastTimePlayed: '2013-01-17T03:19:00.0000000Z', visible: true, canHide: false },
    titleRecord: null,
    detail: {
      attributes: [], availabilities: [], capabilities: [], description: '', developerName: '', genres: [], publisherName: '', minAge: 0, releaseDate: null, shortDescription: '', vuiDisplayName: null, xboxLiveGoldRequired: false
    },
    friendsWhoPlayed: null,
    alternateTitleIds: [],
    contentBoards: null,
    productId: null,
    xboxLiveTier: 'Full'
  }])
  const picture = await emulator.app.inject({ url: drawn.slice(ORIGIN.length), headers: { host: 'titlehub.xboxlive.com' } })
  t.equal(picture.statusCode, 200)
  t.equal(picture.headers['content-type'], 'image/svg+xml')
})

t.test('the kind of title decides type, devices, media item type, modern title and source version', async (t) => {
  const all = [
    title({ titleId: 1, titleType: 'LiveApp', platforms: ['iOS', 'Android'] }),
    title({ titleId: 2, serviceConfigId: OTHER_SCID, generation: 'xbox360', achievements: [achievement({ rewards: [{ value: '5', type: 'Gamerscore' }] })] }),
    title({ titleId: 3, serviceConfigId: SCID.replace('1', '3'), titleHub: { hidesTotal: true, images: [{ url: 'https://images.example/tile', type: 'Tile' }] } }),
    title({
      titleId: 4,
      serviceConfigId: SCID.replace('1', '4'),
      generation: 'xbox360',
      titleHub: { type: 'Application', mediaItemType: 'XboxArcadeGame', devices: ['Xbox360', 'XboxOne'], modernTitleId: 3, isBundle: true, xboxLiveTier: 'None', isStreamable: false }
    })
  ]
  const emulator = build(t, { world: worldOf(all, { achievements: [unlocked(1, '2020-01-01T00:00:00Z', OTHER_SCID)] }) })
  const kindOf = async (titleId: number) => {
    const [found = {}] = await titlesOf(emulator, `/users/me/titles/titleid(${titleId})/decoration/achievement,image`)
    const { type, devices, mediaItemType, modernTitleId, isBundle, xboxLiveTier, isStreamable, images, achievement } = found
    return { type, devices, mediaItemType, modernTitleId, isBundle, xboxLiveTier, isStreamable, images, achievement }
  }
  const common = { isBundle: false, xboxLiveTier: 'Full', isStreamable: undefined }
  const none = { currentAchievements: 0, totalAchievements: 1, currentGamerscore: 0, totalGamerscore: 0, progressPercentage: 0 }
  t.strictSame(await kindOf(1), {
    ...common, type: 'Application', devices: ['Mobile'], mediaItemType: 'Application', modernTitleId: '1', images: [{ url: `${ORIGIN}/pictures/${SCID}/O.svg`, type: 'BoxArt' }], achievement: { ...none, sourceVersion: 2 }
  })
  t.strictSame(await kindOf(2), {
    ...common,
    type: 'Game',
    devices: ['Xbox360'],
    mediaItemType: 'Xbox360Game',
    modernTitleId: null,
    images: [{ url: `${ORIGIN}/pictures/${OTHER_SCID}/O.svg`, type: 'BoxArt' }],
    achievement: { currentAchievements: 1, totalAchievements: 1, currentGamerscore: 5, totalGamerscore: 5, progressPercentage: 100, sourceVersion: 1 }
  })
  t.strictSame(await kindOf(3), {
    ...common, type: 'Game', devices: ['XboxOne'], mediaItemType: 'Application', modernTitleId: '3', images: [{ url: 'https://images.example/tile', type: 'Tile' }], achievement: { ...none, totalAchievements: 0, sourceVersion: 2 }
  })
  t.strictSame(await kindOf(4), {
    type: 'Application',
    devices: ['Xbox360', 'XboxOne'],
    mediaItemType: 'XboxArcadeGame',
    modernTitleId: '3',
    isBundle: true,
    xboxLiveTier: 'None',
    isStreamable: false,
    images: [{ url: `${ORIGIN}/pictures/${SCID.replace('1', '4')}/O.svg`, type: 'BoxArt' }],
    achievement: { ...none, sourceVersion: 1 }
  })
})

t.test('when nobody knows the last time, a history says the year 1', async (t) => {
  const emulator = build(t, { world: worldOf([title()], { achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 5 }] }) })
  const [{ titleHistory } = { titleHistory: undefined }] = await titlesOf(emulator, historyWith('x'))
  t.strictSame(titleHistory, { lastTimePlayed: '0001-01-01T00:00:00.0000000Z', visible: true, canHide: false })
  const [named = {}] = await titlesOf(emulator, '/users/me/titles/titleid(1)/decoration/titleHistory')
  t.equal(named['titleHistory'], null)
})

t.test('the percentage is that of the gamerscore, with halves to the even number, as in all recorded pairs', async (t) => {
  for (const [part, whole, percentage] of [
    [465, 1300, 36], [195, 2600, 8], [15, 2740, 1], [0, 1000, 0], [90, 5210, 2], [30, 2010, 1],
    [65, 1000, 6], [245, 1000, 24], [165, 1000, 16], [505, 1000, 50], [75, 1000, 8], [275, 1000, 28], [615, 1000, 62],
    [0, 0, 0], [5, 0, 0], [1000, 1000, 100], [1, 200, 0], [3, 200, 2], [1, 3, 33], [2, 3, 67], [4294967295, 4294967295, 100]
  ] as const) t.equal(wholePercentOf(part, whole), percentage, `${part}/${whole}`)
})

t.test('the percentage is written with a decimal, and a name that looks like one is left alone', async (t) => {
  const name = '"progressPercentage":7'
  const { app } = build(t, { world: worldOf([{ ...RICH, name }]) })
  const { body } = await app.inject({ url: historyWith('achievement'), headers: { authorization: 'XBL3.0 x=hash;token' } })
  t.match(body, '"totalGamerscore":1300,"progressPercentage":36.0,"sourceVersion":2}')
  t.equal(JSON.parse(body).titles[0].name, name)
})

t.test('a date of release is written as briefly as it can be', async (t) => {
  for (const [given, sent] of [['2015-10-23T10:00:10Z', '2015-10-23T10:00:10Z'], ['2015-10-23T00:00:00.1000000Z', '2015-10-23T00:00:00.1Z'], ['2015-10-23T00:00:00.0000001Z', '2015-10-23T00:00:00.0000001Z']]) {
    const emulator = build(t, { world: worldOf([title({ titleHub: { releaseDate: given } })], { achievements: [] }) })
    const [found = {}] = await titlesOf(emulator, '/titles/titleid(1)/decoration/detail')
    t.equal((found['detail'] as { releaseDate: string }).releaseDate, sent)
  }
})
