import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'

/** How long the tests of one file may take, in ms: as long as .taprc gives one that runs alone. */
const FILE_TIMEOUT = 600_000

/** The test files of a folder and of the folders below it, but for those that have a process of their own. */
const filesIn = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry): string[] => {
  const path = join(folder, entry.name)
  if (entry.isDirectory()) return readdirSync(path).includes('all.ts') ? [] : filesIn(path)
  return entry.name.endsWith('.test.ts') ? [path] : []
}).sort()

/**
 * Runs test files one after another in this process: to load the emulator once a folder is much quicker
 * than once a file. The process fails unless the tests of every file have run to their end: one file that
 * ends the process (`process.exit`) or all tests (`t.end`) would otherwise hide the files after it.
 */
export async function runFiles (folder: string): Promise<void> {
  const left = new Set(filesIn(folder))
  process.on('exit', () => {
    if (left.size === 0) return
    process.stderr.write(`not run to the end: ${[...left].map((file) => relative('.', file)).join(', ')}\n`)
    process.exitCode = 1
  })
  for (const file of left) {
    t.setTimeout(FILE_TIMEOUT)
    const before = t.counts.total
    await import(pathToFileURL(file).href)
    // Tests run in the order in which they are made: this one ends after those of the file.
    await t.test(`end of ${relative('.', file)}`, async (end) => {
      if (t.counts.total === before) end.fail('the file has no tests')
      left.delete(file)
    })
  }
}
