import { FaultList, FaultSchema } from '../../control/answer-schemas.ts'
import { FaultChangeBody, FaultSpec } from '../../control/faults/schema.ts'
import { string } from '../../http/answer-schema.ts'
import { refusal, refusalByStatus } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const fault = {
  method: null, path: '/users/*', xuid: null, titleId: null, status: 503, location: null, retryAfter: null, headers: null, body: null, effect: null, delay: null, enabled: true, times: 1, probability: 1, seed: 1
}

/** The operations on faults. */
export const FAULT_OPERATIONS: OperationsByRoute = {
  'POST /_emulator/faults': (dialect) => ({
    id: 'addFault',
    summary: 'Lets requests go wrong',
    description: 'Those of Xbox Live, of the sign-in and of the IGDB view that match all that is given. The first fault that matches happens.',
    body: FaultSpec,
    answers: { 201: { description: 'It is set up.', body: FaultSchema }, ...changeRefusals(dialect) },
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
  }),

  'GET /_emulator/faults': (dialect) => ({
    id: 'listFaults',
    summary: 'Lists the faults',
    answers: { 200: { description: 'Those that are set up.', body: FaultList }, ...controlRefusals(dialect) },
    exchanges: { demo: { summary: 'None is set up', status: 200, answer: { faults: [] } } }
  }),

  'PATCH /_emulator/faults/{id}': (dialect) => ({
    id: 'changeFault',
    summary: 'Changes a fault',
    description: 'What is given takes the place of what there is; all else stays, the place in the order and the sequence of chance, too, unless `position` or `seed` is given. `{"enabled":false}` switches it off, `{"happened":0}` lets it happen as often as at first.',
    params: { id: string('Of the fault, as it was answered when it was set up.') },
    body: FaultChangeBody,
    answers: { 200: { description: 'The fault as it is now.', body: FaultSchema }, ...changeRefusals(dialect, 404) },
    exchanges: { unknown: { summary: 'One that is not set up', params: { id: '1' }, body: { enabled: false }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no fault 1.') } }
  }),

  'DELETE /_emulator/faults': (dialect) => ({
    id: 'clearFaults',
    summary: 'Deletes every fault',
    answers: { 204: { description: 'Nothing goes wrong any more.' }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Every fault', status: 204 } }
  }),

  'DELETE /_emulator/faults/{id}': (dialect) => ({
    id: 'deleteFault',
    summary: 'Deletes a fault',
    params: { id: string('Of the fault, as it was answered when it was set up.') },
    answers: { 204: { description: 'It is deleted.' }, ...changeRefusals(dialect, 404) },
    exchanges: { unknown: { summary: 'One that is not set up', params: { id: '1' }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no fault 1.') } }
  })
}
