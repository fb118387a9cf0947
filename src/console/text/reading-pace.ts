/** The shortest wait between two readings, the longest, and the longest of what is read quickly, in ms. */
const [SHORTEST, LONGEST, LONGEST_OF_QUICK] = [60, 1500, 480]
/** How long nothing may have been asked, beyond the wait itself, for the next reading to be one of its own, in ms. */
const CALM = 250

/**
 * How long to wait after a reading for the next one, in ms. A change that comes alone is seen at once; while they come without
 * end, each wait is twice as long as the one before. What takes long is read less often: it has hardly more than a third of the time.
 *
 * @param pause how long before this reading the last one had ended.
 * @param wait the wait that was before this reading.
 * @param took how long the reading took.
 */
export function waitAfterReading ({ pause, wait, took }: { readonly pause: number, readonly wait: number, readonly took: number }): number {
  const next = pause < wait + CALM ? Math.min(2 * wait, LONGEST_OF_QUICK) : SHORTEST
  return Math.max(next, Math.min(2 * took, LONGEST))
}
