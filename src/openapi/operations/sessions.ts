import { MintedSession } from '../../control/answer-schemas.ts'
import { SessionBody } from '../../control/body-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { GAMER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { changeRefusals } from '../refusals.ts'

/** The operations on sessions. */
export const SESSION_OPERATIONS: OperationsByRoute = {
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
