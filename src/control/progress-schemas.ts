import { Type } from '@sinclair/typebox'
import { boolean, count, guid, instant, literals, nullable, object, Rarity, string, titleId } from '../http/answer-schema.ts'
import { ACHIEVEMENT_TYPES } from '../model/achievement.ts'
import { ACHIEVEMENT_SYSTEMS, GENERATIONS } from '../model/title.ts'
import { PROGRESS_STATES } from '../rules/progress-state.ts'
import { WorldStat } from '../world/schema-neighbours.ts'
import { described, nullable as nullableInput, unsigned32 } from '../world/schema-parts.ts'
import { guidString, instantString, sandboxString } from '../world/schema-strings.ts'

/** What the control API tells of a user's titles and achievements, and what changes several of them at once. */

const nextOf = (of: string): string => `What \`after\` takes for the next page: ${of}; null: there is no more.`

const userTitleMembers = {
  titleId,
  name: string('The title.'),
  serviceConfigId: guid('The service configuration (SCID).'),
  generation: literals(GENERATIONS, 'Which contract versions show it: modern 2, xbox360 1.'),
  achievementSystem: nullable(literals(ACHIEVEMENT_SYSTEMS, ''), 'What unlocks its achievements; null: it is an Xbox 360 title.'),
  sandboxes: Type.Array(Type.String(), { description: 'Where it is published; in another sandbox it has no achievements.' }),
  picture: nullable(Type.String(), 'The URL of a picture of it; null: the world has none.'),
  achievements: count('How many it has in the sandbox.'),
  unlocked: count('How many of them the user has unlocked.'),
  inProgress: count('How many the user has begun and not unlocked.'),
  gamerscore: count('What the unlocked ones are worth.'),
  totalGamerscore: count('What all are worth.'),
  lastPlayed: nullable(instant(''), 'When the user last played it, UTC, apart from unlocks; null: nobody knows.'),
  lastUnlock: nullable(instant(''), 'When the user last unlocked one, UTC; null: never. The year 1: nobody knows when.')
}

export const UserTitleList = object({
  titles: Type.Array(object(userTitleMembers, { title: 'UserTitle' }), { description: 'The titles of the world: the one last played or unlocked in first, then those never played, by title id.' }),
  next: nullable(titleId, nextOf('the title id of the last entry'))
}, { title: 'UserTitleList' })

export const UserTitleSchema = object({
  ...userTitleMembers,
  locked: count('How many are not unlocked, begun or not.'),
  secret: count('How many are secret.'),
  revoked: count('How many were taken away.'),
  locales: Type.Array(Type.String(), { description: 'In which its achievements have texts; its default locale first.' })
}, { title: 'UserTitleDetails' })

const RequirementValue = object({
  id: string('The requirement.'),
  current: nullable(Type.String(), 'How far the user is; null: it is not begun.'),
  target: string('How far it goes.'),
  valueType: string('What the values are, e.g. `Integer`.')
}, { title: 'UserRequirement' })

const UserReward = object({
  name: nullable(Type.String(), 'In the locale of the achievement.'),
  description: nullable(Type.String(), 'In the same locale.'),
  value: string('As text.'),
  type: string('`Gamerscore`, `InApp` or `Art`.'),
  picture: nullable(Type.String(), 'The URL of its picture.')
}, { title: 'UserReward' })

const UserAchievement = object({
  serviceConfigId: guid('The service configuration (SCID).'),
  id: count('The achievement.'),
  titleId,
  name: string('In the locale.'),
  description: string('For who has unlocked it.'),
  lockedDescription: string('For who has not.'),
  locale: string('Of the texts: of those that the achievement has, the one that suits best what was asked for.'),
  isSecret: boolean('True: clients hide what it is until it is unlocked.'),
  achievementType: literals(ACHIEVEMENT_TYPES, 'A challenge can be unlocked in its time window alone.'),
  timeWindow: nullable(object({ startDate: string('UTC.'), endDate: string('UTC.') }), 'When it can be unlocked; null: always.'),
  icon: nullable(Type.String(), 'The URL of its icon as the world has it; null: none.'),
  deeplink: nullable(Type.String(), 'Where in the title it is worked on.'),
  estimatedTime: nullable(Type.String(), 'How long it takes, hh:mm:ss.'),
  gamerscore: count('What it is worth.'),
  rewards: Type.Array(UserReward, { description: 'What the user gets.' }),
  rarity: nullable(Rarity, 'Null unless it is asked for: it is counted among all users.'),
  state: literals(PROGRESS_STATES, 'As the service has it.'),
  percentComplete: Type.Integer({ minimum: 0, maximum: 100, description: 'How far the user is, in percent.' }),
  timeUnlocked: nullable(instant(''), 'When it was unlocked, UTC; null: it is locked. The year 1: nobody knows when.'),
  isRevoked: boolean('True when enforcement took it away.'),
  requirements: Type.Array(RequirementValue, { description: 'Of an event-based achievement; others have the percentage alone.' })
}, { title: 'UserAchievement' })

