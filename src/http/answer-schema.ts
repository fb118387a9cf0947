import { Type, type TProperties, type TSchema, type TUnsafe } from '@sinclair/typebox'

/** The parts that the schemas of answers are made of. An object has no members but those that its schema names. */

export const object = <T extends TProperties>(properties: T, options: { title?: string, description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

export const nullable = <T extends TSchema>(schema: T, description: string) => Type.Union([schema, Type.Null()], { description })

export const literals = <const T extends string>(values: readonly T[], description: string): TUnsafe<T> =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value)), { description }))

export const string = (description: string) => Type.String({ description })

export const boolean = (description: string) => Type.Boolean({ description })

export const count = (description: string) => Type.Integer({ minimum: 0, description })

export const titleId = Type.Integer({ minimum: 0, maximum: 4294967295, description: 'The decimal title id.' })

export const guid = (description: string) =>
  Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', description })

/** An instant as the service writes it, with seven fraction digits of a second. */
export const instant = (description: string) =>
  Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{7}Z$', description })

/** An instant as a world may give it, with up to seven fraction digits. */
export const worldInstant = (description: string) =>
  Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?Z$', description })

const totalRecords = count('How many items the whole list has, on all of its pages.')

export const PagingInfo = object({
  continuationToken: nullable(Type.String({ maxLength: 32 }), 'Send it back, with the same user, filters and order, for the next page. Null on the last page.'),
  totalRecords
}, { title: 'PagingInfo', description: 'Where this page is in its list.' })

export const VersionedPagingInfo = object({
  continuationToken: nullable(Type.String({ pattern: '^[0-9]{1,10},.+Z$' }), 'An offset, a comma and the version of the list: send it back, with the same user, filters and order, for the next page. Null on the last page.'),
  totalRecords
}, { title: 'VersionedPagingInfo', description: 'Where this page is in its list, and of which version the list is.' })

export const RareUnlocks = Type.Array(object({
  rarityCategory: literals(['Rare', 'Common'], 'How rare they are.'),
  numUnlocks: Type.Integer({ minimum: 1, description: 'How many of them the user has unlocked.' }),
  isRarestCategory: boolean('True for the rarest of the categories that are here.')
}, { title: 'RareUnlocks' }), { description: 'What the user has unlocked, by how rare it is, the rarest first.' })

export const Rarity = object({
  currentCategory: literals(['Rare', 'Common', 'Unset'], 'Rare below 10 percent; Unset while nobody has played the title.'),
  currentPercentage: Type.Number({ minimum: 0, maximum: 100, description: 'The share of the title\'s players who unlocked it, in percent with two decimals.' })
}, { title: 'Rarity', description: 'How rare an achievement is, of all who play its title.' })
