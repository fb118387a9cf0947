import type { BrowserContext, Page } from 'playwright-core'

/** How many pictures in a row a page draws without reading anything, until it is believed to have read all. */
const CALM_PICTURES = 4

/** What a window of a test counts. */
type Counting = typeof globalThis & { readingNow?: number, calmPictures?: number }

/** Lets each window of a test count what it is reading: all but the stream of events, which has no end. */
export async function countReadings (context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const window = globalThis as Counting
    const ask = window.fetch
    window.readingNow = 0
    window.fetch = async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input, document.baseURI)
      if (pathname === '/_emulator/events') return await ask(input, init)
      const end = (): void => { window.readingNow = (window.readingNow ?? 0) - 1 }
      window.readingNow = (window.readingNow ?? 0) + 1
      try {
        const response = await ask(input, init)
        response.clone().text().then(end, end)
        return response
      } catch (error) {
        end()
        throw error
      }
    }
  })
}

/** Waits until a page that is connected has read all that it shows, also what it asks for only because of an answer, and has drawn it. */
export async function untilAllRead (page: Page): Promise<void> {
  await page.getByRole('status').getByText('connected', { exact: true }).waitFor()
  await page.evaluate(() => { (globalThis as Counting).calmPictures = 0 })
  // It is asked once a picture.
  await page.waitForFunction((pictures) => {
    const window = globalThis as Counting
    window.calmPictures = window.readingNow === 0 ? (window.calmPictures ?? 0) + 1 : 0
    return window.calmPictures >= pictures
  }, CALM_PICTURES)
}
