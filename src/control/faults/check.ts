import { formatValue } from '../../base/validation.ts'
import { readXuid } from '../../http/ids.ts'
import { canonicalPath, isOwnTarget } from '../../http/target.ts'
import { invalidRequest } from '../../model/refusals.ts'
import { canMatchRoute, type FaultRoute } from './path-pattern.ts'
import { LONGEST_FAULT_BODY, REDIRECTS, type FaultSpec } from './schema.ts'

const HEADER_NAME = /^[a-z][\w.-]{0,63}$/i

/** Headers that say how an answer is transferred: a wrong one breaks the connection instead of the answer. */
const CONNECTION_HEADERS = new Set(['connection', 'content-length', 'http2-settings', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/**
 * Checks a fault and returns it in canonical form: path, XUID and header names are spelled as they are compared.
 *
 * @param routes the routes that faults can happen to.
 * @throws 400 when its members contradict each other, when it does nothing, or when it can happen to no request.
 */
export function checkFault (spec: FaultSpec, routes: readonly FaultRoute[]): FaultSpec {
  requireConsistent(spec)
  const { path, xuid, headers } = spec
  const checked = { ...spec, path: path && checkPath(path), xuid: xuid && readXuid(xuid), headers: headers && checkHeaders(headers), body: checkBody(spec) }
  requireReachable(checked, routes)
  return checked
}

/** @throws 400 when members are given that exclude each other, or one without another that it needs. */
function requireConsistent ({ status, effect, delay, location, retryAfter, headers, body }: FaultSpec): void {
  if (status === null && effect === null && delay === null) throw invalidRequest('The fault does nothing; expected status, effect or delay.')
  if (status !== null && effect !== null && effect !== 'truncate') throw invalidRequest(`The fault has status and the effect "${effect}"; expected one of them.`)
  if (delay !== null && effect === 'hang') throw invalidRequest('The fault has delay and the effect "hang"; expected one of them.')
  if (delay !== null && typeof delay === 'object' && delay.min > delay.max) throw invalidRequest(`delay is from ${delay.min} to ${delay.max}; expected max to be no less than min.`)
  if ((location !== null) !== (status !== null && REDIRECTS.includes(status))) throw invalidRequest(`location goes with the statuses ${REDIRECTS.join(', ')}, and with them alone.`)
  if (retryAfter !== null && status !== 429 && status !== 503) throw invalidRequest('retryAfter goes with the statuses 429 and 503, and with them alone.')
  if ((headers !== null || body !== null) && status === null) throw invalidRequest('headers and body go with a status; expected one.')
  if (body !== null && status === 304) throw invalidRequest('An answer of 304 has no body; expected another status, or no body.')
}

/**
 * Makes sure that there are requests which a fault can happen to. A fault for a path that is not served does
 * nothing, and the test that waits for it would find that out late.
 *
 * @throws 400 when there are none.
 */
function requireReachable ({ method, path, xuid, titleId }: FaultSpec, routes: readonly FaultRoute[]): void {
  const matching = routes.filter((route) =>
    (method === null || route.methods.includes(method.toUpperCase())) && (path === null || (!isOwnTarget(path) && canMatchRoute(path, route))))
  if (matching.length === 0) {
    const what = [method === null ? [] : [`method ${formatValue(method)}`], path === null ? [] : [`path ${formatValue(path)}`]].flat().join(' and ')
    throw invalidRequest(`The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has ${what}.`)
  }
  if ((xuid !== null || titleId !== null) && !matching.some(({ hasClaims }) => hasClaims)) {
    throw invalidRequest('The fault can happen to no request: it has xuid or titleId, and requests of the sign-in and of the IGDB view have neither.')
  }
}

/** Returns the pattern in the spelling in which paths are compared. */
function checkPath (path: string): string {
  try {
    decodeURIComponent(path)
  } catch {
    throw invalidRequest(`path is ${formatValue(path)}; expected one that can be decoded.`)
  }
  return canonicalPath(path)
}

/** Returns the headers by lower-case name. */
function checkHeaders (headers: Readonly<Record<string, string>>): Record<string, string> {
  const read = new Map<string, string>()
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase()
    if (!HEADER_NAME.test(name)) throw invalidRequest(`headers has ${formatValue(given)}; expected names of at most 64 letters, digits, "-", "_" and ".", with a letter first.`)
    if (CONNECTION_HEADERS.has(name)) throw invalidRequest(`headers has ${formatValue(given)}; expected none of those that say how an answer is sent.`)
    if (read.has(name)) throw invalidRequest(`headers has ${formatValue(name)} twice; expected each once.`)
    read.set(name, value)
  }
  return Object.fromEntries(read)
}

/** Returns the body as a copy, which the caller cannot change afterwards. */
function checkBody ({ body, headers }: FaultSpec): FaultSpec['body'] {
  if (body === null) {
    if (Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type')) throw invalidRequest('headers has content-type; expected it with a body.')
    return null
  }
  const copy = typeof body === 'string' ? body : copyJson(body)
  const { length } = encodeBody(copy)
  if (length > LONGEST_FAULT_BODY) throw invalidRequest(`body is ${length} bytes long; expected at most ${LONGEST_FAULT_BODY}.`)
  return copy
}

/** A test in this process may give any object, one that JSON cannot express, too. */
function copyJson (body: object): object {
  try {
    return JSON.parse(JSON.stringify(body))
  } catch (error) {
    throw invalidRequest(`body is no JSON: ${(error as Error).message}.`)
  }
}

/** The body of a fault as it is sent. */
export const encodeBody = (body: string | object): Buffer => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
