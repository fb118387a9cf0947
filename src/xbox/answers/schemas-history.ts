import { Type, type TProperties } from '@sinclair/typebox'
import { count, guid, instant, nullable, object, PagingInfo, RareUnlocks, string, titleId } from '../../http/answer-schema.ts'

/** The schemas of the title history of contract version 2 and, in the live dialect, 4 and 5. */

const playedMembers = (version: TProperties) => ({
  lastUnlock: instant('When the user last unlocked an achievement of it, UTC. 0001-01-01T00:00:00.0000000Z: nothing is unlocked, or nobody knows when.'),
  titleId,
  ...version,
  serviceConfigId: guid('Its service configuration (SCID).'),
  titleType: string('What it is, e.g. "DGame".'),
  platform: nullable(Type.String(), 'The first platform that it runs on; null when none is known.'),
  name: string('Its name.'),
  earnedAchievements: count('How many of its achievements the user has.'),
  currentGamerscore: count('The gamerscore of those.'),
  maxGamerscore: count('The gamerscore of all of its achievements.')
})

export const PlayedTitleSchema = object(playedMembers({ titleVersion: nullable(Type.String(), 'Its version; null for none.') }), {
  title: 'PlayedTitle', description: 'A title in which the user has unlocked or begun something (UserTitle).'
})

export const TitleHistory = object({ titles: Type.Array(PlayedTitleSchema), pagingInfo: PagingInfo }, {
  title: 'TitleHistory', description: 'A page of the titles in which a user has unlocked or begun something, contract version 2.'
})

export const LiveTitleHistory = object({
  titles: Type.Array(object(playedMembers({}), { title: 'LivePlayedTitle', description: 'A title in which the user has unlocked something.' })),
  pagingInfo: PagingInfo
}, { title: 'LiveTitleHistory', description: 'A page of the titles in which a user has unlocked something, as the live service sends it, contract version 2.' })

export const RarityTitleHistory = object({
  titles: Type.Array(object({ ...playedMembers({}), rareUnlocks: RareUnlocks }, {
    title: 'RarityPlayedTitle', description: 'A title in which the user has unlocked something, with how rare that is.'
  })),
  pagingInfo: PagingInfo
}, { title: 'RarityTitleHistory', description: 'A page of the titles in which a user has unlocked something, contract versions 4 and 5.' })
