import { basicFilter, lookup } from 'bcp-47-match'
import Negotiator from 'negotiator'

/** What a caller wants to read: the languages of its Accept-Language, then the country it is in. */
export interface Wanted {
  /** BCP 47 language ranges, best first. */
  readonly ranges: readonly string[]
  /** ISO 3166 country of the token's location claim, or null. */
  readonly location: string | null
}

/** Reads an `Accept-Language` header: by quality, then by appearance; what has quality 0 is left out. */
export function readWanted (header: string | undefined, location: string | null): Wanted {
  const ranges = header === undefined ? [] : new Negotiator({ headers: { 'accept-language': header } }).languages()
  // `*` is content with whatever follows the list.
  return { ranges: ranges.filter((range) => range !== '*'), location }
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
