import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from '../../packaging/page.ts'

const SERVED = join(import.meta.dirname, '..', '..', 'dist', 'page')

let checked: Promise<void> | undefined

/** Once a process: fails when dist/page is not what the sources of the page make. */
export const requireFreshPage = async (): Promise<void> => await (checked ??= check())

async function check (): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'console-page-'))
  try {
    await buildPage(folder)
    if (contentOf(folder) !== contentOf(SERVED)) throw new Error('dist/page is older than src/console/page: npm run build:page')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The names say what is in the files, but for the first one's. */
function contentOf (folder: string): string {
  try {
    return JSON.stringify([readdirSync(folder).sort(), readFileSync(join(folder, 'index.html'), 'utf8')])
  } catch {
    return ''
  }
}
