import { DeviceCodeList } from '../../control/answer-schemas.ts'
import { DeviceDecisionBody } from '../../control/body-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { limitParameter } from '../parameters.ts'
import type { OperationsByRoute } from '../operation.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

/** The operations of the codes with which devices wait for a person. */
export const DEVICE_CODE_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/device-codes': (dialect) => ({
    id: 'listDeviceCodes',
    summary: 'Lists the device codes',
    description: 'Those that devices were given, without what they poll with.',
    query: { limit: limitParameter, after: string('`next` of the page before.') },
    answers: { 200: { description: 'A page of them.', body: DeviceCodeList }, ...controlRefusals(dialect) },
    exchanges: { none: { summary: 'No device has asked', status: 200, answer: { deviceCodes: [], next: null } } }
  }),

  'PUT /_emulator/device-codes/{userCode}': (dialect) => ({
    id: 'setDeviceCode',
    summary: 'Decides on a device code',
    description: 'What a person would do at its page; with `slowDown` the device is told to poll less often, until another decision comes.',
    params: { userCode: string('What the device shows.') },
    body: DeviceDecisionBody,
    answers: { 204: { description: 'The device is told when it polls.' }, ...changeRefusals(dialect, 404) }
  })
}
