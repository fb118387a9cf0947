import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import { build, type Emulator } from '../helper.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** The body, parsed as JSON; null when there is none. */
  readonly body: any
}

/** Calls the control API; a body that is a string is sent as it is. */
export async function control ({ app }: Pick<Emulator, 'app'>, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
  const response = await app.inject({ method: method as 'GET', url: `/_emulator${path}`, headers, ...payload })
  return { status: response.statusCode, headers: response.headers, body: response.body === '' ? null : JSON.parse(response.body) }
}

/** Calls the control API, and fails the test unless it answers with 2xx. */
export async function command (emulator: Pick<Emulator, 'app'>, method: string, path: string, body?: unknown): Promise<any> {
  const answer = await control(emulator, method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** The exported world, as text. */
export const worldText = async ({ app }: Pick<Emulator, 'app'>): Promise<string> => (await app.inject('/_emulator/world')).body

/** A refusal of the documented dialect. */
export const refusal = (errorCode: number | null, errorMessage: string): object => ({ errorCode, errorMessage })

/** An emulator that listens on a port of its own. */
export async function listen (t: Test, options: Parameters<typeof build>[1] = {}): Promise<Emulator & { port: number, url: string }> {
  const emulator = build(t, options)
  await emulator.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = emulator.app.server.address() as AddressInfo
  // `fetch` opens connections in advance, on which nothing is ever sent: to close the server would wait for them.
  t.teardown(() => { emulator.emulator.connections.destroy() })
  return { ...emulator, port, url: `http://127.0.0.1:${port}` }
}

/** The headers with which a session of the demo world sends requests. */
export const sentBy = (session = 'demo;gamer'): Record<string, string> => ({ authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2' })

/** The headers of every answer, except the correlation vector, which is random. */
export const SERVICE_HEADERS = { 'cache-control': 'no-cache, no-store, must-revalidate', 'x-content-type-options': 'nosniff' }

/** The headers of an answer of the live dialect that must not be cached. */
export const LIVE_HEADERS = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1', 'x-content-type-options': 'nosniff' }

/** Waits until so many requests are held back. */
export async function untilHeld ({ emulator: { holds } }: Pick<Emulator, 'emulator'>, count: number): Promise<void> {
  while (holds.count() !== count) await setImmediate()
}

/** Waits until the journal has so many entries, and returns them: the server notices the end of a connection a moment later. */
export async function journalOf (emulator: Emulator, length: number): Promise<Array<{ status: number | null, fault: number | null }>> {
  for (;;) {
    const { requests } = await command(emulator, 'GET', '/requests')
    await setImmediate()
    if (requests.length >= length) return requests.map(({ status, fault }: any) => ({ status, fault }))
  }
}

/** Waits until so many frames are in the journal, and returns them: the server notices the end of a connection a moment later. */
export async function untilFrames (emulator: Emulator, count: number): Promise<any[]> {
  for (;;) {
    const { frames } = await command(emulator, 'GET', '/requests/frames')
    await setImmediate()
    if (frames.length >= count) return frames
  }
}
