import { Type } from '@sinclair/typebox'
import { count, object, string } from '../http/answer-schema.ts'
import type { XblError } from '../model/refusals.ts'

/** The JSON bodies of the IGDB routes. */

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })

const Image = object({
  url: string('Where it is.'),
  cloudinary_id: Type.Optional(string('Its id there.')),
  width: Type.Optional(count('In pixels.')),
  height: Type.Optional(count('In pixels.'))
}, { title: 'IgdbImage', description: 'A picture.' })

/** A member other than the id is present when the request names it in `fields` and it has a value. */
const RecordSchema = object({
  id: count('The id of the record.'),
  name: Type.Optional(string('In the default locale of its title.')),
  category: Type.Optional(count('Whose it is: 1 PlayStation, 2 Xbox, 3 Steam.')),
  created_at: Type.Optional(time('When the record was made.')),
  updated_at: Type.Optional(time('When the record was last changed.')),
  icon: Type.Optional(Image),
  game: Type.Optional(count('The id of its game.')),
  rank: Type.Optional(count('1 bronze, 2 silver, 3 gold, 4 platinum.')),
  external_id: Type.Optional(string('The id that the other service gave it; for Xbox the service configuration and the achievement.')),
  description: Type.Optional(string('How it is obtained.')),
  owners: Type.Optional(count('How many have it.')),
  owners_percentage: Type.Optional(Type.Number({ minimum: 0, maximum: 100, description: 'How many of those who play the title have it, in percent.' })),
  tags: Type.Optional(Type.Array(Type.String(), { description: 'Words that go with it.' })),
  language: Type.Optional(count('The id of a region.'))
}, { title: 'IgdbRecord', description: 'An achievement as IGDB has it.' })

export const IgdbRecords = Type.Array(RecordSchema)

export const IgdbCount = object({ count: count('How many records there are.') }, { title: 'IgdbCount' })

export const IgdbError = object({
  status: Type.Integer({ description: 'The HTTP status.' }),
  message: string('What arrived and what was expected.')
}, { title: 'IgdbError', description: 'A refusal, as IGDB\'s clients read it.' })

/** The body of a refusal, the same in both dialects. */
export const igdbErrorBody = ({ status, message }: XblError): { status: number, message: string } => ({ status, message })

/** True for a path, or a target, under which the IGDB routes are, and for one there that does not exist. */
export const isIgdbPath = (path: string): boolean => /^\/achievements([/?]|$)/i.test(path)
