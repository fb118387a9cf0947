import { curlOf } from '../../text/curl.ts'
import { harFileName, isWrite, pickFromHar, repetitionOf, type Repetition } from '../../text/journal-actions.ts'
import type { JournalEntry } from '../../../control/journal/entry.ts'
import type { Har } from '../../../control/har-schema.ts'
import { lastAction, read } from '../api.ts'
import { authorizationFor } from '../credentials.ts'
import { setQuery } from '../navigation.ts'
import { saveBlob } from '../save-file.ts'
import { say } from '../toasts.ts'

/** The request that asks the same again, with a token of the same claims. */
async function requestLike (entry: JournalEntry): Promise<Repetition['request'] & { readonly headers: Record<string, string> }> {
  const { request, needsToken } = repetitionOf(entry)
  const token = needsToken && entry.claims !== null ? { authorization: await authorizationFor(entry.claims) } : {}
  return { ...request, headers: { ...token, ...request.headers } }
}

/** The line with which a shell asks the same again. @throws as `authorizationFor` does. */
export const curlLike = async (entry: JournalEntry): Promise<string> => curlOf(window.location.origin, await requestLike(entry))

/** Asks the same again, and goes to the new entry. @throws when there is no such token, or no answer. */
export async function repeat (entry: JournalEntry): Promise<void> {
  const { method, path, headers, body } = await requestLike(entry)
  lastAction.value = curlOf(window.location.origin, { method, path, headers, body })
  const { newest } = await read<{ newest: number }>('/_emulator/requests?last=1')
  const outcome = await sendLike({ method, path, headers, body })
  const { requests: [latest] } = await read<{ requests: JournalEntry[] }>(`/_emulator/requests?${new URLSearchParams({ after: String(newest), method, wait: '5', last: '1' })}`)
  const changed = isWrite(entry) && outcome.isOk ? ' It may have changed the world.' : ''
  say({ kind: outcome.isOk ? 'good' : 'info', text: `Sent again: ${method} ${entry.path} · ${outcome.words}.${changed}` })
  if (latest !== undefined) setQuery({ id: String(latest.id) })
}

async function sendLike ({ method, path, headers, body }: { method: string, path: string, headers: Record<string, string>, body?: unknown }): Promise<{ readonly isOk: boolean, readonly words: string }> {
  try {
    const response = await fetch(path, {
      method, headers, cache: 'no-store', credentials: 'omit', redirect: 'manual', ...body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }
    })
    await response.arrayBuffer()
    // A redirect that is not followed shows no status.
    return { isOk: response.ok || response.status === 304, words: response.type === 'opaqueredirect' ? 'a redirect' : String(response.status) }
  } catch {
    return { isOk: false, words: 'no whole answer' }
  }
}

/**
 * Saves requests as a HAR file.
 *
 * @param filter the parameters of the emulator's own filters.
 * @param isWanted leaves out what those filters cannot; undefined: they leave nothing over.
 */
export async function saveHar (filter: Readonly<Record<string, string>>, isWanted?: (id: number) => boolean): Promise<void> {
  const query = new URLSearchParams(filter).toString()
  const path = `/_emulator/requests.har${query === '' ? '' : `?${query}`}`
  const whole = await read<Har>(path)
  lastAction.value = `${curlOf(window.location.origin, { method: 'GET', path })} -o requests.har`
  const har = isWanted === undefined ? whole : pickFromHar(whole, isWanted)
  saveBlob(new Blob([JSON.stringify(har)], { type: 'application/json' }), harFileName(window.location.host, Date.now()))
  say({ kind: 'good', text: `Saved ${har.log.entries.length.toLocaleString()} requests as HAR.` })
}
