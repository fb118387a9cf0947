import type { Config } from '../../config/config.ts'
import { HEADER_DEFAULTS, type HeaderDefaults } from '../../http/headers.ts'

/** For how long a client of the live service may cache the answers of a route, in s; null: not at all. */
const MAX_AGE = { achievements: null, achievement: 15, titleachievements: 30 } as const

/** The routes of achievements. */
export type AchievementRoute = keyof typeof MAX_AGE

/** The request headers that decide which achievements a caller sees, and how. */
const VARY = 'Accept-Language, Authorization, X-RequestedServiceVersion, x-xbl-contract-version'

/**
 * The headers of the 200 of a route of achievements, without Content-Length and Content-Language.
 *
 * `Expires` is recorded as a number of seconds, which is no date: a cache takes it for the past, but
 * `max-age` wins (RFC 9111, sections 4.2.1 and 5.3). A cache that several clients share stores nothing that
 * was requested with an Authorization (section 3.5). A client's own cache does, and `Vary` names the headers that
 * have to be the same for another request to get it.
 */
export function cacheHeadersOf ({ dialect, allowedOrigins }: Pick<Config, 'dialect' | 'allowedOrigins'>, route: AchievementRoute): HeaderDefaults['noStore'] & Readonly<{ 'content-type': string, vary: string }> {
  const maxAge = MAX_AGE[route]
  const { jsonType, noStore } = HEADER_DEFAULTS[dialect]
  // http/cors.ts says so of all other answers.
  const origin = allowedOrigins === null ? '' : ', Origin'
  if (dialect === 'documented' || maxAge === null) return { ...noStore, 'content-type': jsonType, vary: `Accept-Language${origin}` }
  return { 'cache-control': `max-age=${maxAge}`, expires: String(maxAge), 'content-type': jsonType, vary: `${VARY}${origin}` }
}
