import type { JournalEntry } from '../../control/journal/entry.ts'
import type { FrameEntry } from '../../control/journal/frame.ts'

/** What became of a request, as a person sees it. */
export type Outcome = 'answered' | 'unchanged' | 'refused' | 'failed' | 'cut' | 'socket'

/** Each outcome has a sign, a word and a class of statuses besides its colour. */
export const OUTCOMES: Readonly<Record<Outcome, { readonly sign: string, readonly word: string, readonly status: string }>> = {
  answered: { sign: '●', word: 'answered', status: '2xx' },
  unchanged: { sign: '○', word: 'unchanged or elsewhere', status: '3xx' },
  refused: { sign: '✕', word: 'refused', status: '4xx' },
  failed: { sign: '▲', word: 'failed', status: '5xx' },
  cut: { sign: '✂', word: 'cut before an answer', status: 'none' },
  socket: { sign: '⇄', word: 'became a WebSocket', status: '1xx' }
}

/** What became of a request, by its status. @param status null: the connection ended before an answer began. */
export function outcomeOf (status: number | null): Outcome {
  if (status === null) return 'cut'
  if (status < 200) return 'socket'
  if (status < 300) return 'answered'
  if (status < 400) return 'unchanged'
  return status < 500 ? 'refused' : 'failed'
}

/** Why a request ended as it did. */
export interface Reason {
  readonly kind: 'refusal' | 'hint' | 'fault' | 'unmatched'
  readonly text: string
  /** What to send instead, if that is known. */
  readonly instead: string | null
}

/** What explains an entry, in its row; undefined when there is nothing to explain. */
export function reasonOf ({ refusal, hint, fault, matched, status }: Pick<JournalEntry, 'refusal' | 'hint' | 'fault' | 'matched' | 'status'>): Reason | undefined {
  if (fault !== null) return { kind: 'fault', text: `Fault ${fault}${refusal === null ? ` ${status === null ? 'cut it off' : 'happened to it'}` : `: ${refusal}`}`, instead: null }
  if (!matched) return { kind: 'unmatched', text: refusal ?? 'No route knows this path.', instead: null }
  if (refusal !== null) return { kind: 'refusal', text: refusal, instead: null }
  return hint === null ? undefined : { kind: 'hint', ...splitHint(hint) }
}

const INSTEAD = '; send '

/** A hint says what is wrong and, behind a semicolon, often what to send instead. */
function splitHint (hint: string): Pick<Reason, 'text' | 'instead'> {
  const at = hint.lastIndexOf(INSTEAD)
  return at < 0 ? { text: hint, instead: null } : { text: hint.slice(0, at), instead: hint.slice(at + INSTEAD.length) }
}

/**
 * A path in which long ids are cut, so that what follows them is seen: `/users/xuid(…2952)/achievements/7c1e4b02…/update`.
 * Of a XUID the end is kept: they all begin alike.
 */
export const shortPath = (path: string): string =>
  path.replace(/\b([\da-f]{8})-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '$1…').replace(/\b\d{8,16}(\d{4})\b/g, '…$1')

/** How long an answer took: with fewer digits the longer it is. */
export function durationText (ms: number, locale?: string): string {
  const write = (value: number, digits: number): string => value.toLocaleString(locale, { maximumFractionDigits: digits })
  if (ms >= 10_000) return `${write(ms / 1000, 1)} s`
  return `${write(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`
}

/** How much: bytes up to a thousand of them, then kB and MB. */
export function bytesText (bytes: number, locale?: string): string {
  const write = (value: number): string => value.toLocaleString(locale, { maximumFractionDigits: 1 })
  if (bytes < 1000) return `${write(bytes)} B`
  return bytes < 1_000_000 ? `${write(bytes / 1000)} kB` : `${write(bytes / 1_000_000)} MB`
}

/** The parameters of a query, decoded where they can be, in their order. */
export function parametersOf (query: string): ReadonlyArray<readonly [name: string, value: string]> {
  return query.split('&').filter((part) => part !== '').map((part) => {
    const at = part.indexOf('=')
    return at < 0 ? [decodeText(part), ''] : [decodeText(part.slice(0, at)), decodeText(part.slice(at + 1))]
  })
}

function decodeText (text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** The longest body that is shown, in characters. */
const LONGEST_SHOWN = 200_000

/** A body as it is shown: JSON over lines, a text as it is. */
export function bodyText (body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body, undefined, 2)
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}\n… and ${(text.length - LONGEST_SHOWN).toLocaleString()} more characters`
}

/** What a frame is, in a word or two, and its sign: into which direction it went. */
export function frameWords ({ direction, type, code, length }: Pick<FrameEntry, 'direction' | 'type' | 'code' | 'length'>): { readonly sign: string, readonly word: string } {
  const from = direction === 'in' ? 'client' : 'emulator'
  if (type === 'close') return { sign: '■', word: code === 1006 ? `cut by the ${from}` : `closed by the ${from}, ${String(code)}` }
  return { sign: direction === 'in' ? '→' : '←', word: type === 'binary' ? `${length} bytes from the ${from}` : `from the ${from}` }
}
