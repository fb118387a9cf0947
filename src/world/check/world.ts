import { applyAchievementSystems } from '../achievement-systems.ts'
import { Report, UniqueKeys, within } from '../problems.ts'
import { findPublishedSandboxes, type PublishedSandboxes } from '../published-sandboxes.ts'
import type { World, WorldTitle } from '../schema.ts'
import type { CheckContext, Entry, WorldFile } from './context.ts'
import { checkSessions, checkUserKeys } from './sessions.ts'
import { checkTitles } from './titles.ts'
import { checkUsers } from './users.ts'

/** Progress that names no sandbox is stored once for each sandbox of its service configuration, so their number is bounded. */
const MOST_SANDBOXES = 100

/**
 * Merges the files of a world and checks what a schema cannot express: duplicate keys, references to
 * entries that do not exist, impossible dates, missing translations.
 *
 * @returns the world in canonical form: XUIDs without leading zeros, service configuration ids in lower
 *   case, instants with seven digits (except in time windows, which the documented dialect sends as they
 *   were written), and every title with its achievement system.
 * @throws {WorldError} with every problem.
 */
export function checkWorld (files: readonly WorldFile[]): World {
  const report = new Report()
  const context: CheckContext = { report, keys: new UniqueKeys(report), firstTitles: new Map(), requirements: new Map(), titleManaged: new Set() }
  const titles = checkTitles(entriesOf(files, 'titles'), context)
  const published = findPublishedSandboxes(titles)
  checkSandboxCounts(published, context)
  const world = {
    titles,
    users: checkUsers(entriesOf(files, 'users'), { ...context, published }),
    sessions: checkSessions(entriesOf(files, 'sessions'), context),
    userKeys: checkUserKeys(entriesOf(files, 'userKeys'), context)
  }
  report.throwIfAny()
  return applyAchievementSystems(world)
}

/** @throws {WorldError} when there are too many: each user's progress would be checked against each of them. */
function checkSandboxCounts ({ ofConfiguration }: PublishedSandboxes, { report, firstTitles }: CheckContext): void {
  const tooMany = [...ofConfiguration].filter(([, { size }]) => size > MOST_SANDBOXES)
  for (const [serviceConfigId, { size }] of tooMany) {
    const { place } = firstTitles.get(serviceConfigId) as Entry<WorldTitle>
    report.add(within(place, 'sandboxes'), `found ${size} sandboxes of service configuration ${serviceConfigId}, expected at most ${MOST_SANDBOXES}`)
  }
  if (tooMany.length > 0) report.throwIfAny()
}

function entriesOf<K extends 'titles' | 'users' | 'sessions' | 'userKeys'> (files: readonly WorldFile[], list: K): Array<Entry<World[K][number]>> {
  return files.flatMap(({ file, world }) =>
    world[list].map((value, index) => ({ value, place: within({ file, path: '' }, list, index) })))
}
