import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { NOW } from '../../helper.ts'
import { browserTest, openConsole, type Console } from '../browser.ts'
import { livelyWorld, makeLively } from '../lively.ts'
import { goToPlace, PLACES } from '../places.ts'

/** More controls than a place has: who presses Tab so often is caught somewhere. */
const MOST_TABS = 600

/** Where the focus is, and what is wrong with that. */
interface Focus {
  /** Null: at the page's end, behind all controls, or at its beginning again. */
  readonly name: string | null
  readonly faults: readonly string[]
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
  if (!(focused instanceof HTMLElement) || focused === document.body) return { name: null, faults: [] }
  window.reached ??= new Set()
  const name = `${focused.getAttribute('role') ?? focused.tagName.toLowerCase()} "${(focused.getAttribute('aria-label') ?? focused.getAttribute('title') ?? focused.textContent).trim().replace(/\s+/g, ' ').slice(0, 60)}"`
  // A field of a date has parts.
  const [first] = window.reached
  if (focused === first) return { name: null, faults: [] }
  if (window.reached.has(focused)) return { name, faults: focused.matches('[type=datetime-local], [type=date], [type=time]') ? [] : ['it has had the focus before'] }
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
  return { name, faults }
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
    const { name, faults } = await page.evaluate(lookAtFocus)
    if (name === null) return names
    if (faults.length > 0) t.fail(`${where}: ${name}: ${faults.join(', ')}`)
    if (faults.includes('it has had the focus before')) return names
    names.push(name)
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
    t.comment(name, names.length)
  }
})
