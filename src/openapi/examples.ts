import type { Dialect } from '../model/dialect.ts'

/** The parts of the examples: ids of the demo world, and what it answers. test/openapi/examples.test.ts sends every example. */

export const GAMER = '2533274790412952'
export const FRIEND = '2533274790412953'
export const STRANGER = '2533274790412954'
/** Nobody yet. */
export const NEWCOMER = '2533274790412999'
export const TITLE = '1660944384'
/** The title of the gamer's token. */
export const GAMERS_TITLE = '3051199919'
export const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
/** The service configuration of a title that has moved. */
export const MOVED_SCID = 'e3196a4c-785f-4d0b-a92d-c40f8b61e735'
/** The service configuration of a title that is retired. */
export const RETIRED_SCID = '5be07f91-d2a8-43cc-86f3-19e4b70a5d2e'
export const XBOX_360_TITLE = '1297290392'

/** How large the demo world is. */
export const DEMO_SIZE = { titles: 8, achievements: 71, users: 5 }

export const AS_GAMER = 'XBL3.0 x=demo;gamer'
/** The gamer, by a token without a title claim. */
export const AS_TITLELESS = 'XBL3.0 x=demo;titleless'
/** The title of that token itself, without its user. */
export const AS_DEVELOPER = 'XBL3.0 x=-;titleless'

/** Where an example is asked: the document names the origin under which it was asked itself. */
export const EXAMPLE_ORIGIN = 'http://localhost:80'
/**
 * Where an example of signing in leads back to. A browser follows a redirect by itself, and shows the page what it leads to only when
 * that is of the same origin, as this end of the sign-in is.
 */
export const EXAMPLE_RETURN = `${EXAMPLE_ORIGIN}/oauth20_desktop.srf`

/** The body of a refusal with a code of its own. */
export function refusal (dialect: Dialect, code: number | null, message: string): object {
  if (dialect === 'documented') return { errorCode: code, errorMessage: message }
  return { code, source: 'Progress', description: message, traceInformation: '0a7525e8-c21f-4447-a596-16ca2afe38fc' }
}

/** The body of a refusal whose code is its status in the live dialect, and null in the documented one. */
export const refusalByStatus = (dialect: Dialect, status: number, message: string): object =>
  refusal(dialect, dialect === 'live' ? status : null, message)

// An achievement: the members that both dialects have, in the order in which they are sent, and between
// them those that differ.
const firstMembers = {
  id: '3',
  serviceConfigId: SCID,
  name: 'Sea Legs',
  titleAssociations: [{ name: 'Lantern Archipelago', id: 1660944384, version: '1.4.0' }],
  progressState: 'Achieved'
}
const tenMiles = { id: '99390e62-637e-4b73-bb26-fa6ff5b5bb1a', current: '10', target: '10', operationType: 'Sum' }
const unlockTime = '2015-03-15T15:28:33.7719045Z'
const progression = { requirements: [{ ...tenMiles, ruleParticipationType: 'Individual' }], timeUnlocked: unlockTime }
const pictures = [{ name: 'sea-legs', type: 'Icon', url: 'https://images.example.com/lantern/icons/03-sea-legs.png' }]
const middleMembers = {
  isSecret: false,
  description: 'You sailed your first 10 nautical miles and barely spilled the soup.',
  lockedDescription: 'Sail a total of 10 nautical miles.',
  productId: 'd04f7a16-5c2e-4b89-97d3-8e61f0b2ca35',
  achievementType: 'Persistent',
  participationType: 'Individual',
  timeWindow: null
}
const tenGamerscore = { name: null, description: null, value: '10', type: 'Gamerscore' }
const lastMembers = { estimatedTime: '00:40:00', deeplink: null, isRevoked: false }

const documentedAchievement = (progression: object) => ({
  ...firstMembers, progression, mediaAssets: pictures, platform: 'D', ...middleMembers, rewards: [{ ...tenGamerscore, valueType: 'Int' }], ...lastMembers
})

const liveAchievement = {
  ...firstMembers,
  progression: { requirements: [{ ...tenMiles, operationType: 'SUM', valueType: 'Integer', ruleParticipationType: 'Individual' }], timeUnlocked: unlockTime },
  mediaAssets: pictures,
  platforms: ['Durango', 'Scarlett'],
  ...middleMembers,
  rewards: [{ ...tenGamerscore, mediaAsset: null, valueType: 'Int' }],
  ...lastMembers,
  deeplink: ''
}

