import { Type } from '@sinclair/typebox'
import { PRIVACY_SETTINGS } from '../model/user.ts'
import { GAMERTAG_EXPECTED, PATTERNS, USER_HASH_EXPECTED } from '../world/schema.ts'

/** The bodies of requests to the control API. `errorMessage` says what is expected of a member. */

const instantText = Type.String({ pattern: PATTERNS.instant })
const INSTANT_EXPECTED = 'an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"'
const body = { additionalProperties: false, errorMessage: 'an object' }

export const SessionBody = Type.Object({
  userHash: Type.Union([Type.String({ pattern: PATTERNS.userHash }), Type.Null()], { default: null, description: 'By default a fresh one.', errorMessage: `${USER_HASH_EXPECTED}, or null` }),
  token: Type.Union([Type.String({ pattern: PATTERNS.token }), Type.Null()], { default: null, description: 'By default a fresh one.', errorMessage: 'a string of visible ASCII characters, or null', secret: true }),
  xuid: Type.Union([Type.String({ pattern: PATTERNS.xuid }), Type.Null()], { default: null, description: 'The user claim.', errorMessage: 'a XUID in quotes, or null' }),
  titleId: Type.Union([Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.Null()], { default: null, description: 'The title claim.', errorMessage: 'an integer from 0 to 4294967295, or null' }),
  sandbox: Type.Union([Type.String({ pattern: PATTERNS.sandbox }), Type.Null()], { default: null, description: 'The sandbox claim.', errorMessage: 'a sandbox id, e.g. "RETAIL", or null' }),
  location: Type.Union([Type.String({ pattern: PATTERNS.country }), Type.Null()], { default: null, description: 'The location claim.', errorMessage: 'an ISO 3166 country, e.g. "US", or null' }),
  thirdPartySite: Type.Boolean({ default: false, description: 'True for a web site that acts for the user.', errorMessage: 'true or false' }),
  expires: Type.Union([instantText, Type.Null()], { default: null, description: 'When it ends; null: never.', errorMessage: `${INSTANT_EXPECTED}, or null` })
}, { ...body, default: {}, secret: true })

export const ProgressBody = Type.Object({
  sandbox: Type.Union([Type.String({ pattern: PATTERNS.sandbox }), Type.Null()], { default: null, description: 'Where it was done; null: in every sandbox in which a title of the service configuration is published.', errorMessage: 'a sandbox id, e.g. "RETAIL", or null' }),
  percentComplete: Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()], { default: null, description: '100 unlocks, less locks again. Null: 100, or what `requirements` says of a title-managed achievement.', errorMessage: 'an integer from 0 to 100, or null' }),
  timeUnlocked: Type.Union([instantText, Type.Null()], { default: null, description: 'Null: now, at 100 percent; locked, below.', errorMessage: `${INSTANT_EXPECTED}, or null` }),
  isRevoked: Type.Boolean({ default: false, description: 'True when enforcement took it away.', errorMessage: 'true or false' }),
  requirements: Type.Union([Type.Array(Type.Object({
    id: Type.String({ errorMessage: 'a requirement of the achievement' }),
    current: Type.String({ errorMessage: 'a string' })
  }, body)), Type.Null()], { default: null, description: 'Null: as far as the percentage.', errorMessage: 'a list of objects with id and current, or null' })
}, { ...body, default: {} })

const privacy = PRIVACY_SETTINGS.map((setting) => Type.Literal(setting))
const PRIVACY_EXPECTED = `one of ${PRIVACY_SETTINGS.map((setting) => `"${setting}"`).join(', ')}`

export const PrivacyBody = Type.Object({
  privacy: Type.Union(privacy, { errorMessage: PRIVACY_EXPECTED })
}, body)

export const UserBody = Type.Object({
  gamertag: Type.Union([Type.String({ pattern: PATTERNS.gamertag }), Type.Null()], { default: null, description: 'Null: the one that the user has, or one made of the XUID.', errorMessage: `${GAMERTAG_EXPECTED}, or null` }),
  privacy: Type.Union([...privacy, Type.Null()], { default: null, description: 'Null: the one that the user has, or everyone.', errorMessage: `${PRIVACY_EXPECTED}, or null` })
}, { ...body, default: {} })

export const ClockBody = Type.Object({
  now: Type.Union([instantText, Type.Null()], { default: null, description: 'Stand still at this instant; milliseconds count.', errorMessage: `${INSTANT_EXPECTED}, or null` }),
  offset: Type.Union([Type.String(), Type.Null()], { default: null, description: 'Run ahead by this ISO 8601 duration, or behind: P1D, -PT2H30M.', errorMessage: 'an ISO 8601 duration, e.g. "P1D", or null' })
}, body)
