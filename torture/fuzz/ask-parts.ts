import type { Random } from '../random.ts'
import { AUTHORIZATIONS, FAULTY_XUID, GOOD_VALUES, HOSTILE_ENCODINGS, HOSTILE_TEXTS, QUERY_NAMES, SCIDS, XUIDS } from './pieces.ts'

/** The parts that requests of all hosts are made of. */

/** A request in terms that all versions of HTTP have. */
export interface Ask {
  readonly method: string
  /** Path and query: ASCII without spaces. */
  readonly path: string
  /** Visible ASCII. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string | null
}

export const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%2C', ',')

/** A known or hostile value, percent-encoded correctly or not. */
export function segment (random: Random, good: readonly string[]): string {
  const how = random.below(20)
  if (how < 14) return random.pick(good)
  if (how < 18) return encode(random.pick(HOSTILE_TEXTS))
  return how < 19 ? random.pick(good) + random.pick(HOSTILE_ENCODINGS) : random.pick(HOSTILE_ENCODINGS) + random.pick(HOSTILE_ENCODINGS)
}

/** Changes the case of letters, which may change the meaning. */
export function recase (text: string, random: Random): string {
  if (!random.once(8)) return text
  return random.pick([text.toUpperCase(), text.toLowerCase(), text.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)])
}

export function query (random: Random, names: readonly string[]): string {
  if (random.once(3)) return ''
  const count = random.once(50) ? random.below(120) : random.below(5)
  const pairs = random.times(count, () => {
    const name = random.once(12) ? encode(random.pick(HOSTILE_TEXTS)) : random.pick(names)
    const value = segment(random, GOOD_VALUES[name] ?? ['1'])
    return random.once(15) ? recase(name, random) : `${recase(name, random)}=${value}`
  })
  if (random.once(10) && pairs[0] !== undefined) pairs.push(pairs[0], pairs[0])
  return `?${pairs.join(random.once(30) ? ';' : '&')}`
}

/** A list without a page size is 40 kB, so it is requested only now and then. */
export const xboxQuery = (random: Random): string => {
  const text = query(random, QUERY_NAMES)
  return random.once(20) || /maxItems/i.test(text) ? text : `${text === '' ? '?' : `${text}&`}maxItems=${1 + random.below(3)}`
}

export const header = (random: Random, good: readonly string[]): string => random.once(6) ? random.pick(HOSTILE_TEXTS).replace(/[^!-~]+/g, '-').slice(0, 500) : random.pick(good)

export function xblHeaders (random: Random): Array<readonly [string, string]> {
  const headers: Array<readonly [string, string]> = []
  if (!random.once(12)) headers.push(['authorization', random.once(12) ? random.pick(['', 'XBL3.0', 'XBL3.0 x=;', 'XBL3.0 x=-;t', 'Bearer a', `xbl3.0 x=demo;${'t'.repeat(3000)}`, 'XBL3.0 x=demo;gamer']) : random.pick(AUTHORIZATIONS)])
  if (!random.once(4)) headers.push(['x-xbl-contract-version', header(random, ['1', '2', '2', '3', '4', '5', '6'])])
  if (random.once(10)) headers.push(['x-requestedserviceversion', header(random, ['1', '2'])])
  if (random.once(6)) headers.push(['accept-language', header(random, ['fr-FR', 'fr, en;q=0.5', 'ja-JP, *', 'de;q=0', 'en-US,'.repeat(random.once(20) ? 400 : 3)])])
  if (random.once(12)) headers.push(['ms-cv', header(random, ['AAAAAAAAAAAAAAAAAAAAAA.1', 'a.0', 'a'.repeat(127), 'a.4294967295', '.'.repeat(40)])])
  return headers
}

export const ask = (method: string, path: string, { headers = [], body = null }: Partial<Ask> = {}): Ask => ({ method, path, headers, body })
export const user = (random: Random): string => random.pick(['xuid(*)', 'xuid%28*%29', 'XUID(*)']).replace('*', segment(random, random.once(10) ? [FAULTY_XUID] : XUIDS))
export const scid = (random: Random): string => segment(random, SCIDS)
export const number = (random: Random): string => segment(random, ['1', '3', '9', '48', '0', '4294967295'])
