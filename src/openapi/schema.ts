import type { TSchema } from '@sinclair/typebox'

/** A schema as OpenAPI 3.1 has it. */
export type OpenApiSchema = Readonly<Record<string, any>>

/** The schemas that several places of a document share, by name: its `components.schemas`. */
export type Components = Record<string, OpenApiSchema>

/**
 * Translates a TypeBox schema into OpenAPI. A schema with a title becomes a component of that name. A
 * choice of words becomes an `enum`, and a choice between a schema and null that schema with null as
 * another type. What only serves the messages about a wrong value is left out.
 *
 * @param components gets the schemas with a title.
 */
export function describeSchema (schema: TSchema, components: Components): OpenApiSchema {
  const { title } = schema
  if (title === undefined) return describeInline(schema, components)
  components[title] ??= describeInline(schema, components)
  return { $ref: `#/components/schemas/${title}` }
}

function describeInline (schema: TSchema, components: Components): OpenApiSchema {
  const { errorMessage, secret, anyOf, const: word, properties, patternProperties, items, ...rest } = schema
  const describe = (part: TSchema): OpenApiSchema => describeSchema(part, components)
  return {
    ...anyOf && describeChoice(anyOf.map(describe)),
    ...rest,
    ...word !== undefined && { enum: [word] },
    ...properties && { properties: Object.fromEntries(Object.entries<TSchema>(properties).map(([name, member]) => [name, describe(member)])) },
    // A Type.Record, which has one pattern. Few readers of OpenAPI know patterns of names.
    ...patternProperties && { additionalProperties: describe(Object.values<TSchema>(patternProperties)[0] as TSchema) },
    ...items && { items: describe(items) }
  }
}

function describeChoice (choices: readonly OpenApiSchema[]): OpenApiSchema {
  const notNull = choices.filter(({ type }) => type !== 'null')
  const [first, ...others] = mergeWords(notNull)
  if (first?.['type'] === undefined || others.length > 0) return { anyOf: choices }
  if (notNull.length === choices.length) return first
  return { ...first, ...first['enum'] && { enum: [...first['enum'], null] }, type: [first['type'], 'null'] }
}

/** One choice in the place of all, when each is a word. */
function mergeWords (choices: readonly OpenApiSchema[]): readonly OpenApiSchema[] {
  const [first] = choices
  if (choices.some((choice) => choice['enum'] === undefined || choice['type'] !== first?.['type'])) return choices
  return [{ type: first?.['type'], enum: choices.flatMap((choice) => choice['enum']) }]
}
