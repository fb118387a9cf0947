import { readUnsigned64 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { notFound } from '../model/refusals.ts'
import type { StoredUser } from '../model/user.ts'
import { requirePerson } from '../operations/users.ts'
import type { Store } from '../store/store.ts'

/**
 * The XUID of the user whom a test names, by XUID or by gamertag in any letter case. A number is the gamertag of a user
 * only when it is no user's XUID; when it is neither, it is the XUID of a user who is not there.
 *
 * @throws 404 for what is neither a number nor the gamertag of a user.
 */
export function readUser ({ people }: Store, name: string): string {
  const found = people.findNamed(name)?.xuid ?? readUnsigned64(name)
  if (found === undefined) throw notFound(`There is no user ${formatValue(name)}; expected a XUID, or the gamertag of a user of the world.`)
  return found
}

/** The same user, in the store. @throws 404 when there is none. */
export const requireNamedUser = (store: Store, name: string): StoredUser => requirePerson(store, readUser(store, name))

/** The XUID of a user who may be new. A number is always a XUID. @throws 404 as `readUser` does. */
export const readNewUser = (store: Store, name: string): string => readUnsigned64(name) ?? readUser(store, name)

/** The XUID of a user who was deleted, by XUID or by the gamertag that the user had. @throws 404 for what is neither a number nor such a gamertag. */
export function readDeletedUser ({ deletedUsers }: Store, name: string): string {
  const xuid = readUnsigned64(name)
  const found = xuid !== undefined && deletedUsers.findGamertag(xuid) !== undefined ? xuid : deletedUsers.findXuid(name) ?? xuid
  if (found === undefined) throw notFound(`No user ${formatValue(name)} was deleted; expected a XUID, or the gamertag that the user had.`)
  return found
}
