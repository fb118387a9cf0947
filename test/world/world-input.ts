import type { TSchema } from '@sinclair/typebox'
import { World } from '../../src/world/schema.ts'

/**
 * Writes `src/world/world-input.ts`: the type of a world as its author writes it, made of its schema. To write it anew:
 *
 *     npm exec -- node test/world/world-input.ts > src/world/world-input.ts
 */

/** The interfaces, by where their objects stand in the schema. */
const NAMES: Readonly<Record<string, string>> = {
  '': 'World',
  '/titles': 'WorldTitle',
  '/titles/achievements': 'WorldAchievement',
  '/titles/achievements/requirements': 'WorldRequirement',
  '/titles/achievements/mediaAssets': 'WorldMediaAsset',
  '/titles/achievements/rewards': 'WorldReward',
  '/titles/achievements/rewards/mediaAsset': 'WorldMediaAsset',
  '/titles/achievements/igdb': 'WorldIgdb',
  '/titles/titleHub': 'WorldTitleHub',
  '/users': 'WorldUser',
  '/users/profile': 'WorldProfile',
  '/users/presence': 'WorldPresence',
  '/users/presence/titles': 'WorldPresenceTitle',
  '/users/titles': 'WorldPlayedTitle',
  '/users/titles/stats': 'WorldStat',
  '/users/achievements': 'WorldProgress',
  '/sessions': 'WorldSession'
}

const HEAD = `/**
 * A world as its author writes it: what has a default may be left out, and undefined is as good as left out. Made of the
 * schema by test/world/world-input.ts.
 */

/** A text: for all locales, or by locale. */
export type LocalizedTextInput = string | Readonly<Record<string, string>>
`

export function writeWorldInput (): string {
  const interfaces = new Map<string, string>()
  write(World, '', interfaces)
  return `${HEAD}\n${[...interfaces.values()].join('\n')}`
}

/** The type of a schema. Objects that have a name become interfaces. */
function write (schema: TSchema, path: string, interfaces: Map<string, string>): string {
  const { type, anyOf, items, properties, patternProperties } = schema
  if (schema['const'] !== undefined) return `'${schema['const']}'`
  if (anyOf !== undefined) return [...new Set<string>(anyOf.map((branch: TSchema) => write(branch, path, interfaces)))].join(' | ').replace('string | Readonly<Record<string, string>>', 'LocalizedTextInput')
  if (items !== undefined) {
    const item = write(items, path, interfaces)
    return /^\w+$/.test(item) ? `readonly ${item}[]` : `ReadonlyArray<${item}>`
  }
  if (patternProperties !== undefined) return 'Readonly<Record<string, string>>'
  if (properties !== undefined) return writeObject(schema, path, interfaces)
  return type === 'integer' ? 'number' : type
}

function writeObject (schema: TSchema, path: string, interfaces: Map<string, string>): string {
  const name = NAMES[path]
  const entries = Object.entries<TSchema>(schema['properties'])
  const members = entries.map(([member, part]) => {
    const isOptional = part.default !== undefined || !schema['required'].includes(member)
    const text = `readonly ${member}${isOptional ? '?' : ''}: ${write(part, `${path}/${member}`, interfaces)}${isOptional ? ' | undefined' : ''}`
    return { text, description: part.description }
  })
  if (name === undefined) return `{ ${members.map(({ text }) => text).join(', ')} }`
  const lines = members.map(({ text, description }) => `${description === undefined ? '' : `  /** ${description} */\n`}  ${text}\n`)
  interfaces.set(name, `export interface ${name}Input {\n${lines.join('')}}\n`)
  return `${name}Input`
}

if (process.argv[1] === import.meta.filename) process.stdout.write(writeWorldInput())
