import { ClockStateSchema } from '../../control/answer-schemas.ts'
import { ClockBody } from '../../control/body-schemas.ts'
import { refusal } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

/** The operations on the clock. */
export const CLOCK_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/clock': (dialect) => ({
    id: 'readClock',
    summary: 'Tells what time it is',
    answers: { 200: { description: 'The emulator\'s clock.', body: ClockStateSchema }, ...controlRefusals(dialect) }
  }),

  'PUT /_emulator/clock': (dialect) => ({
    id: 'setClock',
    summary: 'Stops or shifts the clock',
    description: 'One of `now` and `offset`.',
    body: ClockBody,
    answers: { 200: { description: 'The clock as it is now.', body: ClockStateSchema }, ...changeRefusals(dialect) },
    exchanges: {
      frozen: { summary: 'Stands still', body: { now: '2013-02-15T12:00:00Z' }, status: 200, answer: { now: '2013-02-15T12:00:00.0000000Z', isFrozen: true, offset: 0 } },
      both: {
        summary: 'Both', body: { now: '2013-02-15T12:00:00Z', offset: 'P1D' }, status: 400, answer: refusal(dialect, 4000, 'The clock takes now or offset; expected one of them.')
      }
    }
  }),

  'DELETE /_emulator/clock': (dialect) => ({
    id: 'resetClock',
    summary: 'Sets the clock to the real time',
    answers: { 204: { description: 'It runs with the real time.' }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Real time', status: 204 } }
  })
}
