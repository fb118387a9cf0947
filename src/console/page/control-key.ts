import { signal } from '@preact/signals'
import { keptForTab } from './storage.ts'

const STORED = 'controlKey'

/** Whether the emulator has asked for the control key: the page then asks a person. */
export const isKeyAsked = signal(false)

/** Those that wait for a key: for what a person says, or until one is given, however long that takes. */
let waiting: Array<(isGiven: boolean) => void> = []
const patient: Array<() => void> = []

/** The key of this tab; null: it has none. */
export const ownKey = (): string | null => keptForTab.get(STORED)

/** The headers of the page's requests: the key is kept for this tab alone, and never in an address. */
export function ownHeaders (): Record<string, string> {
  const key = ownKey()
  return key === null ? {} : { authorization: `Bearer ${key}` }
}

/** Whether a person has said that there is no key: what is refused later does not ask again. */
let isDeclined = false

/**
 * Asks for the key, unless a person has none, or has given one while the refusal was on its way.
 *
 * @param refused the key of the request that was refused.
 * @returns whether one was given that opens.
 */
export async function whenKeyGiven (refused: string | null): Promise<boolean> {
  if (ownKey() !== refused) return true
  if (isDeclined) return false
  isKeyAsked.value = true
  return await new Promise((resolve) => { waiting.push(resolve) })
}

/** Resolves once a key is given that opens. */
export const nextKey = (): Promise<void> => new Promise((resolve) => { patient.push(resolve) })

/** Tries a key at the emulator, and keeps it if it opens. @returns whether it does. @throws when nothing answers. */
export async function keepKey (key: string): Promise<boolean> {
  const { status } = await fetch('/_emulator/clock', { headers: { authorization: `Bearer ${key}` } })
  if (status === 401) return false
  keptForTab.set(STORED, key)
  isDeclined = false
  settle(true)
  for (const resolve of patient.splice(0)) resolve()
  return true
}

/** Goes on without a key: what needs one is refused, until a person asks to give it. */
export function goOnWithoutKey (): void {
  isDeclined = true
  settle(false)
}

function settle (isGiven: boolean): void {
  isKeyAsked.value = false
  const all = waiting
  waiting = []
  for (const resolve of all) resolve(isGiven)
}
