import { ClosedConnections, RealTimeCloseBody, NotificationEndpointList, RealTimeFaultList, RealTimeFaultSchema, RealTimeFilterBody, RealTimeState, ToldConnections } from '../../control/real-time-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { RealTimeFaultChangeBody, RealTimeFaultSpec } from '../../http/real-time-fault.ts'
import { refusal, refusalByStatus } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter, namedUserParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const realTimeFault = { on: 'subscribe', code: 1001, drop: false, delay: null, xuid: null, resource: null, enabled: true, times: 1, probability: 1, seed: 1 }

/** What a test does to real-time activity. */
export const REAL_TIME_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/rta': (dialect) => ({
    id: 'listRealTimeConnections',
    summary: 'Lists the connections of Real-Time Activity',
    description: 'Those that are open, with their subscriptions.',
    query: { xuid: { ...namedUserParameter, description: 'Those of one user: a XUID, or a gamertag.' }, limit: limitParameter, after: string('`next` of the page before.') },
    answers: { 200: { description: 'A page of them.', body: RealTimeState }, ...controlRefusals(dialect, 404) },
    exchanges: { demo: { summary: 'None is open', status: 200, answer: { connections: [], next: null, counts: { connections: 0, subscriptions: 0 } } } }
  }),

  'GET /_emulator/rta/endpoints': (dialect) => ({
    id: 'listNotificationEndpoints',
    summary: 'Lists where clients have notifications sent',
    description: 'What they have registered by `POST https://notify.xboxlive.com/system/notifications/endpoints`.',
    query: { limit: limitParameter, after: string('`next` of the page before.') },
    answers: { 200: { description: 'A page of them.', body: NotificationEndpointList }, ...controlRefusals(dialect) },
    exchanges: { demo: { summary: 'None is registered', status: 200, answer: { endpoints: [], next: null } } }
  }),

  'POST /_emulator/rta/resync': (dialect) => ({
    id: 'resyncRealTime',
    summary: 'Tells clients that they may have missed something',
    description: 'Sends `[4]` on the connections that match all that is given: clients fetch anew what they have subscribed to.',
    body: RealTimeFilterBody,
    answers: { 200: { description: 'How many were told.', body: ToldConnections }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Every connection', body: {}, status: 200, answer: { told: 0 } } }
  }),

  'POST /_emulator/rta/close': (dialect) => ({
    id: 'closeRealTimeConnections',
    summary: 'Ends connections',
    description: 'Those that match all that is given: with a close frame, or cut without one, as when a network fails.',
    body: RealTimeCloseBody,
    answers: { 200: { description: 'How many were ended.', body: ClosedConnections }, ...changeRefusals(dialect) },
    exchanges: {
      demo: { summary: 'Every connection', body: { code: 1001, reason: 'going away' }, status: 200, answer: { closed: 0 } },
      cut: { summary: 'Cut, without a close frame', body: { code: null }, status: 200, answer: { closed: 0 } },
      reserved: { summary: 'A code that is never sent', body: { code: 1006 }, status: 400, answer: refusal(dialect, 4000, 'code is 1006; expected a code that a close frame can have: 1000 to 1003, 1007 to 1014 or 3000 to 4999, or null.') }
    }
  }),

  'POST /_emulator/rta/faults': (dialect) => ({
    id: 'addRealTimeFault',
    summary: 'Lets subscriptions or events go wrong',
    description: 'Those that match all that is given. The first fault that matches happens.',
    body: RealTimeFaultSpec,
    answers: { 201: { description: 'It is set up.', body: RealTimeFaultSchema }, ...changeRefusals(dialect) },
    exchanges: {
      throttled: { summary: 'The next subscription is throttled', body: { on: 'subscribe', code: 1001, times: 1, seed: 1 }, status: 201, answer: { ...realTimeFault, id: 1, happened: 0 } },
      lost: { summary: 'The next event is lost', body: { on: 'event', drop: true, times: 1, seed: 1 }, status: 201, answer: { ...realTimeFault, on: 'event', code: null, drop: true, id: 1, happened: 0 } },
      late: { summary: 'Every event comes late', body: { on: 'event', delay: 500, seed: 1 }, status: 201, answer: { ...realTimeFault, on: 'event', code: null, delay: 500, times: null, id: 1, happened: 0 } },
      nothing: { summary: 'Nothing goes wrong', body: { on: 'event' }, status: 400, answer: refusal(dialect, 4000, 'The fault on "event" does nothing; expected drop or delay.') }
    }
  }),

  'GET /_emulator/rta/faults': (dialect) => ({
    id: 'listRealTimeFaults',
    summary: 'Lists the faults of real-time activity',
    answers: { 200: { description: 'Those that are set up.', body: RealTimeFaultList }, ...controlRefusals(dialect) },
    exchanges: { demo: { summary: 'None is set up', status: 200, answer: { faults: [] } } }
  }),

  'PATCH /_emulator/rta/faults/{id}': (dialect) => ({
    id: 'changeRealTimeFault',
    summary: 'Changes a fault of real-time activity',
    description: 'What is given takes the place of what there is, as with a fault of requests.',
    params: { id: string('Of the fault, as it was answered when it was set up.') },
    body: RealTimeFaultChangeBody,
    answers: { 200: { description: 'The fault as it is now.', body: RealTimeFaultSchema }, ...changeRefusals(dialect, 404) },
    exchanges: { unknown: { summary: 'One that is not set up', params: { id: '1' }, body: { enabled: false }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no fault 1 of real-time activity.') } }
  }),

  'DELETE /_emulator/rta/faults': (dialect) => ({
    id: 'clearRealTimeFaults',
    summary: 'Deletes every fault of real-time activity',
    answers: { 204: { description: 'Nothing goes wrong any more.' }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Every fault', status: 204 } }
  }),

  'DELETE /_emulator/rta/faults/{id}': (dialect) => ({
    id: 'deleteRealTimeFault',
    summary: 'Deletes a fault of real-time activity',
    params: { id: string('Of the fault, as it was answered when it was set up.') },
    answers: { 204: { description: 'It is deleted.' }, ...changeRefusals(dialect, 404) },
    exchanges: { unknown: { summary: 'One that is not set up', params: { id: '1' }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no fault 1 of real-time activity.') } }
  })
}
