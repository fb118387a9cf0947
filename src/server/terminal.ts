import { printable, shorten } from '../base/shown-text.ts'

/** What is logged of a request. A member that is undefined is left out. */
export interface RequestEntry {
  readonly method: string
  readonly path: string
  readonly query: string | undefined
  /** The header, as it was sent. */
  readonly contractVersion: string | undefined
  readonly status: number
  readonly ms: number
  readonly xuid: string | null | undefined
  readonly gamertag: string | undefined
  /** Why it was refused. */
  readonly reason?: string
  /** What the refusal of the live dialect has, too. */
  readonly trace?: string
  /** What may be wrong with it, although it was answered. */
  readonly hint: string | undefined
}

/** The members of a request's line, which a terminal shows in the line itself. */
export const REQUEST_MEMBERS = [
  'method', 'path', 'query', 'contractVersion', 'status', 'ms', 'xuid', 'gamertag', 'reason', 'trace', 'hint'
] as const satisfies ReadonlyArray<keyof RequestEntry>

type Paint = (text: string) => string
type Colors = Readonly<Record<'green' | 'cyan' | 'yellow' | 'red', Paint>>

/** How many characters of a path and query are shown. */
const LONGEST_TARGET = 300

const clean = (text: unknown): string => printable(String(text ?? ''))

/**
 * The text of a line for a terminal: of a request status, method, duration, contract version, user, and what it
 * asked for, in columns; then why it was refused. Of all else the message.
 */
export function formatEntry (entry: Partial<RequestEntry>, message: unknown, colors: Colors): string {
  const { status, method = '-', ms, contractVersion, gamertag, reason, hint } = entry
  if (status === undefined) return clean(message)
  const paint = colorOf(status, colors)
  const version = contractVersion === undefined ? '' : `v${clean(contractVersion)}`
  const columns = [paint(String(status)), method.padEnd(7), (ms === undefined ? '' : `${ms.toFixed(2)} ms`).padStart(10), version.padEnd(2), clean(gamertag).padEnd(15)]
  const remarks = [clean(shownTarget(entry)), ...reason === undefined ? [] : [paint(clean(reason))], ...hint === undefined ? [] : [colors.yellow(`hint: ${clean(hint)}`)]]
  return `${columns.join(' ')} ${remarks.filter((remark) => remark !== '').join(': ')}`
}

function shownTarget ({ path = '', query }: Partial<RequestEntry>): string {
  return shorten(query === undefined ? path : `${path}?${query}`, LONGEST_TARGET)
}

function colorOf (status: number, { green, cyan, yellow, red }: Colors): Paint {
  if (status >= 500) return red
  if (status >= 400) return yellow
  return status >= 300 ? cyan : green
}
