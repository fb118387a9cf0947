import type { Caller } from '../../model/session.ts'

/** How many connections may be open at a time, in all and of one user. */
const MOST_CONNECTIONS = 10_000
const MOST_CONNECTIONS_OF_USER = 1000

/** Counts connections, in all and of each user. */
export function createConnectionLimits () {
  const byUser = new Map<string | null, number>()
  let count = 0
  const countOf = (xuid: string | null): number => byUser.get(xuid) ?? 0
  const add = (xuid: string | null, more: number): void => {
    count += more
    const own = countOf(xuid) + more
    if (own === 0) byUser.delete(xuid)
    else byUser.set(xuid, own)
  }
  return {
    /** Why a user may open no further connection; undefined when they may. */
    refusalOf: ({ xuid }: Caller): string | undefined => {
      if (count >= MOST_CONNECTIONS) return `${MOST_CONNECTIONS} connections are open, which are as many as there can be.`
      return countOf(xuid) < MOST_CONNECTIONS_OF_USER ? undefined : `${MOST_CONNECTIONS_OF_USER} connections of this user are open, which are as many as one can have.`
    },
    enter: ({ xuid }: Caller): void => add(xuid, 1),
    leave: ({ xuid }: Caller): void => add(xuid, -1)
  }
}
