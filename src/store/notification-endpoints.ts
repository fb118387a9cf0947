import type { Database } from 'better-sqlite3'
import type { NotificationEndpoint } from '../model/notification-endpoint.ts'
import { keepNewest } from './keep-newest.ts'

/** An endpoint with its place in the order of registration. */
export interface ListedEndpoint extends NotificationEndpoint {
  readonly row: number
}

type EndpointRow = Omit<ListedEndpoint, 'filters'> & { readonly filters: string }

/** How many endpoints of a user are stored; older ones are deleted. A client has another system id at each start. [xsapi] */
const MOST_ENDPOINTS_OF_USER = 100
/** How many are stored in all: those of users who are not in the world any more are stored, too. */
const MOST_ENDPOINTS = 100_000
/** After how many new endpoints all are counted, which takes longer than adding one. */
const ALL_COUNTED_AFTER = 1000

const ENDPOINT_COLUMNS = 'row, endpoint_id AS endpointId, xuid, title_id AS titleId, system_id AS systemId, endpoint_uri AS endpointUri, platform, transport, locale, filters, location, origin, created'

/** Prepares to read where clients have notifications sent. */
export function prepareNotificationEndpoints (database: Database) {
  const list = database.prepare<{ after: number, limit: number }, EndpointRow>(`SELECT ${ENDPOINT_COLUMNS} FROM notification_endpoint WHERE row > :after ORDER BY row LIMIT :limit`)
  const listOf = database.prepare<{ xuid: string, titleId: number, transport: string }, EndpointRow>(`
    SELECT ${ENDPOINT_COLUMNS} FROM notification_endpoint WHERE xuid = :xuid AND title_id = :titleId AND transport = :transport ORDER BY row DESC`)
  return {
    /** Those after a place, in the order of registration; at most `limit`, or `EVERY`. */
    list: (range: { after: number, limit: number }): ListedEndpoint[] => list.all(range).map(toEndpoint),

    /** Those of a user, title and transport, the newest first. */
    listOf: (key: { readonly xuid: string, readonly titleId: number, readonly transport: string }): ListedEndpoint[] => listOf.all(key).map(toEndpoint)
  }
}

/** Prepares to write them. */
export function prepareNotificationEndpointWrites (database: Database) {
  // The one with the same user, system and URI makes room for it.
  const insert = database.prepare<Omit<EndpointRow, 'row'>>(`
    INSERT OR REPLACE INTO notification_endpoint (endpoint_id, xuid, title_id, system_id, endpoint_uri, platform, transport, locale, filters, location, origin, created)
    VALUES (:endpointId, :xuid, :titleId, :systemId, :endpointUri, :platform, :transport, :locale, :filters, :location, :origin, :created)`)
  const trim = database.prepare<{ xuid: string }>(keepNewest('notification_endpoint', { condition: 'xuid = :xuid', kept: MOST_ENDPOINTS_OF_USER }))
  const trimAll = database.prepare<[]>(keepNewest('notification_endpoint', { condition: 'TRUE', kept: MOST_ENDPOINTS }))
  const remove = database.prepare<[string, string]>('DELETE FROM notification_endpoint WHERE xuid = ? AND endpoint_id = ?')
  const removeOf = database.prepare<[string]>('DELETE FROM notification_endpoint WHERE xuid = ?')
  const clear = database.prepare<[]>('DELETE FROM notification_endpoint')
  return {
    /** Adds one. It replaces that of the same user, system and URI. */
    put ({ filters, xuid, ...endpoint }: NotificationEndpoint): void {
      const { lastInsertRowid } = insert.run({ ...endpoint, xuid, filters: JSON.stringify(filters) })
      trim.run({ xuid })
      if (Number(lastInsertRowid) % ALL_COUNTED_AFTER === 0) trimAll.run()
    },

    /** @returns false when the user has no such endpoint. */
    remove: (xuid: string, endpointId: string): boolean => remove.run(xuid, endpointId).changes > 0,

    /** Deletes all of a user. */
    removeOf (xuid: string): void { removeOf.run(xuid) },

    clear (): void { clear.run() }
  }
}

const toEndpoint = ({ filters, ...row }: EndpointRow): ListedEndpoint => ({ ...row, filters: JSON.parse(filters) })
