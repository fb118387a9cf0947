import type { Page } from 'playwright-core'
import { requireAccessible } from '../accessibility.ts'
import { untilAllRead } from '../all-read.ts'
import { browserTest, openConsole } from '../browser.ts'
import { LIVELY_NOW, livelyWorld, makeLively } from '../lively.ts'
import { goToPlace, PLACES } from '../places.ts'

const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 740 }

/** What is opened over a place: by its key or button, and the name of the dialog or part that then is there. */
const OPENED: ReadonlyArray<readonly [place: string, open: (page: Page) => Promise<void>, role: 'dialog' | 'region', name: RegExp]> = [
  ['users', async (page) => { await page.keyboard.press('?') }, 'dialog', /^Keys$/],
  ['users', async (page) => { await page.keyboard.press('n') }, 'dialog', /^New user$/],
  ['users', async (page) => { await page.keyboard.press('j'); await page.keyboard.press('t') }, 'dialog', /^Tokens of/],
  ['weather', async (page) => { await page.keyboard.press('f') }, 'dialog', /^New fault$/],
  ['world', async (page) => { await page.getByRole('button', { name: 'Reset …' }).click() }, 'dialog', /start\?$/],
  ['world', async (page) => { await page.locator('input[type=file]').first().setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from('{"users":[{"xuid":"a"}]}') }); await page.getByText('It cannot be done').waitFor() }, 'dialog', /^Import bad\.json$/],
  ['requests', async (page) => { await page.getByRole('row').filter({ hasText: '404' }).first().click() }, 'region', /^Request \d+/]
]

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`axe-core finds nothing to complain about: ${colorScheme}`, async (t) => {
    const clock = { time: LIVELY_NOW }
    const opened = await openConsole(t, { world: livelyWorld(), now: () => clock.time, colorScheme, context: { reducedMotion: 'reduce' } })
    await makeLively(t, { ...opened, clock })
    for (const [name, fragment] of Object.entries(PLACES)) {
      await goToPlace(opened.page, fragment)
      for (const viewport of [WIDE, NARROW]) {
        await resizeTo(opened.page, viewport)
        await requireAccessible(t, opened.page, `${name}, ${viewport.width} wide`)
        const width = await opened.page.evaluate(() => document.documentElement.scrollWidth)
        t.ok(width <= viewport.width, `${name}: ${width} of ${viewport.width} wide, nothing is beside the window`)
      }
      await resizeTo(opened.page, WIDE)
    }
    for (const [place, open, role, name] of OPENED) {
      await goToPlace(opened.page, PLACES[place] ?? '')
      await open(opened.page)
      await opened.page.getByRole(role, { name }).waitFor()
      // One width in each scheme: what differs between them does not differ by both.
      await resizeTo(opened.page, colorScheme === 'light' ? WIDE : NARROW)
      await requireAccessible(t, opened.page, String(name))
      await resizeTo(opened.page, WIDE)
    }
  })
}

browserTest('a narrow window has a top line of one line, and nothing that lies over something else or is too small for a finger', async (t) => {
  const clock = { time: LIVELY_NOW }
  const opened = await openConsole(t, { world: livelyWorld(), now: () => clock.time, viewport: NARROW })
  await makeLively(t, { ...opened, clock })
  for (const [name, fragment] of Object.entries(PLACES)) {
    await goToPlace(opened.page, fragment)
    t.strictSame(await opened.page.evaluate(findMisplaced), [], name)
  }
})

/** Gives a window another size, and waits until the page has drawn itself for that. */
async function resizeTo (page: Page, size: typeof WIDE): Promise<void> {
  await page.setViewportSize(size)
  await page.waitForFunction((width) => window.innerWidth === width, size.width)
  // The rows that a list has at a size are known only once it was drawn.
  await untilAllRead(page)
}

/** In the page: what is wrong with where things are. */
function findMisplaced (): string[] {
  const nameOf = (element: Element): string => element.getAttribute('aria-label') ?? element.textContent ?? ''
  const boxes = Array.from(document.querySelectorAll('main :is(button, select, input[type=search])')).map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 1)
  const top = document.querySelector('header')?.getBoundingClientRect().height ?? 0
  return [
    ...top > 48 ? [`the top line is ${top} tall`] : [],
    ...boxes.filter(({ box }) => box.height < 32).map(({ element, box }) => `${nameOf(element)} is ${box.height} tall`),
    ...boxes.flatMap(({ element, box }) => {
      const x = box.left + box.width / 2
      const y = box.top + box.height / 2
      const main = document.querySelector('main')?.getBoundingClientRect()
      if (main === undefined || y > main.bottom || y < main.top || x > main.right || x < main.left || element.closest('.rows') !== null) return []
      const there = document.elementFromPoint(x, y)
      return there === null || element.contains(there) ? [] : [`${nameOf(element)} lies under ${there.tagName} ${there.className}`]
    })
  ]
}
