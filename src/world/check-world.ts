import { checkSessions, checkUserKeys, checkUsers } from './check-users.ts'
import { checkTitles } from './check-titles.ts'
import type { WorldFile } from './read.ts'
import { Report, Unique, within, type Place } from './problems.ts'
import { findSandboxes, type Sandboxes } from './sandboxes.ts'
import type { World, WorldTitle } from './schema.ts'
import { settleSystems } from './settle-systems.ts'

/** In so many sandboxes a service configuration is published at most: progress that names none is kept once for each. */
const MOST_SANDBOXES = 100

/** What the checks of one part of the world leave for the next. */
export interface Known {
  readonly report: Report
  /** Keys by kind: `title 3051199919`, `user 2533…`, `achievement {scid}/{id}`, … */
  readonly unique: Unique
  /** The first title of each service configuration. */
  readonly titles: Map<string, Entry<WorldTitle>>
  /** Requirement ids by achievement, `{scid}/{id}`; of a title-managed one that of the percentage. */
  readonly requirements: Map<string, ReadonlySet<string>>
  /** The title-managed achievements, `{scid}/{id}`. */
  readonly managed: Set<string>
}

/** An entry of a list of the world, and where it stands. */
export interface Entry<T> {
  readonly value: T
  readonly place: Place
}

/**
 * Merges the files of a world and checks what a schema cannot say: keys that occur twice, references
 * to nothing, dates that do not exist, texts that lack a locale.
 *
 * @returns the world, its entries put into canonical form: XUIDs without leading zeros, service configuration ids in
 *   lower case, instants with seven digits (but for time windows, which the documented dialect sends as they are
 *   written), every title with its achievement system.
 * @throws {WorldError} with what is wrong.
 */
export function checkWorld (files: readonly WorldFile[]): World {
  const report = new Report()
  const known: Known = { report, unique: new Unique(report), titles: new Map(), requirements: new Map(), managed: new Set() }
  const titles = checkTitles(entries(files, 'titles'), known)
  const sandboxes = findSandboxes(titles)
  checkSandboxes(sandboxes, known)
  const world = {
    titles,
    users: checkUsers(entries(files, 'users'), { ...known, sandboxes }),
    sessions: checkSessions(entries(files, 'sessions'), known),
    userKeys: checkUserKeys(entries(files, 'userKeys'), known)
  }
  report.conclude()
  return settleSystems(world)
}

/** @throws {WorldError} when there are too many: what users did is not held against each of them then. */
function checkSandboxes ({ ofConfiguration }: Sandboxes, { report, titles }: Known): void {
  const tooMany = [...ofConfiguration].filter(([, { size }]) => size > MOST_SANDBOXES)
  for (const [serviceConfigId, { size }] of tooMany) {
    const { place } = titles.get(serviceConfigId) as Entry<WorldTitle>
    report.add(within(place, 'sandboxes'), `found ${size} sandboxes of service configuration ${serviceConfigId}, expected at most ${MOST_SANDBOXES}`)
  }
  if (tooMany.length > 0) report.conclude()
}

function entries<K extends 'titles' | 'users' | 'sessions' | 'userKeys'> (files: readonly WorldFile[], list: K): Array<Entry<World[K][number]>> {
  return files.flatMap(({ file, world }) =>
    world[list].map((value, index) => ({ value, place: within({ file, path: '' }, list, index) })))
}
