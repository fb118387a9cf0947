import { Type, type Static } from '@sinclair/typebox'
import { formatValue } from '../base/validation.ts'
import { boolean, count, guid, instant, literals, nullable as orNull, object, string, titleId } from '../http/answer-schema.ts'
import { readXuid } from '../http/ids.ts'
import { RealTimeFaultSpec } from '../http/real-time-fault.ts'
import type { RealTimeClosing, RealTimeFilter } from '../http/real-time.ts'
import { invalidRequest } from '../model/refusals.ts'
import { nullable } from '../world/schema-parts.ts'
import { PATTERNS } from '../world/schema-strings.ts'

/** What a test sends about real-time activity, and is answered. */

const bodyOptions = { additionalProperties: false, default: {}, errorMessage: 'an object' }

const which = {
  connection: nullable(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, errorMessage: 'the id of a connection' }), 'Only this connection.'),
  xuid: nullable(Type.String({ pattern: PATTERNS.xuid, errorMessage: 'a XUID in quotes' }), 'Only connections of this user.')
}

/** Which connections are meant. */
export const RealTimeFilterBody = Type.Object(which, bodyOptions)

/** How long the reason of a close frame may be, in bytes of UTF-8. (RFC 6455, 5.5) */
const LONGEST_REASON = 123
/** A close frame that gives no reason for the end of a connection. */
const NORMAL_CLOSURE = 1000
const CODES_EXPECTED = 'a code that a close frame can have: 1000 to 1003, 1007 to 1014 or 3000 to 4999, or null'

/** Which connections are ended, and how. */
export const RealTimeCloseBody = Type.Object({
  ...which,
  code: Type.Union([Type.Integer(), Type.Null()], { default: NORMAL_CLOSURE, description: 'The code of the close frame: 1000 to 1003, 1007 to 1014, 3000 to 4999. Null: the connection is cut without one.', errorMessage: CODES_EXPECTED }),
  reason: Type.String({ default: '', description: `The reason in the close frame, of ${LONGEST_REASON} bytes at most.`, errorMessage: 'a string' })
}, bodyOptions)

/** @throws 400 for a XUID that does not exist. */
export const readRealTimeFilter = ({ connection, xuid }: Static<typeof RealTimeFilterBody>): RealTimeFilter =>
  ({ connection: connection ?? undefined, xuid: xuid === null ? undefined : readXuid(xuid) })

/** @throws 400 for what no close frame can have. */
export function readRealTimeClosing ({ code, reason }: Static<typeof RealTimeCloseBody>): RealTimeClosing {
  if (code !== null && !isCloseCode(code)) throw invalidRequest(`code is ${formatValue(code)}; expected ${CODES_EXPECTED}.`)
  if (code === null && reason !== '') throw invalidRequest('reason goes with a code; a connection that is cut has neither.')
  const { length } = Buffer.from(reason)
  if (length > LONGEST_REASON) throw invalidRequest(`reason is ${length} bytes long; expected at most ${LONGEST_REASON}.`)
  return { code, reason }
}

/** Whether an end point may send a code: 1004 to 1006 and 1015 stand for what is not sent. (RFC 6455, 7.4) */
const isCloseCode = (code: number): boolean => (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999)

const RealTimeConnectionSchema = object({
  id: count('Counts the connections since the start from 1.'),
  xuid: orNull(Type.String({ pattern: PATTERNS.xuid }), 'The user claim; null for none.'),
  gamertag: orNull(Type.String(), 'Whose it is; null for nobody of the world.'),
  titleId: orNull(titleId, 'The title claim; null for none.'),
  sandbox: orNull(Type.String(), 'The sandbox claim; null for none, which sees RETAIL.'),
  opened: instant('When it was opened, on the emulator\'s clock, UTC.'),
  ends: instant('When it will be closed at the latest, UTC.'),
  hasProtocol: boolean('False when the client did not ask for the subprotocol: its subscriptions are refused.'),
  subscriptions: Type.Array(object({
    subId: count('Counts the subscriptions of the connection from 0.'),
    resource: string('The resource as it was asked for.'),
    events: count('How many events it was sent.')
  }, { title: 'RealTimeSubscription' }), { description: 'In the order in which they were made.' })
}, { title: 'RealTimeConnection', description: 'An open connection to rta.xboxlive.com.' })

export const RealTimeState = object({
  connections: Type.Array(RealTimeConnectionSchema, { description: 'In the order in which they were opened.' }),
  next: orNull(Type.Integer({ minimum: 1 }), 'What `after` takes for the next page: the id of the last entry; null: there is no more.'),
  counts: object({
    connections: count('How many connections match, on all pages.'),
    subscriptions: count('How many subscriptions those have.')
  }, { description: 'Of all that match.' })
}, { title: 'RealTimeState' })

export const NotificationEndpointList = object({
  endpoints: Type.Array(object({
    endpointId: guid('Its id, by which the client deletes it.'),
    xuid: Type.String({ pattern: PATTERNS.xuid, description: 'Whose token registered it.' }),
    titleId,
    systemId: string('What the client calls the system that it runs on.'),
    endpointUri: string('Where notifications are sent: with the transport RTA, the resource that the client subscribes to.'),
    platform: string('E.g. Win32.'),
    transport: string('RTA; to endpoints of another one nothing is sent.'),
    locale: string('The languages of the notifications, as in an Accept-Language header.'),
    filters: Type.Array(object({
      action: literals(['Include', 'Exclude'], 'What both mean is not sent.'),
      source: count('The service: 8 is achievements, 6 multiplayer.'),
      type: count('What of it: 1 of the achievements is an unlock.')
    }), { description: 'Which notifications are sent.' }),
    created: instant('When it was registered, UTC.')
  }, { title: 'ListedNotificationEndpoint' }), { description: 'In the order in which they were registered.' }),
  next: orNull(Type.Integer({ minimum: 1 }), 'What `after` takes for the next page; null: there is no more.')
}, { title: 'NotificationEndpointList' })

export const ToldConnections = object({ told: count('How many connections.') }, { title: 'ToldConnections' })
export const ClosedConnections = object({ closed: count('How many connections.') }, { title: 'ClosedConnections' })

export const RealTimeFaultSchema = object({
  ...RealTimeFaultSpec.properties,
  id: count('Deletes it: DELETE /_emulator/rta/faults/{id}.'),
  seed: count('What its chance was seeded with.'),
  happened: count('How often it has happened.')
}, { title: 'RealTimeFault', description: 'A fault of real-time activity that is set up.' })

export const RealTimeFaultList = object({ faults: Type.Array(RealTimeFaultSchema, { description: 'In the order in which they are tried.' }) }, { title: 'RealTimeFaultList' })
