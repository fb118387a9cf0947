import { Type, type TSchema } from '@sinclair/typebox'
import { DEFAULT_PAGE_LIMIT, LARGEST_PAGE_LIMIT } from '../control/page.ts'
import { string, literals } from '../http/answer-schema.ts'
import { ACHIEVEMENT_TYPES } from '../model/achievement.ts'
import type { Dialect } from '../model/dialect.ts'
import { HISTORY_ORDERS, ACHIEVEMENT_ORDERS } from '../model/list.ts'
import { DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE } from '../xbox/request/paging.ts'

/**
 * The parameters of the Xbox routes. They only describe what xbox/request/ reads, which is lenient about
 * letter case and leading zeros.
 */

const XUID = 'The user: an unsigned 64-bit integer in decimal.'
const userIn = (description: string): TSchema => Type.String({ pattern: '^[0-9]{1,20}$', description })
const xuidParameter = userIn(XUID)
/** The user in the path of an Xbox route. */
export const userParameters = (dialect: Dialect): Readonly<Record<'xuid', TSchema>> =>
  ({ xuid: dialect === 'documented' ? xuidParameter : userIn(`${XUID} \`/users/me/…\` in the place of \`/users/xuid(…)/…\` is the user of the token.`) })
/** The user in the path of the hosts around the achievements: the whole segment. */
export const pathUserParameter = Type.String({ minLength: 2, description: 'The user: `xuid(…)` with a XUID, `gt(…)` with a gamertag, or `me`, the user of the token.' })
/** The user in the path of a control route. */
export const namedUserParameter = Type.String({ minLength: 1, description: 'The user: a XUID, or a gamertag in any letter case. A number is first of all a XUID.' })
export const scidParameter = Type.String({ format: 'uuid', description: 'The service configuration (SCID).' })
export const achievementIdParameter = Type.String({ pattern: '^[0-9]{1,10}$', description: 'The achievement: an unsigned 32-bit integer in decimal.' })

export const limitParameter = Type.Integer({ minimum: 1, maximum: LARGEST_PAGE_LIMIT, description: `How many entries at most: ${DEFAULT_PAGE_LIMIT} when absent.` })
export const sandboxParameter = string('A sandbox; every one when absent.')

// No parameter has a `default`, which Swagger UI would prefer to an example: the description says it.

/** @param versions says what each contract version means. */
export const xboxHeaders = (versions: string): Record<string, TSchema> => ({
  'x-xbl-contract-version': Type.Integer({ minimum: 0, maximum: 4294967295, description: `${versions} When absent: 1.` }),
  'Accept-Language': string('The languages of the answer, by preference, e.g. `fr-CA, en;q=0.8`. Without a match the country of the token decides, then the title.'),
  'X-RequestedServiceVersion': Type.Literal('1', { description: 'The build of the service; only 1 is served.' })
})

const CONTINUATION_TOKENS: Readonly<Record<Dialect, TSchema>> = {
  documented: Type.String({ maxLength: 32, description: 'From the page before, with the same user, filters and order; `0` is the start.' }),
  live: Type.String({ maxLength: 39, description: 'From the page before, or any decimal offset; an empty one is none; under V1 a history takes an offset, a comma and the version of the list, too.' })
}

export const pagingParameters = (dialect: Dialect): Readonly<Record<string, TSchema>> => ({
  maxItems: Type.Integer({ minimum: 1, maximum: 2147483647, description: `How many items a page holds: ${DEFAULT_PAGE_SIZE} when absent, ${LARGEST_PAGE_SIZE} at most.` }),
  skipItems: Type.Integer({ minimum: 0, maximum: 2147483647, description: 'How many items to pass over, counted from the continuation token if there is one.' }),
  continuationToken: CONTINUATION_TOKENS[dialect]
})

export const TITLE_IDS: Readonly<Record<string, TSchema>> = {
  titleId: string('Decimal title ids, comma-delimited.')
}

export const ACHIEVEMENT_FILTERS: Readonly<Record<string, TSchema>> = {
  types: string(`${ACHIEVEMENT_TYPES.join(' or ')}, or both, comma-delimited.`),
  unlockedOnly: Type.Boolean({ description: 'True: only what the user has unlocked.' }),
  possibleOnly: Type.Boolean({ description: 'True: everything that is defined, with nothing of the user\'s. Wins over unlockedOnly.' }),
  orderBy: literals(ACHIEVEMENT_ORDERS, 'Unordered: as defined, in the live dialect by achievement id. Title: by title id. UnlockTime: newest first, locked ones last. EndingSoon: challenges that end next first. When absent under V2: Unordered; under V1 by title id, the highest first, and in a title the newest first; a catalogue by achievement id.')
}

/** The filters of a title history, which are read under V1 alone. */
export const HISTORY_FILTERS: Readonly<Record<string, TSchema>> = {
  platforms: string('Under V1: platforms as V1 has them, comma-delimited, e.g. `1,2,15`.'),
  types: string('Under V1: title types as V1 has them, comma-delimited: 1 a game, 3 an arcade game, 5 an app.')
}

export const HISTORY_ORDER_BY: Readonly<Record<string, TSchema>> = {
  orderBy: literals(HISTORY_ORDERS, 'Title: by title id. UnlockTime: newest unlock first. LastPlayed: last played first. By default Title, under V1 LastPlayed.')
}
