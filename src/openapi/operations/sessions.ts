import { MintedSession, SessionList } from '../../control/answer-schemas.ts'
import { SessionBody } from '../../control/body-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { GAMER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter, namedUserParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

/** The operations on sessions. */
export const SESSION_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/sessions': (dialect) => ({
    id: 'listSessions',
    summary: 'Lists the tokens',
    description: 'Those of the world, of `POST /_emulator/sessions` and of sign-ins, each with what to send as the Authorization header.',
    query: { xuid: { ...namedUserParameter, description: 'Those of one user: a XUID, or a gamertag.' }, limit: limitParameter, after: string('`next` of the page before.') },
    answers: { 200: { description: 'A page of them.', body: SessionList }, ...controlRefusals(dialect, 404) },
    exchanges: {
      friend: {
        summary: 'The friend\'s',
        query: { xuid: 'friend' },
        status: 200,
        answer: {
          sessions: [{
            authorization: 'XBL3.0 x=demo;friend', userHash: 'demo', token: 'friend', xuid: '2533274790412953', titleId: 3051199919, sandbox: 'RETAIL', location: 'FR', thirdPartySite: false, expires: null
          }],
          next: null
        }
      }
    }
  }),

  'POST /_emulator/sessions': (dialect) => ({
    id: 'createSession',
    summary: 'Makes a token',
    description: 'For the claims that are given, which have to be of the world.',
    body: SessionBody,
    answers: { 201: { description: 'It can be used.', body: MintedSession }, ...changeRefusals(dialect) },
    exchanges: {
      gamer: {
        summary: 'The gamer, in a title',
        body: { userHash: 'my', token: 'own', xuid: GAMER, titleId: 1660944384, sandbox: 'RETAIL' },
        status: 201,
        answer: {
          authorization: 'XBL3.0 x=my;own', userHash: 'my', token: 'own', xuid: GAMER, titleId: 1660944384, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: null
        }
      }
    }
  }),

  'DELETE /_emulator/sessions/{userHash}/{token}': (dialect) => ({
    id: 'deleteSession',
    summary: 'Deletes a token',
    params: { userHash: string('The user hash of the token.'), token: string('The token.') },
    answers: { 204: { description: 'It is unknown from now on.' }, ...changeRefusals(dialect, 404) },
    exchanges: { friend: { summary: 'The friend\'s', params: { userHash: 'demo', token: 'friend' }, status: 204 } }
  })
}
