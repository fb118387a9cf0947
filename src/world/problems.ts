import { UserError } from '../base/user-error.ts'
import { MOST_PROBLEMS, type findProblems } from '../base/validation.ts'

/** A world that cannot be served. The message is one line; `problems` holds the findings, a line each. */
export class WorldError extends UserError {
  override name = 'WorldError'
  readonly problems: readonly string[]

  /** @param total how many there are, of which `problems` are the first. */
  constructor (problems: readonly string[], total = problems.length) {
    const more = total > 1 ? ` (and ${total - 1} more)` : ''
    super(`${problems[0]}${more}`)
    const rest = total - problems.length
    this.problems = rest === 0 ? problems : [...problems, `and ${rest} more`]
  }
}

/** A place in a world: its file and the JSON pointer in it. */
export interface Place {
  readonly file: string
  readonly path: string
}

/** The pointer is written when it is told: most places never are. */
class Inside implements Place {
  readonly #place: Place
  readonly #steps: ReadonlyArray<string | number>

  constructor (place: Place, steps: ReadonlyArray<string | number>) {
    this.#place = place
    this.#steps = steps
  }

  get file (): string { return this.#place.file }

  get path (): string { return [this.#place.path, ...this.#steps].join('/') }
}

export const within = (place: Place, ...steps: ReadonlyArray<string | number>): Place => new Inside(place, steps)

/** Collects what is wrong with a world, to be told at once: the first `MOST_PROBLEMS`, and how many there are. */
export class Report {
  readonly #problems: string[] = []
  readonly #kind: string
  #total = 0

  /** @param kind stands before each message. */
  constructor (kind = '') {
    this.#kind = kind
  }

  add ({ file, path }: Place, message: string): void {
    this.#total++
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(`${file}: ${path === '' ? '/' : path}: ${this.#kind}${message}`)
  }

  /** The lines so far, and of how many. */
  tell (): { readonly lines: readonly string[], readonly total: number } {
    return { lines: this.#problems, total: this.#total }
  }

  addAll (file: string, { problems, total }: ReturnType<typeof findProblems>): void {
    for (const { path, message } of problems) this.add({ file, path }, message)
    this.#total += total - problems.length
  }

  /** @throws {WorldError} when anything was wrong. */
  conclude (): void {
    if (this.#total > 0) throw new WorldError(this.#problems, this.#total)
  }
}

/** Keys that must be unique in the whole world, whichever file they are in. */
export class Unique {
  readonly #places = new Map<string, Place>()
  readonly #report: Report

  constructor (report: Report) {
    this.#report = report
  }

  /** Notes a key, or reports both places when it was noted before. `what` names it to the reader. */
  note (key: string, place: Place, what: () => string): void {
    this.noteAll([key], place, what)
  }

  /** Notes the keys of one entry; of those that were noted before the first is reported alone. */
  noteAll (keys: Iterable<string>, place: Place, what: () => string): void {
    for (const key of keys) {
      const first = this.#places.get(key)
      if (first !== undefined) {
        this.#report.add(place, `${what()} is already at ${first.file}: ${first.path}, expected once`)
        return
      }
      this.#places.set(key, place)
    }
  }

  has (key: string): boolean {
    return this.#places.has(key)
  }
}
