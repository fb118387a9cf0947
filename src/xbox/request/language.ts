import { basicFilter, lookup } from 'bcp-47-match'
import Negotiator from 'negotiator'
import { keyOf } from '../../base/cache-key.ts'

/** What a caller wants to read: the languages of its Accept-Language, then the country it is in. */
export interface Wanted {
  /** BCP 47 language ranges, best first. */
  readonly ranges: readonly string[]
  /** ISO 3166 country of the token's location claim, or null. */
  readonly location: string | null
}

/**
 * How many ranges of a header count, and how many characters each may have: a browser sends ten of ten.
 * A server may disregard preferences (RFC 9110, 12.1), and every achievement of a page is held against
 * each.
 */
const MOST_RANGES = 50
const LONGEST_RANGE = 100

/**
 * Reads an `Accept-Language` header: by quality, then by appearance, each range once; what has quality 0
 * is left out, and so are the least wanted of more than 50, and ranges of more than 100 characters.
 */
export function readWanted (header: string | undefined, location: string | null): Wanted {
  const ranges = header === undefined ? [] : new Negotiator({ headers: { 'accept-language': header } }).languages()
  // `*` is content with whatever follows the list.
  const distinct = new Set(ranges.filter((range) => range !== '*' && range.length <= LONGEST_RANGE))
  return { ranges: [...distinct].slice(0, MOST_RANGES), location }
}

/** Chooses locales for a caller: its header is read once, and each list of locales is held against it once. */
export function createChooser (header: string, location: string | null): (available: readonly string[]) => string {
  const wanted = readWanted(header, location)
  const chosen = new Map<string, string>()
  return (available) => {
    const list = keyOf(available)
    const locale = chosen.get(list) ?? chooseLocale(available, wanted)
    chosen.set(list, locale)
    return locale
  }
}

/**
 * The locale, of those that a text exists in, that suits the caller best.
 *
 * Each range is tried in its turn: the exact tag, then a shorter one (`fr-CA` falls back to `fr`),
 * then a longer one (`fr` finds `fr-FR`). Then the location claim: a locale of that country. Then the
 * default.
 *
 * @param available the default locale first; at least one.
 */
export function chooseLocale (available: readonly string[], { ranges, location }: Wanted): string {
  const tags = [...available]
  for (const range of ranges) {
    const match = lookup(tags, range) ?? basicFilter(tags, range)[0]
    if (match !== undefined) return match
  }
  const local = location === null ? undefined : tags.find((tag) => new Intl.Locale(tag).region === location)
  return local ?? tags[0] as string
}
