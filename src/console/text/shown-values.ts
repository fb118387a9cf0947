/** Where and how a person reads. Nothing given: as the browser is set. */
export interface Reader {
  readonly locale?: string
  readonly timeZone?: string
}

/** A number, with the separators of the reader's locale. */
export const showNumber = (value: number, { locale }: Reader = {}): string => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)

/** Which parts of an instant are shown. */
export type InstantForm = 'full' | 'date' | 'time' | 'millis'

const FORMS: Readonly<Record<InstantForm, Intl.DateTimeFormatOptions>> = {
  full: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  date: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  millis: { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }
}

/** What a browser is slow to make, by what it is made of. */
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * An instant in the reader's zone and locale.
 *
 * @param wire as the service writes it, e.g. `2026-01-18T02:48:21.7070000Z`. What is no instant is shown as it is.
 */
export function showInstant (wire: string, form: InstantForm = 'full', { locale, timeZone }: Reader = {}): string {
  const ms = Date.parse(wire)
  if (Number.isNaN(ms)) return wire
  const key = `${form} ${locale} ${timeZone}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...FORMS[form], hourCycle: 'h23', ...timeZone !== undefined && { timeZone } })
  formats.set(key, format)
  return format.format(ms)
}
