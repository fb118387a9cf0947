import { Type } from '@sinclair/typebox'
import { guid, string } from '../../http/answer-schema.ts'
import { EraserBody, EraserJob } from '../../neighbours/eraser.ts'
import * as demo from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { neighbourRefusals } from '../refusals.ts'

const eraserHeaders = {
  'x-xbl-contract-version': Type.Integer({ minimum: 0, maximum: 4294967295, description: '100; every other number and none are as 100.' })
}

/** The operations of eraser.xboxlive.com. */
export const ERASER_OPERATIONS: OperationsByRoute = {
  'POST /submitJob': (dialect) => ({
    id: 'submitEraserJob',
    summary: 'Deletes what a user has done in a service configuration',
    description: 'eraser.xboxlive.com. In the sandbox of the token, at once. With `x=-` a title\'s developer acts, who may delete any user\'s progress in the title\'s own service configuration; otherwise a user deletes its own.',
    headers: eraserHeaders,
    body: EraserBody,
    answers: { 200: { description: 'The id of the job.', body: guid('The id.') }, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: {
      foreign: {
        summary: 'A token that no title stands behind',
        headers: { 'x-xbl-contract-version': '100' },
        authorization: demo.AS_DEVELOPER,
        body: { userid: demo.GAMER, scid: demo.SCID },
        status: 403,
        answer: demo.refusal(dialect, 4500, 'The service configuration does not belong to the title of the token; without a user claim it has to.')
      }
    }
  }),

  'GET /jobs/{jobId}': (dialect) => ({
    id: 'getEraserJob',
    summary: 'Tells what has become of it',
    description: 'eraser.xboxlive.com. Every part is deleted when the id is known. Any token may ask; the newest 1000 jobs are remembered.',
    params: { jobId: string('As `POST /submitJob` answers it.') },
    headers: eraserHeaders,
    answers: { 200: { description: 'The job.', body: EraserJob }, ...neighbourRefusals(dialect, 404) },
    exchanges: {
      unknown: {
        summary: 'No such job',
        headers: { 'x-xbl-contract-version': '100' },
        authorization: demo.AS_GAMER,
        params: { jobId: 'x' },
        status: 404,
        answer: demo.refusalByStatus(dialect, 404, 'There is no job "x"; the newest 1000 are known, until the emulator is reset.')
      }
    }
  })
}
