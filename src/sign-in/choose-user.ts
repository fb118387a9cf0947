import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import type { Store } from '../store/store.ts'
import { countListed } from './page.ts'

/**
 * Who signs in when nobody says who: the user of `--sign-in-as`, or null, and then a person is asked. It is looked up each
 * time, because it may be gone, renamed or made again.
 *
 * @throws `access_denied` when that user is gone.
 */
export function findDefaultUser ({ config: { signInAs }, store }: Pick<Services, 'config' | 'store'>): Profile | null {
  if (signInAs === null) return null
  const user = store.people.findNamed(signInAs)
  if (user === undefined) throw oauthError('access_denied', `The user of --sign-in-as, "${signInAs}", is gone; expected a gamertag or XUID of a user of the world.`)
  return user
}

/**
 * The users whom a page offers, in the order of definition.
 *
 * @param link what it repeats for each of them, which may be long.
 * @param first who comes first; null: nobody in particular.
 * @returns `others`: how many it does not list.
 */
export function listChoices ({ people, catalogue }: Store, { link, first }: { link: string, first: Profile | null }): { users: readonly Profile[], others: number } {
  const listed = people.list(countListed(link))
  const users = first === null ? listed : [first, ...listed.filter(({ xuid }) => xuid !== first.xuid)]
  return { users, others: catalogue.count().users - users.length }
}
