import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import t from 'tap'

/** How npm says that there is no registry to ask. */
const UNREACHABLE = /npm error code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)/

/**
 * Installs a published client that brings packages which nobody maintains any more: whoever works on the
 * emulator, and does not run its test, does without them. It is installed once, from its own lock file,
 * without install scripts. Where no registry can be reached the test file ends here, and says so.
 *
 * @param name of a folder beside this file.
 * @returns loads modules of it.
 */
export function installClient (name: string): NodeJS.Require {
  const source = join(import.meta.dirname, name)
  const version = createHash('sha256').update(readFileSync(join(source, 'package-lock.json'))).digest('hex').slice(0, 16)
  const folder = resolve('node_modules/.cache/clients', `${name}-${version}`)
  if (!existsSync(folder) && !install(source, folder)) {
    t.plan(0, `no registry to install ${name} from`)
    process.exit()
  }
  return createRequire(join(folder, 'package.json'))
}

/** False when no registry can be reached. */
function install (source: string, folder: string): boolean {
  mkdirSync(dirname(folder), { recursive: true })
  // Beside, and renamed when it is whole: a run that was cut off leaves nothing that looks like one.
  const draft = mkdtempSync(`${folder}-`)
  try {
    cpSync(source, draft, { recursive: true })
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'], {
      cwd: draft, shell: process.platform === 'win32', encoding: 'utf8', stdio: 'pipe'
    })
    renameSync(draft, folder)
  } catch (error) {
    if (UNREACHABLE.test(String((error as { stderr?: unknown }).stderr))) return false
    // Another run was faster.
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return true
}
