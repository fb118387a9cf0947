import type { ServerResponse } from 'node:http'

/** How the holding of a request ends: its time is over, its client has given up, or the server stops. */
export type Ending = 'over' | 'gone' | 'stopping'

export type Holds = ReturnType<typeof createHolds>

/** Requests that are held back: none for longer than its client waits, and none once the server stops. */
export function createHolds () {
  const held = new Set<(ending: Ending) => void>()
  let isStopping = false
  return {
    /** How many requests are held back now. */
    count: (): number => held.size,

    /**
     * Holds a request back.
     *
     * @param ms null: until one of the others happens.
     */
    hold (response: ServerResponse, ms: number | null): Promise<Ending> {
      if (isStopping) return Promise.resolve('stopping')
      return new Promise((resolve) => {
        const timer = ms === null ? undefined : setTimeout(() => end('over'), ms)
        const leave = (): void => end('gone')
        const end = (ending: Ending): void => {
          clearTimeout(timer)
          held.delete(end)
          response.off('close', leave)
          resolve(ending)
        }
        held.add(end)
        response.once('close', leave)
      })
    },

    /** Lets all of them go, and holds none any more. */
    stop (): void {
      isStopping = true
      for (const end of held) end('stopping')
    }
  }
}
