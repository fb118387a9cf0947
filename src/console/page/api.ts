import { signal } from '@preact/signals'
import { curlOf } from '../text/curl.ts'

/** An answer that is no success. Its message is what the emulator says. */
export class Refused extends Error {
  readonly status: number
  constructor (status: number, message: string) {
    super(message)
    this.status = status
  }
}

const KEY = 'controlKey'

/** Whether the emulator has asked for the control key: the page then asks a person. */
export const isKeyAsked = signal(false)

/** The line with which a shell does what the page did last; null: it has done nothing. */
export const lastAction = signal<string | null>(null)

/** Keeps the control key for this tab. */
export function keepKey (key: string): void {
  sessionStorage.setItem(KEY, key)
  isKeyAsked.value = false
}

/** The headers of the page's requests. */
export function ownHeaders (): Record<string, string> {
  const key = sessionStorage.getItem(KEY)
  return key === null ? {} : { authorization: `Bearer ${key}` }
}

/**
 * Reads something of the control API.
 *
 * @param path with its query.
 * @throws {Refused} for an answer that is no success; a TypeError when there is none.
 */
export const read = async <T>(path: string, signal?: AbortSignal): Promise<T> => await send<T>('GET', path, undefined, signal)

/** Does something by the control API, and shows it as a curl line. @throws as {@link read} does. */
export async function act<T> (method: string, path: string, body?: unknown): Promise<T> {
  lastAction.value = curlOf(window.location.origin, { method, path, body })
  return await send<T>(method, path, body)
}

async function send<T> (method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: { ...ownHeaders(), ...body !== undefined && { 'content-type': 'application/json' } },
    ...body !== undefined && { body: JSON.stringify(body) },
    ...signal !== undefined && { signal }
  })
  const text = await response.text()
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T
  if (response.status === 401) isKeyAsked.value = true
  throw new Refused(response.status, messageOf(text) ?? `${response.status} ${response.statusText}`)
}

/** What an error body says, in either dialect. */
function messageOf (text: string): string | undefined {
  try {
    const { errorMessage, description } = JSON.parse(text)
    return errorMessage ?? description
  } catch {
    return undefined
  }
}
