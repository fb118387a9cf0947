import { invalidRequest } from '../errors.ts'

/**
 * Parses a body as JSON, whatever its Content-Type says.
 *
 * @throws 400 when it is not JSON.
 */
export function parseJson (text: string): unknown {
  try {
    // Some editors, and some clients, begin UTF-8 with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalidRequest(text === '' ? 'The body is empty; expected JSON.' : `The body is not JSON: ${withoutText(error as Error)}.`)
  }
}

/** What is wrong, but not the text around it, which may hold a token. */
const withoutText = ({ message }: Error): string => message.replace(/, [^,]*"[^]* is not valid JSON$/, '')
