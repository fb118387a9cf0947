import type { Dialect } from '../../model/dialect.ts'
import type { XblError } from '../../model/refusals.ts'

/** The number and the text of the live service's 401. */
const NO_VALID_CLAIMS = { code: 23, description: 'No valid claims were found on the request.' }

/**
 * The body of a refusal: in the documented dialect a ServiceErrorResponse, whose number is null where none
 * is documented; in the live dialect a ServiceError, whose number is the HTTP status where no other is known.
 *
 * @param trace identifies the request: the log line has it, too.
 */
export function toErrorBody ({ status, code, message, body }: XblError, dialect: Dialect, trace: string): object {
  if (body !== null) return body
  if (dialect === 'documented') return { errorCode: code, errorMessage: message }
  const known = status === 401 ? NO_VALID_CLAIMS : { code: code ?? status, description: message }
  return { code: known.code, source: 'Progress', description: known.description, traceInformation: trace }
}
