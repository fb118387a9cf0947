import { Type, type Static } from '@sinclair/typebox'
import { inputSchema } from '../base/input-schema.ts'
import { ACHIEVEMENT_TYPES } from '../model/achievement.ts'
import { ACHIEVEMENT_SYSTEMS, DEFAULT_SANDBOX, GENERATIONS, SERVICE_CONFIGURATION_STATUSES } from '../model/title.ts'
import { PRIVACY_SETTINGS } from '../model/user.ts'
import { WorldIgdb } from './schema-igdb.ts'
import { WorldPresence, WorldProfile, WorldStat, WorldTitleHub } from './schema-neighbours.ts'
import { choice, described, nonEmptyString, boolean, list, nullable, object, pattern, secret, string, unsigned32 } from './schema-parts.ts'
import { GAMERTAG_EXPECTED, guidString, instantString, localeString, PATTERNS, sandboxString, USER_HASH_EXPECTED, xuidString } from './schema-strings.ts'

export { GAMERTAG_EXPECTED, PATTERNS, USER_HASH_EXPECTED } from './schema-strings.ts'

/**
 * A world: everything that the emulator serves, as one JSON document. The checks and errors of the importer,
 * the TypeScript type and the published JSON Schema (`fixtures/world.schema.json`) are all made of this schema.
 *
 * Names are those of the wire wherever the wire has one. `errorMessage` says what was expected, in errors of
 * the importer and in editors.
 */

const localizedText = Type.Union([
  Type.String(),
  Type.Record(Type.String({ pattern: PATTERNS.locale }), string, { additionalProperties: false, minProperties: 1 })
], { errorMessage: 'a string, or an object of locale to string, e.g. {"en-US":"…","fr-FR":"…"}' })

const WorldRequirement = object({
  id: described(nonEmptyString, 'Unique among the requirements of its achievement.'),
  target: described(string, 'The value at which it is met, e.g. "100".'),
  operationType: nullable(nonEmptyString, 'How reported values add up, sent as it is written. Known are Sum, Minimum and Maximum, of event-based achievements in capitals: SUM, MINIMUM, MAXIMUM; null is SUM in the live dialect, Sum in the documented one.'),
  valueType: choice(['Integer', 'Double', 'DateTime', 'String'], { default: 'Integer', description: 'What `target` and `current` are.' }),
  ruleParticipationType: choice(['Individual', 'Group'], { default: 'Individual', description: 'Who works towards it.' })
})

const WorldMediaAsset = object({
  name: string,
  type: described(nonEmptyString, 'What it shows, sent as it is written. Known are Icon and Art.'),
  url: described(nonEmptyString, 'Where it is.')
})

const WorldReward = object({
  name: nullable(localizedText, 'Shown to the user.'),
  description: nullable(localizedText, 'Shown to the user.'),
  value: described(string, 'The gamerscore as a decimal, or what the title gives.'),
  type: choice(['Gamerscore', 'InApp', 'Art'], { description: 'What it is.' }),
  valueType: nullable(choice(['Int', 'String', 'Uri']), 'What `value` is; by default Int for Gamerscore, String for InApp, Uri for Art.'),
  mediaAsset: nullable(WorldMediaAsset, 'Its picture; the live dialect alone sends it.')
})

const AchievementXbox360 = object({
  imageId: Type.Integer({ ...unsigned32, default: 0, description: 'Its picture, as V1 has it.' }),
  type: Type.Integer({ minimum: 1, maximum: 7, default: 1, description: 'Its type, as V1 has it; 1 is completion.', errorMessage: 'an integer from 1 to 7' })
}, { default: {}, description: 'What V1 alone shows.' })

