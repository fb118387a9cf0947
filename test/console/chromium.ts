import { chromium, type Browser } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** How long Chromium is kept when no test needs it, in ms. A process does not end before it is closed. */
const KEPT = 1000

const HOW_TO_INSTALL = 'apt-get install chromium, or name one in the variable CHROMIUM'

/** Where Chromium is; null: there is none, and nobody demands one. */
const path = findChromium()

const isDemanded = !['', '0', 'false'].includes(process.env.CI ?? '')

/** Why the tests that need a browser are left out; false: they are not. In CI they fail instead. */
export const LEFT_OUT: string | false = path !== null || isDemanded ? false : `no Chromium was found (${HOW_TO_INSTALL})`

if (LEFT_OUT !== false) process.stderr.write(`test/console: the tests in a browser are left out, as ${LEFT_OUT}.\n`)

let running: Promise<Browser> | undefined
let users = 0
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Hands out the one Chromium of this process. It ends with the process, however that ends, because it is spoken to by a pipe.
 *
 * @returns the browser, and what says that it is needed no more.
 */
export async function useChromium (): Promise<{ browser: Browser, release: () => void }> {
  users += 1
  clearTimeout(timer)
  running ??= launch()
  const release = (): void => {
    users -= 1
    if (users > 0) return
    timer = setTimeout(() => {
      const ended = running
      running = undefined
      ended?.then(async (browser) => await browser.close()).catch((error: Error) => { throw error })
    }, KEPT)
  }
  try {
    return { browser: await running, release }
  } catch (error) {
    running = undefined
    users -= 1
    throw error
  }
}

async function launch (): Promise<Browser> {
  if (path === null) throw new Error(`There is no Chromium to run the tests of the page in: ${HOW_TO_INSTALL}.`)
  return await chromium.launch({
    executablePath: path,
    // It cannot be had as root, nor in most containers; the page is ours.
    chromiumSandbox: false,
    args: [
      '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run',
      // Nothing leaves this machine, whatever a page or the browser itself asks for.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'
    ],
    timeout: 120_000
  })
}
