import { invalidRequest } from '../errors.ts'
import { DEEPEST, isTooDeep } from '../json-depth.ts'

/**
 * Parses a body as JSON, whatever its Content-Type says.
 *
 * @throws 400 when it is not JSON, or nested too deeply.
 */
export function parseJson (text: string): unknown {
  requireShallow(text)
  try {
    // Some editors, and some clients, begin UTF-8 with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalidRequest(text === '' ? 'The body is empty; expected JSON.' : `The body is not JSON: ${(error as Error).message}.`)
  }
}

/** @throws 400 when a body is nested too deeply. */
export function requireShallow (text: string): void {
  if (isTooDeep(text)) throw invalidRequest(`The body is nested more than ${DEEPEST} levels deep; expected ${DEEPEST} at most.`)
}
