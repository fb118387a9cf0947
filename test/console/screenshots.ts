import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page, Route } from 'playwright-core'
import t, { type Test } from 'tap'
import { browserTest, openConsole } from './browser.ts'
import { LIVELY_NOW, livelyWorld, makeLively } from './lively.ts'
import { goToPlace, PLACES } from './places.ts'

/**
 * Pictures of each place, light and dark, wide and narrow: `npm run screenshots [FOLDER]`, by default into .screenshots/.
 * They are always the same but for the port and how long requests have taken.
 */

const FOLDER = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..', '.screenshots'))
const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } }

/** A picture of an achievement, which the demo world has elsewhere: two colours made of its address. */
async function drawPicture (route: Route): Promise<void> {
  const hash = Array.from(route.request().url()).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="hsl(${hash} 45% 38%)"/><circle cx="32" cy="26" r="12" fill="hsl(${(hash + 40) % 360} 70% 72%)"/><path d="M8 64q24-34 48 0" fill="hsl(${(hash + 200) % 360} 40% 55%)"/></svg>`
  await route.fulfill({ contentType: 'image/svg+xml', body })
}

async function takeAll (t: Test, colorScheme: 'light' | 'dark'): Promise<void> {
  const clock = { time: LIVELY_NOW }
  const opened = await openConsole(t, { world: livelyWorld(), now: () => clock.time, colorScheme, context: { reducedMotion: 'reduce' } })
  await makeLively(t, { ...opened, clock })
  const { page, context } = opened
  // What is told of the last minutes is that of the emulator's clock.
  await page.clock.setFixedTime(clock.time)
  await context.route((url) => url.hostname === 'images.example.com', drawPicture)
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const [name, fragment] of Object.entries(PLACES)) {
      await goToPlace(page, fragment)
      await untilDrawn(page)
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}-${size}.png`) })
    }
    await openRequest(page)
    await page.screenshot({ path: join(FOLDER, `request-${colorScheme}-${size}.png`) })
  }
}

/** A request that was refused, beside the others where there is room; the plots have nothing to show of what was asked before. */
async function openRequest (page: Page): Promise<void> {
  await goToPlace(page, '#/requests')
  const plots = page.getByText('Traffic of the last minutes')
  if (await page.getByRole('figure').count() > 0) await plots.click()
  // Whose requests they are is read after them.
  await page.getByRole('row').getByText('friend', { exact: true }).first().waitFor()
  await page.getByRole('row').filter({ hasText: '404' }).first().click()
  await page.getByRole('region', { name: /^Request \d+/ }).getByText('Refused.').waitFor()
}

/** Waits for the pictures that can be seen. */
const untilDrawn = async (page: Page): Promise<unknown> => await page.waitForFunction(() => Array.from(document.images).every((image) => {
  const { top, bottom } = image.getBoundingClientRect()
  return image.complete || bottom < 0 || top > window.innerHeight
}))

mkdirSync(FOLDER, { recursive: true })
t.setTimeout(0)
for (const colorScheme of ['light', 'dark'] as const) browserTest(`pictures: ${colorScheme}`, async (t) => { await takeAll(t, colorScheme) })
