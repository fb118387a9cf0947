import { signal, type ReadonlySignal } from '@preact/signals'

/** Whether the window is narrower than so many pixels; style sheets say `(max-width: …)` with one pixel less. */
function narrowerThan (width: number): ReadonlySignal<boolean> {
  const media = window.matchMedia(`(max-width: ${width - 1}px)`)
  const matches = signal(media.matches)
  media.addEventListener('change', () => { matches.value = media.matches })
  return matches
}

/** Too narrow for tables and for the bar at the side. */
export const isNarrowWindow = narrowerThan(720)

/** Too narrow for details beside a list. */
export const isSingleColumn = narrowerThan(1100)
