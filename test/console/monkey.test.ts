import type { Page } from 'playwright-core'
import { command, worldText } from '../control/client.ts'
import { GAMER } from '../helper.ts'
import { browserTest, openConsole } from './browser.ts'
import { LANTERN } from './lively.ts'
import { until } from './until.ts'

const PLACES = ['#/users', `#/users/${GAMER}`, `#/users/${GAMER}/titles/${LANTERN.titleId}`, '#/requests', '#/weather', '#/world']
const CLICKS = 25

/** Numbers from 0 up to 1, always the same ones (Numerical Recipes' generator). */
function createChance (seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Presses any control that can be seen. What opens the browser's own dialogs, leads elsewhere or cannot be undone is left alone. */
async function pressAny (page: Page, chance: number): Promise<void> {
  await page.evaluate((chance) => {
    const within = document.querySelector('dialog:modal') ?? document
    const controls = Array.from(within.querySelectorAll<HTMLElement>('button, a[href^="#"], summary, [role=row], select, input[type=checkbox], input[type=radio]')).filter((element) =>
      element.checkVisibility() && !(element as HTMLButtonElement).disabled &&
      !/import|save|export|download|clear|drop|close it|device|copy|give the key|generate|ended|end this|token|reload|undo/i.test(`${element.textContent} ${element.title} ${element.getAttribute('aria-label') ?? ''}`))
    const control = controls[Math.floor(chance * controls.length)]
    if (control instanceof HTMLSelectElement) {
      control.selectedIndex = Math.floor(chance * 7919) % control.options.length
      control.dispatchEvent(new Event('change', { bubbles: true }))
    } else control?.click()
  }, chance)
}

for (const seed of [2]) {
  browserTest(`whatever is pressed, nothing breaks, and all of it is taken back (seed ${seed})`, async (t) => {
    const { page, emulator, url } = await openConsole(t, { expected: [/status of 4\d\d/] })
    const before = await worldText(emulator)
    const chance = createChance(seed)
    for (const place of PLACES) {
      await page.goto(`${url}/${place}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      for (let click = 0; click < CLICKS; click++) await pressAny(page, chance())
      for (let turn = 0; turn < 3 && await page.getByRole('dialog').count() > 0; turn++) await page.keyboard.press('Escape')
    }
    await page.goto(`${url}/#/world`)
    await page.getByRole('heading', { level: 1, name: 'World' }).waitFor()
    const undo = page.getByRole('contentinfo', { name: 'Last action' }).getByRole('button', { name: 'Undo' })
    const read = async (): Promise<unknown> => {
      // Something may be on its way still when there seems to be nothing left.
      if (await undo.count() > 0) await page.keyboard.press('z')
      const [{ faults }, { isFrozen, offset }, { limits }] = [await command(emulator, 'GET', '/faults'), await command(emulator, 'GET', '/clock'), await command(emulator, 'GET', '/rate-limits')]
      return { isWorld: await worldText(emulator) === before, faults, isFrozen, offset, limits, left: await undo.count() }
    }
    await until(t, read, { isWorld: true, faults: [], isFrozen: false, offset: 0, limits: null, left: 0 }, 'all is as it was')
  })
}
