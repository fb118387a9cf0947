import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import type { Dialect } from '../../src/model/dialect.ts'
import type { Answer } from '../../src/openapi/operation.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'

/** Checks answers against what the operations say of their route and status, and counts them. */
export class Conformity {
  readonly #answers = new Map<string, Answer>()
  /** How many answers of each route and status came. */
  readonly seen = new Map<string, number>()

  constructor (dialect: Dialect) {
    for (const { method, path, answers } of listOperations(readConfig({ dialect }))) {
      for (const [status, answer] of Object.entries(answers)) this.#answers.set(`${method} ${path} ${status}`, answer)
    }
  }

  /** The answers that the document has and that did not come. */
  get missing (): string[] {
    return [...this.#answers.keys()].filter((answer) => !this.seen.has(answer))
  }

  has (answer: string): boolean {
    return this.#answers.has(answer)
  }

  /** The schema of an answer's JSON; undefined when it has none. */
  schemaOf (answer: string): TSchema | undefined {
    const { body, type } = this.#answers.get(answer) ?? {}
    return type === undefined ? body : undefined
  }

  /** One assertion when something is wrong, none otherwise: there are many answers. @param route as {@link findFault}. */
  check (t: Test, route: string, response: LightMyRequestResponse): void {
    const fault = this.findFault(route, response)
    if (fault !== undefined) t.fail(fault)
  }

  /**
   * What is wrong with an answer; undefined when nothing is.
   *
   * @param route as the document has it, e.g. `GET /_emulator/health`.
   */
  findFault (route: string, { statusCode, headers, body, raw }: LightMyRequestResponse): string | undefined {
    const answer = `${route} ${statusCode}`
    this.seen.set(answer, (this.seen.get(answer) ?? 0) + 1)
    const url = `${raw.req.method} ${raw.req.url}`
    if (!this.#answers.has(answer)) return `${url}: ${statusCode} is not documented`
    const { type } = this.#answers.get(answer) as Answer
    if (type !== undefined) return String(headers['content-type']).startsWith(type) ? undefined : `${url}: ${statusCode} is ${headers['content-type']} instead of ${type}`
    const schema = this.schemaOf(answer)
    if (schema === undefined) return body === '' ? undefined : `${url}: ${statusCode} has a body`
    const value = JSON.parse(body)
    if (Value.Check(schema, value)) return undefined
    return `${url}: ${statusCode} is not as documented: ${JSON.stringify([...Value.Errors(schema, value)].slice(0, 3).map(({ path, message }) => ({ path, message })))} ${body.slice(0, 500)}`
  }
}
