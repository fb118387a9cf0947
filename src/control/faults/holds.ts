import type { ServerResponse } from 'node:http'

/** Why a request is no longer held back: its time is over, its client has disconnected, or the server stops. */
export type Ending = 'elapsed' | 'disconnected' | 'stopping'

/** Requests that are held back: none after its client has disconnected, and none once the server stops. */
export interface Holds {
  readonly count: () => number
  /**
   * Holds a request back.
   *
   * @param ms how long; null: until the client disconnects or the server stops.
   */
  readonly hold: (response: ServerResponse, ms: number | null) => Promise<Ending>
  /** Releases all requests, and holds none back from now on. */
  readonly stop: () => void
}

export function createHolds (): Holds {
  const releases = new Set<(ending: Ending) => void>()
  let isStopping = false
  return {
    count: () => releases.size,

    hold: (response, ms) => {
      if (isStopping) return Promise.resolve('stopping')
      return new Promise((resolve) => {
        const timer = ms === null ? undefined : setTimeout(() => release('elapsed'), ms)
        const onClose = (): void => release('disconnected')
        const release = (ending: Ending): void => {
          clearTimeout(timer)
          releases.delete(release)
          response.off('close', onClose)
          resolve(ending)
        }
        releases.add(release)
        response.once('close', onClose)
      })
    },

    stop: () => {
      isStopping = true
      for (const release of releases) release('stopping')
    }
  }
}
