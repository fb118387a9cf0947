import { invalidRequest } from '../model/refusals.ts'
import { show } from '../base/validation.ts'

/**
 * The query of a request, as ASP.NET reads it: names in any letter case. Parameters that nobody
 * asks for are ignored.
 */
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

  /**
   * The value of a parameter, or undefined when it was not given.
   *
   * @throws 400 when it was given more than once, or `read` does not know the value.
   * @param read undefined for a value that is none of what is `expected`.
   */
  one<T> (name: string, expected: string, read: (text: string) => T | undefined): T | undefined {
    const values = this.#values.get(name.toLowerCase())
    if (values === undefined) return undefined
    const [value = ''] = values
    if (values.length > 1) {
      throw invalidRequest(`${name} was given ${values.length} times; expected once.`)
    }
    return understand({ name, text: value, expected }, read)
  }

  /**
   * The values of a parameter that takes a comma-delimited list; given twice, it means the same as a
   * comma. Undefined when it was not given.
   *
   * @throws 400 when `read` does not know one of the values.
   */
  list<T> (name: string, expected: string, read: (text: string) => T | undefined): T[] | undefined {
    return this.#values.get(name.toLowerCase())
      ?.flatMap((value) => value.split(','))
      .map((text) => understand({ name, text, expected }, read))
  }
}

function understand<T> ({ name, text, expected }: { name: string, text: string, expected: string }, read: (text: string) => T | undefined): T {
  const value = read(text)
  if (value === undefined) throw invalidRequest(`${name} is ${show(text)}; expected ${expected}.`)
  return value
}

/** `true` or `false` in any letter case. */
export function readBoolean (text: string): boolean | undefined {
  const value = text.toLowerCase()
  return value === 'true' || (value === 'false' ? false : undefined)
}

/** Reads one of a set of words, in any letter case. */
export function oneOf<T extends string> (words: readonly T[]): (text: string) => T | undefined {
  return (text) => words.find((word) => word.toLowerCase() === text.toLowerCase())
}
