import { WorldError } from '../problems.ts'
import type { XmlSource } from './xml-source.ts'

/** What is wrong with a pair of documents, and what the portal would only warn of. */
export class Findings {
  readonly #problems: string[] = []
  readonly #warnings: string[] = []
  readonly #isStrict: boolean

  /** @param isStrict a warning is a problem, too. */
  constructor (isStrict: boolean) {
    this.#isStrict = isStrict
  }

  add (source: XmlSource, offset: number, message: string): void {
    this.#problems.push(`${source.place(offset)}: ${message}`)
  }

  warn (source: XmlSource, offset: number, message: string): void {
    if (this.#isStrict) this.add(source, offset, message)
    else this.#warnings.push(`${source.place(offset)}: warning: ${message}`)
  }

  /**
   * @returns the warnings, a line each.
   * @throws {WorldError} with every problem, when there is one.
   */
  conclude (): readonly string[] {
    if (this.#problems.length > 0) throw new WorldError(this.#problems)
    return this.#warnings
  }
}
