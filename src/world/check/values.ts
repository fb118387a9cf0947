import { readInstant } from '../../base/instant.ts'
import { readUnsigned64 } from '../../base/integers.ts'
import { formatValue } from '../../base/validation.ts'
import { PATTERNS } from '../schema.ts'
import type { CheckContext, Entry } from './context.ts'

/** The instant in its canonical form; undefined, and a problem, when the date does not exist. */
export function readExistingInstant ({ value, place }: Entry<string>, { report }: CheckContext): string | undefined {
  const instant = readInstant(value)
  if (instant === undefined) report.add(place, `found ${formatValue(value)}, expected a date that exists`)
  return instant
}

/** The instant in its canonical form; one that does not exist is a problem, and is returned as it is. */
export const checkInstant = (entry: Entry<string>, context: CheckContext): string => readExistingInstant(entry, context) ?? entry.value

/** The XUID in its canonical form; one that is too large is a problem, and is returned as it is. */
export function checkXuid ({ value, place }: Entry<string>, { report }: CheckContext): string {
  const xuid = readUnsigned64(value)
  if (xuid === undefined) report.add(place, `found ${formatValue(value)}, expected a XUID of at most 18446744073709551615`)
  return xuid ?? value
}

export function checkTitleId ({ value, place }: Entry<number>, { report, keys }: CheckContext): void {
  if (!keys.has(`title ${value}`)) report.add(place, `found ${value}, expected the id of a title of this world`)
}

/** The schema only knows the shape of a locale, which `en-12` has, too. */
export function checkLocale ({ value, place }: Entry<string>, { report }: CheckContext): void {
  if (!isLocale(value)) report.add(place, `found ${formatValue(value)}, expected a locale of BCP 47, e.g. "fr-FR"`)
}

const LOCALE = new RegExp(PATTERNS.locale)

/** True for a locale of BCP 47. */
export function isLocale (text: string): boolean {
  try {
    return LOCALE.test(text) && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
