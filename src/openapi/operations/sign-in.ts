import { SignInRefusal, UserToken, XstsToken } from '../../sign-in/answers.ts'
import { UserTokenBody, XstsTokenBody } from '../../sign-in/requests.ts'
import { GAMER } from '../examples.ts'
import type { Answer, OperationsByRoute } from '../operation.ts'
import { openRefusals } from '../refusals.ts'
import { LIVE_OPERATIONS } from './live.ts'

const refused: Answer = {
  description: 'Nobody with an Xbox profile is meant: an unknown gamertag or XUID, or a token that has ended, was not issued here or is of another kind.',
  body: SignInRefusal,
  headers: { 'WWW-Authenticate': 'XBL3.0' }
}

const noProfile = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }

/** Examples of answers at noon of June 15, 2020. Every token that is issued is a different one. */
const issued = '2020-06-15T12:00:00.0000000Z'
const exampleToken = 'YTT9FEylp7w1p-ugVPmq2A0Uow3ji7bsMuFftzSIkIA'

const userRequest = (ticket: string): object =>
  ({ RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: ticket } })

/** The operations of the sign-in hosts. */
export const SIGN_IN_OPERATIONS: OperationsByRoute = {
  ...LIVE_OPERATIONS,

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
