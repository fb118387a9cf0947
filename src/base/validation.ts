import type { TSchema } from '@sinclair/typebox'
import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value'
import { textOfInexact } from './json-numbers.ts'

/** One thing that is wrong with a value: where it is (a JSON pointer), what arrived, what was expected. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** How many problems are told; those beyond are counted. */
export const MOST_PROBLEMS = 100

/**
 * What is wrong with a value, one problem a place, in the words that its schema has for it
 * (`errorMessage`), and with what was found, unless the schema says that it is a `secret`.
 *
 * @returns the first `MOST_PROBLEMS`, and how many there are in all.
 */
export function findProblems (schema: TSchema, value: unknown): { problems: Problem[], total: number } {
  const places = new Set<string>()
  const problems: Problem[] = []
  for (const error of Value.Errors(schema, value)) {
    const specific = mostSpecific(error)
    if (places.has(specific.path)) continue
    places.add(specific.path)
    if (problems.length < MOST_PROBLEMS) problems.push(describe(specific))
  }
  return { problems, total: places.size }
}

/** The first thing that is wrong with a value; undefined when nothing is. Looks no further. */
export function findProblem (schema: TSchema, value: unknown): Problem | undefined {
  const error = Value.Errors(schema, value).First()
  return error && describe(mostSpecific(error))
}

/**
 * Puts the defaults of a schema where a member is missing, in place: a world may be as large as the
 * memory. What is given stays as it is. (Value.Default also turns an object that stands in the place
 * of a list into a list.) A number that JavaScript would write otherwise becomes the nearest one where
 * that fits.
 *
 * @returns the value, or the default of one that is undefined.
 */
export function fillDefaults (schema: TSchema, value: unknown): unknown {
  if (value === undefined) return defaultOf(schema)
  if (typeof value === 'symbol') return nearestThatFits(schema, value)
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

function nearestThatFits (schema: TSchema, value: symbol): unknown {
  const nearest = Number(textOfInexact(value))
  return Value.Check(schema, nearest) ? nearest : value
}

/** The default of every empty list, one object for all of them: a world may have a million. It is frozen, so that no reader adds to it. */
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

/** The longest text that `show` makes. */
const LONGEST = 80

/**
 * A value as JSON, its numbers as they were sent, cut so that it fits a line. No more of it is looked at
 * than is shown: some that arrive are larger than a text can be, or nested too deeply for JSON.stringify.
 */
export function show (value: unknown): string {
  let text = ''
  for (const piece of write(value)) {
    text += piece
    if (text.length > LONGEST) return `${text.slice(0, LONGEST - 1)}…`
  }
  return text
}

function * write (value: unknown): Generator<string> {
  if (typeof value === 'string') yield JSON.stringify(value.slice(0, LONGEST))
  else if (Array.isArray(value)) yield * writeList(value)
  else if (typeof value === 'object' && value !== null) yield * writeObject(value as Record<string, unknown>)
  else yield textOfInexact(value) ?? String(value)
}

function * writeList (list: readonly unknown[]): Generator<string> {
  yield '['
  for (const [index, item] of list.entries()) {
    if (index > 0) yield ','
    yield * write(item)
  }
  yield ']'
}

function * writeObject (object: Readonly<Record<string, unknown>>): Generator<string> {
  yield '{'
  let between = ''
  for (const name in object) {
    yield `${between}${JSON.stringify(name.slice(0, LONGEST))}:`
    yield * write(object[name])
    between = ','
  }
  yield '}'
}

/** In a union, what is wrong deeper inside says more than that no branch fits. Looks no further than the first. */
function mostSpecific (error: ValueError): ValueError {
  for (const branch of error.errors) {
    for (const inside of branch) {
      if (inside.path.length > error.path.length) return mostSpecific(inside)
    }
  }
  return error
}

function describe ({ type, path, schema, value, message }: ValueError): Problem {
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    const known = Object.keys(schema['properties'] ?? {}).join(', ')
    return { path, message: `unknown member${known === '' ? '' : `; known are ${known}`}` }
  }
  const expected = `expected ${schema['errorMessage'] ?? message}`
  if (value === undefined) return { path, message: `missing, ${expected}` }
  // A value that nobody may read is in no message.
  if (schema['secret'] === true) return { path, message: expected }
  const found = type === ValueErrorType.ArrayMaxItems ? `${(value as unknown[]).length} elements` : show(value)
  return { path, message: `found ${found}, ${expected}` }
}
