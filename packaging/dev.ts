import { watch } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildPage } from './page.ts'

/**
 * Loaded into the emulator by `npm run dev`: bundles the page anew whenever one of its sources changes, and a reload shows it.
 * Node starts the emulator itself anew when a source of that changes; the page's are none of them. It is no process of its own,
 * as that would have to be ended, too. (docs/decisions/0037-ending-with-npm.md)
 */

const ROOT = resolve(import.meta.dirname, '..')
const SOURCES = [join(ROOT, 'src', 'console', 'page'), join(ROOT, 'src', 'console', 'text')]
/** An editor writes a file in several steps, in ms. */
const PAUSE = 50

let timer: NodeJS.Timeout | undefined
let last = Promise.resolve()

async function bundle (): Promise<void> {
  try {
    await buildPage(join(ROOT, 'dist', 'page'))
    process.stderr.write('The page was bundled anew: reload it.\n')
  } catch {
    // What is wrong, esbuild has said. The page before it stays.
  }
}

function plan (): void {
  clearTimeout(timer)
  timer = setTimeout(() => { last = last.then(bundle) }, PAUSE).unref()
}

for (const folder of SOURCES) watch(folder, { recursive: true, persistent: false }, plan)
