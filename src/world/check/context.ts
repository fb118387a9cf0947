import type { Place, Report, UniqueKeys } from '../problems.ts'
import type { World, WorldTitle } from '../schema.ts'

/** One file of a world: its defaults are filled in, and it fits the schema. */
export interface WorldFile {
  /** As messages name it. */
  readonly file: string
  readonly world: World
}

/** An entry of a list of the world, and where it was read. */
export interface Entry<T> {
  readonly value: T
  readonly place: Place
}

/** What the checks of one part of a world find out for the checks of later parts. */
export interface CheckContext {
  readonly report: Report
  /** Keys that may occur once in a world. Each begins with its kind: `title 3051199919`, `user 2533…`, `achievement {scid}/{id}`, … */
  readonly keys: UniqueKeys
  /** The first title of each service configuration. */
  readonly firstTitles: Map<string, Entry<WorldTitle>>
  /** The ids of an achievement's requirements, by `{scid}/{id}`; a title-managed achievement has that of the percentage. */
  readonly requirements: Map<string, ReadonlySet<string>>
  /** The title-managed achievements, as `{scid}/{id}`. */
  readonly titleManaged: Set<string>
}
