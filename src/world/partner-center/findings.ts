import { WorldError } from '../problems.ts'
import type { XmlSource } from './xml-source.ts'

/** Collects the problems of Partner Center's documents, and the warnings that the portal would give. */
export class Findings {
  readonly #problems: string[] = []
  readonly #warnings: string[] = []
  readonly #isStrict: boolean

  /** @param isStrict makes every warning a problem. */
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
   * The warnings so far, a line each.
   *
   * @throws {WorldError} with every problem, when there is one.
   */
  warningsOrThrow (): readonly string[] {
    if (this.#problems.length > 0) throw new WorldError(this.#problems)
    return this.#warnings
  }
}
