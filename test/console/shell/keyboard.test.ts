import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { NOW } from '../../helper.ts'
import { untilAllRead } from '../all-read.ts'
import { browserTest, openConsole, type Console } from '../browser.ts'
import { until } from '../until.ts'
import { livelyWorld, makeLively } from '../lively.ts'
import { goToPlace, PLACES } from '../places.ts'

/** More controls than a place has: who presses Tab so often is caught somewhere. */
const MOST_TABS = 600

/** Where the focus is, and what is wrong with that. */
interface Focus {
  /** Null: at the page's end, behind all controls, or at its beginning again. */
  readonly name: string | null
  readonly faults: readonly string[]
  /** Whether it is in the last row that a list has drawn: more may follow as soon as it is seen. */
  readonly isInLastRow: boolean
}

/** The page in the middle of a day's work. */
async function openLively (t: Test): Promise<Console> {
  const clock = { time: NOW }
  const opened = await openConsole(t, { world: livelyWorld(), now: () => clock.time, context: { reducedMotion: 'reduce' } })
  await makeLively(t, { ...opened, clock })
  return opened
}

/** Runs in the page: remembers what has the focus, and looks at it as a person does. */
function lookAtFocus (): Focus {
  const window = globalThis as unknown as { reached?: Set<Element> }
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body) return { name: null, faults: [], isInLastRow: false }
  window.reached ??= new Set()
  const name = `${focused.getAttribute('role') ?? focused.tagName.toLowerCase()} "${(focused.getAttribute('aria-label') ?? focused.getAttribute('title') ?? focused.textContent).trim().replace(/\s+/g, ' ').slice(0, 60)}"`
  const row = focused.closest('[role=row]')
  const isInLastRow = row !== null && row.nextElementSibling?.getAttribute('role') !== 'row'
  // A field of a date has parts.
  const [first] = window.reached
  if (focused === first) return { name: null, faults: [], isInLastRow: false }
  if (window.reached.has(focused)) return { name, faults: focused.matches('[type=datetime-local], [type=date], [type=time]') ? [] : ['it has had the focus before'], isInLastRow }
  window.reached.add(focused)
  const look = (): string => JSON.stringify([undefined, '::before', '::after'].map((part) => {
    const { outlineStyle, outlineWidth, outlineColor, backgroundColor, borderColor, boxShadow } = getComputedStyle(focused, part)
    return [outlineStyle === 'none' || parseFloat(outlineWidth) < 1 ? null : outlineColor, backgroundColor, borderColor, boxShadow]
  }))
  const withFocus = look()
  focused.blur()
  const without = look()
  focused.focus({ preventScroll: true })
  const box = focused.getBoundingClientRect()
  const faults = [
    ...withFocus === without ? [`it shows no focus: ${withFocus}`] : [],
    ...box.width === 0 || box.height === 0 ? ['it is not seen'] : [],
    ...box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth ? ['it is beside the window'] : []
  ]
  return { name, faults, isInLastRow }
}

/** Runs in the page: the controls that are seen and have never had the focus, but for those that the arrow keys of a group reach, a key that they name, or Enter on their row. */
function findUnreached (): string[] {
  const { reached = new Set() } = globalThis as unknown as { reached?: Set<Element> }
  const controls = Array.from(document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex], [role=switch], [role=slider], [role=separator]'))
  const isSeen = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getBoundingClientRect().width > 0
  return controls.filter((element) => {
    if (reached.has(element) || !isSeen(element) || element.matches(':disabled, main, [role=row]')) return false
    if (element.matches('[type=radio]:not(:checked)')) return false
    // A row is opened by Enter, and a button opens the choice of files.
    if (element.matches('[role=row] a[tabindex="-1"], [type=file][tabindex="-1"]')) return false
    return element.tabIndex >= 0 || !/\((.|Delete)\)/.test(element.title)
  }).map((element) => `${element.tagName.toLowerCase()} "${element.getAttribute('aria-label') ?? element.title}" ${element.textContent.slice(0, 40)}`)
}

