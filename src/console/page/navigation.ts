import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readPlace, writePlace, type Place } from '../text/place.ts'

/** Where the page is: a copy of the address, which is the only state that outlives a reload. */
export const place = signal<Place>(readPlace(window.location.hash))

/** What is open there, for the title of the window. */
export const placeDetail = signal<string | null>(null)

window.addEventListener('hashchange', () => { place.value = readPlace(window.location.hash) })

/** Goes to a place; the browser's back button returns. */
export function goTo (path: readonly string[], query: Readonly<Record<string, string>> = {}): void {
  window.location.hash = writePlace({ path, query })
  // The browser tells of it later.
  place.value = readPlace(window.location.hash)
}

/**
 * Changes parameters of the present place, in place of its entry in the history; an empty one is taken away. Nothing where
 * the browser has gone to another place already, of which the page has not heard yet.
 */
export function setQuery (change: Readonly<Record<string, string>>): void {
  if (readPlace(window.location.hash).path.join('/') !== place.peek().path.join('/')) return
  const next = { path: place.peek().path, query: { ...place.peek().query, ...change } }
  window.history.replaceState(null, '', writePlace(next))
  place.value = readPlace(window.location.hash)
}

/** Puts what is open into the title of the window: a gamertag, say. */
export function usePlaceDetail (detail: string | undefined): void {
  useEffect(() => {
    placeDetail.value = detail ?? null
    return () => { placeDetail.value = null }
  }, [detail])
}
