import { Type, type Static } from '@sinclair/typebox'
import { nullable } from '../world/schema-parts.ts'
import { World } from '../world/schema.ts'

/** The bodies of requests that bring a world, or a part of one. */

const strictBody = { additionalProperties: false, errorMessage: 'an object' }
const flag = (description: string) => Type.Boolean({ default: false, description, errorMessage: 'true or false' })
const dryRun = flag('True: nothing is done, and what would change is told.')

const File = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 1024, description: 'Its name, with the folders that it is in, delimited by slashes.', errorMessage: 'the name of a file, of at most 1024 characters' }),
  text: Type.String({ description: 'What is in it.', secret: true, errorMessage: 'the text of a file' }),
  encoding: Type.Union([Type.Literal('UTF-8'), Type.Literal('UTF-16')], { default: 'UTF-8', description: 'What the text was decoded from, which an XML declaration has to agree with.', errorMessage: '"UTF-8" or "UTF-16"' })
}, strictBody)

export const ImportBody = Type.Object({
  files: Type.Array(File, { maxItems: 10_000, description: 'World files, or parts of worlds (.json), and Partner Center\'s documents, each pair with its title.json. Others are passed over.', errorMessage: 'a list of at most 10000 files, each with name and text' }),
  mode: Type.Union([Type.Literal('merge'), Type.Literal('replace')], { default: 'merge', description: 'Whether they are merged into the world, as a `PATCH` does it, or are the new world, as with `PUT`.', errorMessage: '"merge" or "replace"' }),
  title: Type.Unknown({ default: null, description: 'What a title.json would say, for documents that have none beside them.' }),
  strict: flag('True: what Partner Center would warn of is an error.'),
  dryRun
}, strictBody)
export type ImportBody = Static<typeof ImportBody>

export const GenerateBody = Type.Object({
  users: Type.Integer({ minimum: 1, maximum: 10_000, description: 'How many.', errorMessage: 'an integer from 1 to 10000; `world generate` makes more' }),
  seed: Type.Integer({ minimum: 0, maximum: 4294967295, default: 1, description: 'Other progress for each.', errorMessage: 'an integer from 0 to 4294967295' }),
  dryRun
}, strictBody)
export type GenerateBody = Static<typeof GenerateBody>

export const RestoreBody = Type.Object({
  world: Type.Unsafe<World>({ ...Type.Unknown(), description: 'The world as it shall be, as `GET /_emulator/world` has given it.', errorMessage: 'a world, as GET /_emulator/world has given it' }),
  start: nullable(Type.Unsafe<World>(Type.Unknown()), 'What a reset shall go back to, as `GET /_emulator/world/start` has given it; null: the world itself.'),
  source: Type.String({ minLength: 1, maxLength: 1024, default: 'POST /_emulator/world/restore', description: 'Where it comes from, as messages name it.', errorMessage: 'a string of at most 1024 characters' })
}, strictBody)
export type RestoreBody = Static<typeof RestoreBody>
