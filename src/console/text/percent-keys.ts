/** How far a key moves a percentage. */
const STEP = 5

/** The percentage after a key, on or off a slider; undefined for a key that moves none. */
export function percentAfterKey (key: string, percent: number): number | undefined {
  switch (key) {
    case 'ArrowRight': return Math.min(100, percent + STEP)
    case 'ArrowLeft': return Math.max(0, percent - STEP)
    case 'Home': return 0
    case 'End': return 100
    default: return undefined
  }
}

/** The percentage at a place on a slider, in whole steps. @param share 0 at its beginning, 1 at its end. */
export const percentAt = (share: number): number => Math.round(Math.max(0, Math.min(1, share)) * 100 / STEP) * STEP
