import { randomUUID } from 'node:crypto'

/** A base of letters and digits, then numbers: https://github.com/microsoft/CorrelationVector. */
const VECTOR = /^[A-Za-z0-9+/]{1,64}(\.\d{1,10}){1,16}$/
const LONGEST = 127

/**
 * The `MS-CV` of an answer: the request's, continued by one more number, or a new one where the
 * request has none that can be continued.
 */
export function continueVector (header: string | undefined): string {
  if (header !== undefined && header.length + 2 <= LONGEST && VECTOR.test(header)) return `${header}.0`
  const id = randomUUID()
  return `${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24, 26)}.0`
}
