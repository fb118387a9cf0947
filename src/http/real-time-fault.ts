import { Type, type Static } from '@sinclair/typebox'
import { formatValue } from '../base/validation.ts'
import { invalidRequest } from '../model/refusals.ts'
import { choice, nullable } from '../world/schema-parts.ts'
import { PATTERNS } from '../world/schema.ts'
import { CHANCE, changeSchema, type FaultChange } from './fault-members.ts'
import type { ActiveFault } from './fault-table.ts'
import { readXuid } from './ids.ts'

/**
 * The codes with which a subscription can be refused: an unknown resource; the limit of subscriptions; no data of the
 * resource, which clients report as access denied; throttled; the service is unavailable. [xsapi]
 */
const SUBSCRIPTION_REFUSALS = [1, 2, 3, 1001, 1002] as const

/** What real-time faults happen to. */
const REAL_TIME_OCCASIONS = ['subscribe', 'event'] as const

/** A fault of real-time activity: what goes wrong, and for which subscriptions. A member that is not given matches every one. */
export const RealTimeFaultSpec = Type.Object({
  on: choice(REAL_TIME_OCCASIONS, { description: 'What it happens to: a subscription that is asked for, or an event for one that there is.' }),
  code: Type.Union([...SUBSCRIPTION_REFUSALS.map((code) => Type.Literal(code)), Type.Null()], { default: null, description: 'Refuses the subscription with this code: 1 unknown resource, 2 limit reached, 3 no data (access denied), 1001 throttled, 1002 unavailable.', errorMessage: `one of ${SUBSCRIPTION_REFUSALS.join(', ')}, or null` }),
  drop: Type.Boolean({ default: false, description: 'True: the event is not sent.', errorMessage: 'true or false' }),
  delay: nullable(Type.Integer({ minimum: 0, maximum: 3_600_000, errorMessage: 'an integer from 0 to 3600000, in ms' }), 'Milliseconds by which the event is sent later; those after it on the same subscription wait for it.'),
  xuid: nullable(Type.String({ pattern: PATTERNS.xuid, errorMessage: 'a XUID in quotes' }), 'The XUID of the caller who subscribes.'),
  resource: nullable(Type.String({ minLength: 1, maxLength: 512, errorMessage: 'a text of 1 to 512 characters' }), 'The resource as it is subscribed to, in any letter case; * stands for any characters.'),
  ...CHANCE
}, { additionalProperties: false, errorMessage: 'an object' })

export type RealTimeFaultSpec = Static<typeof RealTimeFaultSpec>

/** What may be changed of such a fault. */
export const RealTimeFaultChangeBody = changeSchema(RealTimeFaultSpec)

/** A change of a fault of real-time activity: the members that are given take the place of those that there are. */
export type RealTimeFaultChange = FaultChange<RealTimeFaultSpec>

/** A fault of real-time activity that is set up. */
export type RealTimeFault = ActiveFault<RealTimeFaultSpec>

/**
 * Checks a fault, and returns it with its XUID as XUIDs are compared.
 *
 * @throws 400 when its members contradict each other, or when it does nothing.
 */
export function checkRealTimeFault (spec: RealTimeFaultSpec): RealTimeFaultSpec {
  const { on, code, drop, delay, xuid } = spec
  if (on === 'subscribe') {
    if (code === null) throw invalidRequest(`The fault on "subscribe" does nothing; expected code, one of ${SUBSCRIPTION_REFUSALS.join(', ')}.`)
    if (drop || delay !== null) throw invalidRequest('drop and delay go with events; expected on to be "event", or code alone.')
  } else {
    if (code !== null) throw invalidRequest(`code is ${formatValue(code)}, and refuses subscriptions; expected on to be "subscribe", or drop or delay.`)
    if (!drop && delay === null) throw invalidRequest('The fault on "event" does nothing; expected drop or delay.')
    if (drop && delay !== null) throw invalidRequest('The fault has drop and delay; expected one of them.')
  }
  return { ...spec, xuid: xuid && readXuid(xuid) }
}
