import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { Emulator } from '../helper.ts'

type App = Pick<Emulator, 'app'>

/** Where the sign-ins of tests lead back to. */
export const REDIRECT = 'http://localhost:8080/cb'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** A form, or text as it is. */
export async function postLive ({ app }: App, url: string, form: Record<string, string> | string): Promise<LightMyRequestResponse> {
  const payload = typeof form === 'string' ? form : new URLSearchParams(form).toString()
  return await app.inject({ method: 'POST', url, headers: FORM, payload })
}

/** POST /oauth20_token.srf. */
export const postForm = async (emulator: App, form: Record<string, string> | string): Promise<LightMyRequestResponse> => await postLive(emulator, '/oauth20_token.srf', form)

export const codeForm = (code: string): Record<string, string> => ({ grant_type: 'authorization_code', client_id: 'my-app', code, redirect_uri: REDIRECT })
export const refreshForm = (token: string): Record<string, string> => ({ grant_type: 'refresh_token', client_id: 'my-app', refresh_token: token })

export const userBody = (ticket: unknown, properties: object = {}): object => ({
  RelyingParty: 'http://auth.xboxlive.com',
  TokenType: 'JWT',
  Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: ticket, ...properties }
})

export const xstsBody = (userToken: unknown, properties: object = {}): object => ({
  RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', Properties: { UserTokens: [userToken], SandboxId: 'RETAIL', ...properties }
})

export async function post ({ app }: App, url: string, body: object | string): Promise<LightMyRequestResponse> {
  return await app.inject({ method: 'POST', url, payload: typeof body === 'string' ? body : JSON.stringify(body) })
}

export const postUser = async (emulator: App, ticket: unknown): Promise<LightMyRequestResponse> => await post(emulator, '/user/authenticate', userBody(ticket))
export const postXsts = async (emulator: App, userToken: unknown, properties: object = {}): Promise<LightMyRequestResponse> =>
  await post(emulator, '/xsts/authorize', xstsBody(userToken, properties))

/** GET /oauth20_authorize.srf. */
export const authorize = async ({ app }: App, query: Record<string, string>, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  await app.inject({ url: `/oauth20_authorize.srf?${new URLSearchParams({ client_id: 'my-app', response_type: 'code', redirect_uri: REDIRECT, ...query })}`, headers })

/** The user token of whom a ticket names. */
export const userTokenOf = async (emulator: App, ticket: string): Promise<string> => (await postUser(emulator, ticket)).json().Token

/** The session, `userhash;token`, of whom a ticket names. */
export async function signIn (emulator: App, ticket: string, properties: object = {}): Promise<string> {
  const { Token, DisplayClaims: { xui: [{ uhs }] } } = (await postXsts(emulator, await userTokenOf(emulator, ticket), properties)).json()
  return `${uhs};${Token}`
}

/** How the sign-in hosts refuse. */
export const REFUSED = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Checks that login.live.com refuses, with the whole body. */
export function refusedAs (t: Test, response: LightMyRequestResponse, { error, description, status = 400 }: { error: string, description: string, status?: number }, what = error): void {
  const { correlation_id: trace, ...body } = response.json()
  t.strictSame([response.statusCode, body], [status, { error, error_description: description }], what)
  t.match(trace, GUID, what)
  t.strictSame([response.headers['content-type'], response.headers['cache-control'], response.headers.pragma], ['application/json', 'no-cache, no-store', 'no-cache'], what)
}

/** The error of a redirect, in its query or, for tokens, in its fragment. */
export function errorOf (response: LightMyRequestResponse): Record<string, string> {
  const { search, hash } = new URL(response.headers.location as string)
  return Object.fromEntries(new URLSearchParams(hash === '' ? search : hash.slice(1)))
}
