import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TSchema } from '@sinclair/typebox'
import { parseExactJson, withoutQuote } from '../base/exact-json.ts'
import { findExceededLimit, firstJsonValue } from '../base/json-limits.ts'
import { fillDefaults, findProblem, foreignKind, type Problem } from '../base/validation.ts'
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
    throw invalidRequest(`The body is not JSON: ${withoutQuote((error as Error).message)}.`)
  }
}

/**
 * Parses the first JSON value of a body as `parseJson` does, and ignores what follows it: the live service takes a
 * client's body that goes on with text which is not JSON. [octe]
 */
export const parseFirstJson = (text: string): unknown => parseJson(firstJsonValue(text))

/** @throws 400 when a body is nested too deeply, or too large for the memory. */
export function requireJsonBounds (text: string): void {
  const excess = findExceededLimit(text)
  if (excess !== undefined) throw invalidRequest(`The body: ${excess}.`)
}

/**
 * Checks a body against a schema, in the form that Fastify wants of a validator.
 *
 * @returns the body with the defaults of the schema filled in, or the 400 that refuses it.
 */
export function validate (schema: TSchema, body: unknown, what = 'The body'): { value: unknown } | { error: XblError } {
  const value = fillDefaults(schema, body ?? undefined)
  const problem = findProblem(schema, value)
  return problem === undefined ? { value } : { error: wrongInput(what, problem) }
}

/**
 * A copy of a value with the defaults of its schema filled in. The value itself belongs to the caller and
 * is not changed.
 *
 * @param what how the message calls the value.
 * @throws 400 when it does not fit the schema.
 */
export function requireValid<T extends TSchema> (schema: T, given: unknown, what = 'The body'): Static<T> {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const kind = foreignKind(given)
  if (kind !== undefined) throw wrongInput(what, { path: '', message: `found ${kind}, expected an object` })
  const result = validate(schema, isObject ? { ...given } : given, what)
  if ('error' in result) throw result.error
  return result.value as Static<T>
}

/** 400 for a value, with the place in it of what is wrong. */
export const wrongInput = (what: string, { path, message }: Problem): XblError => invalidRequest(`${what}${path === '' ? '' : `, at ${path}`}: ${message}.`)
