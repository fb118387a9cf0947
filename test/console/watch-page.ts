import type { BrowserContext, Page, Request, Route } from 'playwright-core'
import type { Test } from 'tap'

/** A picture of one grey point, in place of those that a world has elsewhere. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mOoBwAAgQCAyj9sUwAAAABJRU5ErkJggg==', 'base64')

/** What has gone wrong in the windows of a test, and what they have asked for. */
export interface PageWatch {
  /** Whatever was wrong, expected or not. */
  readonly errors: readonly string[]
  /** The addresses that are not the emulator's, in order. Pictures are answered with a grey point; anything else is an error. */
  readonly elsewhere: readonly string[]
  /** Says that errors with these words are no fault; a request that is refused writes "status of 409" to the console. */
  readonly expect: (words: RegExp) => void
}

/**
 * Fails the test as soon as something goes wrong in a window: an error that nobody catches, one that is written to the console,
 * a violation of the Content-Security-Policy, a request that fails or goes elsewhere, an answer of 500 or above, a dialog of the
 * browser's, a window that ends.
 */
export async function watchPages (t: Test, context: BrowserContext, isOwn: (url: URL) => boolean, expected: readonly RegExp[]): Promise<PageWatch> {
  const errors: string[] = []
  const elsewhere: string[] = []
  const allowed = [...expected]
  const add = (error: string): void => {
    errors.push(error)
    if (!allowed.some((words) => words.test(error))) t.fail(`in the browser: ${error}`)
  }
  await context.exposeBinding('reportViolation', (_source, violation: string) => { add(violation) })
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      (window as unknown as { reportViolation: (text: string) => void }).reportViolation(`violation of ${violatedDirective}: ${blockedURI} ${sample}`.trimEnd())
    })
  })
  await context.route((url) => !isOwn(url), async (route) => {
    elsewhere.push(route.request().url())
    if (route.request().resourceType() !== 'image') add(`a request elsewhere: ${route.request().url()}`)
    await answerElsewhere(route)
  })
  context.on('page', (page) => { watchPage(page, add) })
  return { errors, elsewhere, expect: (words) => { allowed.push(words) } }
}

const answerElsewhere = async (route: Route): Promise<void> => route.request().resourceType() === 'image'
  ? await route.fulfill({ contentType: 'image/png', body: PICTURE })
  : await route.abort('namenotresolved')

function watchPage (page: Page, add: (error: string) => void): void {
  page.on('pageerror', (error) => { add(error.stack ?? String(error)) })
  page.on('console', (message) => { if (message.type() === 'error') add(`console: ${message.text()} (${message.location().url})`) })
  page.on('requestfailed', (request: Request) => {
    const reason = request.failure()?.errorText ?? ''
    // The page itself has given it up, or has gone elsewhere.
    if (reason !== 'net::ERR_ABORTED') add(`${request.method()} ${request.url()}: ${reason}`)
  })
  page.on('response', (response) => { if (response.status() >= 500) add(`${response.request().method()} ${response.url()}: ${response.status()}`) })
  page.on('dialog', (dialog) => {
    add(`a ${dialog.type()} of the browser: ${dialog.message()}`)
    dialog.dismiss().catch(() => {})
  })
  page.on('crash', () => { add('the window has crashed') })
}
