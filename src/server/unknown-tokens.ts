import { formatValue } from '../base/validation.ts'
import type { Config } from '../config/config.ts'
import { ConfigError, readUnknownTokens } from '../config/read-config.ts'
import type { Store } from '../store/store.ts'

/** How many users a message lists. */
const MOST_OFFERED = 10

/**
 * Requires the user of `--unknown-tokens` at the start. Later it may be gone, renamed or made again: each request
 * looks.
 *
 * @throws {ConfigError} when the world has no such user; the message lists those that it has.
 */
export function requireUserOfUnknownTokens ({ unknownTokens }: Config, { people, catalogue }: Pick<Store, 'people' | 'catalogue'>): void {
  if (unknownTokens === null || people.findNamed(readUnknownTokens(unknownTokens).user) !== undefined) return
  const listed = people.list(MOST_OFFERED).map(({ gamertag, xuid }) => `${gamertag} (${xuid})`)
  const others = catalogue.count().users - listed.length
  const expected = listed.length === 0 ? 'a user of the world, which has none' : `one of ${listed.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  throw new ConfigError(`unknownTokens (--unknown-tokens): found ${formatValue(unknownTokens)}, expected ${expected}`)
}
