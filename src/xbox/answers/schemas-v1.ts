import { Type } from '@sinclair/typebox'
import { count, boolean, instant, object, PagingInfo, RareUnlocks, Rarity, string, titleId, VersionedPagingInfo } from '../../http/answer-schema.ts'

/** The schemas of the answers of contract version 1 and, in the live dialect, 3. */

const achievementMembersV1 = {
  id: Type.Integer({ minimum: 0, maximum: 4294967295, description: 'The achievement, unique in its title.' }),
  titleId,
  name: string('Its name, in the language of the answer.'),
  sequence: count('Its place among what the user has unlocked in the title, by time, from 0; 0 in a catalogue, 4294967295 in Games for Windows.'),
  flags: count('Bits: the type (1 to 7), 8 unless it is secret, 0x10000 unlocked online, 0x20000 unlocked; from 0x100000 on the platform.'),
  unlockedOnline: boolean('True when it was unlocked with a connection to the service.'),
  unlocked: boolean('True when the user has it.'),
  isSecret: boolean('True when it is hidden until it is unlocked.'),
  platform: count('What it was unlocked on: 1 is the Xbox 360, 255 any.'),
  gamerscore: count('What it is worth.'),
  imageId: count('Its picture.'),
  description: string('What was done.'),
  lockedDescription: string('What has to be done.'),
  type: Type.Integer({ minimum: 1, maximum: 7, description: 'Its type; 1 is completion.' }),
  isRevoked: boolean('True when enforcement took it away from the user.'),
  timeUnlocked: instant('When it was unlocked, UTC, in milliseconds. 1753-01-01T00:00:00.0000000Z: offline. 2002-11-15T00:00:00.0000000Z: in a catalogue.')
}

const version = instant('Always 0001-01-01T00:00:00.0000000Z.')

const AchievementV1 = object(achievementMembersV1, {
  title: 'AchievementV1', description: 'An achievement of an Xbox 360 title.'
})

export const AchievementPageV1 = object({ achievements: Type.Array(AchievementV1), pagingInfo: PagingInfo, version }, {
  title: 'AchievementPageV1', description: 'A page of achievements of Xbox 360 titles, contract version 1.'
})

export const RarityPageV1 = object({
  achievements: Type.Array(object({ ...achievementMembersV1, rarity: Rarity }, {
    title: 'RarityAchievementV1', description: 'An achievement of an Xbox 360 title, with its rarity.'
  })),
  pagingInfo: PagingInfo,
  version
}, { title: 'RarityPageV1', description: 'A page of the catalogue of Xbox 360 titles with its rarity, contract version 3.' })

const playedMembersV1 = {
  lastPlayed: instant('When the user last played it, UTC, in milliseconds.'),
  currentAchievements: count('How many of its achievements the user has.'),
  currentGamerscore: count('The gamerscore of those.'),
  sequence: count('Grows with what the user unlocks in it.'),
  titleId,
  titleType: count('1 a game, 3 an arcade game, 5 an app.'),
  platforms: Type.Array(Type.Integer(), { description: 'What it runs on; 1 is the Xbox 360.' }),
  name: string('Its name.'),
  totalAchievements: count('How many achievements it has.'),
  totalGamerscore: count('The gamerscore of all of them.')
}

const PlayedTitleV1 = object(playedMembersV1, { title: 'PlayedTitleV1', description: 'An Xbox 360 title that the user has played.' })

const listVersion = instant('When the first page was true, UTC.')

export const TitleHistoryV1 = object({ titles: Type.Array(PlayedTitleV1), pagingInfo: PagingInfo, version: listVersion }, {
  title: 'TitleHistoryV1', description: 'A page of the Xbox 360 titles that a user has played.'
})

export const LiveTitleHistoryV1 = object({ titles: Type.Array(PlayedTitleV1), pagingInfo: VersionedPagingInfo, version: listVersion }, {
  title: 'LiveTitleHistoryV1', description: 'A page of the Xbox 360 titles that a user has played, as the live service sends it, contract version 1.'
})

export const RarityTitleHistoryV1 = object({
  titles: Type.Array(object({ ...playedMembersV1, rareUnlocks: RareUnlocks }, {
    title: 'RarityPlayedTitleV1', description: 'An Xbox 360 title that the user has played, with how rare what is unlocked in it is.'
  })),
  pagingInfo: VersionedPagingInfo,
  version: listVersion
}, { title: 'RarityTitleHistoryV1', description: 'A page of the Xbox 360 titles that a user has played, contract version 3.' })
