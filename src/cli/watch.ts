import { stat } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findWorldReader } from '../world/load.ts'
import { ACHIEVEMENTS_FILE, LOCALIZATION_FILE } from '../world/partner-center/files.ts'
import { WorldError } from '../world/problems.ts'
import type { World } from '../world/schema.ts'

/** Between two looks at the files, in ms. Looks at a folder of 100 files take half a percent of a core then. */
const LOOK_INTERVAL = 500
/** The same, once something has changed. */
const SETTLING_INTERVAL = 250

/** The names of files that belong to a world in a folder. */
const WORLD_FILE = new RegExp(`^(.*(?<!\\.schema)\\.json|${ACHIEVEMENTS_FILE}|${LOCALIZATION_FILE})$`, 'i')

/** What a look at the files of a world shows: a text that differs once a file is written, added, removed, renamed or replaced. */
export type FileState = string

/**
 * Looks at the files of a world. The system is asked each time, and never for notice of changes: those do not
 * come for network drives and the folders of a container, and each system has others.
 */
export async function lookAt (path: string): Promise<FileState> {
  const names = await readdir(path).then((names) => names.filter((name) => WORLD_FILE.test(name)).sort().map((name) => join(path, name)), () => [])
  return (await Promise.all([path, ...names].map(describeFile))).join('\n')
}

/** Takes three quarters of the time of that of node:fs/promises. */
const statFile = promisify(stat)

/** The time of a folder says nothing of the files in it, and much of others. */
const describeFile = (path: string): Promise<string> => statFile(path, { bigint: true }).then(
  (entry) => [path, entry.dev, entry.ino, entry.mode, ...entry.isFile() ? [entry.size, entry.mtimeNs] : []].join(' '),
  ({ code }: NodeJS.ErrnoException) => `${path} ${code}`
)

interface WatchOptions {
  /** The file or folder of the world. */
  readonly path: string
  /** What a look at it has shown before the world was read. */
  readonly seen: FileState
  /** Serves another world. */
  readonly replace: (world: World) => unknown
  /** Prints lines for a person. */
  readonly tell: (lines: readonly string[]) => void
  /** Ends the watch. */
  readonly signal: AbortSignal
}

/**
 * Serves the world anew whenever its files have changed: once two looks, one after the other, show the same,
 * so that a file that is being written is not read. The world before is served as long as the new one is wrong.
 *
 * @returns resolves once the watch has ended.
 */
export async function watchWorld ({ path, seen, replace, tell, signal }: WatchOptions): Promise<void> {
  let [read, last] = [seen, seen]
  try {
    for (;;) {
      await setTimeout(last === read ? LOOK_INTERVAL : SETTLING_INTERVAL, undefined, { ref: false, signal })
      const present = await lookAt(path)
      if (present !== read && present === last) {
        read = present
        await readAgain({ path, replace, tell })
      }
      last = present
    }
  } catch {
    // Nothing else is thrown than the end of the watch.
  }
}

async function readAgain ({ path, replace, tell }: Pick<WatchOptions, 'path' | 'replace' | 'tell'>): Promise<void> {
  try {
    const read = await findWorldReader(path, tell)
    await replace(read())
    tell([`xbl-achievements: ${path} has changed: serving the new world`])
  } catch (error) {
    const problems = error instanceof WorldError ? error.problems : [(error as Error).message]
    tell([...problems, `xbl-achievements: ${path} has changed, and is wrong: still serving the world before`])
  }
}
