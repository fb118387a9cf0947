import { Type, type SchemaOptions, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../../base/integers.ts'
import { formatValue } from '../../base/validation.ts'
import type { Config } from '../../config/config.ts'
import { requireValid, wrongInput } from '../../http/body.ts'
import { anyCase, requireTitleId, titleIdText } from '../../http/lenient-body.ts'
import { originOf } from '../../http/origin.ts'
import { RTA_TRANSPORT, type NotificationEndpoint, type NotificationFilter } from '../../model/notification-endpoint.ts'
import { forbidden, xuidMismatch } from '../../model/refusals.ts'
import { requireUser } from '../../rules/access.ts'
import { NOTIFY_HOST, NOTIFY_PATH, readNotifiedTitle, type NotifiedTitle } from './notified-title.ts'
import { createResourceUriReader } from '../resource-uri.ts'

const FILTER_ACTIONS = ['Include', 'Exclude'] as const
const MOST_FILTERS = 100

/** A text of visible characters of ASCII, and spaces. */
const asciiText = (longest: number, options: SchemaOptions) => Type.String({ pattern: `^[ -~]{1,${longest}}$`, errorMessage: `a text of 1 to ${longest} characters of ASCII`, ...options })

const filterNumber = (description: string) => Type.String({ description, errorMessage: 'an unsigned 32-bit integer' })

const Filter = Type.Object({
  action: anyCase(FILTER_ACTIONS, { description: 'Include or Exclude: what both mean is not sent.', errorMessage: '"Include" or "Exclude"' }),
  source: filterNumber('The service: 8 is achievements, 6 multiplayer.'),
  type: filterNumber('What of it: 1 of the achievements is an unlock.')
}, { errorMessage: 'an object with action, source and type' })

/** The body of `POST /system/notifications/endpoints`. The names of its members are in lower case. */
export const EndpointBody = Type.Object({
  systemid: asciiText(256, { description: 'What the client calls the system that it runs on: a GUID.' }),
  endpointuri: Type.String({
    pattern: '^[!-~]{1,2048}$',
    secret: true,
    description: `With the transport RTA, the resource that the client subscribes to: \`https://${NOTIFY_HOST}/users/xuid({xuid})/deviceId/current/titleId/{titleId}\` of the user of the token.`,
    errorMessage: 'a URI of at most 2048 characters of ASCII'
  }),
  platform: asciiText(64, { description: 'E.g. Win32.' }),
  transport: asciiText(64, { description: 'RTA, in any letter case. To endpoints of another one nothing is sent.' }),
  locale: Type.String({ pattern: '^[ -~]{0,1000}$', default: '', description: 'The languages of the notifications, as in an Accept-Language header.', errorMessage: 'a text of at most 1000 characters of ASCII' }),
  titleid: Type.String({ ...titleIdText, description: 'The title, in quotes or not: that of the token, if it has one.' }),
  filters: Type.Array(Filter, { maxItems: MOST_FILTERS, description: 'Which notifications are sent: none but those that are included.', errorMessage: `a list of at most ${MOST_FILTERS} filters` })
}, { description: 'The names of the members are matched in any letter case; unknown ones are ignored.', errorMessage: 'an object with systemId, endpointUri, platform, transport, titleId and filters' })

/** The endpoint that a request registers, without what the emulator adds. */
type RegisteredEndpoint = Omit<NotificationEndpoint, 'endpointId' | 'created'>

/**
 * Makes what reads the endpoint that a request registers. It throws 400 with the member that is wrong, and 403 when the
 * token carries no user claim, or the body names a resource of another user, or another title than that of the token.
 */
export function createEndpointReader (config: Config): (request: FastifyRequest) => RegisteredEndpoint {
  const readUri = createResourceUriReader(config)
  /** As a subscription to it is read. */
  const readResource = (uri: string): NotifiedTitle | undefined => {
    const found = readUri(uri)
    return found !== undefined && (found.isOwnName || found.host === NOTIFY_HOST) ? readNotifiedTitle(NOTIFY_PATH.exec(found.path)) : undefined
  }

  return (request) => {
    const { session: { titleId: claim, anyTitle, location } } = request
    const xuid = requireUser(request.session)
    const { systemid, endpointuri, platform, transport: sent, locale, titleid, filters } = requireValid(EndpointBody, request.body)
    const titleId = requireTitleId(titleid, '/titleid')
    const transport = sent.toUpperCase() === RTA_TRANSPORT ? RTA_TRANSPORT : sent
    if (transport === RTA_TRANSPORT) requireOwnResource(endpointuri, readResource(endpointuri), { xuid, titleId })
    if (claim !== null && claim !== titleId && !anyTitle) throw forbidden(`The body names title ${titleId}, the token is one of title ${claim}.`)
    return { xuid, titleId, systemId: systemid, endpointUri: endpointuri, platform, transport, locale, filters: filters.map(readNotificationFilter), location, origin: originOf(request) }
  }
}

function readNotificationFilter ({ action, source, type }: Static<typeof Filter>, index: number): NotificationFilter {
  const readNumber = (text: string, member: string): number => {
    const value = readUnsigned32(text)
    if (value === undefined) throw wrongInput('The body', { path: `/filters/${index}/${member}`, message: `found ${formatValue(text)}, expected an unsigned 32-bit integer` })
    return value
  }
  return { action: action.toLowerCase() === 'exclude' ? 'Exclude' : 'Include', source: readNumber(source, 'source'), type: readNumber(type, 'type') }
}

/** @throws 400 when a URI is not that of a resource of the title; 403 when it is one of another user. */
function requireOwnResource (uri: string, resource: NotifiedTitle | undefined, { xuid, titleId }: NotifiedTitle): void {
  if (resource === undefined || resource.titleId !== titleId) {
    throw wrongInput('The body', { path: '/endpointuri', message: `found ${formatValue(uri)}, expected https://${NOTIFY_HOST}/users/xuid(${xuid})/deviceId/current/titleId/${titleId} with the transport ${RTA_TRANSPORT}` })
  }
  if (resource.xuid !== xuid) throw xuidMismatch()
}