const WorldAchievement = object({
  id: described(unsigned32, 'Unique in its service configuration.'),
  name: described(localizedText, 'Needs the default locale of its title.'),
  description: nullable(localizedText, 'Shown once it is unlocked; by default empty. In the same locales as `name`.'),
  lockedDescription: nullable(localizedText, 'Shown until it is unlocked; by default the description. In the same locales as `name`.'),
  isSecret: boolean('True when it is hidden until it is unlocked.'),
  achievementType: choice(ACHIEVEMENT_TYPES, { default: 'Persistent', description: 'A challenge can be unlocked in its time window alone.' }),
  participationType: choice(['Individual', 'Group'], { default: 'Individual', description: 'Who works towards it.' }),
  timeWindow: Type.Union([object({ startDate: instantString, endDate: instantString }), Type.Null()], {
    default: null, description: 'When it can be unlocked; null: always.', errorMessage: 'null or an object with startDate and endDate'
  }),
  requirements: list(WorldRequirement, 'What has to be done, of an event-based achievement. A title-managed one has the percentage in their place.'),
  mediaAssets: list(WorldMediaAsset, 'Its pictures.'),
  rewards: list(WorldReward, 'What the user gets.'),
  estimatedTime: nullable(pattern('^[0-9]{2,}:[0-5][0-9]:[0-5][0-9]$', 'a duration, e.g. "06:12:14"'), 'How long it takes, hh:mm:ss.'),
  deeplink: nullable(nonEmptyString, 'Where in the title it is worked on.'),
  xbox360: AchievementXbox360,
  igdb: nullable(WorldIgdb, 'What the IGDB view tells of it, where that is not what follows from the rest.')
})

const TitleXbox360 = object({
  titleType: Type.Integer({ ...unsigned32, default: 1, description: 'As V1 has it: 1 a game, 3 an arcade game, 5 an app.' }),
  platforms: Type.Array(unsigned32, { default: [1], minItems: 1, description: 'As V1 has them; 1 is the Xbox 360. The first is that of the achievements.', errorMessage: 'a list of at least one integer' })
}, { default: {}, description: 'What V1 alone shows.' })

export const WorldTitle = object({
  titleId: described(unsigned32, 'The decimal title id.'),
  name: described(nonEmptyString, 'The title.'),
  version: nullable(nonEmptyString, 'Its version.'),
  generation: choice(GENERATIONS, { default: 'modern', description: 'Which contract versions show it: modern 2, xbox360 1.' }),
  achievementSystem: nullable(choice(ACHIEVEMENT_SYSTEMS), 'What unlocks its achievements: titleManaged, what the title reports; eventBased, rules on its events. By default eventBased when one of its achievements is a challenge or has requirements of its own, else titleManaged. An Xbox 360 title has none.'),
  refusesUpdates: boolean('True when updates of its event-based achievements are refused.'),
  titleType: Type.String({ ...string, default: 'DGame', description: 'As the service names it, e.g. "DGame".' }),
  platform: Type.String({ ...string, default: 'D', description: 'Sent with every achievement.' }),
  platforms: Type.Array(nonEmptyString, { default: ['XboxOne'], description: 'The platforms that it runs on.', errorMessage: 'a list of strings' }),
  productId: nullable(guidString, 'The id of its product in the store.'),
  serviceConfigId: guidString,
  public: boolean('True when other titles may read its achievements.'),
  sandboxes: Type.Array(sandboxString, {
    default: [DEFAULT_SANDBOX], uniqueItems: true, description: 'Where it is published.', errorMessage: 'a list of sandbox ids, each once'
  }),
  defaultLocale: Type.String({ ...localeString, default: 'en-US', description: 'The locale of its plain strings.' }),
  xbox360: TitleXbox360,
  status: choice(SERVICE_CONFIGURATION_STATUSES, { default: 'active', description: 'How a single achievement is answered: moved 301, redirected 307, retired 410.' }),
  location: nullable(pattern(PATTERNS.uri, 'a URI'), 'Where a moved or redirected achievement is; {xuid}, {scid} and {achievementid} are filled in.'),
  clientIds: Type.Array(pattern(PATTERNS.clientId, 'a client id: 1 to 64 visible ASCII characters'), {
    default: [], description: 'The ids of the apps that sign in as this title, in any letter case; each belongs to one title.', errorMessage: 'a list of client ids'
  }),
  titleHub: nullable(WorldTitleHub, 'What titlehub tells of it, where that is not what follows from the rest.'),
  achievements: list(WorldAchievement, 'In the order in which the documented dialect lists them; the live dialect lists them by id.')
})

