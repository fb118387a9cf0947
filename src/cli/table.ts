import { stringifyExactJson } from '../base/exact-json.ts'
import { printable, printableJson } from '../base/shown-text.ts'

// How the commands on a running emulator write what they were answered.

/** The option `--json`, of all of these commands. */
export const JSON_OPTION = ['--json', 'write JSON, a line for each'] as const

/** JSON as a line. What controls a terminal and may stand in JSON as it is, is escaped: it is the same JSON. */
export const jsonLine = (json: string): string => `${printableJson(json)}
`

/** Values as JSON, a line for each: a script reads them one by one, as they come. */
export const jsonLines = (values: readonly unknown[]): string => values.map((value) => jsonLine(stringifyExactJson(value))).join('')

/** Rows of text with the columns under each other. The last column is as long as it is. */
export function table (rows: ReadonlyArray<readonly string[]>): string {
  const shown = rows.map((row) => row.map(printable))
  const widths = (shown[0] ?? []).map((_cell, column) => Math.max(...shown.map((row) => (row[column] as string).length)))
  return shown.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  ').trimEnd()}\n`).join('')
}
