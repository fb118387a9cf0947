import type { Dialect } from '../../model/dialect.ts'
import { DeviceToken, SignInRefusal, SisuAuthorization, SisuRedirect, TitleToken, UserToken, XstsToken } from '../../sign-in/xal-answers.ts'
import { DeviceTokenBody, SisuAuthenticateBody, SisuAuthorizeBody, TitleTokenBody, UserTokenBody, XstsTokenBody } from '../../sign-in/xal-requests.ts'
import { GAMER } from '../examples.ts'
import type { Answer, OperationsByRoute } from '../operation.ts'
import { openRefusals } from '../refusals.ts'

const refusedWith = (description: string): Answer => ({ description, body: SignInRefusal, headers: { 'WWW-Authenticate': 'XBL3.0' } })

const REFUSED_BY_SISU: Answer = {
  description: 'A token has ended or was not issued here, the world does not let the user sign in, or it does not have the sandbox: XErr says which.',
  body: SignInRefusal,
  headers: { 'WWW-Authenticate': 'XBL3.0', 'X-Err': 'XErr of the body, in decimal.', 'X-SessionId': 'The session of the sign-in.' }
}

/** Examples of answers at noon of June 15, 2020. Every token that is issued is a different one. */
const issued = { IssueInstant: '2020-06-15T12:00:00.0000000Z', NotAfter: '2020-06-29T12:00:00.0000000Z', Token: 'YTT9FEylp7w1p-ugVPmq2A0Uow3ji7bsMuFftzSIkIA' }

const request = (properties: object, relyingParty = 'http://auth.xboxlive.com'): object => ({ RelyingParty: relyingParty, TokenType: 'JWT', Properties: properties })
const userRequest = (ticket: string): object => request({ AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: ticket })

const noProfile = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }
const withNumber = (xErr: number): object => ({ Identity: '0', XErr: xErr, Message: '' })

/** 403 beside that of every route: with --verify-signatures. */
function signedRefusals (dialect: Dialect): Record<number, Answer> {
  const { 403: forbidden, ...others } = openRefusals(dialect, 400, 403, 413)
  return { ...others, 403: { ...forbidden, description: `With --verify-signatures: the Signature header is missing or wrong. Or: ${forbidden?.description}` } }
}

