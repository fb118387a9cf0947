import type { TSchema } from '@sinclair/typebox'
import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value'

/** One thing that is wrong with a value: where it is (a JSON pointer), what arrived, what was expected. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/**
 * What is wrong with a value, one problem a place, in the words that its schema has for it
 * (`errorMessage`), and with what was found, unless the schema says that it is a `secret`.
 */
export function findProblems (schema: TSchema, value: unknown): Problem[] {
  const problems = new Map<string, string>()
  for (const error of Value.Errors(schema, value)) {
    const { path, message } = describe(mostSpecific(error))
    if (!problems.has(path)) problems.set(path, message)
  }
  return [...problems].map(([path, message]) => ({ path, message }))
}

/** The first thing that is wrong with a value; undefined when nothing is. Looks no further. */
export function findProblem (schema: TSchema, value: unknown): Problem | undefined {
  const error = Value.Errors(schema, value).First()
  return error && describe(mostSpecific(error))
}

/**
 * Puts the defaults of a schema where a member is missing, in place: a world may be as large as the
 * memory. What is given stays as it is. (Value.Default also turns an object that stands in the place
 * of a list into a list.)
 *
 * @returns the value, or the default of one that is undefined.
 */
export function fillDefaults (schema: TSchema, value: unknown): unknown {
  if (value === undefined) return defaultOf(schema)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    if (schema['items'] !== undefined) value.forEach((item, index) => { value[index] = fillDefaults(schema['items'], item) })
    return value
  }
  const members = value as Record<string, unknown>
  const { properties } = objectIn(schema)
  for (const name in properties) {
    const given = members[name]
    const filled = fillDefaults(properties[name], given)
    if (filled !== given) members[name] = filled
  }
  return value
}

/** One for all who have nothing: a world has a million of them. Nobody can add to it. */
const EMPTY: readonly never[] = Object.freeze([])

function defaultOf (schema: TSchema): unknown {
  const value = schema['default']
  if (Array.isArray(value) && value.length === 0) return EMPTY
  return typeof value === 'object' && value !== null ? fillDefaults(schema, structuredClone(value)) : value
}

/** What an object is by a schema: of a choice, the one that is an object. */
function objectIn (schema: TSchema): TSchema {
  return schema['anyOf']?.find(({ type }: TSchema) => type === 'object') ?? schema
}

/** Shortens a value so that it fits a line. */
export function show (value: unknown): string {
  const text = tryStringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** JSON.stringify goes down into a value by recursion, and some arrive that are too deep for it. */
function tryStringify (value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return 'something nested too deep to show'
  }
}

/** In a union, what is wrong deeper inside says more than that no branch fits. */
function mostSpecific (error: ValueError): ValueError {
  const inside = error.errors.flatMap((branch) => [...branch]).find(({ path }) => path.length > error.path.length)
  return inside === undefined ? error : mostSpecific(inside)
}

function describe ({ type, path, schema, value, message }: ValueError): Problem {
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    const known = Object.keys(schema['properties'] ?? {}).join(', ')
    return { path, message: `unknown member${known === '' ? '' : `; known are ${known}`}` }
  }
  const expected = `expected ${schema['errorMessage'] ?? message}`
  if (value === undefined) return { path, message: `missing, ${expected}` }
  // A value that nobody may read is in no message.
  return { path, message: schema['secret'] === true ? expected : `found ${show(value)}, ${expected}` }
}
