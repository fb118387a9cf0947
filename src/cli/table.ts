import { stringifyExactJson } from '../base/exact-json.ts'
import { printable } from '../base/shown-text.ts'

// How the commands on a running emulator write what they were answered.

/** The option `--json`, of all of these commands. */
export const JSON_OPTION = ['--json', 'write JSON, a line for each'] as const

/** Values as JSON, a line for each: a script reads them one by one, as they come. */
export const jsonLines = (values: readonly unknown[]): string => values.map((value) => `${stringifyExactJson(value)}\n`).join('')

/** Rows of text with the columns under each other. The last column is as long as it is. */
export function table (rows: ReadonlyArray<readonly string[]>): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => (row[column] as string).length)))
  return rows.map((row) => printable(row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  ').trimEnd()) + '\n').join('')
}
