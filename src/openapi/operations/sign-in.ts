import { Type } from '@sinclair/typebox'
import { string, literals } from '../../http/answer-schema.ts'
import { OAuthToken } from '../../sign-in/answers.ts'
import { SignInRefusal } from '../../sign-in/xal-answers.ts'
import { refusal } from '../examples.ts'
import type { Answer, Exchange, OperationsByRoute } from '../operation.ts'
import { openRefusals } from '../refusals.ts'

const refused: Answer = {
  description: 'Nobody with an Xbox profile is meant: an unknown gamertag or XUID, or a token that has ended, was not issued here or is of another kind.',
  body: SignInRefusal,
  headers: { 'WWW-Authenticate': 'XBL3.0' }
}

const noProfile = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }

const exampleToken = 'YTT9FEylp7w1p-ugVPmq2A0Uow3ji7bsMuFftzSIkIA'

const clientId = string('The application; any.')
const redirectUri = string('Where the sign-in leads back to: this machine, or one of --redirect-uris.')
const scope = string('The scopes; any.')

const asked = { client_id: 'my-app', response_type: 'code', redirect_uri: 'http://localhost:8080/auth/callback', state: 'xyz' }

const granted: Exchange = {
  summary: 'A code that names the user',
  body: { grant_type: 'authorization_code', client_id: 'my-app', code: 'gamer', redirect_uri: asked.redirect_uri, scope: 'XboxLive.signin' },
  status: 200,
  answer: { token_type: 'bearer', expires_in: 3600, scope: 'XboxLive.signin', access_token: exampleToken, refresh_token: exampleToken, user_id: '0ef1d81fba943573' }
}

/** The operations of the sign-in hosts. */
export const SIGN_IN_OPERATIONS: OperationsByRoute = {
  'GET /oauth20_authorize.srf': (dialect) => ({
    id: 'authorize',
    summary: 'Asks who signs in',
    description: 'A page that lists the users; with `login_hint` it leads straight back, with a code for `POST /oauth20_token.srf`, unless a page of another site led here: then that user is the first of the list.',
    query: {
      client_id: clientId,
      response_type: literals(['code'], 'A code is all there is.'),
      redirect_uri: redirectUri,
      scope,
      state: string('Passed on.'),
      login_hint: string('The gamertag or XUID of who signs in.')
    },
    answers: {
      200: { description: 'The page.', body: Type.String(), type: 'text/html' },
      302: { description: 'Back, with `code` and `state`.', headers: { Location: 'The redirect_uri with both.' } },
      401: refused,
      ...openRefusals(dialect, 400, 403)
    },
    exchanges: {
      gamer: { summary: 'A script signs in as gamer', query: { ...asked, login_hint: 'gamer' }, status: 302 },
      nobody: { summary: 'Nobody', query: { ...asked, login_hint: 'nobody' }, status: 401, answer: noProfile },
      foreign: {
        summary: 'A redirect that leads elsewhere',
        query: { ...asked, redirect_uri: 'https://evil.example/' },
        status: 400,
        answer: refusal(dialect, 4000, 'redirect_uri is "https://evil.example/"; expected an http or https address of this machine, or one of --redirect-uris.')
      }
    }
  }),

  'POST /oauth20_token.srf': (dialect) => ({
    id: 'exchangeCode',
    summary: 'Gives an access token',
    description: 'For a code, or for a refresh token. Either was issued here, or names a user by gamertag or XUID.',
    bodyType: 'application/x-www-form-urlencoded',
    body: Type.Object({
      grant_type: literals(['authorization_code', 'refresh_token'], 'What it is given for.'),
      client_id: clientId,
      code: Type.Optional(string('The authorization code.')),
      refresh_token: Type.Optional(string('The refresh token.')),
      scope: Type.Optional(scope),
      redirect_uri: Type.Optional(string('As it was for the code; it is not looked at.'))
    }),
    answers: { 200: { description: 'Access and refresh token.', body: OAuthToken }, 401: refused, ...openRefusals(dialect, 400, 403, 413) },
    exchanges: {
      code: granted,
      nobody: { summary: 'A refresh token of nobody', body: { grant_type: 'refresh_token', client_id: 'my-app', refresh_token: 'nobody' }, status: 401, answer: noProfile }
    }
  })
}
