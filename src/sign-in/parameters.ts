import { numberText } from '../base/exact-json.ts'
import { Query } from '../http/query.ts'
import { invalidRequest, oauthError } from '../model/refusals.ts'
import { parseSecretJson } from './requests.ts'

/** The parameters of a request to a host that speaks OAuth: those of a form, and of the query where the form lacks them. */

const MOST_PARAMETERS = 100

/** A parameter that a request has to have. */
export interface Parameter<T> {
  readonly name: string
  readonly expected: string
  readonly read: (text: string) => T | undefined
}

/** Reads any text but an empty one. */
export const notEmpty = (text: string): string | undefined => text === '' ? undefined : text

/** The longest text that is stored with a code or token, in characters: there may be a hundred thousand of them. */
export const LONGEST_STORED = 2048

/** Makes a reader of what is stored. It throws 400 for what is too long. */
export const storable = (name: string) => (text: string): string => {
  if (text.length > LONGEST_STORED) throw oauthError('invalid_request', `${name} has ${text.length} characters; expected ${LONGEST_STORED} at most.`)
  return text
}

/** Makes the same of a text that may not be empty. */
const storableText = (name: string) => {
  const read = storable(name)
  return (text: string): string | undefined => notEmpty(read(text))
}

// What several routes take.
export const CLIENT_ID: Parameter<string> = { name: 'client_id', expected: 'the id of the application', read: storableText('client_id') }
export const REDIRECT_URI: Parameter<string> = { name: 'redirect_uri', expected: 'where the sign-in leads back to', read: storableText('redirect_uri') }
export const SCOPE: Parameter<string> = { name: 'scope', expected: 'the scopes, separated by blanks', read: storableText('scope') }

/**
 * Parses a body for what it contains: an object of JSON, or a form. Members that are no text, number or boolean are as
 * if they were not there.
 *
 * @throws 400 for a form of very many parameters (no client sends more than ten), and for broken JSON.
 */
export function parseParameters (text: string): URLSearchParams {
  if (text.trimStart().startsWith('{')) {
    const members = Object.entries(parseSecretJson(text) as object).filter(([, value]) => /^(string|number|symbol|boolean)$/.test(typeof value))
    return new URLSearchParams(members.map(([name, value]): [string, string] => [name, numberText(value) ?? String(value)]))
  }
  if (text.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS) throw invalidRequest(`The form has more than ${MOST_PARAMETERS} parameters; expected ${MOST_PARAMETERS} at most.`)
  return new URLSearchParams(text)
}

/** The parameters of a body and, for those that it lacks, of the query: some clients put the client_id there, too. */
export function mergeParameters (body: URLSearchParams | undefined, query: URLSearchParams): Query {
  const given = [...body ?? []]
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  return new Query(new URLSearchParams([...given, ...[...query].filter(([name]) => !names.has(name.toLowerCase()))]))
}

/** The number that login.microsoftonline.com has for a parameter that is missing. [aadsts] */
export const MISSING_PARAMETER = 900144

/** @throws 400 when a parameter is missing or wrong. */
export function requireParameter<T> (query: Query, { name, expected, read }: Parameter<T>): T {
  const value = query.one(name, expected, read)
  if (value === undefined) throw oauthError('invalid_request', `${name} is missing; expected ${expected}.`, MISSING_PARAMETER)
  return value
}
