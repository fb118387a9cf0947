import { isHexadecimalAlone } from '../base/integers.ts'
import { CommandError } from '../base/user-error.ts'

/**
 * A title id, decimal or hexadecimal as the portal has it too, `0x4B4E01A7`; what is no number is left
 * to whoever checks it.
 *
 * @throws {CommandError} for a number that lacks its 0x: the portal writes none.
 */
export function readTitleId (text: string): number | string {
  if (isHexadecimalAlone(text)) throw new CommandError(`--title-id: found "${text}", expected a decimal, or hexadecimal with 0x before it: 0x${text}`)
  return /^(\d{1,15}|0x[\da-f]{1,12})$/i.test(text) ? Number(text) : text
}