const onlyPage = { continuationToken: null, totalRecords: 1 }

export const SINGLE: Readonly<Record<Dialect, object>> = {
  documented: { achievement: documentedAchievement(progression) },
  live: { achievements: [liveAchievement], pagingInfo: onlyPage }
}

export const LIST_PAGE: Readonly<Record<Dialect, object>> = {
  documented: {
    achievements: [documentedAchievement({ achievementState: 'Achieved', ...progression })],
    pagingInfo: { continuationToken: 'AAAAAAAAAAD__________wAAAAQ_ieiE', totalRecords: 16 }
  },
  live: { achievements: [liveAchievement], pagingInfo: { continuationToken: '3', totalRecords: 16 } }
}

/** The paging information of a first page with one item. */
const firstPage = (dialect: Dialect, token: string, totalRecords: number): object =>
  ({ continuationToken: dialect === 'live' ? '1' : token, totalRecords })

/** A page of the catalogue of an Xbox 360 title. */
export const catalogue = (dialect: Dialect): object => ({
  achievements: [{
    id: 1,
    titleId: 1297290392,
    name: 'Green Flag',
    sequence: 0,
    flags: 9,
    unlockedOnline: false,
    unlocked: false,
    isSecret: false,
    platform: 255,
    gamerscore: 20,
    imageId: 21,
    description: 'You finished your first race. The bumper did not.',
    lockedDescription: 'Finish a race.',
    type: 1,
    isRevoked: false,
    timeUnlocked: '2002-11-15T00:00:00.0000000Z'
  }],
  pagingInfo: firstPage(dialect, 'AAAAAAAAAAAAAAAAAAAAAwAAADK8SRAF', 14),
  version: '0001-01-01T00:00:00.0000000Z'
})

/** A page of what the gamer has earned in Xbox 360 titles. */
export const earned = (dialect: Dialect): object => ({
  achievements: [{
    id: 11,
    titleId: 1297290392,
    name: 'The Milk Run',
    sequence: 6,
    flags: 1245187,
    unlockedOnline: true,
    unlocked: true,
    isSecret: true,
    platform: 1,
    gamerscore: 40,
    imageId: 31,
    description: 'You won a race in the milk truck and spilled nothing.',
    lockedDescription: 'Some rides are not in the brochure.',
    type: 3,
    isRevoked: false,
    timeUnlocked: '2014-04-12T14:05:02.1230000Z'
  }],
  pagingInfo: firstPage(dialect, 'AAAAAAAAAACI0SRvVPSRhwAAADxUFL_0', 7),
  version: '0001-01-01T00:00:00.0000000Z'
})

/** A title history: the title in which the gamer unlocked something last. */
export const history = (dialect: Dialect): object => ({
  titles: [{
    lastUnlock: '2025-06-14T13:24:31.6027491Z',
    titleId: 1660944384,
    ...dialect === 'documented' && { titleVersion: '1.4.0' },
    serviceConfigId: SCID,
    titleType: 'DGame',
    platform: 'Durango',
    name: 'Lantern Archipelago',
    earnedAchievements: 18,
    currentGamerscore: 290,
    maxGamerscore: 1000
  }],
  pagingInfo: firstPage(dialect, 'AAAAAAAAAACI3atGzA5KY2MAAABmdu26', 5)
})

/** The record that IGDB's documentation has for an example. */
export const BOSS_KILLER = {
  id: 1234,
  name: 'Boss Killer',
  category: 1,
  created_at: 1529500723000,
  updated_at: 1529500723000,
  icon: { url: 'https://images.igdb.com/igdb/uploads/t_thumb/dadsajj2jdda2.jpg', cloudinary_id: 'dadsajj2jdda2', width: 1240, height: 768 },
  game: 41233,
  rank: 3,
  external_id: 'AKM_E123DDD',
  description: 'Defeat the end boss!',
  owners: 32321,
  owners_percentage: 42.31233,
  tags: ['Tag1', 'Tag2', 'Tag3'],
  language: 1
}

/** An update that brings achievement 9 of the gamer from 58 to 75 percent. */
export const UPDATE = {
  action: 'progressUpdate',
  serviceConfigId: SCID,
  titleId: 1660944384,
  userId: GAMER,
  achievements: [{ id: '9', percentComplete: 75 }]
}

/** A token; each that is issued is another one. */
export const EXAMPLE_TOKEN = 'YTT9FEylp7w1p-ugVPmq2A0Uow3ji7bsMuFftzSIkIA'
