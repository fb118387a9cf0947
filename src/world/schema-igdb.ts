import { Type, type Static } from '@sinclair/typebox'
import { described, nonEmptyString, nullable, object, unsigned32 } from './schema-parts.ts'

const unsigned53 = Type.Integer({ minimum: 0, maximum: 9007199254740991, errorMessage: 'an integer from 0 to 9007199254740991' })
const dimension = nullable(unsigned32, 'In pixels.')

/** What a world sets in the record of an achievement on the IGDB host; the other members follow from the rest of the world. */
export const WorldIgdb = object({
  id: nullable(Type.Integer({ minimum: 1, maximum: 4294967295, errorMessage: 'an integer from 1 to 4294967295' }), 'The id of its record, unique; by default one beyond 4294967295.'),
  category: Type.Integer({ ...unsigned53, default: 2, description: 'Whose achievement it is: 1 PlayStation, 2 Xbox, 3 Steam.' }),
  rank: nullable(unsigned53, '1 bronze, 2 silver, 3 gold, 4 platinum.'),
  game: nullable(unsigned53, 'The id of its game.'),
  tags: Type.Array(nonEmptyString, { default: [], uniqueItems: true, description: 'Words that go with it.', errorMessage: 'a list of strings that are not empty, each once' }),
  language: nullable(unsigned53, 'The id of a region.'),
  icon: nullable(object({
    url: described(nonEmptyString, 'Where it is.'),
    cloudinaryId: nullable(nonEmptyString, 'Its id there.'),
    width: dimension,
    height: dimension
  }), 'Its picture; by default the url of its first media asset of type Icon.'),
  externalId: nullable(nonEmptyString, 'The id that the other service gave it; by default `{serviceConfigId}/{id}`.'),
  createdAt: Type.Integer({ ...unsigned53, default: 0, description: 'Milliseconds since 1970.' }),
  updatedAt: nullable(unsigned53, 'Milliseconds since 1970; by default `createdAt`.'),
  owners: nullable(unsigned53, 'How many have it; by default the users who unlocked it.'),
  ownersPercentage: nullable(Type.Number({ minimum: 0, maximum: 100, errorMessage: 'a number from 0 to 100' }), 'How many of those who own the game have it; by default of the users who play it.')
})

export type WorldIgdb = Static<typeof WorldIgdb>
