import type { ServerResponse } from 'node:http'

/** Why a request is no longer held back: its time or its reason is over, its client has disconnected, the server stops, or everything was reset. */
export type HoldEnding = 'elapsed' | 'disconnected' | 'stopping' | 'reset'

/** The requests that faults hold back, and those that wait for an entry of the journal. */
export interface HeldRequests {
  readonly count: () => number
  /**
   * Holds a request back.
   *
   * @param ms how long; null: until the client disconnects or the server stops.
   * @param reason the request waits for this, and is held back no longer once it resolves.
   */
  readonly hold: (response: ServerResponse, ms: number | null, reason?: Promise<unknown>) => Promise<HoldEnding>
  /** Releases what faults hold back, because everything was reset. What waits for something goes on to wait for it. */
  readonly release: () => void
  /** Releases all requests, and holds none back from now on. */
  readonly stop: () => void
}

export function createHeldRequests (): HeldRequests {
  const held = new Set<(ending: HoldEnding) => void>()
  const waiting = new Set<(ending: HoldEnding) => void>()
  let isStopping = false

  return {
    count: () => held.size + waiting.size,

    hold: (response, ms, reason) => {
      if (isStopping) return Promise.resolve('stopping')
      return new Promise((resolve) => {
        const releases = reason === undefined ? held : waiting
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
        reason?.then(() => release('elapsed'))
      })
    },

    release: () => { for (const release of held) release('reset') },

    stop: () => {
      isStopping = true
      for (const release of [...held, ...waiting]) release('stopping')
    }
  }
}