/** Goes with Tab from the beginning of the page to its end. @returns what has had the focus. */
async function tabThrough (t: Test, page: Page, where: string): Promise<string[]> {
  await page.evaluate(() => {
    (globalThis as unknown as { reached?: Set<Element> }).reached = new Set()
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    getSelection()?.setPosition(document.body, 0)
  })
  const names: string[] = []
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab')
    const { name, faults, isInLastRow } = await page.evaluate(lookAtFocus)
    if (name === null) return names
    if (faults.length > 0) t.fail(`${where}: ${name}: ${faults.join(', ')}`)
    if (faults.includes('it has had the focus before')) return names
    names.push(name)
    // A list draws its next rows with the next picture; whoever is quicker is behind it.
    if (isInLastRow) await untilAllRead(page)
  }
  t.fail(`${where}: Tab does not lead to the end: ${names.slice(-5).join(', ')}`)
  return names
}

browserTest('Tab reaches every control of every place, each shows that it has the focus', async (t) => {
  const { page } = await openLively(t)
  for (const [name, fragment] of Object.entries(PLACES)) {
    await goToPlace(page, fragment)
    const names = await tabThrough(t, page, name)
    t.match(names[0], 'Skip to the content', `${name}: the way past the places is the first`)
    t.strictSame(await page.evaluate(findUnreached), [], `${name}: every control is reached`)
  }
})

/** What opens a dialog, by place. */
const OPENERS: ReadonlyArray<readonly [place: string, openers: readonly RegExp[]]> = [
  ['users', [/^New user/, /^Tokens of gamer /, /^Friends of gamer /, /^Change gamer /, /^All keys/]],
  ['requests', [/^Clear/]],
  ['weather', [/^New fault/, /^New RTA fault/, /^Edit$/, /^Close all/]],
  ['world', [/^Generate users/, /^Reset/]]
]

browserTest('a dialog has the focus for itself, every control of it is reached, and whoever closes it is where they were', async (t) => {
  const { page } = await openLively(t)
  for (const [place, openers] of OPENERS) {
    await goToPlace(page, PLACES[place] as string)
    for (const name of openers) {
      const where = `${place}: ${name}`
      const opener = page.getByRole('button', { name }).first()
      await opener.press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      // What is read takes the place of what says so, the focus too.
      await untilAllRead(page)
      await until(t, async () => await page.evaluate(() => document.activeElement?.closest('dialog') !== null), true, `${where}: the focus is in the dialog`)
      t.strictSame(await tabInDialog(page), [], `${where}: Tab stays in it and reaches every control`)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      t.equal(await opener.evaluate((element) => element === document.activeElement), true, `${where}: the focus is back`)
    }
  }
})

/** Presses Tab in a dialog until it begins anew. @returns the controls that were not reached, and those outside that were. */
async function tabInDialog (page: Page): Promise<string[]> {
  await page.evaluate(() => { (globalThis as unknown as { reached?: Set<Element> }).reached = new Set() })
  const outside: string[] = []
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    const { isNew, isOutside, name } = await page.evaluate(() => {
      const { reached = new Set() } = globalThis as unknown as { reached?: Set<Element> }
      const focused = document.activeElement as Element
      const isNew = !reached.has(focused) || focused.matches('[type=datetime-local], [type=date], [type=time]')
      reached.add(focused)
      return { isNew, isOutside: focused !== document.body && focused.closest('dialog') === null, name: focused.outerHTML.slice(0, 80) }
    })
    if (isOutside) outside.push(`outside: ${name}`)
    if (!isNew) break
    await page.keyboard.press('Tab')
  }
  const missing = await page.evaluate(() => {
    const { reached = new Set() } = globalThis as unknown as { reached?: Set<Element> }
    const controls = Array.from(document.querySelectorAll<HTMLElement>('dialog[open] :is(a[href], button, input, select, textarea, summary)'))
    return controls.filter((element) => !reached.has(element) && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [type=radio]:not(:checked)')).map(({ outerHTML }) => outerHTML.slice(0, 80))
  })
  return [...outside, ...missing]
}
