import { useEffect, useState } from 'preact/hooks'
import { read, isKeyAsked } from './api.ts'
import { onEvent, type LiveEvent } from './live.ts'

/** What is read, as it is now. */
export interface Reading<T> {
  /** The last answer; undefined before the first one. */
  readonly value: T | undefined
  /** Why the last request failed. */
  readonly error: Error | undefined
  readonly reload: () => void
}

/**
 * Reads something of the control API, again whenever an event concerns it, and at once after several of them.
 *
 * @param path with its query; null: nothing is read.
 * @param concerns whether what is read may be another after the event. `missed` and `world` always concern it.
 */
export function useRead<T> (path: string | null, concerns: (event: LiveEvent) => boolean): Reading<T> {
  const [state, setState] = useState<{ value?: T, error?: Error }>({})
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (path === null) return
    const abort = new AbortController()
    read<T>(path, abort.signal).then(
      (value) => { setState({ value }) },
      (error: Error) => { if (!abort.signal.aborted) setState((before) => ({ ...before, error })) }
    )
    return () => { abort.abort() }
  }, [path, turn, isKeyAsked.value])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = onEvent((event) => {
      if (event.kind !== 'missed' && event.kind !== 'world' && !concerns(event)) return
      timer ??= setTimeout(() => {
        timer = undefined
        setTurn((before) => before + 1)
      }, 50)
    })
    return () => {
      end()
      clearTimeout(timer)
    }
  }, [path])
  return { value: state.value, error: state.error, reload: () => { setTurn((before) => before + 1) } }
}
