import { stringifyExactJson } from '../base/exact-json.ts'

// How the commands on a running emulator write what they were answered.

/** The option `--json`, of all of these commands. */
export const JSON_OPTION = ['--json', 'write JSON, a line for each'] as const

/** JSON as a line. What controls a terminal and may stand in JSON as it is, is escaped: it is the same JSON. */
export const jsonLine = (json: string): string => `${json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapeAll)}\n`

/** Values as JSON, a line for each: a script reads them one by one, as they come. */
export const jsonLines = (values: readonly unknown[]): string => values.map((value) => jsonLine(stringifyExactJson(value))).join('')

/** Rows of text with the columns under each other. The last column is as long as it is. */
export function table (rows: ReadonlyArray<readonly string[]>): string {
  const shown = rows.map((row) => row.map(printable))
  const widths = (shown[0] ?? []).map((_cell, column) => Math.max(...shown.map((row) => (row[column] as string).length)))
  return shown.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  ').trimEnd()}\n`).join('')
}

/** A text without the characters that control a terminal, or hide or turn round what follows: names, queries and messages are somebody else's. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeAll)

const escapeAll = (text: string): string => text.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
