import type { LightMyRequestResponse } from 'fastify'
import type { Emulator } from '../helper.ts'

type App = Pick<Emulator, 'app'>

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** POST /oauth20_token.srf: a form, or text as it is. */
export async function postForm ({ app }: App, form: Record<string, string> | string): Promise<LightMyRequestResponse> {
  const payload = typeof form === 'string' ? form : new URLSearchParams(form).toString()
  return await app.inject({ method: 'POST', url: '/oauth20_token.srf', headers: FORM, payload })
}

export const codeForm = (code: string): Record<string, string> => ({ grant_type: 'authorization_code', client_id: 'my-app', code })
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
  await app.inject({ url: `/oauth20_authorize.srf?${new URLSearchParams({ client_id: 'my-app', response_type: 'code', redirect_uri: 'http://localhost:8080/cb', ...query })}`, headers })

/** The user token of whom a ticket names. */
export const userTokenOf = async (emulator: App, ticket: string): Promise<string> => (await postUser(emulator, ticket)).json().Token

/** The session, `userhash;token`, of whom a ticket names. */
export async function signIn (emulator: App, ticket: string, properties: object = {}): Promise<string> {
  const { Token, DisplayClaims: { xui: [{ uhs }] } } = (await postXsts(emulator, await userTokenOf(emulator, ticket), properties)).json()
  return `${uhs};${Token}`
}

/** How the sign-in hosts refuse. */
export const REFUSED = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }
