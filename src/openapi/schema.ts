import type { TSchema } from '@sinclair/typebox'

/** A Schema Object of OpenAPI 3.1, which is JSON Schema. */
export type SchemaObject = Readonly<Record<string, any>>

/** The schemas that several places of a document share, by name: its `components.schemas`. */
export type Components = Record<string, SchemaObject>

/**
 * Translates a TypeBox schema into OpenAPI. A schema with a title becomes a component of that name. A
 * choice of words becomes an `enum`, and a choice between a schema and null that schema with null as
 * another type. What only serves the messages about a wrong value is left out.
 *
 * @param components gets the schemas with a title.
 */
export function toSchemaObject (schema: TSchema, components: Components): SchemaObject {
  const { title } = schema
  if (title === undefined) return toInlineSchema(schema, components)
  components[title] ??= toInlineSchema(schema, components)
  return { $ref: `#/components/schemas/${title}` }
}

function toInlineSchema (schema: TSchema, components: Components): SchemaObject {
  const { errorMessage, secret, anyOf, const: word, properties, patternProperties, items, ...rest } = schema
  const translate = (part: TSchema): SchemaObject => toSchemaObject(part, components)
  return {
    ...anyOf && mergeChoices(anyOf.map(translate)),
    ...rest,
    ...word !== undefined && { enum: [word] },
    ...properties && { properties: Object.fromEntries(Object.entries<TSchema>(properties).map(([name, member]) => [name, translate(member)])) },
    // A Type.Record, which has one pattern. Few readers of OpenAPI know patterns of names.
    ...patternProperties && { additionalProperties: translate(Object.values<TSchema>(patternProperties)[0] as TSchema) },
    ...items && { items: translate(items) }
  }
}

function mergeChoices (choices: readonly SchemaObject[]): SchemaObject {
  const notNull = choices.filter(({ type }) => type !== 'null')
  const [first, ...others] = mergeWords(notNull)
  if (first?.['type'] === undefined || others.length > 0) return { anyOf: choices }
  if (notNull.length === choices.length) return first
  return { ...first, ...first['enum'] && { enum: [...first['enum'], null] }, type: [first['type'], 'null'] }
}

/** Merges choices into one `enum` when each of them is a word; otherwise returns them as they are. */
function mergeWords (choices: readonly SchemaObject[]): readonly SchemaObject[] {
  const [first] = choices
  if (choices.some((choice) => choice['enum'] === undefined || choice['type'] !== first?.['type'])) return choices
  return [{ type: first?.['type'], enum: choices.flatMap((choice) => choice['enum']) }]
}
