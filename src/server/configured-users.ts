import { formatValue } from '../base/validation.ts'
import { flagOf } from '../config/basics.ts'
import type { Config } from '../config/config.ts'
import { ConfigError, readUnknownTokens } from '../config/read-config.ts'
import type { Store } from '../store/store.ts'

/** How many users a message lists. */
const MOST_OFFERED = 10

/**
 * Requires the users of `--unknown-tokens` and `--sign-in-as` at the start. Later one may be gone, renamed or made again: each
 * request looks.
 *
 * @throws {ConfigError} when the world has no such user; the message lists those that it has.
 */
export function requireConfiguredUsers ({ unknownTokens, signInAs }: Config, store: Pick<Store, 'people' | 'catalogue'>): void {
  if (unknownTokens !== null) requireConfiguredUser(store, { option: 'unknownTokens', found: unknownTokens, name: readUnknownTokens(unknownTokens).user })
  if (signInAs !== null) requireConfiguredUser(store, { option: 'signInAs', found: signInAs, name: signInAs })
}

function requireConfiguredUser ({ people, catalogue }: Pick<Store, 'people' | 'catalogue'>, { option, found, name }: { option: keyof Config, found: string, name: string }): void {
  if (people.findNamed(name) !== undefined) return
  const listed = people.list(MOST_OFFERED).map(({ gamertag, xuid }) => `${gamertag} (${xuid})`)
  const others = catalogue.count().users - listed.length
  const expected = listed.length === 0 ? 'a user of the world, which has none' : `one of ${listed.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  throw new ConfigError(`${option} (${flagOf(option)}): found ${formatValue(found)}, expected ${expected}`)
}
