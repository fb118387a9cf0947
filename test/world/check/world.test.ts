import t from 'tap'
import { mergeWorlds } from '../../../src/world/read.ts'
import { achievement, SCID, session, title, user } from '../../world-parts.ts'

const merge = (...documents: object[]): unknown => mergeWorlds(documents.map((document, index) => ({ file: `${index}.json`, document })))

t.test('an empty world', async (t) => {
  t.strictSame(merge({}), { titles: [], users: [], sessions: [], userKeys: [] })
  t.strictSame(merge({ $schema: 'x' }, {}), { titles: [], users: [], sessions: [], userKeys: [] })
})

t.test('every default', async (t) => {
  const world = merge({
    titles: [{
      titleId: 1,
      name: 'One',
      serviceConfigId: SCID,
      achievements: [{
        id: 2,
        name: 'First',
        requirements: [{ id: 'r', target: '1' }],
        mediaAssets: [{ name: 'm', type: 'Icon', url: '/m' }],
        rewards: [{ value: '10', type: 'Gamerscore' }]
      }, {
        id: 3,
        name: 'Second'
      }]
    }, {
      titleId: 4,
      name: 'Two',
      serviceConfigId: SCID
    }],
    users: [{ xuid: '5', gamertag: 'ann', achievements: [{ serviceConfigId: SCID, id: 2 }] }, { xuid: '6', gamertag: 'bob' }],
    sessions: [{ userHash: 'hash', token: 'token' }]
  })
  const titleDefaults = {
    version: null,
    generation: 'modern',
    titleType: 'DGame',
    platform: 'D',
    refusesUpdates: false,
    platforms: ['XboxOne'],
    productId: null,
    public: false,
    sandboxes: ['RETAIL'],
    defaultLocale: 'en-US',
    xbox360: { titleType: 1, platforms: [1] },
    status: 'active',
    location: null,
    clientIds: [],
    titleHub: null
  }
  const achievementDefaults = {
    description: null,
    lockedDescription: null,
    isSecret: false,
    achievementType: 'Persistent',
    participationType: 'Individual',
    timeWindow: null,
    estimatedTime: null,
    deeplink: null,
    xbox360: { imageId: 0, type: 1 },
    igdb: null
  }
  t.strictSame(world, {
    titles: [{
      titleId: 1,
      name: 'One',
      serviceConfigId: SCID,
      ...titleDefaults,
      achievementSystem: 'eventBased',
      achievements: [{
        id: 2,
        name: 'First',
        ...achievementDefaults,
        requirements: [{ id: 'r', target: '1', operationType: null, valueType: 'Integer', ruleParticipationType: 'Individual' }],
        mediaAssets: [{ name: 'm', type: 'Icon', url: '/m' }],
        rewards: [{ name: null, description: null, value: '10', type: 'Gamerscore', valueType: null, mediaAsset: null }]
      }, {
        id: 3,
        name: 'Second',
        ...achievementDefaults,
        requirements: [],
        mediaAssets: [],
        rewards: []
      }]
    }, {
      titleId: 4,
      name: 'Two',
      serviceConfigId: SCID,
      ...titleDefaults,
      achievementSystem: 'titleManaged',
      achievements: []
    }],
    users: [{
      xuid: '5',
      gamertag: 'ann',
      privacy: 'everyone',
      friends: [],
      favorites: [],
      profile: null,
      presence: null,
      signInError: null,
      titles: [],
      achievements: [{ serviceConfigId: SCID, id: 2, sandbox: null, percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [] }]
    }, {
      xuid: '6',
      gamertag: 'bob',
      privacy: 'everyone',
      friends: [],
      favorites: [],
      profile: null,
      presence: null,
      signInError: null,
      titles: [],
      achievements: []
    }],
    sessions: [{
      userHash: 'hash', token: 'token', xuid: null, titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null
    }],
    userKeys: []
  })
})

