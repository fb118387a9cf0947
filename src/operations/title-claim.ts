import { APP_TITLES, isAppTitle } from '../model/app-titles.ts'
import type { Dialect } from '../model/dialect.ts'
import type { Store } from '../store/store.ts'

/**
 * The title as which an application signs in: the one to which the world gives its client id; else the one that is
 * published for it, which the world need not have; else, in the live dialect, the only title of the world.
 *
 * @param clientIds what it may be known by, the first first; null: nobody knows.
 * @returns null when there is none of them: the token then carries no title claim.
 */
export function titleOfApp ({ catalogue }: Pick<Store, 'catalogue'>, { clientIds, dialect }: { clientIds: ReadonlyArray<string | null>, dialect: Dialect }): number | null {
  for (const clientId of clientIds.filter((id) => id !== null)) {
    const titleId = catalogue.findTitleOfClient(clientId) ?? APP_TITLES.get(clientId.toLowerCase())
    if (titleId !== undefined) return titleId
  }
  return (dialect === 'live' ? catalogue.findOnlyTitle() : undefined) ?? null
}

/** True for a title that a token may name. */
export const canBeClaimed = ({ catalogue }: Pick<Store, 'catalogue'>, titleId: number): boolean => isAppTitle(titleId) || catalogue.hasTitle(titleId)
