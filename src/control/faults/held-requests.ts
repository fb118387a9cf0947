import type { ServerResponse } from 'node:http'

/** Why a request is no longer held back: its time is over, its client has disconnected, the server stops, or everything was reset. */
export type HoldEnding = 'elapsed' | 'disconnected' | 'stopping' | 'reset'

/** The requests that faults hold back. */
export interface HeldRequests {
  readonly count: () => number
  /**
   * Holds a request back.
   *
   * @param ms how long; null: until the client disconnects or the server stops.
   */
  readonly hold: (response: ServerResponse, ms: number | null) => Promise<HoldEnding>
  /** Releases all requests, because everything was reset. */
  readonly release: () => void
  /** Releases all requests, and holds none back from now on. */
  readonly stop: () => void
}

export function createHeldRequests (): HeldRequests {
  const releases = new Set<(ending: HoldEnding) => void>()
  let isStopping = false
  const releaseAll = (ending: HoldEnding): void => {
    for (const release of releases) release(ending)
  }
  return {
    count: () => releases.size,

    hold: (response, ms) => {
      if (isStopping) return Promise.resolve('stopping')
      return new Promise((resolve) => {
        const timer = ms === null ? undefined : setTimeout(() => release('elapsed'), ms)
        const onClose = (): void => release('disconnected')
        const release = (ending: HoldEnding): void => {
          clearTimeout(timer)
          releases.delete(release)
          response.off('close', onClose)
          resolve(ending)
        }
        releases.add(release)
        response.once('close', onClose)
      })
    },

    release: () => releaseAll('reset'),

    stop: () => {
      isStopping = true
      releaseAll('stopping')
    }
  }
}
