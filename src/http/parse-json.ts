import { invalidRequest } from '../model/refusals.ts'
import { findExcess } from '../base/json-bounds.ts'
import { parseNumbers } from '../base/json-numbers.ts'

/**
 * Parses a body as JSON, whatever its Content-Type says. An empty one is none: some clients announce
 * a body, in chunks or over HTTP/2, before they know that they have none. Numbers that JavaScript would
 * write otherwise are as in json-numbers.ts.
 *
 * @throws 400 when it is not JSON, nested too deeply, or too large for the memory.
 */
export function parseJson (text: string): unknown {
  if (text === '') return undefined
  requireModest(text)
  try {
    // Some editors, and some clients, begin UTF-8 with a byte order mark.
    return parseNumbers(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalidRequest(`The body is not JSON: ${withoutText(error as Error)}.`)
  }
}

/** @throws 400 when a body is nested too deeply, or too large for the memory. */
export function requireModest (text: string): void {
  const excess = findExcess(text)
  if (excess !== undefined) throw invalidRequest(`The body: ${excess}.`)
}

/** What is wrong, but not the text around it, which may hold a token. */
const withoutText = ({ message }: Error): string => message.replace(/, [^,]*"[^]* is not valid JSON$/, '')
