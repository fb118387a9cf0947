import type { TSchema } from '@sinclair/typebox'
import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value'
import { symbolText } from './exact-json.ts'

/** What is wrong with a value: where (a JSON pointer), what was found, and what was expected. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** How many problems are described; further ones are only counted. */
export const MOST_PROBLEMS = 100

/**
 * Finds what is wrong with a value, at most one problem for each path. The schema's `errorMessage` says what was
 * expected. What was found is left out where the schema says `secret`.
 *
 * @returns the first `MOST_PROBLEMS` problems, and how many there are in total.
 */
export function findProblems (schema: TSchema, value: unknown): { problems: Problem[], total: number } {
  const paths = new Set<string>()
  const problems: Problem[] = []
  for (const error of Value.Errors(schema, value)) {
    const specific = mostSpecific(error)
    if (paths.has(specific.path)) continue
    paths.add(specific.path)
    if (problems.length < MOST_PROBLEMS) problems.push(toProblem(specific))
  }
  return { problems, total: paths.size }
}

/** Finds the first problem of a value, and looks no further; undefined when there is none. */
export function findProblem (schema: TSchema, value: unknown): Problem | undefined {
  const error = Value.Errors(schema, value).First()
  return error && toProblem(mostSpecific(error))
}

/**
 * What a Map, a Promise or another object that is no data is called; undefined for everything else. What it holds are
 * no members: a schema takes it for an object without any.
 */
export function foreignKind (value: unknown): string | undefined {
  const kind = Object.prototype.toString.call(value)
  return typeof value !== 'object' || value === null || /^\[object (Object|Array)\]$/.test(kind) ? undefined : kind
}

/**
 * Sets missing members to the defaults of a schema, in place, because a world may be nearly as large as the memory.
 * Members that are given are not changed. (Value.Default is not used: it also turns an object into a list where
 * the schema expects one.) A symbol that stands for a number (see exact-json.ts) becomes the nearest JavaScript
 * number where the schema accepts that.
 *
 * @returns the value; for undefined, the default.
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
  const nearest = Number(symbolText(value))
  return Value.Check(schema, nearest) ? nearest : value
}

/** The one default for all empty lists, of which a world may have a million. Frozen, because it is shared. */
const EMPTY_LIST: readonly never[] = Object.freeze([])

function defaultOf (schema: TSchema): unknown {
  const value = schema['default']
  if (Array.isArray(value) && value.length === 0) return EMPTY_LIST
  return typeof value === 'object' && value !== null ? fillDefaults(schema, structuredClone(value)) : value
}

/** The schema of an object: in a union, the branch that is an object. */
function objectIn (schema: TSchema): TSchema {
  return schema['anyOf']?.find(({ type }: TSchema) => type === 'object') ?? schema
}

/** The longest text that `formatValue` returns. */
const LONGEST_FORMATTED = 80

/**
 * Writes a value as JSON for a message, with numbers as they were sent, cut to the length of a line. Only what is
 * shown is read: a value may be larger than a string can be, or nested too deep for JSON.stringify.
 */
export function formatValue (value: unknown): string {
  let text = ''
  for (const piece of writePieces(value)) {
    text += piece
    if (text.length > LONGEST_FORMATTED) return `${text.slice(0, LONGEST_FORMATTED - 1)}…`
  }
  return text
}

function * writePieces (value: unknown): Generator<string> {
  if (typeof value === 'string') yield JSON.stringify(value.slice(0, LONGEST_FORMATTED))
  else if (Array.isArray(value)) yield * writeListPieces(value)
  else if (typeof value === 'object' && value !== null) yield * writeObjectPieces(value as Record<string, unknown>)
  else yield symbolText(value) ?? String(value)
}

function * writeListPieces (list: readonly unknown[]): Generator<string> {
  yield '['
  for (const [index, item] of list.entries()) {
    if (index > 0) yield ','
    yield * writePieces(item)
  }
  yield ']'
}

function * writeObjectPieces (object: Readonly<Record<string, unknown>>): Generator<string> {
  yield '{'
  let separator = ''
  for (const name in object) {
    yield `${separator}${JSON.stringify(name.slice(0, LONGEST_FORMATTED))}:`
    yield * writePieces(object[name])
    separator = ','
  }
  yield '}'
}

/** In a union, an error deeper inside a branch says more than that no branch fits. The first such error is taken. */
function mostSpecific (error: ValueError): ValueError {
  for (const branch of error.errors) {
    for (const nested of branch) {
      if (nested.path.length > error.path.length) return mostSpecific(nested)
    }
  }
  return error
}

function toProblem ({ type, path, schema, value, message }: ValueError): Problem {
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    const known = Object.keys(schema['properties'] ?? {}).join(', ')
    return { path, message: `unknown member${known === '' ? '' : `; known are ${known}`}` }
  }
  const expected = `expected ${schema['errorMessage'] ?? message}`
  if (value === undefined) return { path, message: `missing, ${expected}` }
  // A secret value is never part of a message.
  if (schema['secret'] === true) return { path, message: expected }
  const found = type === ValueErrorType.ArrayMaxItems ? `${(value as unknown[]).length} elements` : formatValue(value)
  return { path, message: `found ${found}, ${expected}` }
}
