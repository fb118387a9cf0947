import { Type } from '@sinclair/typebox'
import { PRIVACY_SETTINGS } from '../model/user.ts'
import { WorldPresence, WorldProfile } from '../world/schema-neighbours.ts'
import { nullable, pattern, secret } from '../world/schema-parts.ts'
import { GAMERTAG_EXPECTED, instantString, PATTERNS, sandboxString, USER_HASH_EXPECTED } from '../world/schema-strings.ts'

/** The bodies of requests to the control API. `errorMessage` says what is expected of a member. */

const body = { additionalProperties: false, errorMessage: 'an object' }

export const SessionBody = Type.Object({
  userHash: nullable(pattern(PATTERNS.userHash, USER_HASH_EXPECTED), 'By default a fresh one.'),
  token: secret(nullable(pattern(PATTERNS.token, 'a string of visible ASCII characters'), 'By default a fresh one.')),
  xuid: nullable(pattern(PATTERNS.xuid, 'a XUID in quotes'), 'The user claim.'),
  titleId: nullable(Type.Integer({ minimum: 0, maximum: 4294967295, errorMessage: 'an integer from 0 to 4294967295' }), 'The title claim.'),
  sandbox: nullable(sandboxString, 'The sandbox claim.'),
  location: nullable(pattern(PATTERNS.country, 'an ISO 3166 country, e.g. "US"'), 'The location claim.'),
  thirdPartySite: Type.Boolean({ default: false, description: 'True for a web site that acts for the user.', errorMessage: 'true or false' }),
  expires: nullable(instantString, 'When it ends; null: never.')
}, { ...body, default: {}, secret: true })

export const ProgressBody = Type.Object({
  sandbox: nullable(sandboxString, 'Where it was done; null: in every sandbox in which a title of the service configuration is published.'),
  percentComplete: nullable(Type.Integer({ minimum: 0, maximum: 100, errorMessage: 'an integer from 0 to 100' }), '100 unlocks, less locks again. Null: 100, or what `requirements` says of a title-managed achievement.'),
  timeUnlocked: nullable(instantString, 'Null: now, at 100 percent; locked, below.'),
  isRevoked: Type.Boolean({ default: false, description: 'True when enforcement took it away.', errorMessage: 'true or false' }),
  requirements: Type.Union([Type.Array(Type.Object({
    id: Type.String({ errorMessage: 'a requirement of the achievement' }),
    current: Type.String({ errorMessage: 'a string' })
  }, body)), Type.Null()], { default: null, description: 'Null: as far as the percentage.', errorMessage: 'a list of objects with id and current, or null' })
}, { ...body, default: {} })

/** A sandbox id; undefined for what is none. */
export const readSandbox = (text: string): string | undefined => new RegExp(PATTERNS.sandbox).test(text) ? text : undefined

const privacy = PRIVACY_SETTINGS.map((setting) => Type.Literal(setting))
const PRIVACY_EXPECTED = `one of ${PRIVACY_SETTINGS.map((setting) => `"${setting}"`).join(', ')}`

export const PrivacyBody = Type.Object({
  privacy: Type.Union(privacy, { errorMessage: PRIVACY_EXPECTED })
}, body)

export const UserBody = Type.Object({
  gamertag: nullable(pattern(PATTERNS.gamertag, GAMERTAG_EXPECTED), 'Null: the one that the user has, or one made of the XUID.'),
  privacy: Type.Union([...privacy, Type.Null()], { default: null, description: 'Null: the one that the user has, or everyone.', errorMessage: `${PRIVACY_EXPECTED}, or null` }),
  profile: nullable(WorldProfile, 'As a world has it, in the place of the one that the user has; null: that one stays.'),
  signInError: nullable(Type.Integer({ minimum: 0, maximum: 4294967295, errorMessage: 'an integer from 0 to 4294967295' }), 'The number (XErr) with which signing in is refused; 0: it is not. Null: as it is.')
}, { ...body, default: {} })

export const JournalSettingsBody = Type.Object({
  answers: Type.Boolean({ description: 'True: the journal keeps what is answered from now on, too.', errorMessage: 'true or false' })
}, body)

const DECISIONS = ['approve', 'decline', 'slowDown'] as const

export const DeviceDecisionBody = Type.Object({
  decision: Type.Union(DECISIONS.map((decision) => Type.Literal(decision)), { description: 'What becomes of it.', errorMessage: `one of ${DECISIONS.map((decision) => `"${decision}"`).join(', ')}` }),
  user: nullable(Type.String({ errorMessage: 'a XUID in quotes, or a gamertag' }), 'Who approves: a XUID or a gamertag. Null for the other decisions.')
}, body)

export const FriendBody = Type.Object({
  isFavorite: nullable(Type.Boolean({ errorMessage: 'true or false' }), 'Whether the friend is a favourite; null: as it is, and a new friend is none.')
}, { ...body, default: {} })

/** As a world has it; without a timestamp, since now. */
export const PresenceBody = Type.Object(WorldPresence.properties, { ...body, default: {} })

export const ClockBody = Type.Object({
  now: nullable(instantString, 'Stand still at this instant; milliseconds count.'),
  offset: nullable(Type.String({ errorMessage: 'an ISO 8601 duration, e.g. "P1D"' }), 'Run ahead by this ISO 8601 duration, or behind: P1D, -PT2H30M.')
}, body)
