/** How the lower pane is: as tall as it was made, as tall as it gets, or hidden. */
export type PaneState = 'open' | 'tall' | 'hidden'

/** What the key of the pane does. */
export const nextPane = (state: PaneState): PaneState => ({ open: 'tall', tall: 'hidden', hidden: 'open' } as const)[state]

/** The lowest pane, and what is left of the place above it at least, in CSS pixels. */
const [LOWEST, LEFT_ABOVE] = [96, 120]

/** How tall the pane is. @param room of the place and the pane together. */
export function paneHeight (wanted: number, room: number): number {
  return Math.max(LOWEST, Math.min(Math.round(wanted), room - LEFT_ABOVE))
}

/** What was kept of it: a number of pixels, otherwise the usual one. */
export function readPaneHeight (kept: string | null): number {
  const height = Number(kept)
  return kept !== null && Number.isFinite(height) && height >= LOWEST ? height : 220
}
