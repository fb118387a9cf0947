import { Type, type SchemaOptions } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { numberText } from '../base/exact-json.ts'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { parseFirstJson, wrongInput } from './body.ts'

/** What the bodies of requests to hosts other than that of the achievements have in common. */

/**
 * Parses the first JSON value of a body. The names of members are in lower case, because these hosts match them in any.
 * Every number is the text that was sent: ids are written with quotes and without [hub-clients][people-clients], and a
 * number of 64 bits would be rounded.
 *
 * @throws 400 as `parseFirstJson` does.
 */
export const parseLenientJson = (text: string): unknown => respell(parseFirstJson(text))

function respell (value: unknown): unknown {
  if (Array.isArray(value)) return value.map(respell)
  if (typeof value !== 'object' || value === null) return numberText(value) ?? value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toLowerCase(), respell(member)]))
}

/** Reads the bodies of all routes that follow with {@link parseLenientJson}, and no others. */
export function takeLenientJson (app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseLenientJson(body))
}

/** One of some words in any letter case: what reads it is `wordParser`. */
export const anyCase = (words: readonly string[], options: SchemaOptions) => Type.String({ pattern: `^(${words.map(inAnyCase).join('|')})$`, ...options })

const inAnyCase = (word: string): string => word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)

/** A title; {@link requireTitleId} says what a title id is. */
export const titleIdText = Type.String({ errorMessage: 'a title id' })

/**
 * The title id of a body.
 *
 * @param path where it is in the body, for the message.
 * @throws 400 when it is not an unsigned 32-bit integer.
 */
export function requireTitleId (text: string, path: string): number {
  const titleId = readUnsigned32(text)
  if (titleId === undefined) throw wrongInput('The body', { path, message: `found ${formatValue(text)}, expected a title id, an unsigned 32-bit integer` })
  return titleId
}
