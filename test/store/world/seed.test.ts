import type BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import { openDatabase } from '../../../src/store/open.ts'
import { seed } from '../../../src/store/world/seed.ts'
import { mergeWorlds } from '../../../src/world/read.ts'
import type { World } from '../../../src/world/schema.ts'
import { DEMO } from '../../helper.ts'
import { thrownBy } from '../../thrown-error.ts'
import { OTHER_SCID, SCID } from '../../world-parts.ts'

const TABLES = ['world', 'service_configuration', 'title', 'title_client', 'publication', 'achievement', 'achievement_text', 'person', 'friendship', 'play', 'progress', 'session', 'igdb_record', 'user_key'] as const

const HUB = '{"pfn":"One.Two_3","releaseDate":"2020-01-01T00:00:00.0000000Z","productId":null,"type":null,"mediaItemType":null,"devices":null,"displayImage":null,"images":[],"description":null,"shortDescription":null,"developerName":null,"publisherName":null,"minAge":null,"genres":[],"isBundle":false,"isGamePass":false,"isStreamable":null,"xboxLiveTier":"Full","modernTitleId":null,"alternateTitleIds":[],"hidesTotal":false}'

const rowsOf = (database: BetterSqlite3.Database, table: typeof TABLES[number]): unknown =>
  // Without the stamp, which differs each time.
  database.prepare(`SELECT ${table === 'world' ? 'only, source, unlocks, recording, baseline' : '*'} FROM ${table}`).all()

const sizesOf = (database: BetterSqlite3.Database): unknown =>
  TABLES.map((table) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get())

const world = mergeWorlds([{
  file: 'world.json',
  document: {
    titles: [{
      titleId: 20,
      name: 'Two',
      serviceConfigId: SCID.toUpperCase(),
      sandboxes: ['RETAIL', 'XDKS.1'],
      public: true,
      status: 'moved',
      location: '/elsewhere',
      achievements: [{
        // Not in the order of the wire.
        deeplink: 'aWFt',
        estimatedTime: '06:12:14',
        rewards: [
          { valueType: 'Uri', type: 'InApp', value: 'x', description: { 'en-US': 'D', 'fr-FR': 'd' }, name: 'R' },
          { type: 'Gamerscore', value: '10' },
          { type: 'InApp', value: '1' },
          { type: 'Art', value: '/art.png', mediaAsset: { url: '/p', type: 'Art', name: 'p' } }
        ],
        mediaAssets: [{ url: '/icon.png', type: 'Icon', name: 'icon' }],
        requirements: [{ id: 'r', target: '100', operationType: 'Maximum', valueType: 'Double', ruleParticipationType: 'Group' }],
        timeWindow: { endDate: '2100-07-01T00:00:00.5Z', startDate: '2013-02-01T00:00:00Z' },
        participationType: 'Group',
        achievementType: 'Challenge',
        isSecret: true,
        lockedDescription: { 'fr-FR': 'l', 'en-US': 'L' },
        description: { 'en-US': 'D', 'fr-FR': 'd' },
        name: { 'fr-FR': 'n', 'en-US': 'N' },
        // Not in the order of an export.
        igdb: { updatedAt: 7, icon: { height: 2, url: '/igdb.png' }, tags: ['b', 'a'], ownersPercentage: 0.1, id: 9 },
        id: 3
      }, {
        // It is no challenge, so the end of the time window is not stored in ends_at.
        id: 1,
        name: 'Plain',
        timeWindow: { startDate: '2013-02-01T00:00:00Z', endDate: '2013-02-02T00:00:00Z' }
      }]
    }, {
      titleId: 10,
      name: 'One',
      serviceConfigId: SCID,
      public: true,
      status: 'moved',
      location: '/elsewhere',
      clientIds: ['b', 'A'],
      titleHub: { pfn: 'One.Two_3', releaseDate: '2020-01-01T00:00:00Z' },
      achievements: [{ id: 2, name: 'Shared' }]
    }, {
      titleId: 30,
      name: 'Three',
      serviceConfigId: OTHER_SCID,
      version: '1.2',
      generation: 'xbox360',
      titleType: 'X',
      platform: 'Xbox360',
      platforms: ['Xbox360', 'Durango'],
      productId: SCID,
      sandboxes: ['XDKS.1'],
      defaultLocale: 'de-DE',
      xbox360: { titleType: 3, platforms: [15] },
      achievements: [{ id: 1, name: 'Eins', achievementType: 'Challenge', xbox360: { imageId: 9, type: 5 } }]
    }],
    users: [{
      xuid: '18446744073709551615',
      gamertag: 'ann',
      privacy: 'blocked',
      friends: ['2'],
      favorites: ['02'],
      profile: { bio: 'b' },
      presence: { state: 'Offline', titles: [{ titleId: 30 }], timestamp: '2020-01-01T00:00:00Z' },
      signInError: 2148916238,
      titles: [{ titleId: 30, lastPlayed: '2010-01-01T00:00:00.5Z', minutesPlayed: 7, stats: [{ value: '1', name: 'Kills' }] }],
      achievements: [
        { serviceConfigId: SCID, id: 3, percentComplete: 42, requirements: [{ id: 'r', current: '42' }] },
        { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 100, timeUnlocked: '2013-01-17T03:19:00.3087016Z', isRevoked: true },
        { serviceConfigId: SCID, id: 2, percentComplete: 100 }
      ]
    }, {
      xuid: '2',
      gamertag: 'bob',
      titles: [{ titleId: 20, lastPlayed: '2011-01-01T00:00:00Z', sandbox: 'XDKS.1', sequence: 4294967295 }, { titleId: 20, lastPlayed: '2012-01-01T00:00:00Z', sandbox: 'XDKS.9' }],
      achievements: [{ serviceConfigId: SCID, id: 2, percentComplete: 1, sandbox: 'XDKS.9' }, { sandbox: 'RETAIL', serviceConfigId: SCID, id: 2, percentComplete: 2 }]
    }],
    userKeys: ['one', 'two'],
    sessions: [
      { userHash: 'h', token: 'full', xuid: '2', titleId: 30, sandbox: 'XDKS.1', location: 'US', thirdPartySite: true, expires: '2100-01-01T00:00:00Z' },
      { userHash: 'h', token: 'bare' }
    ]
  }
}])

