import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dialect } from '../model/dialect.ts'
import { continueVector } from './correlation-vector.ts'
import { readHeader } from './request-headers.ts'

type Headers = Readonly<Record<string, string>>

/** Who may keep an answer. */
type CacheHeaders = Readonly<{ 'cache-control': string, pragma?: string, expires?: string }>

declare module 'fastify' {
  interface FastifyRequest {
    /** What the answer has in common with all others of its service. */
    form: Form
  }
}

/** What an answer says of its body, and that nobody may keep it. */
export interface Form {
  /** The Content-Type of JSON: the live service names no charset. */
  readonly jsonType: string
  readonly uncacheable: CacheHeaders
}

/** That of whatever the live service does not answer: the emulator's own routes, the IGDB view, sign-in, and requests that are none. */
const OWN: Form = {
  jsonType: 'application/json; charset=utf-8',
  uncacheable: { 'cache-control': 'no-cache, no-store, must-revalidate' }
}

/** As recorded of the live service's lists; nobody has recorded a refusal or an update, which are not to be kept either. */
const LIVE: Form = {
  jsonType: 'application/json',
  uncacheable: { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1' }
}

const FORMS: Readonly<Record<Dialect, Form>> = { documented: OWN, live: LIVE }

/** Whatever is answered of a path of the live service, a refusal too; `/users/…` is all that it has. */
const SERVICE = /^\/users\//i

/** Gives an answer the headers that every one has, whatever becomes of it. */
export function beginAnswer (request: FastifyRequest, reply: FastifyReply, dialect: Dialect): void {
  const form = dialect === 'live' && SERVICE.test(request.url) ? LIVE : OWN
  request.form = form
  reply.headers(serviceHeaders(form, readHeader(request, 'ms-cv')))
}

/** The headers of the answer to what is no request, but for its length. */
export const strayHeaders = (): Headers => ({ ...serviceHeaders(OWN, undefined), 'content-type': OWN.jsonType })

function serviceHeaders ({ uncacheable }: Form, vector: string | undefined): Headers {
  return { ...uncacheable, 'x-content-type-options': 'nosniff', 'ms-cv': continueVector(vector) }
}

/** For how long a client of the live service may keep what a route answers, in s; null: not at all. */
const MAX_AGE = { achievements: null, achievement: 15, titleachievements: 30 } as const

/** The routes of achievements. */
export type AchievementRoute = keyof typeof MAX_AGE

/** What decides how an achievement is shown, and whether. */
const DECIDES = 'Accept-Language, Authorization, X-RequestedServiceVersion, x-xbl-contract-version'

/**
 * The headers of the 200 of a route of achievements, but for its length and languages.
 *
 * `Expires` is recorded, and no date: a cache takes it for the past, but for `max-age`, which wins
 * (RFC 9111, sections 4.2.1 and 5.3). A cache that clients share keeps nothing of what was asked for
 * with an Authorization (section 3.5). A client's own does, and knows by `Vary` for whom.
 */
export function headersOfAnswer (dialect: Dialect, route: AchievementRoute): CacheHeaders & Readonly<{ 'content-type': string, vary: string }> {
  const maxAge = MAX_AGE[route]
  const { jsonType, uncacheable } = FORMS[dialect]
  if (dialect === 'documented' || maxAge === null) return { ...uncacheable, 'content-type': jsonType, vary: 'Accept-Language' }
  return { 'cache-control': `max-age=${maxAge}`, expires: String(maxAge), 'content-type': jsonType, vary: DECIDES }
}
