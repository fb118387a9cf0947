import { NOW } from '../../helper.ts'
import { requireAccessible } from '../accessibility.ts'
import { browserTest, openConsole } from '../browser.ts'
import { livelyWorld, makeLively } from '../lively.ts'
import { goToPlace, PLACES } from '../places.ts'

const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 740 }

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`axe-core finds nothing to complain about: ${colorScheme}`, async (t) => {
    const clock = { time: NOW }
    const opened = await openConsole(t, { world: livelyWorld(), now: () => clock.time, colorScheme, context: { reducedMotion: 'reduce' } })
    await makeLively(t, { ...opened, clock })
    for (const [name, fragment] of Object.entries(PLACES)) {
      await goToPlace(opened.page, fragment)
      for (const viewport of [WIDE, NARROW]) {
        await opened.page.setViewportSize(viewport)
        await requireAccessible(t, opened.page, `${name}, ${viewport.width} wide`)
        const width = await opened.page.evaluate(() => document.documentElement.scrollWidth)
        t.ok(width <= viewport.width, `${name}: ${width} of ${viewport.width} wide, nothing is beside the window`)
      }
      await opened.page.setViewportSize(WIDE)
    }
    await opened.page.keyboard.press('?')
    await opened.page.getByRole('dialog', { name: 'Keys' }).waitFor()
    for (const viewport of [WIDE, NARROW]) {
      await opened.page.setViewportSize(viewport)
      await requireAccessible(t, opened.page, `all keys, ${viewport.width} wide`)
    }
  })
}
