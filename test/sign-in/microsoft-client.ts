import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { Emulator } from '../helper.ts'

/** Requests to login.microsoftonline.com. */

type App = Pick<Emulator, 'app'>

export const CLIENT = '389b1b32-b5d5-43b2-bddc-84ce938d6737'
export const BACK = 'http://localhost:3000/back'
export const TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

export async function askToken ({ app }: App, form: Record<string, string> | string, { tenant = 'consumers', path = 'token', query = '', headers = {} } = {}): Promise<LightMyRequestResponse> {
  const payload = typeof form === 'string' ? form : String(new URLSearchParams({ client_id: CLIENT, ...form }))
  return await app.inject({ method: 'POST', url: `/${tenant}/oauth2/v2.0/${path}${query}`, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, payload })
}

export const askDeviceCode = async (emulator: App, form: Record<string, string> | string = { scope: 'XboxLive.signin offline_access' }): Promise<LightMyRequestResponse> =>
  await askToken(emulator, form, { path: 'devicecode' })

export const askAuthorize = async ({ app }: App, query: Record<string, string | undefined> = {}, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> => {
  const asked = Object.entries({ client_id: CLIENT, response_type: 'code', redirect_uri: BACK, scope: 'XboxLive.signin', ...query })
  return await app.inject({ url: `/consumers/oauth2/v2.0/authorize?${new URLSearchParams(asked.filter((pair): pair is [string, string] => pair[1] !== undefined))}`, headers })
}

/** Where an answer leads back to: the address without its parameters, and those. */
export function backOf ({ headers }: LightMyRequestResponse): { to: string, query: Record<string, string>, fragment: Record<string, string> } {
  const { origin, pathname, searchParams, hash } = new URL(headers.location as string)
  return { to: origin + pathname, query: Object.fromEntries(searchParams), fragment: Object.fromEntries(new URLSearchParams(hash.slice(1))) }
}

/** A code for a user of the world. */
export const codeFor = async (emulator: App, query: Record<string, string> = {}): Promise<string> =>
  backOf(await askAuthorize(emulator, { login_hint: 'gamer', ...query })).query['code'] as string

/** The claims of an ID token. */
export const claimsOf = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString())

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Checks that the host refuses, with the whole body. */
export function refusedAs (t: Test, response: LightMyRequestResponse, { error, number, description, status = 400, correlation, timestamp = '2020-06-15 12:00:00Z' }: {
  error: string, number: number, description: string, status?: number, correlation?: string, timestamp?: string
}, what = description): void {
  const body = response.json()
  t.match(body.trace_id, GUID, what)
  const correlationId = correlation ?? body.trace_id
  t.strictSame([response.statusCode, body], [status, {
    error,
    error_description: `AADSTS${number}: ${description} Trace ID: ${body.trace_id} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: body.trace_id,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${number}`
  }], what)
  t.equal(response.headers['content-type'], 'application/json', what)
}
