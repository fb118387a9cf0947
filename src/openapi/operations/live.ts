import { Type } from '@sinclair/typebox'
import { string, literals } from '../../http/answer-schema.ts'
import { GRANT_TYPES } from '../../sign-in/grants.ts'
import { DeviceCodeAnswer, OAuthToken } from '../../sign-in/live-answers.ts'
import { EXAMPLE_RETURN, EXAMPLE_TOKEN } from '../examples.ts'
import type { Exchange } from '../exchange.ts'
import type { Answer, OperationsByRoute } from '../operation.ts'
import { oauthRefusals } from '../refusals.ts'

/** An example of what differs from answer to answer. */
const exampleId = '0a7525e8-c21f-4447-a596-16ca2afe38fc'

const liveClientId = string('The application; any.')
const liveRedirectUri = string('Where the sign-in leads back to: this machine, `https://login.live.com/oauth20_desktop.srf`, `ms-xal-<client_id>://auth` or `ms-xal-public-beta-<client_id>://auth`, or one of --redirect-uris.')
const liveScope = string('The scopes; any.')

/** The answer that is a page for a person. */
export const pageAnswer = (description: string, headers: Record<string, string> = {}): Answer =>
  ({ description, body: Type.String(), type: 'text/html', headers: { 'Content-Security-Policy': 'It runs nothing.', 'Referrer-Policy': 'Who is told of its address.', ...headers } })

const askedForCode = { client_id: 'my-app', response_type: 'code', redirect_uri: EXAMPLE_RETURN, state: 'xyz' }

const refusedGrant = (error: string, description: string): object => ({ error, error_description: description, correlation_id: exampleId })

/** The parameters of an authorization request: the form of a password repeats them. */
const authorizeQuery = {
  client_id: liveClientId,
  response_type: literals(['code', 'token'], 'A code, or the tokens at once, in the fragment of the address.'),
  redirect_uri: liveRedirectUri,
  scope: liveScope,
  state: string('Passed on.'),
  code_challenge: string('PKCE: the token is given for the `code_verifier` of this alone.'),
  code_challenge_method: literals(['S256', 'plain'], 'How the challenge was made of the verifier; by default it is the verifier.')
}

const tokenParameters = {
  grant_type: literals(GRANT_TYPES, 'What it is given for.'),
  client_id: liveClientId,
  code: Type.Optional(string('The authorization code; or the gamertag or XUID of a user.')),
  redirect_uri: Type.Optional(string('As it was for the code.')),
  code_verifier: Type.Optional(string('That of the code_challenge.')),
  refresh_token: Type.Optional(string('The refresh token; or the gamertag or XUID of a user.')),
  device_code: Type.Optional(string('The device code.')),
  scope: Type.Optional(string('The scopes; by default those that were granted.'))
}

const tokens = { 200: { description: 'Access and refresh token.', body: OAuthToken }, ...oauthRefusals() }

const granted: Exchange = {
  summary: 'A code that names the user',
  body: { grant_type: 'authorization_code', client_id: 'my-app', code: 'gamer', redirect_uri: EXAMPLE_RETURN, scope: 'XboxLive.signin' },
  status: 200,
  answer: { token_type: 'bearer', expires_in: 3600, scope: 'XboxLive.signin', access_token: EXAMPLE_TOKEN, refresh_token: EXAMPLE_TOKEN, user_id: '0ef1d81fba943573' }
}

const back: Answer = {
  description: 'Back: with `code` and `state`; with `response_type=token` and the tokens in the fragment; or with `error` and `error_description`.',
  headers: { Location: 'The redirect_uri with these.' }
}

