/** An instant at which something begins or ends. */
export interface Boundary {
  /** In ms. */
  readonly at: number
  /** "First light ends", "token of gamer expires". */
  readonly words: string
}

/** A title, as far as its time windows matter. */
interface WindowedTitle {
  readonly achievements: ReadonlyArray<{ readonly name: unknown, readonly timeWindow?: { readonly startDate: string, readonly endDate: string } | null | undefined }>
}

/** A token, as far as its end matters. */
interface ExpiringSession {
  readonly expires: string | null
  readonly xuid: string | null
}

/** All of them, in their order. */
export function listBoundaries (titles: readonly WindowedTitle[], sessions: readonly ExpiringSession[]): Boundary[] {
  const ofTitles = titles.flatMap(({ achievements }) => achievements).flatMap(({ name, timeWindow }) => timeWindow === null || timeWindow === undefined
    ? []
    : [{ at: Date.parse(timeWindow.startDate), words: `${nameOf(name)} begins` }, { at: Date.parse(timeWindow.endDate), words: `${nameOf(name)} ends` }])
  const ofSessions = sessions.flatMap(({ expires, xuid }) => expires === null ? [] : [{ at: Date.parse(expires), words: `the token of ${xuid ?? 'nobody'} expires` }])
  return [...ofTitles, ...ofSessions].toSorted((a, b) => a.at - b.at)
}

/** The last one before an instant, and the first one after it. */
export function nearestBoundaries (boundaries: readonly Boundary[], now: number): { readonly previous: Boundary | undefined, readonly next: Boundary | undefined } {
  return { previous: boundaries.findLast(({ at }) => at < now), next: boundaries.find(({ at }) => at > now) }
}

/** The name of an achievement: a text, or one by locale, of which the first is taken. */
function nameOf (name: unknown): string {
  if (typeof name === 'string') return name
  return String(Object.values(name ?? {})[0] ?? '')
}
