import type { FastifySchema } from 'fastify'
import { ClockState, FaultList, Journal, SetFault } from '../../control/answer-schemas.ts'
import { ClockBody } from '../../control/body-schemas.ts'
import { FaultSpec } from '../../control/faults/fault-spec.ts'
import type { Dialect } from '../../model/dialect.ts'
import { text } from '../../http/answer-schema.ts'
import { refuseChange, refuseControl } from '../refusals.ts'
import { describeControl } from './control-operation.ts'
import { refusal } from '../examples.ts'
import { xuid } from '../parameters.ts'

/** What the OpenAPI document says of the routes for the clock, the faults and the journal. */

export const readClock = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'readClock',
  summary: 'Tells what time it is',
  answers: { 200: { description: 'The emulator\'s clock.', body: ClockState }, ...refuseControl(dialect) }
})

export const setClock = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'setClock',
  summary: 'Stops or shifts the clock',
  description: 'One of `now` and `offset`.',
  body: ClockBody,
  answers: { 200: { description: 'The clock as it is now.', body: ClockState }, ...refuseChange(dialect) },
  exchanges: {
    frozen: { summary: 'Stands still', body: { now: '2013-02-15T12:00:00Z' }, status: 200, answer: { now: '2013-02-15T12:00:00.0000000Z', isFrozen: true, offset: 0 } },
    both: {
      summary: 'Both', body: { now: '2013-02-15T12:00:00Z', offset: 'P1D' }, status: 400, answer: refusal(dialect, 4000, 'The clock takes now or offset; expected one of them.')
    }
  }
})

export const resetClock = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'resetClock',
  summary: 'Sets the clock to the real time',
  answers: { 204: { description: 'It runs with the real time.' }, ...refuseChange(dialect) },
  exchanges: { demo: { summary: 'Real time', status: 204 } }
})

const fault = {
  method: null, path: '/users/*', xuid: null, titleId: null, status: 503, location: null, retryAfter: null, headers: null, body: null, effect: null, delay: null, times: 1, probability: 1, seed: 1
}

export const addFault = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'addFault',
  summary: 'Lets requests go wrong',
  description: 'Those of Xbox Live, of the sign-in and of the IGDB view that match all that is given. The first fault that matches happens.',
  body: FaultSpec,
  answers: { 201: { description: 'It is set up.', body: SetFault }, ...refuseChange(dialect) },
  exchanges: {
    unavailable: { summary: 'The next request is answered with 503', body: { path: '/users/*', status: 503, times: 1, seed: 1 }, status: 201, answer: { ...fault, id: 1, happened: 0 } },
    lost: {
      summary: 'The next update is written, and its answer is lost',
      body: { path: '*/update', effect: 'drop', times: 1, seed: 1 },
      status: 201,
      answer: { ...fault, path: '*/update', status: null, effect: 'drop', id: 1, happened: 0 }
    },
    proxy: {
      summary: 'The next request is answered as by a proxy',
      body: { status: 502, body: '502 Bad Gateway', times: 1, seed: 1 },
      status: 201,
      answer: { ...fault, path: null, status: 502, body: '502 Bad Gateway', id: 1, happened: 0 }
    },
    unreachable: {
      summary: 'Nobody asks for that',
      body: { path: '/_emulator/health', status: 503 },
      status: 400,
      answer: refusal(dialect, 4000, 'The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has path "/_emulator/health".')
    },
    nothing: { summary: 'Nothing goes wrong', body: { path: '/users/*' }, status: 400, answer: refusal(dialect, 4000, 'The fault does nothing; expected status, effect or delay.') }
  }
})

export const listFaults = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'listFaults',
  summary: 'Lists the faults',
  answers: { 200: { description: 'Those that are set up.', body: FaultList }, ...refuseControl(dialect) },
  exchanges: { demo: { summary: 'None is set up', status: 200, answer: { faults: [] } } }
})

export const clearFaults = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'clearFaults',
  summary: 'Deletes every fault',
  answers: { 204: { description: 'Nothing goes wrong any more.' }, ...refuseChange(dialect) },
  exchanges: { demo: { summary: 'Every fault', status: 204 } }
})

export const deleteFault = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'deleteFault',
  summary: 'Deletes a fault',
  params: { id: text('Of the fault, as it was answered when it was set up.') },
  answers: { 204: { description: 'It is deleted.' }, ...refuseChange(dialect, 404) },
  exchanges: { unknown: { summary: 'One that is not set up', params: { id: '1' }, status: 404, answer: refusal(dialect, null, 'There is no fault 1.', 404) } }
})

const filters = {
  method: text('An HTTP method.'),
  path: text('The beginning of a path.'),
  status: text('The status of the answer.'),
  xuid: { ...xuid, description: 'The XUID of the caller.' }
}

export const listRequests = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'listRequests',
  summary: 'Lists what was asked',
  description: 'The last requests (--journal), but for those of the emulator\'s own paths.',
  query: filters,
  answers: { 200: { description: 'Those that match all that is given.', body: Journal }, ...refuseControl(dialect) },
  exchanges: { unauthorized: { summary: 'Those refused with 401', query: { status: '401' }, status: 200, answer: { requests: [] } } }
})

export const listUnmatched = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'listUnmatchedRequests',
  summary: 'Lists what no route knew',
  query: filters,
  answers: { 200: { description: 'Those that match all that is given.', body: Journal }, ...refuseControl(dialect) },
  exchanges: { posted: { summary: 'Those with POST', query: { method: 'POST' }, status: 200, answer: { requests: [] } } }
})

export const clearRequests = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'clearRequests',
  summary: 'Empties the journal',
  answers: { 204: { description: 'It is empty.' }, ...refuseChange(dialect) },
  exchanges: { demo: { summary: 'Every entry', status: 204 } }
})
