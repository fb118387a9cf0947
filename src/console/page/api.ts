import { signal } from '@preact/signals'
import { curlOf } from '../text/curl.ts'
import { parseWithNumbers } from '../text/exact-numbers.ts'
import { ownHeaders, ownKey, whenKeyGiven } from './control-key.ts'
import { say } from './toasts.ts'

/** An answer that is no success, or none at all (status 0). Its message is what the emulator says. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  constructor (status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Whether what was asked for is not there, or no more: what was read of it before is worth nothing then. */
export const isGone = (error: unknown): boolean => error instanceof Refused && error.status === 404

/** The line with which a shell does what the page did last; null: it has done nothing. */
export const lastAction = signal<string | null>(null)

/**
 * Reads something of the control API.
 *
 * @param path with its query.
 * @throws {Refused} for an answer that is no success, or when there is none.
 */
export const read = async <T>(path: string, signal?: AbortSignal): Promise<T> => await send<T>('GET', path, { signal })

/**
 * Sends what only prepares an action, or looks at its outcome: it is not shown.
 *
 * @throws as {@link read} does.
 */
export const change = async <T>(method: string, path: string, body: unknown): Promise<T> => await send<T>(method, path, { body })

/** What is being done: one thing after the other, however fast somebody clicks. */
let doing: Promise<unknown> = Promise.resolve()

/** How much is being done, or waits for that. */
export const underWay = signal(0)

/** Resolves once all that was done so far has been answered, and whoever waited for it knows. */
export async function settled (): Promise<void> {
  for (let latest; latest !== doing;) {
    latest = doing
    await latest
    await new Promise((resolve) => { setTimeout(resolve) })
  }
}

/**
 * Does something by the control API, after all that was done before, and shows it as a curl line; a refusal is said at the
 * edge of the page.
 *
 * @param line the line that is shown, when the body is too long for one.
 * @throws as {@link read} does.
 */
export const act = async <T>(method: string, path: string, body?: unknown, line?: string): Promise<T> => await inTurn(async () => await actNow<T>(method, path, body, line))

/** Does something after all that was done before, and lets what is done later wait for it. */
export async function inTurn<T> (work: () => Promise<T>): Promise<T> {
  underWay.value++
  const turn = doing.then(work).finally(() => { underWay.value-- })
  doing = turn.catch(() => {})
  return await turn
}

/** As {@link act}, for what has its turn already. */
export async function actNow<T> (method: string, path: string, body?: unknown, line?: string): Promise<T> {
  lastAction.value = line ?? curlOf(window.location.origin, { method, path, headers: shownHeaders(), body })
  try {
    return await send<T>(method, path, { body })
  } catch (error) {
    say({ kind: 'bad', text: (error as Refused).message })
    throw error
  }
}

/** The page's own headers as they are shown: a key is named, and not told. */
const shownHeaders = (): Record<string, string> => 'authorization' in ownHeaders() ? { authorization: 'Bearer CONTROL_KEY' } : {}

interface Sent { readonly body?: unknown, readonly signal?: AbortSignal | undefined }

async function send<T> (method: string, path: string, { body, signal }: Sent): Promise<T> {
  const key = ownKey()
  const { status, text, isOk } = await exchange(method, path, { body, signal })
  if (isOk) return (text === '' ? undefined : parseWithNumbers(text)) as T
  if (status === 401 && await whenKeyGiven(key)) return await send<T>(method, path, { body, signal })
  throw new Refused(status, messageOf(text) ?? `The emulator has answered ${status}.`)
}

async function exchange (method: string, path: string, { body, signal }: Sent): Promise<{ status: number, isOk: boolean, text: string }> {
  try {
    const response = await fetch(path, {
      method,
      headers: { ...ownHeaders(), ...body !== undefined && { 'content-type': 'application/json' } },
      ...body !== undefined && { body: JSON.stringify(body) },
      ...signal !== undefined && { signal }
    })
    return { status: response.status, isOk: response.ok, text: await response.text() }
  } catch (error) {
    throw signal?.aborted === true ? error : new Refused(0, 'The emulator does not answer.')
  }
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
