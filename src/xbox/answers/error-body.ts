import type { Dialect } from '../../model/dialect.ts'
import type { XblError } from '../../model/refusals.ts'

/** Live: the number, and the sentence, of a request without a valid token. */
const NO_VALID_CLAIMS = { code: 23, description: 'No valid claims were found on the request.' }

/**
 * The body of a refusal.
 *
 * Documented: ServiceErrorResponse, a number, or null where none is documented, and a sentence.
 * Live: ServiceError and the trace. Its number is never null; where none is known it is the status.
 *
 * @param trace a value that is in the log, too.
 */
export function representError ({ status, code, message, body }: XblError, dialect: Dialect, trace: string): object {
  if (body !== null) return body
  if (dialect === 'documented') return { errorCode: code, errorMessage: message }
  const known = status === 401 ? NO_VALID_CLAIMS : { code: code ?? status, description: message }
  return { code: known.code, source: 'Progress', description: known.description, traceInformation: trace }
}