/** The operations of login.live.com. */
export const LIVE_OPERATIONS: OperationsByRoute = {
  'GET /oauth20_authorize.srf': () => ({
    id: 'authorize',
    summary: 'Asks who signs in',
    description: 'login.live.com. A page that lists the users; with `login_hint`, or with --sign-in-as, it leads straight back, unless a page of another site led here: then that user is the first of the list.',
    query: { ...authorizeQuery, login_hint: string('The gamertag or XUID of who signs in.'), gamertag: string('Lists only those whose gamertags begin so, whoever else is named: what the search of the page sends.') },
    answers: { 200: pageAnswer('The page.', { 'Set-Cookie': 'Nothing depends on it.' }), 302: back, ...oauthRefusals() },
    exchanges: {
      gamer: { summary: 'A script signs in as gamer', query: { ...askedForCode, login_hint: 'gamer' }, status: 302 },
      nobody: { summary: 'Nobody', query: { ...askedForCode, login_hint: 'nobody' }, status: 302 },
      foreign: {
        summary: 'A redirect that leads elsewhere',
        query: { ...askedForCode, redirect_uri: 'https://evil.example/' },
        status: 400,
        answer: refusedGrant('invalid_request', 'redirect_uri is "https://evil.example/"; expected an http or https address of this machine, https://login.live.com/oauth20_desktop.srf, ms-xal-<client_id>://auth, or one of --redirect-uris.')
      }
    }
  }),

  'POST /ppsecure/post.srf': () => ({
    id: 'postPassword',
    summary: 'Signs in by name and password',
    description: 'login.live.com. For clients that fill in the form of the page of `GET /oauth20_authorize.srf`: its `urlPost` has the query. Any password will do but an empty one.',
    query: { ...authorizeQuery, request: string('The others in one, in base64url.') },
    bodyType: 'application/x-www-form-urlencoded',
    body: Type.Object({
      login: string('The gamertag or XUID of a user, alone or before an @.'),
      loginfmt: Type.Optional(string('Read when there is no login.')),
      passwd: string('The password.'),
      PPFT: string('That of the page; it is for this request alone, and for an hour.')
    }),
    answers: { 200: pageAnswer('The page again: there is no such user, or the password is empty.', { 'Set-Cookie': 'Nothing depends on it.' }), 302: back, ...oauthRefusals(413) }
  }),

  'GET /oauth20_desktop.srf': () => ({
    id: 'desktop',
    summary: 'Where a sign-in of an application without a server ends',
    description: 'login.live.com. An empty page: the application reads its address.',
    query: { code: string('For the application.') },
    answers: { 200: pageAnswer('The page.'), ...oauthRefusals() }
  }),

  'POST /oauth20_token.srf': () => ({
    id: 'exchangeCode',
    summary: 'Gives an access token',
    description: 'login.live.com. For a code, a refresh token or a device code, to the application to which it was issued; the parameters may be in the query, too.',
    bodyType: 'application/x-www-form-urlencoded',
    body: Type.Object(tokenParameters),
    answers: { ...tokens, ...oauthRefusals(413) },
    exchanges: {
      code: granted,
      nobody: {
        summary: 'A refresh token of nobody',
        body: { grant_type: 'refresh_token', client_id: 'my-app', refresh_token: 'nobody' },
        status: 400,
        answer: refusedGrant('invalid_grant', 'The refresh token was not issued here, and no user has it as XUID or gamertag.')
      }
    }
  }),

  'GET /oauth20_token.srf': () => ({
    id: 'exchangeByQuery',
    summary: 'The same, by a query',
    description: 'login.live.com.',
    query: tokenParameters,
    answers: tokens,
    exchanges: {
      refresh: { ...granted, summary: 'A refresh token that names the user', query: { grant_type: 'refresh_token', client_id: 'my-app', refresh_token: 'gamer', scope: 'XboxLive.signin' }, body: undefined }
    }
  }),

  'POST /oauth20_connect.srf': () => ({
    id: 'connectDevice',
    summary: 'Gives a device code',
    description: 'login.live.com. A person enters `user_code` at `verification_uri`, or a test approves it: `PUT /_emulator/device-codes/{userCode}`. With --sign-in-as it is approved at once.',
    bodyType: 'application/x-www-form-urlencoded',
    body: Type.Object({ client_id: liveClientId, scope: Type.Optional(liveScope), response_type: Type.Optional(literals(['device_code'], 'May be left out.')) }),
    answers: { 200: { description: 'The code.', body: DeviceCodeAnswer }, ...oauthRefusals(413) }
  }),

  'GET /oauth20_remoteconnect.srf': () => ({
    id: 'showDeviceCode',
    summary: 'Asks who signs in on a device',
    description: 'login.live.com.',
    query: { otc: string('The user_code; without it, the page asks for it.'), gamertag: string('Lists only those whose gamertags begin so.') },
    answers: { 200: pageAnswer('The page; also for a code that cannot be used.'), ...oauthRefusals() }
  }),

  'POST /oauth20_remoteconnect.srf': () => ({
    id: 'decideDeviceCode',
    summary: 'Says who signs in on a device',
    description: 'login.live.com. What the buttons of the page send.',
    bodyType: 'application/x-www-form-urlencoded',
    body: Type.Object({ otc: string('The user_code.'), user: string('The gamertag or XUID of who signs in; empty: nobody does.') }),
    answers: { 200: pageAnswer('What has become of it.'), ...oauthRefusals(413) }
  })
}
