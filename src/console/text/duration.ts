/** Lengths of time: as a person types and reads them, and as ISO 8601 has them, which the clock of the emulator takes. */

const UNITS: ReadonlyArray<readonly [name: string, ms: number]> = [['w', 604_800_000], ['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000], ['ms', 1]]

/** A length in at most two units: `2 h 5 min`, `250 ms`; `0 s` for none. @param ms not negative. */
export function showDuration (ms: number): string {
  const parts: string[] = []
  let left = Math.round(ms)
  for (const [name, size] of UNITS.slice(1)) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(`${count} ${name}`)
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.join(' ') || '0 s'
}

/** How far ahead or behind: `+1 d`, `−2 h 30 min`. */
export const showOffset = (ms: number): string => `${ms < 0 ? '−' : '+'}${showDuration(Math.abs(ms))}`

/** A length as ISO 8601 has it, in seconds: `-PT3600.5S`. */
export function isoDuration (ms: number): string {
  const length = Math.abs(Math.round(ms))
  const fraction = length % 1000
  return `${ms < 0 ? '-' : ''}PT${Math.floor(length / 1000)}${fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`}S`
}

const ISO = /^([+-−]?)P(?=.)(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i
const PART = /(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi
const UNIT_WORDS: Readonly<Record<string, number>> = {
  w: 604_800_000, week: 604_800_000, d: 86_400_000, day: 86_400_000, h: 3_600_000, hour: 3_600_000, m: 60_000, min: 60_000, minute: 60_000, s: 1000, sec: 1000, second: 1000, ms: 1, millisecond: 1
}

/**
 * Reads a length: `-PT2H30M`, or `2 h 30 min`, `+1 d`, with units from weeks down to milliseconds.
 *
 * @returns it in ms, negative for one that is behind; undefined for what is none.
 */
export function readDuration (text: string): number | undefined {
  const trimmed = text.trim()
  const [, sign = '', ...parts] = ISO.exec(trimmed) ?? []
  if (parts.length > 0) return signed(sign, parts.reduce((sum, part, index) => sum + numberOf(part) * ISO_SIZES[index]!, 0))
  const [, wordsSign = '', words = ''] = /^([+−-]?)\s*(.*)$/.exec(trimmed) as RegExpExecArray
  if (words.replace(PART, '').trim() !== '' || words === '') return undefined
  let sum = 0
  for (const [, count, unit = ''] of words.matchAll(PART)) {
    const size = UNIT_WORDS[unit.toLowerCase()] ?? UNIT_WORDS[unit.toLowerCase().replace(/s$/, '')]
    if (size === undefined) return undefined
    sum += numberOf(count) * size
  }
  return signed(wordsSign, sum)
}

const ISO_SIZES = UNITS.slice(0, 5).map(([, size]) => size)
const numberOf = (text: string | undefined): number => text === undefined ? 0 : Number(text.replace(',', '.'))
const signed = (sign: string, ms: number): number => Math.round(ms) * (sign === '' || sign === '+' || ms === 0 ? 1 : -1)

/**
 * Reads how long a fault waits: `3 s`, `500` (ms), or two between which it is drawn, `200-2000`, `0.2 s - 2 s`.
 *
 * @returns ms, or limits; null for nothing; undefined for what is none.
 */
export function readDelay (text: string): number | { readonly min: number, readonly max: number } | null | undefined {
  if (text.trim() === '') return null
  const ends = text.split(/[-–]|\bto\b/).map((part) => readWait(part.trim()))
  const [min, max, more] = ends
  if (min === undefined || more !== undefined) return undefined
  if (ends.length === 1) return min
  return max === undefined ? undefined : { min, max }
}

const readWait = (text: string): number | undefined => /^\d+$/.test(text) ? Number(text) : text === '' ? undefined : readDuration(text)

/** How long a fault waits, as {@link readDelay} reads it. */
export function writeDelay (delay: number | { readonly min: number, readonly max: number } | null): string {
  if (delay === null) return ''
  return typeof delay === 'number' ? writeWait(delay) : `${writeWait(delay.min)} - ${writeWait(delay.max)}`
}

/** Exactly: in seconds where it is a tenth of one or more. */
const writeWait = (ms: number): string => ms >= 100 && ms % 100 === 0 ? `${ms / 1000} s` : `${ms} ms`
