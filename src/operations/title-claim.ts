import { APP_TITLES, isAppTitle } from '../model/app-titles.ts'
import type { Dialect } from '../model/dialect.ts'
import type { Store } from '../store/store.ts'

/** What a title claim is made of when no title token says it. */
interface ClaimSource {
  /** The application that signs in; null: nobody knows. */
  readonly clientId: string | null
  readonly dialect: Dialect
}

/**
 * The title as which an application signs in: the one to which the world gives its client id; else the one that is
 * published for it, which the world need not have; else, in the live dialect, the only title of the world.
 *
 * @returns null when there is none of them: the token then carries no title claim.
 */
export function titleOfApp ({ catalogue }: Pick<Store, 'catalogue'>, { clientId, dialect }: ClaimSource): { titleId: number } | null {
  const own = clientId === null ? undefined : catalogue.findTitleOfClient(clientId) ?? APP_TITLES.get(clientId.toLowerCase())
  const titleId = own ?? (dialect === 'live' ? catalogue.findOnlyTitle() : undefined)
  return titleId === undefined ? null : { titleId }
}

/** True for a title that a token may name. */
export const canBeClaimed = ({ catalogue }: Pick<Store, 'catalogue'>, titleId: number): boolean => isAppTitle(titleId) || catalogue.hasTitle(titleId)
