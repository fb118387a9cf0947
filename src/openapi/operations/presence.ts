import { Type } from '@sinclair/typebox'
import { HeartbeatBody, PresenceBatchBody, PresenceRecord, PresenceTitleBody } from '../../neighbours/presence-schemas.ts'
import { PRESENCE_LEVELS } from '../../neighbours/presence-record.ts'
import { literals, string } from '../../http/answer-schema.ts'
import { AS_GAMER, STRANGER } from '../examples.ts'
import type { Exchange } from '../exchange.ts'
import type { OperationsByRoute } from '../operation.ts'
import { pathUserParameter } from '../parameters.ts'
import { neighbourRefusals } from '../refusals.ts'

const presenceLevel = literals(PRESENCE_LEVELS, 'How much is told; title when it is absent or something else.')
const presenceByGamer = { authorization: AS_GAMER, status: 200 } as const
const enteredTitle: Exchange = { ...presenceByGamer, summary: 'The gamer, in the title of the token', params: { user: 'me' }, body: {} }
const leftTitle: Exchange = { ...presenceByGamer, summary: 'The gamer', params: { user: 'me' } }
const heard = { description: 'It is noted.', headers: { 'X-Heartbeat-After': 'After how many seconds the next report is expected.' } }

/** The operations of userpresence.xboxlive.com and presence-heartbeat.xboxlive.com. */
export const PRESENCE_OPERATIONS: OperationsByRoute = {
  'GET /users/{user}': (dialect) => ({
    id: 'getPresence',
    summary: 'Shows where a user is',
    description: 'userpresence.xboxlive.com. Always: whose privacy setting hides it, and who does not exist, is offline.',
    params: { user: pathUserParameter },
    query: { level: presenceLevel },
    answers: { 200: { description: 'Where.', body: PresenceRecord }, ...neighbourRefusals(dialect, 404) },
    exchanges: {
      stranger: { ...presenceByGamer, summary: 'Somebody who hides', params: { user: `xuid(${STRANGER})` }, query: { level: 'all' }, answer: { xuid: STRANGER, state: 'Offline' } }
    }
  }),
  'POST /users/batch': (dialect) => ({
    id: 'getPresences',
    summary: 'Shows where users are',
    description: 'userpresence.xboxlive.com.',
    body: PresenceBatchBody,
    answers: { 200: { description: 'In the order in which they were asked for.', body: Type.Array(PresenceRecord) }, ...neighbourRefusals(dialect, 413) },
    exchanges: {
      stranger: { ...presenceByGamer, summary: 'Somebody who hides', body: { users: [STRANGER] }, answer: [{ xuid: STRANGER, state: 'Offline' }] }
    }
  }),
  'GET /users/{user}/groups/{moniker}': (dialect) => ({
    id: 'getPresencesOfPeople',
    summary: 'Shows where those are whom a user has added',
    description: 'userpresence.xboxlive.com.',
    params: { user: pathUserParameter, moniker: string('The group: People.') },
    query: { level: presenceLevel },
    answers: { 200: { description: 'In the order of definition; none when the caller may not see whom the user has added.', body: Type.Array(PresenceRecord) }, ...neighbourRefusals(dialect, 404) },
    exchanges: {
      gamer: { ...presenceByGamer, summary: 'The gamer\'s', params: { user: 'me', moniker: 'People' }, query: { level: 'user' }, answer: [{ xuid: '2533274790412953', state: 'Away' }] }
    }
  }),
  'POST /users/{user}/devices/current/titles/current': (dialect) => ({
    id: 'enterTitle',
    summary: 'Says that the user of the token is in a title',
    description: 'userpresence.xboxlive.com.',
    params: { user: pathUserParameter },
    body: PresenceTitleBody,
    answers: { 200: heard, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: { gamer: enteredTitle }
  }),
  'DELETE /users/{user}/devices/current/titles/current': (dialect) => ({
    id: 'leaveTitle',
    summary: 'Says that the user of the token has left the title of the token',
    description: 'userpresence.xboxlive.com.',
    params: { user: pathUserParameter },
    answers: { 200: { description: 'It is noted.' }, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: { gamer: leftTitle }
  }),
  'POST /users/{user}/devices/current': (dialect) => ({
    id: 'sendHeartbeat',
    summary: 'Says in which titles the user of the token is',
    description: 'presence-heartbeat.xboxlive.com.',
    params: { user: pathUserParameter },
    body: HeartbeatBody,
    answers: { 200: heard, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: { gamer: enteredTitle }
  }),
  'DELETE /users/{user}/devices/current': (dialect) => ({
    id: 'endHeartbeat',
    summary: 'Says that the user of the token is in no title any more',
    description: 'presence-heartbeat.xboxlive.com.',
    params: { user: pathUserParameter },
    answers: { 200: { description: 'It is noted.' }, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: { gamer: leftTitle }
  })
}