export const UserAchievementList = object({
  achievements: Type.Array(UserAchievement, { description: 'In the order that was asked for.' }),
  totalRecords: count('How many match, on all pages.'),
  next: nullable(Type.String(), nextOf('a place in the list'))
}, { title: 'UserAchievementList' })

export const UserUnlockList = object({
  unlocks: Type.Array(object({
    titleId,
    titleName: string('The title.'),
    serviceConfigId: guid('The service configuration (SCID).'),
    id: count('The achievement.'),
    name: string('In the default locale of the title.'),
    gamerscore: count('What it is worth.'),
    timeUnlocked: instant('UTC; the year 1: nobody knows when.'),
    isRevoked: boolean('True when enforcement took it away.')
  }, { title: 'UserUnlock' }), { description: 'The newest first.' }),
  next: nullable(Type.String(), nextOf('a place in the list'))
}, { title: 'UserUnlockList' })

const strictly = { additionalProperties: false, errorMessage: 'an object' }

const ChangedAchievement = Type.Object({
  serviceConfigId: described(guidString, 'The service configuration (SCID).'),
  id: described(unsigned32, 'The achievement.'),
  sandbox: nullableInput(sandboxString, 'Where it is done; null: in every sandbox in which a title of the service configuration is published.'),
  percentComplete: nullableInput(Type.Integer({ minimum: 0, maximum: 100, errorMessage: 'an integer from 0 to 100' }), '100 unlocks, less locks again. Null: as it is, unless `requirements` says it of a title-managed achievement.'),
  timeUnlocked: nullableInput(instantString, 'Null: as it is; with a percentage of 100 now, with a lower one it is locked.'),
  isRevoked: nullableInput(Type.Boolean({ errorMessage: 'true or false' }), 'True when enforcement took it away; null: as it is.'),
  requirements: Type.Union([Type.Array(Type.Object({
    id: Type.String({ errorMessage: 'a requirement of the achievement' }),
    current: Type.String({ errorMessage: 'a string' })
  }, strictly)), Type.Null()], { default: null, description: 'Null: as they are; with a percentage, as far as that. An empty list: none is begun.', errorMessage: 'a list of objects with id and current, or null' }),
  unlockNumber: nullableInput(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, errorMessage: 'an integer of at least 0' }), 'Which unlock it was since the world was seeded, 0 for one that the world has: it restores an unlock. Null: its own number, or the next one.')
}, strictly)

const ChangedPlay = Type.Object({
  titleId: described(unsigned32, 'The title.'),
  sandbox: described(sandboxString, 'Where it was played.'),
  lastPlayed: Type.Union([instantString, Type.Null()], { description: 'When it was last played; null: it was not, and nothing else is kept of it.', errorMessage: `${instantString.errorMessage}, or null` }),
  sequence: nullableInput(unsigned32, 'The number that V1\'s history has of it; null: what follows from the rest.'),
  minutesPlayed: nullableInput(unsigned32, 'How long it was played; null: nobody knows.'),
  stats: Type.Array(WorldStat, { default: [], description: 'Other statistics.', errorMessage: 'a list of objects with name, type and value' })
}, strictly)

/** Several changes of what a user has done. */
export const ProgressChangesBody = Type.Object({
  achievements: Type.Array(ChangedAchievement, { default: [], description: 'Each once in a sandbox.', errorMessage: 'a list of objects with serviceConfigId and id' }),
  titles: Type.Array(ChangedPlay, { default: [], description: 'When titles were played, each once in a sandbox.', errorMessage: 'a list of objects with titleId, sandbox and lastPlayed' })
}, strictly)

const before = { description: 'What was there before, which restores it as the body of PATCH /_emulator/users/{xuid}/achievements.' }

export const ProgressBeforeSchema = object({
  achievements: Type.Array(object({
    serviceConfigId: guid('The service configuration (SCID).'),
    id: count('The achievement.'),
    sandbox: string('Where it was done.'),
    percentComplete: Type.Integer({ minimum: 0, maximum: 100, description: 'How far the user was, in percent.' }),
    timeUnlocked: nullable(instant(''), 'When it was unlocked; null: it was locked.'),
    isRevoked: boolean('True when enforcement had taken it away.'),
    requirements: Type.Array(object({ id: string('The requirement.'), current: string('How far the user was.') }), { description: 'Every one that was begun.' }),
    unlockNumber: nullable(Type.Integer({ minimum: 0 }), 'Which unlock it was since the world was seeded; null: it was locked.')
  }, { title: 'StoredProgress' }), before),
  titles: Type.Array(object({
    titleId,
    sandbox: string('Where it was played.'),
    lastPlayed: nullable(instant(''), 'When it was last played; null: it was not.'),
    sequence: nullable(Type.Integer({ minimum: 0 }), 'As V1\'s history had it; null: what follows from the rest.'),
    minutesPlayed: nullable(Type.Integer({ minimum: 0 }), 'How long; null: nobody knows.'),
    stats: Type.Array(object({ name: string('What it counts.'), type: string('What the value is.'), value: string('As text.') }))
  }, { title: 'StoredPlay' }), { description: 'The same of titles that were played.' })
}, { title: 'ProgressBefore', ...before })
