type Members = Readonly<Record<string, any>>

/**
 * Tidies what @fastify/swagger made of the TypeBox schemas: a schema with a title becomes a component,
 * a choice of words an `enum`, a choice between one thing and null that thing with null, and what
 * stands for the importer's messages alone is left out.
 */
export function tidy (document: object): object {
  const schemas: Record<string, object> = {}
  const tidied = JSON.parse(JSON.stringify(document), (name, value: unknown) => {
    if (name === 'requestBody') return describeNeed(value as Members)
    return isSchema(value) ? refer(simplify(value), schemas) : value
  })
  // A user segment as the service writes it: @fastify/swagger takes the bracket for an expression.
  const paths = Object.entries(tidied.paths).map(([path, item]) => [path.replace(/^\/users\/\{xuid\}/, '/users/xuid({xuid})'), item])
  return { ...tidied, components: { ...tidied.components, schemas }, paths: Object.fromEntries(paths) }
}

function isSchema (value: unknown): value is Members {
  if (typeof value !== 'object' || value === null) return false
  return ('type' in value && typeof value.type === 'string') || ('anyOf' in value && Array.isArray(value.anyOf))
}

/** A body that has a default need not be sent. */
function describeNeed (body: Members): Members {
  const [{ schema }] = Object.values<Members>(body['content']) as [Members]
  return { ...body, required: schema['default'] === undefined }
}

function refer (schema: Members, schemas: Record<string, object>): Members {
  const { title } = schema
  if (title === undefined) return schema
  schemas[title] = schema
  return { $ref: `#/components/schemas/${title}` }
}

function simplify ({ errorMessage, secret, ...schema }: Members): Members {
  const { anyOf, ...rest } = schema
  if (anyOf === undefined) return schema
  const things: Members[] = anyOf.filter(({ type }: Members) => type !== 'null')
  const [thing = {}, ...others] = mergeWords(things)
  if (others.length > 0 || thing['type'] === undefined) return schema
  if (things.length === anyOf.length) return { ...thing, ...rest }
  return { ...thing, ...thing['enum'] && { enum: [...thing['enum'], null] }, ...rest, type: [thing['type'], 'null'] }
}

/** One choice of all words, when there is nothing but words. */
function mergeWords (schemas: readonly Members[]): readonly Members[] {
  const [first] = schemas
  if (first === undefined || schemas.some((schema) => schema['enum'] === undefined || schema['type'] !== first['type'])) return schemas
  return [{ type: first['type'], enum: schemas.flatMap((schema) => schema['enum']) }]
}
