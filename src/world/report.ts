import type { Problem } from '../schema-errors.ts'

/** A world that cannot be served. The message is one line; `problems` holds every finding. */
export class WorldError extends Error {
  override name = 'WorldError'
  readonly problems: readonly string[]

  constructor (problems: readonly string[]) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
    super(`${problems[0]}${more}`)
    this.problems = problems
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

/** Collects what is wrong with a world, to be told at once. */
export class Report {
  readonly #problems: string[] = []

  add ({ file, path }: Place, message: string): void {
    this.#problems.push(`${file}: ${path === '' ? '/' : path}: ${message}`)
  }

  addAll (file: string, problems: readonly Problem[]): void {
    for (const { path, message } of problems) this.add({ file, path }, message)
  }

  /** @throws {WorldError} when anything was wrong. */
  conclude (): void {
    if (this.#problems.length > 0) throw new WorldError(this.#problems)
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
    const first = this.#places.get(key)
    if (first === undefined) {
      this.#places.set(key, place)
    } else {
      this.#report.add(place, `${what()} is already at ${first.file}: ${first.path}, expected once`)
    }
  }

  has (key: string): boolean {
    return this.#places.has(key)
  }
}