const WorldProgress = object({
  serviceConfigId: guidString,
  id: described(unsigned32, 'The achievement.'),
  sandbox: nullable(sandboxString, 'Where it was done; null: in every sandbox in which a title of the service configuration is published.'),
  percentComplete: Type.Integer({ minimum: 0, maximum: 100, default: 0, description: '100 is unlocked.', errorMessage: 'an integer from 0 to 100' }),
  timeUnlocked: nullable(instantString, 'When it was unlocked; null with 100 percent: nobody knows when.'),
  isRevoked: boolean('True when enforcement took it away.'),
  requirements: list(object({
    id: described(nonEmptyString, 'A requirement of the achievement; the zero GUID is the percentage of a title-managed one.'),
    current: described(string, 'How far the user is.')
  }), 'What the user has done towards each.')
})

const WorldPlayedTitle = object({
  titleId: described(unsigned32, 'A title of this world.'),
  sandbox: nullable(sandboxString, 'Where it was played; null: in every sandbox in which the title is published.'),
  lastPlayed: described(instantString, 'When the user last played it.'),
  sequence: nullable(unsigned32, 'The number that V1\'s history has of it; null: what follows from the rest.'),
  minutesPlayed: nullable(unsigned32, 'How long the user has played it, in minutes: the statistic MinutesPlayed. Null: nobody knows.'),
  stats: list(WorldStat, 'Other statistics of the user in it.')
})

const signInError = Type.Integer({ minimum: 1, maximum: 4294967295, errorMessage: 'an integer from 1 to 4294967295' })

export const WorldUser = object({
  xuid: xuidString,
  gamertag: described(pattern(PATTERNS.gamertag, GAMERTAG_EXPECTED), 'Unique, in any letter case.'),
  privacy: choice(PRIVACY_SETTINGS, { default: 'everyone', description: 'Who may see the achievements.' }),
  friends: list(xuidString, 'The users whom this user has added; they are friends in the sense of `friendsOnly`.'),
  favorites: list(xuidString, 'Those of the friends who are favourites.'),
  profile: nullable(WorldProfile, 'What the hosts of profiles and people tell of the user; null: the defaults.'),
  presence: nullable(WorldPresence, 'Where the user is; null: offline, and nobody knows since when.'),
  signInError: nullable(signInError, 'The number (XErr) with which signing in is refused, e.g. 2148916238 for a child; null: it is not.'),
  titles: list(WorldPlayedTitle, 'The titles that the user has played, unlocked something or not.'),
  achievements: list(WorldProgress, 'What the user has begun or unlocked.')
})

const WorldSession = secret(object({
  userHash: pattern(PATTERNS.userHash, USER_HASH_EXPECTED),
  token: secret(pattern(PATTERNS.token, 'a string of visible ASCII characters')),
  xuid: nullable(xuidString, 'The user claim; a token without one is refused with 403.'),
  titleId: nullable(unsigned32, 'The title claim.'),
  sandbox: nullable(sandboxString, 'The sandbox claim; none is RETAIL.'),
  location: nullable(pattern(PATTERNS.country, 'an ISO 3166 country, e.g. "US"'), 'The country of the user\'s address.'),
  thirdPartySite: boolean('True when the caller is a web site that acts for the user.'),
  expires: nullable(instantString, 'When the token ends; null: never.')
}))

export const World = object({
  $schema: Type.Optional(Type.String({ description: 'For the editor.' })),
  titles: list(WorldTitle, 'The titles and their achievements.'),
  users: list(WorldUser, 'The users and what they have done.'),
  sessions: secret(list(WorldSession, 'The tokens: `Authorization: XBL3.0 x={userHash};{token}`.')),
  userKeys: secret(list(secret(pattern(PATTERNS.userKey, 'a string of visible ASCII characters')), 'The keys of the IGDB view: `user-key: {key}`.'))
}, { errorMessage: 'an object with titles, users and sessions' })

/** A world whose defaults are filled in. */
export type World = Static<typeof World>
export type WorldTitle = Static<typeof WorldTitle>
export type WorldAchievement = Static<typeof WorldAchievement>
export type WorldReward = Static<typeof WorldReward>
export type WorldUser = Static<typeof WorldUser>
export type WorldPlayedTitle = Static<typeof WorldPlayedTitle>
export type WorldProgress = Static<typeof WorldProgress>
export type WorldSession = Static<typeof WorldSession>

/** The JSON Schema to publish. */
export function worldJsonSchema (): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'A world of xbl-achievements-emulator', ...inputSchema(World) }
}
