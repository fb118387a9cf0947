import { Type, type TProperties, type TSchema } from '@sinclair/typebox'
import { boolean, guid, instant, nullable, object, PagingInfo, Rarity, string, titleId, literals, worldInstant } from '../../http/answer-schema.ts'
import { ACHIEVEMENT_TYPES } from '../../model/achievement.ts'
import { PROGRESS_STATES } from '../../rules/progress-state.ts'

/** The schemas of the answers of contract version 2 and, in the live dialect, 4 and 5. */

const associationMembers = {
  name: string('The name of the title.'),
  id: titleId
}

const requirementMembers = {
  id: string('Identifies the requirement.'),
  current: nullable(Type.String(), 'How far the user is, as text; null: not begun.'),
  target: string('The value at which it is met, as text.'),
  operationType: string('How reported values add up: Sum, Minimum or Maximum, in capitals where the achievement is event-based; what else a world says.')
}
const valueType = literals(['Integer', 'Double', 'DateTime', 'String'], 'What current and target are.')
const ruleParticipationType = literals(['Individual', 'Group'], 'Who works towards it.')

const MediaAssetSchema = object({
  name: string('The name of the picture.'),
  type: string('What it shows: Icon, Art, or what else a world says.'),
  url: string('Where it is.')
}, { title: 'MediaAsset' })

const rewardMembers = {
  name: nullable(Type.String(), 'Shown to the user; null for none.'),
  description: nullable(Type.String(), 'Shown to the user; null for none.'),
  value: string('The gamerscore as a decimal, or what the title gives.'),
  type: literals(['Gamerscore', 'InApp', 'Art'], 'What the user gets.')
}
const rewardValueType = literals(['Int', 'String', 'Uri'], 'What value is.')

const timeUnlocked = instant('When it was unlocked, UTC, seven fraction digits. 0001-01-01T00:00:00.0000000Z: locked, or nobody knows when.')
const progressState = literals(PROGRESS_STATES, 'Unlocked is Achieved; anything begun is InProgress.')

/** The members in front of the progression. */
const identityMembers = (association: TProperties) => ({
  id: Type.String({ pattern: '^[0-9]{1,10}$', description: 'The achievement, a decimal in quotes, unique in its service configuration.' }),
  serviceConfigId: guid('The service configuration (SCID) that defines it.'),
  name: string('Its name, in the language of the answer.'),
  titleAssociations: Type.Array(object(association), { description: 'The titles that share it.' }),
  progressState
})

/** The members between the platforms and the rewards. */
const detailMembers = ({ productId, date }: { productId: TSchema, date: (description: string) => TSchema }) => ({
  isSecret: boolean('True when it is hidden until it is unlocked.'),
  description: string('What was done; shown once it is unlocked.'),
  lockedDescription: string('What has to be done; shown until it is unlocked.'),
  productId,
  achievementType: literals(ACHIEVEMENT_TYPES, 'A Challenge can be unlocked in its time window alone.'),
  participationType: literals(['Individual', 'Group'], 'Who works towards it.'),
  timeWindow: nullable(object({ startDate: date('When it opens, UTC.'), endDate: date('When it closes, UTC.') }), 'When it can be unlocked; null: always.')
})

const isRevoked = boolean('True when enforcement took it away from the user.')
const mediaAssets = Type.Array(MediaAssetSchema, { description: 'Its pictures.' })

const Requirements = nullable(Type.Array(object({ ...requirementMembers, ruleParticipationType })), 'What has to be done; null when there is nothing to count.')

/** The members of the documented dialect. */
const documentedMembers = (progression: TProperties) => ({
  ...identityMembers({ ...associationMembers, version: nullable(Type.String(), 'Its version; null for none.') }),
  progression: object(progression, { description: 'How far the user is.' }),
  mediaAssets,
  platform: string('The platform of its title, e.g. "D" for Durango.'),
  ...detailMembers({ productId: nullable(guid(''), 'The product of the title in the store; null when nothing is known of it.'), date: worldInstant }),
  rewards: Type.Array(object({ ...rewardMembers, valueType: rewardValueType }), { description: 'What the user gets for it.' }),
  estimatedTime: nullable(Type.String(), 'How long it takes, hh:mm:ss; null when nobody has estimated it.'),
  deeplink: nullable(Type.String(), 'Where in the title it is worked on; null for nowhere.'),
  isRevoked
})

export const ListedAchievementSchema = object(documentedMembers({ achievementState: progressState, requirements: Requirements, timeUnlocked }), {
  title: 'Achievement', description: 'An achievement of a list, as documented for contract version 2.'
})

export const AchievementPage = object({ achievements: Type.Array(ListedAchievementSchema), pagingInfo: PagingInfo }, {
  title: 'AchievementPage', description: 'A page of a user\'s achievements, contract version 2.'
})

export const SingleAchievement = object({
  achievement: object(documentedMembers({ requirements: Requirements, timeUnlocked }))
}, { title: 'SingleAchievement', description: 'One achievement. Its progression does not repeat the state.' })

/** The members of the live dialect. */
const liveMembers = {
  ...identityMembers({ ...associationMembers, version: Type.Optional(string('Its version; left out when it has none.')) }),
  progression: object({
    requirements: Type.Array(object({ ...requirementMembers, valueType, ruleParticipationType }), { description: 'What has to be done; at least one while it is locked, none once a title-managed one is achieved.' }),
    timeUnlocked
  }, { description: 'How far the user is.' }),
  mediaAssets,
  platforms: Type.Array(Type.String(), { description: 'The platforms of its title, e.g. "XboxOne".' }),
  ...detailMembers({ productId: guid('The product of the title in the store; the service configuration id when nothing is known of it.'), date: instant }),
  rewards: Type.Array(object({
    ...rewardMembers, mediaAsset: nullable(MediaAssetSchema, 'Its picture; null for none.'), valueType: rewardValueType
  }), { description: 'What the user gets for it.' }),
  estimatedTime: string('How long it takes, hh:mm:ss; 00:00:00 when nobody has estimated it.'),
  deeplink: string('Where in the title it is worked on; empty for nowhere.'),
  isRevoked
}

const LiveAchievement = object(liveMembers, {
  title: 'LiveAchievement', description: 'An achievement as the live service sends it, contract version 2.'
})

export const LiveAchievementPage = object({ achievements: Type.Array(LiveAchievement), pagingInfo: PagingInfo }, {
  title: 'LiveAchievementPage', description: 'A page of achievements as the live service sends it, contract version 2.'
})

export const LiveRarityPage = object({
  achievements: Type.Array(object({ ...liveMembers, rarity: Rarity }, {
    title: 'LiveRarityAchievement', description: 'An achievement as the live service sends it, contract versions 4 and 5.'
  })),
  pagingInfo: PagingInfo
}, { title: 'LiveRarityPage', description: 'A page of achievements with their rarity, contract versions 4 and 5.' })
