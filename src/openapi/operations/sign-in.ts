import { Type } from '@sinclair/typebox'
import { string, literals } from '../../http/answer-schema.ts'
import { OAuthToken, SignInRefusal, UserToken, XstsToken } from '../../sign-in/answers.ts'
import { UserTokenBody, XstsTokenBody } from '../../sign-in/requests.ts'
import { GAMER, refusal } from '../examples.ts'
import type { Answer, Exchange, OperationsByRoute } from '../operation.ts'
import { openRefusals } from '../refusals.ts'

const refused: Answer = {
  description: 'Nobody with an Xbox profile is meant: an unknown gamertag or XUID, or a token that has ended, was not issued here or is of another kind.',
  body: SignInRefusal,
  headers: { 'WWW-Authenticate': 'XBL3.0' }
}

const noProfile = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }

/** Examples of answers at noon of June 15, 2020. Every token that is issued is a different one. */
const issued = '2020-06-15T12:00:00.0000000Z'
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

const userRequest = (ticket: string): object =>
  ({ RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: ticket } })

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
  }),

  'POST /user/authenticate': (dialect) => ({
    id: 'authenticateUser',
    summary: 'Gives a user token',
    body: UserTokenBody,
    answers: { 200: { description: 'For /xsts/authorize.', body: UserToken }, 401: refused, ...openRefusals(dialect, 400, 403, 413) },
    exchanges: {
      gamer: {
        summary: 'A ticket that names the user',
        body: userRequest('d=gamer'),
        status: 200,
        answer: { IssueInstant: issued, NotAfter: '2020-06-29T12:00:00.0000000Z', Token: exampleToken, DisplayClaims: { xui: [{ uhs: '4726078111575463039' }] } }
      },
      nobody: { summary: 'A ticket of nobody', body: userRequest('d=nobody'), status: 401, answer: noProfile }
    }
  }),

  'POST /xsts/authorize': (dialect) => ({
    id: 'authorizeXsts',
    summary: 'Gives an XSTS token',
    description: 'It is a session: every Xbox route takes it, as `XBL3.0 x=<uhs>;<Token>`.',
    body: XstsTokenBody,
    answers: { 200: { description: 'The token.', body: XstsToken }, 401: refused, ...openRefusals(dialect, 400, 403, 413) },
    exchanges: {
      foreign: {
        summary: 'A user token that was not issued here',
        body: { RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', Properties: { UserTokens: [GAMER], SandboxId: 'RETAIL' } },
        status: 401,
        answer: noProfile
      }
    }
  })
}
