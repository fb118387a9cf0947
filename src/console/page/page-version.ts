import { signal } from '@preact/signals'
import { connection } from './live.ts'

/** Whether the emulator has another page now than the one that is open: one of another version was started in its place. */
export const isOutdated = signal(false)

/** Looks for another page whenever the emulator answers again. */
export function watchPageVersion (): void {
  let wasLost = false
  connection.subscribe((state) => {
    if (state === 'lost') wasLost = true
    else if (state === 'connected' && wasLost) {
      wasLost = false
      look().catch(() => {})
    }
  })
}

/** The names of the page's files say what is in them. */
async function look (): Promise<void> {
  const own = Array.from(document.querySelectorAll('script[src], link[rel=stylesheet]'), (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '')
  const response = await fetch('/_emulator/console', { headers: { accept: 'text/html' }, cache: 'no-cache' })
  if (!response.ok) return
  const page = await response.text()
  isOutdated.value = own.some((address) => !page.includes(`"${address}"`))
}
