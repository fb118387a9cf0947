import type { Place } from './place.ts'

const PLACE_NAMES: Readonly<Record<string, string>> = { users: 'Users', requests: 'Requests', weather: 'Weather', world: 'World' }

/** The name of the place that a path leads to: the first part of it, or `users`. */
export const placeName = ({ path: [name = 'users'] }: Place): string => Object.hasOwn(PLACE_NAMES, name) ? name : 'users'

/** The title of the window: where it is, of which emulator, and whether it hears of it. */
export function windowTitle (place: Place, { host, isLost, detail }: { readonly host: string, readonly isLost: boolean, /** What is open there: a gamertag. */ readonly detail?: string | null }): string {
  return `${isLost ? '⚠ ' : ''}${detail === undefined || detail === null || detail === '' ? '' : `${detail} · `}${PLACE_NAMES[placeName(place)]} · ${host}`
}
