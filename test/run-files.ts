import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'

/** How long the tests of one file may take, in ms: as long as .taprc gives one that runs alone. */
const FILE_TIMEOUT = 180_000

/** The test files of a folder and of the folders below it, but for those that have a process of their own. */
const filesIn = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry): string[] => {
  const path = join(folder, entry.name)
  if (entry.isDirectory()) return readdirSync(path).includes('all.ts') ? [] : filesIn(path)
  return entry.name.endsWith('.test.ts') ? [path] : []
}).sort()

/** Runs test files one after another in this process: to load the emulator once a folder is much quicker than once a file. */
export async function runFiles (folder: string): Promise<void> {
  for (const file of filesIn(folder)) {
    t.setTimeout(FILE_TIMEOUT)
    await import(pathToFileURL(file).href)
    // Tests run in the order in which they are made: this one ends after those of the file.
    await t.test(`end of ${relative('.', file)}`, async () => {})
  }
}
