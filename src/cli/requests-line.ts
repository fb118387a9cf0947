import { styleText } from 'node:util'
import { printable } from '../base/shown-text.ts'
import type { JournalEntry } from '../control/journal/entry.ts'
import type { FrameEntry } from '../control/journal/frame.ts'
import { ACHIEVEMENTS_HOSTS, findXboxHost } from '../http/hosts.ts'

/** A request as a line, in columns that nearly all requests fit. */
export function requestLine (entry: JournalEntry, stdout: NodeJS.WriteStream): string {
  const { time, method, host, path, query, contractVersion, claims, status, ms, fault, refusal, hint } = entry
  const asked = findXboxHost(host ?? undefined)
  // The host says which service was meant; most are asked for achievements.
  const at = asked === undefined || ACHIEVEMENTS_HOSTS.includes(asked) ? path : asked + path
  const columns = [
    time.slice(11, 23),
    String(status ?? 'cut'),
    method.padEnd(4),
    (contractVersion === null ? '-' : `v${contractVersion}`).padEnd(2),
    `${ms} ms`.padStart(8),
    (claims?.xuid ?? '-').padEnd(16),
    query === '' ? at : `${at}?${query}`
  ]
  const remarks = [fault === null ? [] : [`fault ${fault}`], refusal ?? [], hint === null ? [] : [`hint: ${hint}`]].flat()
  const line = printable([...columns, ...remarks.length === 0 ? [] : [`(${remarks.join(': ')})`]].join('  '))
  const style = styleOf(status)
  return `${style !== undefined && stdout.isTTY && stdout.hasColors() ? styleText(style, line, { validateStream: false }) : line}\n`
}

/** A frame as a line, in the columns of a request: an arrow to the right is from the client. */
export function frameLine ({ time, connection, xuid, direction, type, text, code }: FrameEntry): string {
  const said = { text, binary: '(binary)', close: `(closed with ${code}${text === '' ? '' : `: ${text}`})` }[type]
  const columns = [time.slice(11, 23), ' ws', direction === 'in' ? '→' : '←', `#${connection}`.padStart(15), (xuid ?? '-').padEnd(16), said]
  return `${printable(columns.join('  '))}\n`
}

/** Refusals and cuts catch the eye where the terminal has colours. */
function styleOf (status: number | null): 'yellow' | 'red' | undefined {
  if (status === null || status >= 500) return 'red'
  return status >= 400 ? 'yellow' : undefined
}
