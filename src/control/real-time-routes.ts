import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { Query } from '../http/query.ts'
import { RealTimeFaultChangeBody, RealTimeFaultSpec } from '../http/real-time-fault.ts'
import type { RealTime, RealTimeConnection } from '../http/real-time.ts'
import type { NotificationEndpoint } from '../model/notification-endpoint.ts'
import type { ListedEndpoint } from '../store/notification-endpoints.ts'
import type { Store } from '../store/store.ts'
import { faultTableRoutes } from './faults/table-routes.ts'
import { readUser } from './named-user.ts'
import { readKeyedPage, readPageLimit, readRow } from './page.ts'
import { readRealTimeClosing, readRealTimeFilter, RealTimeCloseBody, RealTimeFilterBody } from './real-time-schemas.ts'

/** How many subscriptions the connections of a page have at most, unless a single one has more: what is answered is bounded. */
const MOST_SUBSCRIPTIONS_SHOWN = 10_000

/** What tells a fault from those of requests, in messages. */
export const OF_REAL_TIME = ' of real-time activity'

/** Where a client has notifications sent. */
export type ListedNotificationEndpoint = Omit<NotificationEndpoint, 'location' | 'origin'>

/** What a test sees of real-time activity, and does to it. */
export function realTimeRoutes (app: FastifyInstance, { store, realTime }: { store: Store, realTime: RealTime }): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/rta', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['xuid', 'limit', 'after'])
    const xuid = query.one('xuid', 'a XUID or a gamertag', (name) => readUser(store, name))
    const [limit, after] = [readPageLimit(query), query.one('after', 'what next was of the page before', readRow) ?? 0]
    return { ...readConnections(realTime.iterate({ xuid }, after), limit), counts: realTime.count({ xuid }) }
  })

  app.get<{ Querystring: URLSearchParams }>('/_emulator/rta/endpoints', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['limit', 'after'])
    const after = query.one('after', 'what next was of the page before', readRow) ?? 0
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => store.notificationEndpoints.list({ after, limit }), ({ row }) => row)
    return { endpoints: entries.map(showEndpoint), next }
  })

  app.post<{ Body: Static<typeof RealTimeFilterBody> }>('/_emulator/rta/resync', { schema: { body: RealTimeFilterBody } }, ({ body }) =>
    ({ told: realTime.resync(readRealTimeFilter(body)) }))

  app.post<{ Body: Static<typeof RealTimeCloseBody> }>('/_emulator/rta/close', { schema: { body: RealTimeCloseBody } }, ({ body }) =>
    ({ closed: realTime.close(readRealTimeFilter(body), readRealTimeClosing(body)) }))

  faultTableRoutes<RealTimeFaultSpec>(app, { faults: realTime.faults, path: '/_emulator/rta/faults', suffix: OF_REAL_TIME, body: RealTimeFaultSpec, changeBody: RealTimeFaultChangeBody })
}

/** An endpoint as a test sees it: as it was registered, and by whom. */
export const showEndpoint = ({ row: _row, location: _location, origin: _origin, ...shown }: ListedEndpoint): ListedNotificationEndpoint => shown

/** The first connections: so many, or fewer when they have more subscriptions than a page can. */
function readConnections (matching: Iterable<RealTimeConnection>, limit: number): { connections: RealTimeConnection[], next: number | null } {
  const connections: RealTimeConnection[] = []
  let subscriptions = 0
  for (const connection of matching) {
    subscriptions += connection.subscriptions.length
    const [last] = connections.slice(-1)
    if (last !== undefined && (connections.length === limit || subscriptions > MOST_SUBSCRIPTIONS_SHOWN)) return { connections, next: last.id }
    connections.push(connection)
  }
  return { connections, next: null }
}
