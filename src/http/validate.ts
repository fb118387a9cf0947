import type { Static, TSchema } from '@sinclair/typebox'
import { invalidRequest, type XblError } from '../model/refusals.ts'
import { fillDefaults, findProblem } from '../base/validation.ts'

/**
 * A body with the defaults of its schema, or the refusal of one that is wrong: what Fastify takes for
 * a validator.
 */
export function validate (schema: TSchema, body: unknown): { value: unknown } | { error: XblError } {
  const value = fillDefaults(schema, body ?? undefined)
  const problem = findProblem(schema, value)
  return problem === undefined ? { value } : { error: wrongBody(problem.path, problem.message) }
}

/**
 * A value with the defaults of its schema.
 *
 * @throws 400 when it is wrong.
 */
export function requireValid<T extends TSchema> (schema: T, given: unknown): Static<T> {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  // The defaults are filled into a copy: it is the caller's.
  const result = validate(schema, isObject ? { ...given } : given)
  if ('error' in result) throw result.error
  return result.value as Static<T>
}

/** 400 for a member of a body. */
export function wrongBody (path: string, message: string): XblError {
  return invalidRequest(`The body${path === '' ? '' : `, at ${path}`}: ${message}.`)
}
