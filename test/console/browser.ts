import type { AddressInfo } from 'node:net'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { Config } from '../../src/config/config.ts'
import { build, type Emulator } from '../helper.ts'
import type { Relay } from '../relay.ts'
import { countReadings } from './all-read.ts'
import { LEFT_OUT, useChromium } from './chromium.ts'
import { requireFreshPage } from './fresh-page.ts'
import { slowAnswersDown } from './slow-answers.ts'
import { watchPages, type PageWatch } from './watch-page.ts'

/** How long to wait for what a page will do, in ms: two cores that others use, too. It is only waited for in vain when a test fails. */
const PATIENCE = 120_000

/** The emulator and the browser that a test of the page has. */
interface ConsoleOptions {
  /** A document, checked as a file would be; by default the demo world. */
  readonly world?: object
  readonly config?: Partial<Config>
  /** The emulator's clock; by default it stands still in the middle of 2020. */
  readonly now?: () => number
  /** Leads to the emulator, when others shall follow it under one address. */
  readonly relay?: Relay
  /** Where the page is opened: `#/world`. */
  readonly at?: string
  /** By default 1280 × 800. */
  readonly viewport?: { readonly width: number, readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** By default en-GB. */
  readonly locale?: string
  /** By default one that is not UTC: Europe/Berlin. */
  readonly timezoneId?: string
  /** The words of errors that are no fault. */
  readonly expected?: readonly RegExp[]
  /** The origins of other servers of the test, which it may ask, too. */
  readonly otherOrigins?: readonly string[]
  /** Whatever else playwright can be told of a window. */
  readonly context?: BrowserContextOptions
}

/** The page of an emulator in a window, as a person has it. */
export interface Console extends PageWatch {
  readonly page: Page
  readonly context: BrowserContext
  /** The emulator, which the test can ask and change without the page. */
  readonly emulator: Emulator
  /** Where it listens, without a slash at its end. */
  readonly url: string
  /** Another window of the same browser. */
  readonly open: (at?: string) => Promise<Page>
}

/**
 * A test that needs a browser. Where there is none it is left out; in CI it fails.
 * All else is as with `t.test`.
 */
export function browserTest (name: string, run: (t: Test) => Promise<void>): void {
  t.test(name, async (t) => {
    // Within the test, and not in its place: test/run-files.ts counts what was asserted or skipped.
    if (LEFT_OUT === false) await run(t)
    else t.pass('in a browser', { skip: LEFT_OUT })
  }).catch((error: Error) => { throw error })
}

/** Opens the page of an emulator. Both are closed after the test. */
export async function openConsole (t: Test, options: ConsoleOptions = {}): Promise<Console> {
  await requireFreshPage()
  const emulator = build(t, options)
  const own = await listenFor(t, emulator)
  options.relay?.leadTo(own)
  const url = options.relay?.url ?? own
  const { browser, release } = await useChromium()
  t.teardown(release)
  const { viewport = { width: 1280, height: 800 }, colorScheme = 'light', locale = 'en-GB', timezoneId = 'Europe/Berlin', expected = [], otherOrigins = [] } = options
  const context = await browser.newContext({ viewport, colorScheme, locale, timezoneId, ...options.context })
  t.teardown(async () => { await context.close() })
  context.setDefaultTimeout(PATIENCE)
  const watch = await watchPages(t, context, ({ origin }) => [url, ...otherOrigins].includes(origin), expected)
  await countReadings(context)
  await slowAnswersDown(context)
  const open = async (at = ''): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(`${url}/${at}`)
    return page
  }
  return { ...watch, context, emulator, url, open, page: await open(options.at) }
}

/** Ends an emulator as a kill does: whoever is connected hears nothing more. */
export async function killEmulator ({ app, emulator }: Pick<Emulator, 'app' | 'emulator'>): Promise<void> {
  const closed = app.close()
  emulator.connections.destroy()
  await closed
}

/** Lets an emulator listen on a port of this machine; 0, the default: a free one. @returns its address, without a slash at its end. */
export async function listenFor (t: Test, { app, emulator }: Pick<Emulator, 'app' | 'emulator'>, port = 0): Promise<string> {
  await app.listen({ host: '127.0.0.1', port })
  // A browser keeps connections, and opens some in advance: to close the server would wait for them.
  t.teardown(() => { emulator.connections.destroy() })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}
