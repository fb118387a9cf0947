import { invalidRequest } from '../../model/refusals.ts'
import { readXuid } from '../../http/ids.ts'
import { spellPath } from '../../http/target.ts'
import { show } from '../../base/validation.ts'
import { requireReachable, type FaultRoute } from './fault-reach.ts'
import { LONGEST_BODY, REDIRECTS, type FaultSpec } from './fault-spec.ts'

const HEADER_NAME = /^[a-z][\w.-]{0,63}$/i

/** Headers that say how an answer is sent: a wrong one would break the connection, and not the answer. */
const OF_CONNECTIONS = new Set(['connection', 'content-length', 'http2-settings', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/**
 * A fault that can happen, in the spelling in which it is compared and sent.
 *
 * @param routes those that faults can happen to.
 * @throws 400 when its members contradict each other, nothing would go wrong, or it would happen to no request.
 */
export function checkFault (spec: FaultSpec, routes: readonly FaultRoute[]): FaultSpec {
  requireSense(spec)
  const { path, xuid, headers } = spec
  const checked = { ...spec, path: path && readPattern(path), xuid: xuid && readXuid(xuid), headers: headers && readHeaders(headers), body: readBody(spec) }
  requireReachable(checked, routes)
  return checked
}

/** Members that go together, or do not. */
function requireSense ({ status, effect, delay, location, retryAfter, headers, body }: FaultSpec): void {
  if (status === null && effect === null && delay === null) throw invalidRequest('The fault does nothing; expected status, effect or delay.')
  if (status !== null && effect !== null && effect !== 'truncate') throw invalidRequest(`The fault has status and the effect "${effect}"; expected one of them.`)
  if (delay !== null && effect === 'hang') throw invalidRequest('The fault has delay and the effect "hang"; expected one of them.')
  if (delay !== null && typeof delay === 'object' && delay.min > delay.max) throw invalidRequest(`delay is from ${delay.min} to ${delay.max}; expected max to be no less than min.`)
  if ((location !== null) !== (status !== null && REDIRECTS.includes(status))) throw invalidRequest(`location goes with the statuses ${REDIRECTS.join(', ')}, and with them alone.`)
  if (retryAfter !== null && status !== 429 && status !== 503) throw invalidRequest('retryAfter goes with the statuses 429 and 503, and with them alone.')
  if ((headers !== null || body !== null) && status === null) throw invalidRequest('headers and body go with a status; expected one.')
  if (body !== null && status === 304) throw invalidRequest('An answer of 304 has no body; expected another status, or no body.')
}

/** A pattern in the one spelling that paths have when they are compared. */
function readPattern (path: string): string {
  try {
    decodeURIComponent(path)
  } catch {
    throw invalidRequest(`path is ${show(path)}; expected one that can be decoded.`)
  }
  return spellPath(path)
}

/** Headers by lower-case name. */
function readHeaders (headers: Readonly<Record<string, string>>): Record<string, string> {
  const read = new Map<string, string>()
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase()
    if (!HEADER_NAME.test(name)) throw invalidRequest(`headers has ${show(given)}; expected names of at most 64 letters, digits, "-", "_" and ".", with a letter first.`)
    if (OF_CONNECTIONS.has(name)) throw invalidRequest(`headers has ${show(given)}; expected none of those that say how an answer is sent.`)
    if (read.has(name)) throw invalidRequest(`headers has ${show(name)} twice; expected each once.`)
    read.set(name, value)
  }
  return Object.fromEntries(read)
}

/** A body of its own: nobody changes it any more. */
function readBody ({ body, headers }: FaultSpec): FaultSpec['body'] {
  if (body === null) {
    if (Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type')) throw invalidRequest('headers has content-type; expected it with a body.')
    return null
  }
  const own = typeof body === 'string' ? body : copyOf(body)
  const { length } = bytesOf(own)
  if (length > LONGEST_BODY) throw invalidRequest(`body is ${length} bytes long; expected at most ${LONGEST_BODY}.`)
  return own
}

/** A value of this process as JSON has it. */
function copyOf (body: object): object {
  try {
    return JSON.parse(JSON.stringify(body))
  } catch (error) {
    throw invalidRequest(`body is no JSON: ${(error as Error).message}.`)
  }
}

/** A body of its own as it is sent. */
export const bytesOf = (body: string | object): Buffer => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