/** The operations of the hosts that issue the tokens of Xbox Live. */
export const XAL_OPERATIONS: OperationsByRoute = {
  'POST /device/authenticate': (dialect) => ({
    id: 'authenticateDevice',
    summary: 'Gives a device token',
    description: 'device.auth.xboxlive.com.',
    body: DeviceTokenBody,
    answers: { 200: { description: 'The token.', body: DeviceToken }, ...signedRefusals(dialect) },
    exchanges: {
      device: {
        summary: 'A device',
        body: request({ AuthMethod: 'ProofOfPossession', Id: '{75D40EB0-09D6-4D57-A3B6-1F4A6A26BD63}', DeviceType: 'Win32', Version: '10.0.19042' }),
        status: 200,
        answer: { ...issued, DisplayClaims: { xdi: { did: 'DF251A8A6398D150', dcs: '0' } } }
      }
    }
  }),

  'POST /title/authenticate': (dialect) => ({
    id: 'authenticateTitle',
    summary: 'Gives a title token',
    description: 'title.auth.xboxlive.com. The title is the one that `TitleId` names, or that of the application to which the ticket was issued: by `clientIds` of the world, by the published pairs, and in the live dialect the only title of a world.',
    body: TitleTokenBody,
    answers: { 200: { description: 'The token.', body: TitleToken }, 401: refusedWith('The device token or the ticket has ended or was not issued here: XErr says which.'), ...signedRefusals(dialect) },
    exchanges: {
      foreign: {
        summary: 'A device token that was not issued here',
        body: request({ AuthMethod: 'RPS', DeviceToken: 'x', RpsTicket: 't=gamer', SiteName: 'user.auth.xboxlive.com' }),
        status: 401,
        answer: withNumber(2148916259)
      }
    }
  }),

  'POST /user/authenticate': (dialect) => ({
    id: 'authenticateUser',
    summary: 'Gives a user token',
    description: 'user.auth.xboxlive.com.',
    body: UserTokenBody,
    answers: { 200: { description: 'For /xsts/authorize.', body: UserToken }, 401: refusedWith('The ticket is nobody\'s, or has ended.'), ...openRefusals(dialect, 400, 403, 413) },
    exchanges: {
      gamer: { summary: 'A ticket that names the user', body: userRequest('d=gamer'), status: 200, answer: { ...issued, DisplayClaims: { xui: [{ uhs: '4726078111575463039' }] } } },
      nobody: { summary: 'A ticket of nobody', body: userRequest('d=nobody'), status: 401, answer: noProfile }
    }
  }),

  'POST /xsts/authorize': (dialect) => ({
    id: 'authorizeXsts',
    summary: 'Gives an XSTS token',
    description: 'xsts.auth.xboxlive.com. For the relying party http://xboxlive.com it is a session: every Xbox route takes it, as `XBL3.0 x=<uhs>;<Token>`. One for another party opens nothing here.',
    body: XstsTokenBody,
    answers: {
      200: { description: 'The token.', body: XstsToken },
      401: refusedWith('A token has ended or was not issued here, the world does not let a user sign in, or it does not have the sandbox: XErr says which.'),
      ...signedRefusals(dialect)
    },
    exchanges: {
      foreign: {
        summary: 'A user token that was not issued here',
        body: request({ UserTokens: [GAMER], SandboxId: 'RETAIL' }, 'http://xboxlive.com'),
        status: 401,
        answer: withNumber(2148916262)
      }
    }
  }),

  'POST /authenticate': (dialect) => ({
    id: 'authenticateSisu',
    summary: 'Tells where a person signs in',
    description: 'sisu.xboxlive.com. The address is that of login.live.com when the host was asked under its real name, else one of the emulator.',
    body: SisuAuthenticateBody,
    answers: { 200: { description: 'The page.', body: SisuRedirect, headers: { 'X-SessionId': 'The session, for /authorize.' } }, 401: REFUSED_BY_SISU, ...signedRefusals(dialect) },
    exchanges: {
      foreign: {
        summary: 'A device token that was not issued here',
        body: { AppId: '000000004c20a908', TitleId: '1016898439', RedirectUri: 'ms-xal-000000004c20a908://auth', DeviceToken: 'x', Sandbox: 'RETAIL', TokenType: 'code', Offers: ['service::user.auth.xboxlive.com::MBI_SSL'], Query: { display: 'android_phone', state: 'xyz' } },
        status: 401,
        answer: { ...withNumber(2148916259), WebPage: 'https://sisu.xboxlive.com/client/v27/000000004c20a908/view/index.html' }
      }
    }
  }),

  'POST /authorize': (dialect) => ({
    id: 'authorizeSisu',
    summary: 'Gives a title, a user and an XSTS token at once',
    description: 'sisu.xboxlive.com. The title is that of `AppId`, or else of the application to which the access token was issued, as for /title/authenticate.',
    body: SisuAuthorizeBody,
    answers: { 200: { description: 'The tokens.', body: SisuAuthorization }, 401: REFUSED_BY_SISU, ...signedRefusals(dialect) },
    exchanges: {
      foreign: {
        summary: 'A device token that was not issued here',
        body: { AccessToken: 't=gamer', AppId: '000000004c20a908', DeviceToken: 'x', Sandbox: 'RETAIL', SiteName: 'user.auth.xboxlive.com', UseModernGamertag: true },
        status: 401,
        answer: { ...withNumber(2148916259), WebPage: 'https://sisu.xboxlive.com/client/v27/000000004c20a908/view/index.html' }
      }
    }
  })
}
