import { formatValue } from '../base/validation.ts'
import type { Config } from '../config/config.ts'
import { readUnknownTokens } from '../config/read-config.ts'
import { unauthorized } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import type { Store } from '../store/store.ts'

/**
 * Makes the session of a token that the world does not know, with `--unknown-tokens`; null without it. A title's
 * tokens come from the operating system and cannot be swapped, nor read: what they say of the title is not known.
 *
 * @returns a function that throws 401 when the world no longer has the user.
 */
export function createUnknownTokens ({ unknownTokens }: Pick<Config, 'unknownTokens'>, { findNamed }: Pick<Store['people'], 'findNamed'>): (() => Caller) | null {
  if (unknownTokens === null) return null
  const { user, sandbox } = readUnknownTokens(unknownTokens)
  return () => {
    const found = findNamed(user)
    if (found === undefined) throw unauthorized(`The token is not known, and --unknown-tokens takes it for one of ${formatValue(user)}, who is no user of the world any more.`)
    return { ...found, titleId: null, sandbox, location: null, thirdPartySite: false, expires: null, anyTitle: true }
  }
}