t.test('a list replaces the default list as a whole', async (t) => {
  const { titles: [none, other] } = mergeWorlds([{
    file: 'a.json',
    document: {
      titles: [
        title({ platforms: [], sandboxes: [] }),
        title({ titleId: 2, achievements: [], platforms: ['Scarlett', 'PC'], sandboxes: ['XDKS.1'] })
      ]
    }
  }])
  t.strictSame([none?.platforms, none?.sandboxes], [[], []])
  t.strictSame([other?.platforms, other?.sandboxes], [['Scarlett', 'PC'], ['XDKS.1']])
})

t.test('the canonical form', async (t) => {
  const begun = [
    { id: 1, percentComplete: 100 },
    { id: 2, percentComplete: 100, timeUnlocked: '2013-01-17T03:19:00.3Z' },
    { id: 3, percentComplete: 40, timeUnlocked: '2013-01-17T03:19:00Z' },
    { id: 4, percentComplete: 99 }
  ].map((progress) => ({ serviceConfigId: SCID.toUpperCase(), ...progress }))
  const world = mergeWorlds([{
    file: 'a.json',
    document: {
      titles: [title({ serviceConfigId: SCID.toUpperCase(), achievements: [1, 2, 3, 4].map((id) => achievement({ id })) })],
      users: [user({ xuid: '007', friends: ['0'], achievements: begun }), user({ xuid: '000', gamertag: 'bob' })],
      sessions: [session({ xuid: '00000000000000000007', expires: '2013-03-01T00:00:00Z' })]
    }
  }])
  t.equal(world.titles[0]?.serviceConfigId, SCID)
  t.strictSame(world.users.map(({ xuid, friends }) => ({ xuid, friends })), [{ xuid: '7', friends: ['0'] }, { xuid: '0', friends: [] }])
  t.strictSame(world.users[0]?.achievements.map(({ serviceConfigId, timeUnlocked }) => [serviceConfigId, timeUnlocked]), [
    [SCID, '0001-01-01T00:00:00.0000000Z'],
    [SCID, '2013-01-17T03:19:00.3000000Z'],
    [SCID, '2013-01-17T03:19:00.0000000Z'],
    [SCID, null]
  ])
  t.strictSame(world.sessions.map(({ xuid, expires }) => ({ xuid, expires })), [{ xuid: '7', expires: '2013-03-01T00:00:00.0000000Z' }])
})

t.test('the defaults of an achievement\'s IGDB record', async (t) => {
  const of = (igdb: object) => mergeWorlds([{ file: 'a.json', document: { titles: [title({ achievements: [achievement({ igdb })] })] } }]).titles[0]?.achievements[0]?.igdb
  const defaults = {
    id: null, category: 2, rank: null, game: null, tags: [], language: null, icon: null, externalId: null, createdAt: 0, updatedAt: null, owners: null, ownersPercentage: null
  }
  t.strictSame(of({}), defaults)
  t.strictSame(of({ rank: 0, tags: ['a'], icon: { url: '/x' } }), { ...defaults, rank: 0, tags: ['a'], icon: { url: '/x', cloudinaryId: null, width: null, height: null } })
})

t.test('the instants of a time window stay as they are written, because they are sent so', async (t) => {
  const timeWindow = { startDate: '2013-02-01T00:00:00Z', endDate: '2100-07-01T00:00:00.5Z' }
  const { titles: [world] } = mergeWorlds([{ file: 'a.json', document: { titles: [title({ achievements: [achievement({ timeWindow })] })] } }])
  t.strictSame(world?.achievements[0]?.timeWindow, timeWindow)
})

t.test('a text may name the default locale in another letter case', async (t) => {
  const name = { 'fr-FR': 'n', 'EN-us': 'N' }
  const { titles: [world] } = mergeWorlds([{ file: 'a.json', document: { titles: [title({ achievements: [achievement({ name })] })] } }])
  t.strictSame(world?.achievements[0]?.name, name)
})
