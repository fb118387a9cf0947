import { Type } from '@sinclair/typebox'
import { string } from '../../http/answer-schema.ts'
import { EndpointBody } from '../../rta/notify/endpoint-request.ts'
import { EndpointAnswer } from '../../rta/notify/routes.ts'
import * as demo from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { neighbourRefusals } from '../refusals.ts'

const notifyHeaders = {
  'x-xbl-contract-version': Type.Integer({ minimum: 0, maximum: 4294967295, description: '1; every other number and none are as 1.' })
}

/** What a title on Windows registers when it starts. */
const REGISTRATION = {
  systemid: '0a7525e8-c21f-4447-a596-16ca2afe38fc',
  endpointuri: `https://notify.xboxlive.com/users/xuid(${demo.GAMER})/deviceId/current/titleId/${demo.GAMERS_TITLE}`,
  platform: 'Win32',
  transport: 'RTA',
  locale: 'en-US,en',
  titleid: demo.GAMERS_TITLE,
  filters: [{ action: 'Include', source: '6', type: '1' }, { action: 'Include', source: '6', type: '8' }, { action: 'Include', source: '8', type: '1' }]
}
const WRONG_NUMBER = { action: 'Include', source: 'achievements', type: '1' }

/** The operations of notify.xboxlive.com. */
export const NOTIFY_OPERATIONS: OperationsByRoute = {
  'POST /system/notifications/endpoints': (dialect) => ({
    id: 'registerNotificationEndpoint',
    summary: 'Says which notifications a title wants, and where',
    description: 'notify.xboxlive.com. A title on Windows does this when it starts. What the user unlocks in the title from then on is told on subscriptions to `endpointUri` at rta.xboxlive.com. It replaces the endpoint of the same user, `systemId` and `endpointUri`; the newest 100 of a user are kept.',
    headers: notifyHeaders,
    body: EndpointBody,
    answers: { 200: { description: 'It is registered.', body: EndpointAnswer }, ...neighbourRefusals(dialect, 413) },
    exchanges: {
      windows: {
        summary: 'As a title on Windows',
        headers: { 'x-xbl-contract-version': '1' },
        authorization: demo.AS_GAMER,
        body: REGISTRATION,
        status: 200,
        answer: { endpointId: '4b0cf3a1-6d0e-4f57-9a3c-2d7e81f5b690' }
      },
      wrong: {
        summary: 'A filter by name',
        headers: { 'x-xbl-contract-version': '1' },
        authorization: demo.AS_GAMER,
        body: { ...REGISTRATION, filters: [WRONG_NUMBER] },
        status: 400,
        answer: demo.refusal(dialect, 4000, 'The body, at /filters/0/source: found "achievements", expected an unsigned 32-bit integer.')
      }
    }
  }),

  'DELETE /system/notifications/endpoints/{endpointId}': (dialect) => ({
    id: 'deleteNotificationEndpoint',
    summary: 'Ends it',
    description: 'notify.xboxlive.com. Whoever is subscribed stays so, and is told nothing more.',
    params: { endpointId: string('As the registration answered it.') },
    headers: notifyHeaders,
    answers: { 200: { description: 'It is deleted.' }, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: {
      unknown: {
        summary: 'No such endpoint',
        headers: { 'x-xbl-contract-version': '1' },
        authorization: demo.AS_GAMER,
        params: { endpointId: 'x' },
        status: 404,
        answer: demo.refusalByStatus(dialect, 404, 'The user has no endpoint "x"; it may have been replaced, or forgotten by a reset.')
      }
    }
  })
}
