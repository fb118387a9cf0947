import { useEffect, useRef, useState } from 'preact/hooks'
import { isGone, read } from './api.ts'
import { connection, type LiveEvent } from './live.ts'
import { keepFresh } from './refresh.ts'

/** What is read, as it is now. */
export interface Reading<T> {
  /** The last answer; undefined before the first one, and after the path has changed until the next one. */
  readonly value: T | undefined
  /** Why the last request failed. */
  readonly error: Error | undefined
  readonly reload: () => void
}

/**
 * Reads something of the control API, again whenever an event concerns it, once for several of them.
 *
 * @param path with its query; null: nothing is read.
 * @param concerns whether what is read may be another after the event. `missed` and `world` always concern it.
 */
export function useRead<T> (path: string | null, concerns: (event: LiveEvent) => boolean): Reading<T> {
  const [state, setState] = useState<{ path?: string | null, value?: T | undefined, error?: Error | undefined }>({})
  const latest = useRef(concerns)
  latest.current = concerns
  const again = useRef(() => {})
  useEffect(() => {
    if (path === null) return
    const fresh = keepFresh(async (signal) => {
      try {
        const value = await read<T>(path, signal)
        setState({ path, value })
      } catch (error) {
        if (!signal.aborted) setState((before) => ({ path, value: before.path === path && !isGone(error) ? before.value : undefined, error: error as Error }))
      }
    }, (event) => latest.current(event))
    again.current = fresh.again
    return fresh.end
  }, [path])
  useWhenMended(state.error, () => { again.current() })
  const isOfPath = state.path === path
  return { value: isOfPath ? state.value : undefined, error: isOfPath ? state.error : undefined, reload: () => { again.current() } }
}

/** Does something once the emulator can be reached again, if something has failed. */
export function useWhenMended (error: Error | undefined, action: () => void): void {
  const isConnected = connection.value === 'connected'
  useEffect(() => { if (isConnected && error !== undefined) action() }, [isConnected])
}
