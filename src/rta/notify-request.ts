import { Type, type SchemaOptions } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { requireValid, wrongInput } from '../http/body.ts'
import { anyCase, requireTitleId, titleIdText } from '../http/lenient-body.ts'
import { originOf } from '../http/origin.ts'
import { wordParser } from '../http/query.ts'
import { RTA_TRANSPORT, type NotificationEndpoint, type NotificationFilter } from '../model/notification-endpoint.ts'
import { forbidden, xuidMismatch } from '../model/refusals.ts'
import { requireUser } from '../rules/access.ts'
import { NOTIFY_HOST, readNotifyUri } from './notify-uri.ts'

const FILTER_ACTIONS = ['Include', 'Exclude'] as const
const MOST_FILTERS = 100

/** A text of visible characters of ASCII, and spaces. */
const plainText = (longest: number, options: SchemaOptions) => Type.String({ pattern: `^[ -~]{1,${longest}}$`, errorMessage: `a text of 1 to ${longest} characters of ASCII`, ...options })

const filterNumber = (description: string) => Type.String({ description, errorMessage: 'an unsigned 32-bit integer' })

const Filter = Type.Object({
  action: anyCase(FILTER_ACTIONS, { description: 'Include or Exclude: what both mean is not sent.', errorMessage: '"Include" or "Exclude"' }),
  source: filterNumber('The service: 8 is achievements, 6 multiplayer.'),
  type: filterNumber('What of it: 1 of the achievements is an unlock.')
}, { errorMessage: 'an object with action, source and type' })

/** The body of `POST /system/notifications/endpoints`. The names of its members are in lower case. */
export const EndpointBody = Type.Object({
  systemid: plainText(256, { description: 'What the client calls the system that it runs on: a GUID.' }),
  endpointuri: Type.String({
    pattern: '^[!-~]{1,2048}$',
    secret: true,
    description: `With the transport RTA, the resource that the client subscribes to: \`https://${NOTIFY_HOST}/users/xuid({xuid})/deviceId/current/titleId/{titleId}\` of the user of the token.`,
    errorMessage: 'a URI of at most 2048 characters of ASCII'
  }),
  platform: plainText(64, { description: 'E.g. Win32.' }),
  transport: plainText(64, { description: 'RTA, in any letter case. To endpoints of another one nothing is sent.' }),
  locale: Type.String({ pattern: '^[ -~]{0,1000}$', default: '', description: 'The languages of the notifications, as in an Accept-Language header.', errorMessage: 'a text of at most 1000 characters of ASCII' }),
  titleid: Type.String({ ...titleIdText, description: 'The title, in quotes or not: that of the token, if it has one.' }),
  filters: Type.Array(Filter, { maxItems: MOST_FILTERS, description: 'Which notifications are sent: none but those that are included.', errorMessage: `a list of at most ${MOST_FILTERS} filters` })
}, { description: 'The names of the members are matched in any letter case; unknown ones are ignored.', errorMessage: 'an object with systemId, endpointUri, platform, transport, titleId and filters' })

const parseAction = wordParser(FILTER_ACTIONS)

/**
 * The endpoint that a request registers.
 *
 * @throws 400 with the member that is wrong; 403 when the token carries no user claim, and when the body names a resource
 *   of another user, or another title than that of the token.
 */
export function readEndpoint (request: FastifyRequest): Omit<NotificationEndpoint, 'endpointId' | 'created'> {
  const { session } = request
  const xuid = requireUser(session)
  const { systemid, endpointuri, platform, transport: sent, locale, titleid, filters } = requireValid(EndpointBody, request.body)
  const titleId = requireTitleId(titleid, '/titleid')
  const transport = sent.toUpperCase() === RTA_TRANSPORT ? RTA_TRANSPORT : sent
  const read = filters.map(({ action, source, type }, index): NotificationFilter => ({
    action: parseAction(action) ?? 'Include', source: requireNumber(source, `/filters/${index}/source`), type: requireNumber(type, `/filters/${index}/type`)
  }))
  if (transport === RTA_TRANSPORT) requireOwnResource(endpointuri, { xuid, titleId })
  if (session.titleId !== null && session.titleId !== titleId && !session.anyTitle) throw forbidden(`The body names title ${titleId}, the token is one of title ${session.titleId}.`)
  return { xuid, titleId, systemId: systemid, endpointUri: endpointuri, platform, transport, locale, filters: read, location: session.location, origin: originOf(request) }
}

function requireNumber (text: string, path: string): number {
  const value = readUnsigned32(text)
  if (value === undefined) throw wrongInput('The body', { path, message: `found ${formatValue(text)}, expected an unsigned 32-bit integer` })
  return value
}

/** @throws 400 when a URI is not that of a resource of the title; 403 when it is one of another user. */
function requireOwnResource (uri: string, { xuid, titleId }: { xuid: string, titleId: number }): void {
  const resource = readNotifyUri(uri)
  if (resource === undefined || resource.titleId !== titleId) {
    throw wrongInput('The body', { path: '/endpointuri', message: `found ${formatValue(uri)}, expected https://${NOTIFY_HOST}/users/xuid(${xuid})/deviceId/current/titleId/${titleId} with the transport ${RTA_TRANSPORT}` })
  }
  if (resource.xuid !== xuid) throw xuidMismatch()
}
