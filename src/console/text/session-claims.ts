/** The claims that a token should have. What is left out does not matter; a new token has none of it. */
export interface WantedClaims {
  readonly xuid: string | null
  readonly titleId: number | null
  readonly sandbox: string | null
  /** ISO 3166. */
  readonly location?: string | null | undefined
  /** By default false. */
  readonly thirdPartySite?: boolean
}

/** A session as the control API lists it. */
export interface ListedSession {
  readonly authorization: string
  readonly userHash: string
  readonly token: string
  readonly xuid: string | null
  readonly titleId: number | null
  readonly sandbox: string | null
  readonly location: string | null
  readonly thirdPartySite: boolean
  readonly expires: string | null
}

/**
 * A session that has the claims and has not ended: one that never does before one that will.
 *
 * @param now the emulator's time, an instant of seven digits of a second.
 */
export function findSession (sessions: readonly ListedSession[], wanted: WantedClaims, now: string): ListedSession | undefined {
  const fitting = sessions.filter((session) => hasClaims(session, wanted) && !hasEnded(session, now))
  return fitting.find(({ expires }) => expires === null) ?? fitting[0]
}

/** Whether a session has ended. Instants are in UTC and have the same form, so that their order is that of their letters. */
export const hasEnded = ({ expires }: Pick<ListedSession, 'expires'>, now: string): boolean => expires !== null && expires <= now

const hasClaims = (session: ListedSession, { xuid, titleId, sandbox, location, thirdPartySite = false }: WantedClaims): boolean =>
  session.xuid === xuid && session.titleId === titleId && session.sandbox === sandbox && session.thirdPartySite === thirdPartySite && (location === undefined || session.location === location)

/** What a session claims, in words: "title 1234 · RETAIL · DE · web site". */
export function describeClaims ({ titleId, sandbox, location, thirdPartySite }: Omit<WantedClaims, 'xuid'>): string {
  return [
    titleId === null ? 'no title' : `title ${titleId}`,
    sandbox ?? 'no sandbox',
    ...location == null ? [] : [location],
    ...thirdPartySite === true ? ['web site'] : []
  ].join(' · ')
}

/** The sandboxes to choose from: those of the title first, then all others of the world. */
export function sandboxesFor (titles: ReadonlyArray<{ readonly titleId: number, readonly sandboxes: readonly string[] }>, titleId: number | null): string[] {
  const own = titles.find((title) => title.titleId === titleId)?.sandboxes ?? []
  return [...new Set([...own, ...titles.flatMap(({ sandboxes }) => sandboxes).sort(), 'RETAIL'])]
}
