/**
 * Yields what matches, oldest first, as it is shown; undefined for each that does not, so that the caller can let other
 * work run in between.
 */
export function * selectMatching<Recorded, Shown> (recorded: readonly Recorded[], { matches, show, last }: {
  readonly matches: (one: Recorded) => boolean
  readonly show: (one: Recorded) => Shown
  /** So many at most: the last ones. */
  readonly last: number | undefined
}): Generator<Shown | undefined> {
  if (last === undefined) {
    for (const one of recorded) yield matches(one) ? show(one) : undefined
    return
  }
  const found: Recorded[] = []
  for (let at = recorded.length - 1; at >= 0 && found.length < last; at--) {
    if (matches(recorded[at] as Recorded)) found.push(recorded[at] as Recorded)
    yield undefined
  }
  for (const one of found.reverse()) yield show(one)
}
