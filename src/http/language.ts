import { basicFilter, lookup } from 'bcp-47-match'
import Negotiator from 'negotiator'
import { cacheKey } from '../base/cache-key.ts'

/** What decides the locale of an answer: first `Accept-Language`, then the country of the caller. */
export interface LanguagePreference {
  /** BCP 47 language ranges, best first. */
  readonly ranges: readonly string[]
  /** ISO 3166 country of the token's location claim, or null. */
  readonly location: string | null
}

/**
 * The most language ranges of a header that are used, and the most characters of each. A browser sends
 * about ten ranges of ten characters. A server may disregard preferences (RFC 9110, 12.1), and these
 * limits bound its work: each range is compared with the locales of each achievement.
 */
const MOST_RANGES = 50
const LONGEST_RANGE = 100

/**
 * Reads an `Accept-Language` header: distinct ranges by quality, then by position. Ranges of quality 0 are
 * left out, and so are those of more than 100 characters, and all after the first 50.
 */
export function readLanguagePreference (header: string | undefined, location: string | null): LanguagePreference {
  const ranges = header === undefined ? [] : new Negotiator({ headers: { 'accept-language': header } }).languages()
  // `*` accepts any language, and then the location and the default decide.
  const distinct = new Set(ranges.filter((range) => range !== '*' && range.length <= LONGEST_RANGE))
  return { ranges: [...distinct].slice(0, MOST_RANGES), location }
}

/** Creates a function that chooses locales for a caller. It parses the header once, and compares it once with each list of locales. */
export function createLocaleChooser (header: string, location: string | null): (available: readonly string[]) => string {
  const preference = readLanguagePreference(header, location)
  const chosen = new Map<string, string>()
  return (available) => {
    const list = cacheKey(available)
    const locale = chosen.get(list) ?? chooseLocale(available, preference)
    chosen.set(list, locale)
    return locale
  }
}

/**
 * The locale that suits the caller best, of those in which a text exists.
 *
 * For each range in turn: the exact tag, then a shorter one (`fr-CA` falls back to `fr`), then a longer one
 * (`fr` finds `fr-FR`). If no range matches, a locale of the country of the location claim. Otherwise the
 * default.
 *
 * @param available the default locale first; at least one.
 */
export function chooseLocale (available: readonly string[], { ranges, location }: LanguagePreference): string {
  const tags = [...available]
  for (const range of ranges) {
    const match = lookup(tags, range) ?? basicFilter(tags, range)[0]
    if (match !== undefined) return match
  }
  const local = location === null ? undefined : tags.find((tag) => new Intl.Locale(tag).region === location)
  return local ?? tags[0] as string
}
