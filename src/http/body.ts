import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TSchema } from '@sinclair/typebox'
import { parseExactJson } from '../base/exact-json.ts'
import { findExceededLimit } from '../base/json-limits.ts'
import { fillDefaults, findForeignObject, findProblem } from '../base/validation.ts'
import { invalidRequest, type XblError } from '../model/refusals.ts'

/**
 * Makes Fastify read every body as JSON. Clients of a JSON service do not always send a Content-Type,
 * or send another one, and some send one without a body, which Fastify would refuse.
 */
export function setContentType (headers: IncomingHttpHeaders): void {
  if (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined) headers['content-type'] = 'application/json'
  else delete headers['content-type']
}

/**
 * Parses a body as JSON. An empty body is undefined: some clients announce a body, in chunks or over
 * HTTP/2, before they know that there is none. Numbers that JavaScript cannot hold exactly are read as
 * base/exact-json.ts describes.
 *
 * @throws 400 when it is not JSON, nested too deeply, or too large for the memory.
 */
export function parseJson (text: string): unknown {
  if (text === '') return undefined
  requireJsonBounds(text)
  try {
    // Some editors, and some clients, begin UTF-8 with a byte order mark.
    return parseExactJson(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalidRequest(`The body is not JSON: ${withoutQuote(error as Error)}.`)
  }
}

/** @throws 400 when a body is nested too deeply, or too large for the memory. */
export function requireJsonBounds (text: string): void {
  const excess = findExceededLimit(text)
  if (excess !== undefined) throw invalidRequest(`The body: ${excess}.`)
}

/** The message of a JSON.parse error without the part of the body that it quotes, which may hold a token. */
const withoutQuote = ({ message }: Error): string => message.replace(/, [^,]*"[^]* is not valid JSON$/, '')

/**
 * Checks a body against a schema, in the form that Fastify wants of a validator.
 *
 * @returns the body with the defaults of the schema filled in, or the 400 that refuses it.
 */
export function validate (schema: TSchema, body: unknown): { value: unknown } | { error: XblError } {
  const value = fillDefaults(schema, body ?? undefined)
  const problem = findProblem(schema, value)
  return problem === undefined ? { value } : { error: wrongBody(problem.path, problem.message) }
}

/**
 * A copy of a value with the defaults of its schema filled in. The value itself belongs to the caller and
 * is not changed.
 *
 * @throws 400 when it does not fit the schema.
 */
export function requireValid<T extends TSchema> (schema: T, given: unknown): Static<T> {
  const foreign = findForeignObject(schema, given)
  if (foreign !== undefined) throw wrongBody(foreign.path, foreign.message)
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const result = validate(schema, isObject ? { ...given } : given)
  if ('error' in result) throw result.error
  return result.value as Static<T>
}

/**
 * 400 for a body.
 *
 * @param path a JSON pointer to the member that is wrong; empty for the whole body.
 * @param message what was found and what was expected.
 */
export function wrongBody (path: string, message: string): XblError {
  return invalidRequest(`The body${path === '' ? '' : `, at ${path}`}: ${message}.`)
}
