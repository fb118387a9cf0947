import { Type } from '@sinclair/typebox'
import { string } from '../../http/answer-schema.ts'
import { StatsBatch, StatsBatchV1, UserStatsAnswer, UserStatsV1 } from '../../neighbours/userstats-answers.ts'
import { StatsBatchBody, StatsBatchV1Body } from '../../neighbours/userstats-requests.ts'
import * as demo from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { pathUserParameter, scidParameter } from '../parameters.ts'
import { neighbourRefusals } from '../refusals.ts'

const statsHeaders = {
  'x-xbl-contract-version': Type.Integer({ minimum: 1, maximum: 3, description: '2 and 3 have one shape, 1 has another. When absent: 1.' })
}
const STATS_V2_HEADER = { 'x-xbl-contract-version': '2' }

/** The statistics of the gamer of the demo world in a title. */
const minutes = { xuid: demo.GAMER, scid: demo.SCID, name: 'MinutesPlayed', type: 'Integer', value: '4215' }

/** The operations of userstats.xboxlive.com. */
export const USERSTATS_OPERATIONS: OperationsByRoute = {
  'POST /batch': (dialect) => ({
    id: 'readStats',
    summary: 'Reads statistics of users',
    description: 'userstats.xboxlive.com. What has a value, in the order asked. A user whom the caller may not look at has none. Under contract version 1 the body has `requestedusers` and `requestedscids`.',
    query: { operation: string('`read` is all there is; it is not looked at.') },
    headers: statsHeaders,
    body: Type.Union([StatsBatchBody, StatsBatchV1Body]),
    answers: { 200: { description: 'The statistics.', body: Type.Union([StatsBatch, StatsBatchV1]) }, ...neighbourRefusals(dialect, 406, 413) },
    exchanges: {
      minutesPlayed: {
        summary: 'How long a user has played a title',
        headers: STATS_V2_HEADER,
        authorization: demo.AS_GAMER,
        body: { arrangebyfield: 'xuid', xuids: [demo.GAMER], stats: [{ name: 'MinutesPlayed', titleid: demo.TITLE }] },
        status: 200,
        answer: {
          groups: [],
          statlistscollection: [{
            arrangebyfield: 'xuid',
            arrangebyfieldid: demo.GAMER,
            stats: [{ groupproperties: {}, xuid: demo.GAMER, scid: demo.SCID, titleid: demo.TITLE, name: 'MinutesPlayed', type: 'Integer', value: minutes.value, properties: {} }]
          }]
        }
      },
      hidden: {
        summary: 'A user whom the caller may not look at',
        headers: STATS_V2_HEADER,
        authorization: demo.AS_GAMER,
        body: { xuids: [demo.STRANGER], stats: [{ name: 'MinutesPlayed', titleid: demo.TITLE }] },
        status: 200,
        answer: { groups: [], statlistscollection: [{ arrangebyfield: 'xuid', arrangebyfieldid: demo.STRANGER, stats: [] }] }
      }
    }
  }),

  'GET /users/{user}/scids/{scid}/stats/{names}': (dialect) => ({
    id: 'readUserStats',
    summary: 'Reads statistics of a user in a service configuration',
    description: 'userstats.xboxlive.com. What has a value, in the order asked. A user whom the caller may not look at has none, nor has a service configuration that does not exist.',
    params: { user: pathUserParameter, scid: scidParameter, names: string('The names of the statistics, comma-delimited, e.g. MinutesPlayed.') },
    query: { include: string('`valuemetadata` is known; it changes nothing.') },
    headers: statsHeaders,
    answers: { 200: { description: 'The statistics.', body: Type.Union([UserStatsAnswer, UserStatsV1]) }, ...neighbourRefusals(dialect, 404, 406) },
    exchanges: {
      minutesPlayed: {
        summary: 'How long a user has played a title',
        params: { user: `xuid(${demo.GAMER})`, scid: demo.SCID, names: 'MinutesPlayed' },
        headers: STATS_V2_HEADER,
        authorization: demo.AS_GAMER,
        status: 200,
        answer: { statlistscollection: [{ arrangebyfield: 'xuid', arrangebyfieldid: demo.GAMER, stats: [{ ...minutes, properties: {} }] }] }
      },
      contract1: {
        summary: 'Under contract version 1',
        params: { user: `xuid(${demo.GAMER})`, scid: demo.SCID, names: 'MinutesPlayed' },
        headers: { 'x-xbl-contract-version': '1' },
        authorization: demo.AS_GAMER,
        status: 200,
        answer: { user: { xuid: demo.GAMER, gamertag: 'gamer', stats: [{ statname: 'MinutesPlayed', type: 'Integer', value: minutes.value }] } }
      }
    }
  })
}
