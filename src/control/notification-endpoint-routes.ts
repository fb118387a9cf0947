import { Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { count, guid, instant, literals, nullable, object, string, titleId } from '../http/answer-schema.ts'
import { Query } from '../http/query.ts'
import type { NotificationEndpoint } from '../model/notification-endpoint.ts'
import type { ListedEndpoint } from '../store/notification-endpoints.ts'
import type { Store } from '../store/store.ts'
import { readKeyedPage, readPageLimit, readRow } from './page.ts'

const ListedEndpointSchema = object({
  endpointId: guid('Its id.'),
  xuid: string('Who has registered it.'),
  titleId,
  systemId: string('What the client calls the system that it runs on.'),
  endpointUri: string('Where to, as the client has sent it.'),
  platform: string('E.g. Win32.'),
  transport: string('RTA, or one to which nothing is sent.'),
  locale: string('The languages of the notifications.'),
  filters: Type.Array(object({
    action: literals(['Include', 'Exclude'], 'Whether it is sent.'),
    source: count('The service: 8 is achievements.'),
    type: count('What of it: 1 is an unlock.')
  }, { title: 'NotificationFilter' }), { description: 'Which notifications are sent.' }),
  created: instant('When it was registered, UTC.')
}, { title: 'ListedNotificationEndpoint', description: 'Where a client has notifications sent.' })

export const EndpointList = object({
  endpoints: Type.Array(ListedEndpointSchema, { description: 'In the order of registration.' }),
  next: nullable(Type.Integer({ minimum: 1 }), 'What `after` takes for the next page; null: there is no more.')
}, { title: 'NotificationEndpointList' })

/** An endpoint as a test sees it. */
export type ShownEndpoint = Omit<NotificationEndpoint, 'location' | 'origin'>

/** What a test is told of an endpoint. */
export const toShownEndpoint = ({ row, location, origin, ...endpoint }: ListedEndpoint): ShownEndpoint => endpoint

/** Where clients have notifications sent. */
export function notificationEndpointRoutes (app: FastifyInstance, { notificationEndpoints }: Store): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/rta/endpoints', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['limit', 'after'])
    const after = query.one('after', 'what next was of the page before', readRow) ?? 0
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => notificationEndpoints.list({ after, limit }), ({ row }) => row)
    return { endpoints: entries.map(toShownEndpoint), next }
  })
}
