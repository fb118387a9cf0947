import { formatValue } from '../base/validation.ts'
import { invalidRequest } from '../model/refusals.ts'

/** The query parameters of a request. As in ASP.NET, their names match in any letter case; unknown ones are ignored, unless they are refused. */
export class Query {
  readonly #values = new Map<string, string[]>()

  constructor (parameters: URLSearchParams) {
    for (const [name, value] of parameters) {
      const key = name.toLowerCase()
      const values = this.#values.get(key)
      if (values === undefined) this.#values.set(key, [value])
      else values.push(value)
    }
  }

  /** @throws 400 when there is a parameter that is none of these. */
  requireKnown (names: readonly string[]): void {
    const known = new Set(names.map((name) => name.toLowerCase()))
    for (const name of this.#values.keys()) {
      if (!known.has(name)) throw invalidRequest(`${formatValue(name)} is no parameter of this path; ${names.length === 0 ? 'it takes none' : `known are ${names.join(', ')}`}.`)
    }
  }

  /**
   * The value of a parameter, or undefined when it was not given.
   *
   * @param expected for the message of a refusal: what the parameter takes.
   * @param read parses the value; it returns undefined for one that the parameter does not take.
   * @throws 400 when the parameter was given more than once, or does not take the value.
   */
  one<T> (name: string, expected: string, read: (text: string) => T | undefined): T | undefined {
    const values = this.#values.get(name.toLowerCase())
    if (values === undefined) return undefined
    const [value = ''] = values
    if (values.length > 1) {
      throw invalidRequest(`${name} was given ${values.length} times; expected once.`)
    }
    return parseValue({ name, text: value, expected }, read)
  }

  /** The first value of a parameter, however often it was given; undefined when it was not. */
  first (name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.[0]
  }

  /**
   * The values of a parameter that takes a comma-delimited list, or undefined when it was not given.
   * A parameter that is repeated has the values of all its lists.
   *
   * @throws 400 when the parameter does not take one of the values.
   */
  list<T> (name: string, expected: string, read: (text: string) => T | undefined): T[] | undefined {
    return this.#values.get(name.toLowerCase())
      ?.flatMap((value) => value.split(','))
      .map((text) => parseValue({ name, text, expected }, read))
  }
}

function parseValue<T> ({ name, text, expected }: { name: string, text: string, expected: string }, read: (text: string) => T | undefined): T {
  const value = read(text)
  if (value === undefined) throw invalidRequest(`${name} is ${formatValue(text)}; expected ${expected}.`)
  return value
}

/** `true` or `false` in any letter case. */
export function parseBoolean (text: string): boolean | undefined {
  const value = text.toLowerCase()
  return value === 'true' || (value === 'false' ? false : undefined)
}

/** Makes a parser for one of a set of words, in any letter case. */
export function wordParser<T extends string> (words: readonly T[]): (text: string) => T | undefined {
  return (text) => words.find((word) => word.toLowerCase() === text.toLowerCase())
}