t.test('the rows of a seeded world', async (t) => {
  const database = openDatabase(':memory:')
  seed(database, world, 'world.json')
  const rows = (table: typeof TABLES[number], expected: unknown[]): unknown => t.strictSame(rowsOf(database, table), expected, table)
  rows('world', [{ only: 1, source: 'world.json', unlocks: 0, recording: 1, baseline: null }])
  rows('service_configuration', [
    { row: 1, scid: SCID, is_public: 1, status: 'moved', location: '/elsewhere' },
    { row: 2, scid: OTHER_SCID, is_public: 0, status: 'active', location: null }
  ])
  const title = { version: null, generation: 'modern', title_type: 'DGame', platform: 'D', platforms: '["XboxOne"]', refuses_updates: 0, product_id: null, default_locale: 'en-US', v1_title_type: 1, v1_platforms: '[1]', hub: null, pfn: null }
  rows('title', [
    { title_id: 10, ordinal: 1, service_configuration: 1, name: 'One', achievement_system: 'titleManaged', ...title, hub: HUB, pfn: 'One.Two_3' },
    { title_id: 20, ordinal: 0, service_configuration: 1, name: 'Two', achievement_system: 'eventBased', ...title },
    {
      title_id: 30, ordinal: 2, service_configuration: 2, name: 'Three', version: '1.2', generation: 'xbox360', title_type: 'X', platform: 'Xbox360', platforms: '["Xbox360","Durango"]', product_id: SCID, default_locale: 'de-DE', v1_title_type: 3, v1_platforms: '[15]', achievement_system: null, refuses_updates: 0, hub: null, pfn: null
    }
  ])
  rows('title_client', [{ client_id: 'b', title_id: 10, ordinal: 0 }, { client_id: 'A', title_id: 10, ordinal: 1 }])
  rows('publication', [
    { sandbox: 'RETAIL', title_id: 10 },
    { sandbox: 'RETAIL', title_id: 20 },
    { sandbox: 'XDKS.1', title_id: 20 },
    { sandbox: 'XDKS.1', title_id: 30 }
  ])
  const achievement = {
    is_secret: 0, achievement_type: 'Persistent', participation_type: 'Individual', time_window: null, requirements: '[]', media_assets: '[]', rewards: '[]', estimated_time: null, deeplink: null, gamerscore: 0, v1_image_id: 0, v1_type: 1, ends_at: null
  }
  rows('achievement', [
    {
      row: 1,
      service_configuration: 1,
      id: 3,
      title_id: 20,
      is_secret: 1,
      achievement_type: 'Challenge',
      participation_type: 'Group',
      time_window: '{"startDate":"2013-02-01T00:00:00Z","endDate":"2100-07-01T00:00:00.5Z"}',
      requirements: '[{"id":"r","target":"100","operationType":"Maximum","valueType":"Double","ruleParticipationType":"Group"}]',
      media_assets: '[{"name":"icon","type":"Icon","url":"/icon.png"}]',
      rewards: JSON.stringify([
        { name: 'R', description: { 'en-US': 'D', 'fr-FR': 'd' }, value: 'x', type: 'InApp', valueType: 'Uri', mediaAsset: null },
        { name: null, description: null, value: '10', type: 'Gamerscore', valueType: 'Int', mediaAsset: null },
        { name: null, description: null, value: '1', type: 'InApp', valueType: 'String', mediaAsset: null },
        { name: null, description: null, value: '/art.png', type: 'Art', valueType: 'Uri', mediaAsset: { name: 'p', type: 'Art', url: '/p' } }
      ]),
      estimated_time: '06:12:14',
      deeplink: 'aWFt',
      gamerscore: 10,
      v1_image_id: 0,
      v1_type: 1,
      ends_at: '2100-07-01T00:00:00.5000000Z'
    },
    { row: 2, service_configuration: 1, id: 1, title_id: 20, ...achievement, time_window: '{"startDate":"2013-02-01T00:00:00Z","endDate":"2013-02-02T00:00:00Z"}' },
    { row: 3, service_configuration: 1, id: 2, title_id: 10, ...achievement },
    { row: 4, service_configuration: 2, id: 1, title_id: 30, ...achievement, achievement_type: 'Challenge', v1_image_id: 9, v1_type: 5 }
  ])
  rows('achievement_text', [
    { achievement: 1, ordinal: 0, locale: 'en-US', name: 'N', description: 'D', locked_description: 'L' },
    { achievement: 1, ordinal: 1, locale: 'fr-FR', name: 'n', description: 'd', locked_description: 'l' },
    { achievement: 2, ordinal: 0, locale: 'en-US', name: 'Plain', description: '', locked_description: '' },
    { achievement: 3, ordinal: 0, locale: 'en-US', name: 'Shared', description: '', locked_description: '' },
    { achievement: 4, ordinal: 0, locale: 'de-DE', name: 'Eins', description: '', locked_description: '' }
  ])
  rows('person', [
    {
      row: 1,
      xuid: '18446744073709551615',
      gamertag: 'ann',
      privacy: 'blocked',
      profile: '{"bio":"b","realName":"","location":"","accountTier":"Gold","tenureLevel":0,"xboxOneRep":"GoodPlayer","displayPic":null,"preferredColor":null,"watermarks":[],"modernGamertag":null,"modernGamertagSuffix":"","isQuarantined":false}',
      presence: '{"state":"Offline","titles":[{"titleId":30,"name":null,"state":"Active","placement":"Full","richPresence":null}],"timestamp":"2020-01-01T00:00:00.0000000Z","deviceType":"XboxOne"}',
      sign_in_error: 2148916238
    },
    { row: 2, xuid: '2', gamertag: 'bob', privacy: 'everyone', profile: null, presence: null, sign_in_error: null }
  ])
  rows('friendship', [{ person: 1, friend: 2, is_favorite: 1 }])
  rows('play', [
    { person: 1, sandbox: 'XDKS.1', title_id: 30, last_played: '2010-01-01T00:00:00.5000000Z', sequence: null, minutes_played: 7, stats: '[{"value":"1","name":"Kills","type":"Integer"}]' },
    { person: 2, sandbox: 'XDKS.1', title_id: 20, last_played: '2011-01-01T00:00:00.0000000Z', sequence: 4294967295, minutes_played: null, stats: null },
    { person: 2, sandbox: 'XDKS.9', title_id: 20, last_played: '2012-01-01T00:00:00.0000000Z', sequence: null, minutes_played: null, stats: null }
  ])
  const begun = { time_unlocked: null, unlock_number: null, is_revoked: 0, current: '[]' }
  const unlocked = { person: 1, percent_complete: 100, unlock_number: 0, is_revoked: 0, current: '[]' }
  rows('progress', [
    ...['RETAIL', 'XDKS.1'].flatMap((sandbox) => [
      { ...begun, person: 1, sandbox, achievement: 1, percent_complete: 42, current: '[["r","42"]]' },
      { ...unlocked, sandbox, achievement: 3, time_unlocked: '0001-01-01T00:00:00.0000000Z' }
    ]),
    { ...unlocked, sandbox: 'XDKS.1', achievement: 4, time_unlocked: '2013-01-17T03:19:00.3087016Z', is_revoked: 1 },
    { ...begun, person: 2, sandbox: 'RETAIL', achievement: 3, percent_complete: 2 },
    { ...begun, person: 2, sandbox: 'XDKS.9', achievement: 3, percent_complete: 1 }
  ])
  rows('session', [
    { row: 1, user_hash: 'h', token: 'full', person: 2, title_id: 30, sandbox: 'XDKS.1', location: 'US', third_party_site: 1, expires: '2100-01-01T00:00:00.0000000Z' },
    { row: 2, user_hash: 'h', token: 'bare', person: null, title_id: null, sandbox: null, location: null, third_party_site: 0, expires: null }
  ])
  const record = {
    category: 2, created_at: 0, updated_at: 0, icon: null, game: null, rank: null, description: null, owners: null, owners_percentage: null, tags: null, language: null, given: null
  }
  rows('igdb_record', [
    {
      ...record,
      id: 9,
      achievement: 1,
      name: 'N',
      updated_at: 7,
      icon: '{"url":"/igdb.png","height":2}',
      external_id: `${SCID}/3`,
      description: 'D',
      owners_percentage: 0.1,
      tags: '["b","a"]',
      given: '{"id":9,"category":2,"rank":null,"game":null,"tags":["b","a"],"language":null,"icon":{"url":"/igdb.png","cloudinaryId":null,"width":null,"height":2},"externalId":null,"createdAt":0,"updatedAt":7,"owners":null,"ownersPercentage":0.1}'
    },
    { ...record, id: 4294967297, achievement: 2, name: 'Plain', external_id: `${SCID}/1` },
    { ...record, id: 4294967298, achievement: 3, name: 'Shared', external_id: `${SCID}/2` },
    { ...record, id: 8589934593, achievement: 4, name: 'Eins', external_id: `${OTHER_SCID}/1` }
  ])
  rows('user_key', [{ row: 1, user_key: 'one' }, { row: 2, user_key: 'two' }])
  database.close()
})

