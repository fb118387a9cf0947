import { UserError } from '../base/user-error.ts'
import { MOST_PROBLEMS, type findProblems } from '../base/validation.ts'

/** A world that cannot be served. The message is one line, and `problems` has a line for each problem. */
export class WorldError extends UserError {
  override name = 'WorldError'
  readonly problems: readonly string[]

  /** @param total how many problems there are; `problems` are the first of them. */
  constructor (problems: readonly string[], total = problems.length) {
    const more = total > 1 ? ` (and ${total - 1} more)` : ''
    super(`${problems[0]}${more}`)
    const rest = total - problems.length
    this.problems = rest === 0 ? problems : [...problems, `and ${rest} more`]
  }
}

/** Where something of a world was read: the file, and the JSON pointer in it. */
export interface Place {
  readonly file: string
  readonly path: string
}

/** Builds its pointer when a message needs it, which is seldom: a world has millions of places. */
class NestedPlace implements Place {
  readonly #parent: Place
  readonly #steps: ReadonlyArray<string | number>

  constructor (parent: Place, steps: ReadonlyArray<string | number>) {
    this.#parent = parent
    this.#steps = steps
  }

  get file (): string { return this.#parent.file }

  get path (): string { return [this.#parent.path, ...this.#steps].join('/') }
}

export const within = (place: Place, ...steps: ReadonlyArray<string | number>): Place => new NestedPlace(place, steps)

/** Collects the problems of a world: the text of the first `MOST_PROBLEMS`, and how many there are. */
export class Report {
  readonly #lines: string[] = []
  readonly #prefix: string
  #total = 0

  /** @param prefix of each message. */
  constructor (prefix = '') {
    this.#prefix = prefix
  }

  add ({ file, path }: Place, message: string): void {
    this.#total++
    if (this.#lines.length < MOST_PROBLEMS) this.#lines.push(`${file}: ${path === '' ? '/' : path}: ${this.#prefix}${message}`)
  }

  addAll (file: string, { problems, total }: ReturnType<typeof findProblems>): void {
    for (const { path, message } of problems) this.add({ file, path }, message)
    this.#total += total - problems.length
  }

  /** A line for each of the first problems, and the number of all. */
  summary (): { readonly lines: readonly string[], readonly total: number } {
    return { lines: this.#lines, total: this.#total }
  }

  /** @throws {WorldError} when there is a problem. */
  throwIfAny (): void {
    if (this.#total > 0) throw new WorldError(this.#lines, this.#total)
  }
}

/** Keys that may occur once, in whichever file of the world they are. */
export class UniqueKeys {
  readonly #places = new Map<string, Place>()
  readonly #report: Report

  constructor (report: Report) {
    this.#report = report
  }

  /**
   * Adds a key, or reports that it is there already, with both places.
   *
   * @param nameOf names the key in the message.
   */
  add (key: string, place: Place, nameOf: () => string): void {
    this.addAll([key], place, nameOf)
  }

  /** Adds all keys of one entry, up to the first that is there already: that one alone is reported. */
  addAll (keys: Iterable<string>, place: Place, nameOf: () => string): void {
    for (const key of keys) {
      const first = this.#places.get(key)
      if (first !== undefined) {
        this.#report.add(place, `${nameOf()} is already at ${first.file}: ${first.path}, expected once`)
        return
      }
      this.#places.set(key, place)
    }
  }

  has (key: string): boolean {
    return this.#places.has(key)
  }
}
