import { formatInstant } from '../base/instant.ts'
import { formatValue } from '../base/validation.ts'
import type { NotificationEndpoint } from '../model/notification-endpoint.ts'
import { notFound } from '../model/refusals.ts'
import type { Transaction } from '../store/store.ts'

export interface EndpointInput extends Omit<NotificationEndpoint, 'created'> {
  /** The clock, in ms since 1970. */
  readonly now: number
}

/** Registers where a client has notifications sent. It replaces the endpoint of the same user, system and URI. */
export function putEndpoint ({ write }: Transaction, { now, ...endpoint }: EndpointInput): void {
  write.notificationEndpoints.put({ ...endpoint, created: formatInstant(now) })
}

/** @throws 404 when the user has no such endpoint. */
export function deleteEndpoint ({ write }: Transaction, { xuid, endpointId }: Pick<NotificationEndpoint, 'xuid' | 'endpointId'>): void {
  if (!write.notificationEndpoints.remove(xuid, endpointId)) throw notFound(`The user has no endpoint ${formatValue(endpointId)}; it may have been replaced, or forgotten by a reset.`)
}
