import { forbidden, xuidMismatch } from '../model/refusals.ts'
import type { Caller, Claims } from '../model/session.ts'
import type { ServiceConfiguration } from '../model/title.ts'
import { requireServiceConfiguration } from './access.ts'

/**
 * Requires that a caller may delete what a user has done in a service configuration. A user may delete its own, where it
 * could report progress, too. A caller without a user is a title's developer, who may delete any user's in the service
 * configuration of that title. (docs/decisions/0047-neighbours.md)
 *
 * @param configuration undefined when there is none.
 * @throws 403, number 8377, for another user's; 403 when the service configuration is not the title's; 404 when the
 *   caller's sandbox does not have it.
 */
export function requireErasable (caller: Claims & Pick<Caller, 'anyTitle'>, { xuid, configuration }: { xuid: string, configuration: ServiceConfiguration | undefined }): void {
  if (caller.xuid !== null && caller.xuid !== xuid) throw xuidMismatch()
  const { titleIds } = requireServiceConfiguration(caller, configuration)
  // A token that may be any title and names one updates its own user alone, wherever that has played: it develops nothing but the title.
  const isAny = caller.anyTitle && (caller.titleId === null || caller.xuid !== null)
  const isOwn = isAny || (caller.titleId !== null && titleIds.includes(caller.titleId))
  const isUserAlone = caller.titleId === null && caller.xuid !== null
  if (!isOwn && !isUserAlone) throw forbidden('The service configuration does not belong to the title of the token; without a user claim it has to.')
}