t.test('a seed that fails, at its start, in its middle or at its end, leaves the database empty', async (t) => {
  const again = <T>(list: readonly T[]): T[] => [...list, ...list.slice(0, 1)]
  const [ann, bob] = world.users
  const cases: Array<[string, World, string]> = [
    ['titles', { ...world, titles: again(world.titles) }, 'UNIQUE constraint failed: title.title_id'],
    ['users', { ...world, users: again(world.users) }, 'UNIQUE constraint failed: person.gamertag'],
    ['friends', { ...world, users: [{ ...ann, friends: ['3'], favorites: [] }, bob] as World['users'] }, 'NOT NULL constraint failed: friendship.friend'],
    ['sessions', { ...world, sessions: again(world.sessions) }, 'UNIQUE constraint failed: session.user_hash, session.token'],
    ['user keys', { ...world, userKeys: again(world.userKeys) }, 'UNIQUE constraint failed: user_key.user_key']
  ]
  for (const [what, broken, message] of cases) {
    const database = openDatabase(':memory:')
    t.equal(thrownBy(() => seed(database, broken, 'broken')).message, message, what)
    t.strictSame(sizesOf(database), TABLES.map(() => 0), what)
    seed(database, world, 'world.json')
    t.equal(database.prepare('SELECT source FROM world').pluck().get(), 'world.json')
    database.close()
  }
})

t.test('a database cannot be seeded twice', async (t) => {
  const database = openDatabase(':memory:')
  seed(database, DEMO, 'demo.json')
  const before = sizesOf(database)
  t.equal(thrownBy(() => seed(database, world, 'world.json')).message, 'UNIQUE constraint failed: world.only')
  t.strictSame(sizesOf(database), before)
  t.strictSame(rowsOf(database, 'world'), [{ only: 1, source: 'demo.json', unlocks: 0, recording: 1, baseline: null }])
  database.close()
})
