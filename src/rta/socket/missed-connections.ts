import type { Caller } from '../../model/session.ts'

/** How long it is remembered that a client has missed something, in ms: clients connect again after a minute at most. */
const REMEMBERED = 5 * 60_000
/** How many clients are remembered. The oldest are forgotten. */
const MOST_REMEMBERED = 1000

/** The clients whose connection was cut because they did not read it, by user and title. */
export interface MissedConnections {
  /** @param now the clock, in ms since 1970. */
  readonly add: (caller: Caller, now: number) => void
  /** True once for a client that was added and connects again in time. */
  readonly take: (caller: Caller, now: number) => boolean
  readonly clear: () => void
}

export function createMissedConnections (): MissedConnections {
  const ends = new Map<string, number>()
  return {
    add: (caller, now) => {
      const key = keyOf(caller)
      // Again at the end, which is the newest.
      ends.delete(key)
      const [oldest] = ends.keys()
      if (ends.size >= MOST_REMEMBERED) ends.delete(oldest as string)
      ends.set(key, now + REMEMBERED)
    },

    take: (caller, now) => {
      const key = keyOf(caller)
      const end = ends.get(key)
      ends.delete(key)
      return end !== undefined && now < end
    },

    clear: () => { ends.clear() }
  }
}

const keyOf = ({ xuid, titleId }: Caller): string => `${xuid} ${titleId}`
