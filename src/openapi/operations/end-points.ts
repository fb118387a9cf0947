import { string } from '../../http/answer-schema.ts'
import { END_POINTS, EndPoints } from '../../sign-in/title-management.ts'
import { AS_GAMER, AS_TITLELESS, refusalByStatus } from '../examples.ts'
import type { Answer, OperationsByRoute } from '../operation.ts'
import { openRefusals, xboxRefusals } from '../refusals.ts'

const FOUND: Answer = { description: 'What each host wants.', body: EndPoints }

/** What title.mgt.xboxlive.com tells everybody. */
export const END_POINT_OPERATIONS: OperationsByRoute = {
  'GET /titles/default/endpoints': (dialect) => ({
    id: 'listDefaultEndPoints',
    summary: 'Tells which token and signature each host wants',
    description: 'title.mgt.xboxlive.com. It needs no token.',
    query: { type: string('1; any.') },
    answers: { 200: FOUND, ...openRefusals(dialect, 400, 403) },
    exchanges: { all: { summary: 'As clients ask', query: { type: '1' }, status: 200, answer: END_POINTS } }
  })
}

/** What title.mgt.xboxlive.com tells who has a token. */
export const TITLE_END_POINT_OPERATIONS: OperationsByRoute = {
  'GET /titles/current/endpoints': (dialect) => ({
    id: 'listOwnEndPoints',
    summary: 'Tells the same of the hosts of the token\'s title',
    description: 'title.mgt.xboxlive.com.',
    answers: { 200: FOUND, ...endPointRefusals(dialect) },
    exchanges: { own: { summary: 'With a token', authorization: AS_TITLELESS, status: 200, answer: END_POINTS } }
  }),

  'GET /titles/{titleId}/endpoints': (dialect) => ({
    id: 'listEndPoints',
    summary: 'Tells the same of the hosts of a title',
    description: 'title.mgt.xboxlive.com.',
    params: { titleId: string('The decimal title id.') },
    answers: { 200: FOUND, ...endPointRefusals(dialect, 404) },
    exchanges: {
      app: { summary: 'A published application', params: { titleId: '1739947436' }, authorization: AS_GAMER, status: 200, answer: END_POINTS },
      none: {
        summary: 'A title that there is none',
        params: { titleId: '1' },
        authorization: AS_GAMER,
        status: 404,
        answer: refusalByStatus(dialect, 404, 'There is no title 1.')
      }
    }
  })
}

/** The refusals of an Xbox route, without those of versions and of the rate limit. */
function endPointRefusals (dialect: Parameters<typeof xboxRefusals>[0], ...others: number[]): Record<number, Answer> {
  const { 404: _none, 406: _version, 429: _rate, 403: forbidden, ...refusals } = xboxRefusals(dialect)
  return {
    ...refusals,
    403: { ...forbidden, description: `With --verify-signatures: the Signature header is missing or wrong. Or: ${openRefusals(dialect, 403)[403]?.description}` },
    ...others.includes(404) && { 404: { ...openRefusals(dialect, 404)[404] as Answer, description: 'There is no such title.' } }
  }
}
