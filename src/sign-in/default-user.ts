import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'

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
