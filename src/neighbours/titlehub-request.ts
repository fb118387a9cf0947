import { Type } from '@sinclair/typebox'
import { MAX_SIGNED_32, readSigned32, readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { requireValid, wrongInput } from '../http/body.ts'
import { requireTitleId, titleIdText } from '../http/lenient-body.ts'
import { Query } from '../http/query.ts'
import { invalidRequest } from '../model/refusals.ts'

/** What a request can ask for besides what every title has, in lower case. */
export const DECORATIONS = ['achievement', 'alternatetitleid', 'contentboard', 'detail', 'friendswhoplayed', 'gamepass', 'image', 'productid', 'scid', 'stats', 'titlehistory'] as const

export type Decoration = typeof DECORATIONS[number]

/** The decorations of a comma-delimited list in any letter case. Unknown ones are ignored, as other unknown things are. */
export function readDecorations (list: string): ReadonlySet<Decoration> {
  const names = list.toLowerCase().split(',')
  return new Set(DECORATIONS.filter((decoration) => names.includes(decoration)))
}

/** Titles by their ids and their package family names. */
export interface NamedTitles {
  readonly titleIds: readonly number[]
  readonly pfns: readonly string[]
}

/** Which titles a path asks for: those that its user has played, or one. */
export type TitleMoniker = { readonly isHistory: true } | (NamedTitles & { readonly isHistory: false })

/**
 * The titles that a segment of a path names: `titlehistory`, `titleid(…)` or `pfn(…)`.
 *
 * @throws 400 for other words, as the service refuses them, and when a title id is not an unsigned 32-bit integer.
 */
export function readTitleMoniker (segment: string): TitleMoniker {
  return /^titlehistory$/i.test(segment) ? { isHistory: true } : { isHistory: false, ...readNamedTitle(segment, 'titlehistory, titleid(…) or pfn(…)') }
}

/**
 * The title that a segment of a path names where no user is named, who could have played something: `titleid(…)` or `pfn(…)`.
 *
 * @param expected what is expected of the segment.
 * @throws 400 as {@link readTitleMoniker}.
 */
export function readNamedTitle (segment: string, expected = 'titleid(…) or pfn(…)'): NamedTitles {
  const [, word, text = ''] = /^(titleid|pfn)\(([^]*)\)$/i.exec(segment) ?? []
  if (word === undefined) throw invalidRequest(`Moniker not valid: found ${formatValue(segment)}, expected ${expected}.`)
  if (word.toLowerCase() === 'pfn') return { titleIds: [], pfns: [text] }
  const titleId = readUnsigned32(text)
  if (titleId === undefined) throw invalidRequest(`The title id is ${formatValue(text)}; expected an unsigned 32-bit integer in decimal.`)
  return { titleIds: [titleId], pfns: [] }
}

/** How many titles a list has at most: no client has asked for more, and no page follows. */
export const MOST_HUB_TITLES = 10_000

/**
 * How many titles `maxItems` lets a list have: all of them when it is absent. Other parameters of paging have no effect.
 *
 * @throws 400 when it is not an integer from 1.
 */
export function readMaxItems (parameters: URLSearchParams): number {
  const limit = new Query(parameters).one('maxItems', `an integer from 1 to ${MAX_SIGNED_32}`, (text) => readSigned32(text) || undefined)
  return Math.min(limit ?? MOST_HUB_TITLES, MOST_HUB_TITLES)
}

/** How many titles one body may name by each of its lists. */
export const MOST_NAMED_TITLES = 2000

const EXPECTED_LIST = `null or a list of at most ${MOST_NAMED_TITLES}`

const optionalList = <T extends Parameters<typeof Type.Array>[0]>(item: T, description: string) =>
  Type.Optional(Type.Union([Type.Array(item, { maxItems: MOST_NAMED_TITLES, errorMessage: EXPECTED_LIST }), Type.Null()], { description, errorMessage: EXPECTED_LIST }))

/** Which titles to tell of. Members that the service does not know are ignored. */
export const TitleBatchBody = Type.Object({
  pfns: optionalList(Type.String({ errorMessage: 'a package family name' }), 'Package family names, in any letter case.'),
  titleids: optionalList(titleIdText, 'Decimal title ids; in quotes or not.')
}, { description: 'The names of the members are matched in any letter case, e.g. `titleIds`.', errorMessage: 'an object with pfns, titleIds or both' })

/**
 * The titles that a body names: by package family name, by title id, or both.
 *
 * @throws 400 with the first member that is wrong, and when there is neither list.
 */
export function readTitleBatch (sent: unknown): NamedTitles {
  const { pfns, titleids } = requireValid(TitleBatchBody, sent)
  if (pfns === undefined && titleids === undefined) throw wrongInput('The body', { path: '', message: 'has neither pfns nor titleIds, expected at least one of them' })
  return { pfns: [...new Set(pfns ?? [])], titleIds: [...new Set((titleids ?? []).map((titleId, index) => requireTitleId(titleId, `/titleids/${index}`)))] }
}
