import { Type, type TObject, type TProperties, type TSchema, type TUnsafe } from '@sinclair/typebox'

/** Builds the parts of a world's schema. Optional members have their default, so that every member is there once a world is read. */

export const object = <T extends TProperties>(properties: T, options = {}): TObject<T> =>
  Type.Object(properties, { additionalProperties: false, errorMessage: 'an object', ...options })

export const nullable = <T extends TSchema>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], {
    default: null, description, errorMessage: `${schema['errorMessage']}, or null`
  })

export const list = <T extends TSchema>(item: T, description: string) =>
  Type.Array(item, { default: [], description, errorMessage: 'a list' })

export const choice = <const T extends string>(values: readonly T[], options: { default?: T, description?: string } = {}) =>
  Type.Union(values.map((value) => Type.Literal(value)), {
    errorMessage: `one of ${values.map((value) => `"${value}"`).join(', ')}`, ...options
  }) as unknown as TUnsafe<T>

/** A value that contains a token or a key: no message repeats any part of it. */
export const secret = <T extends TSchema>(schema: T): T => ({ ...schema, secret: true })

export const described = <T extends TSchema>(schema: T, description: string): T => ({ ...schema, description })

export const boolean = (description: string) => Type.Boolean({ default: false, description, errorMessage: 'true or false' })

export const pattern = (source: string, errorMessage: string) => Type.String({ pattern: source, errorMessage })

export const string = Type.String({ errorMessage: 'a string' })
export const nonEmptyString = Type.String({ minLength: 1, errorMessage: 'a string that is not empty' })
export const unsigned32 = Type.Integer({ minimum: 0, maximum: 4294967295, errorMessage: 'an integer from 0 to 4294967295' })
