import { toDecision, toListedDevice, type ListedDevice } from '../control/device-code-routes.ts'
import { EVERY } from '../model/list.ts'
import type { DecisionInput } from '../operations/device-codes.ts'
import { requireName, type MethodContext } from './context.ts'

export interface DeviceCodeMethods {
  /** The codes that devices were given, in the order in which they were. */
  readonly deviceCodes: () => ListedDevice[]
  /** Approves what a device shows (`user_code`), as a user: a XUID or a gamertag. */
  readonly approveDeviceCode: (userCode: string, user: string) => void
  readonly declineDeviceCode: (userCode: string) => void
  /** The device is told to poll less often, until the code is approved or declined. */
  readonly slowDownDeviceCode: (userCode: string) => void
}

export function deviceCodeMethods ({ served: { services: { store, clock } }, change }: MethodContext): DeviceCodeMethods {
  const decide = (userCode: string, decision: DecisionInput['decision'], user: string | null): void =>
    change('deviceCode.decide', () => toDecision(store, { userCode: String(userCode), decision, user }, clock.now()))
  return {
    deviceCodes: () => store.deviceCodes.list({ after: 0, limit: EVERY }).map(toListedDevice),
    approveDeviceCode: (userCode, user) => decide(userCode, 'approve', requireName(user)),
    declineDeviceCode: (userCode) => decide(userCode, 'decline', null),
    slowDownDeviceCode: (userCode) => decide(userCode, 'slowDown', null)
  }
}
