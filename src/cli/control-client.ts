import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { printable } from '../base/shown-text.ts'
import { CommandError } from '../base/user-error.ts'
import type { RunningEmulator } from './options.ts'
import { findTlsFailure } from './tls-failure.ts'

/** What a person can do when nothing answers. */
export const START_ONE = 'start an emulator with xbl-achievements start, or name its address with --url'

/** A request to the control API. */
export interface ControlRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Sent as JSON. */
  readonly body?: object
  /**
   * A member that the body of an emulator's answer has: without it something else has answered. Not given:
   * the answer has no body.
   */
  readonly member?: string
  /** Ends the waiting for an answer. */
  readonly signal?: AbortSignal
}

/** Nothing answers, or an emulator that stops. */
export class UnreachableError extends CommandError {}

/**
 * Asks the control API of a running emulator.
 *
 * @returns the body of the answer, which is JSON, or empty.
 * @throws {UnreachableError} when nothing answers.
 * @throws {CommandError} when it is no emulator, or when it refuses; the message of a 400, or of a 404 for
 *   something that is not in the world, is that of the answer.
 */
export async function askEmulator ({ url, controlKey = '' }: RunningEmulator, { method, path, body, member, signal }: ControlRequest): Promise<string> {
  const { status, text } = await reach(url, async () => {
    const response = await fetch(url + path, {
      method,
      headers: keyHeader(controlKey),
      ...body && { body: JSON.stringify(body) },
      ...signal && { signal }
    })
    return { status: response.status, text: await response.text() }
  })
  const answer = parse(text)
  if (member === undefined ? status === 204 || status === 201 : status < 300 && member in answer) return text
  throw wrongAnswer({ url, controlKey }, status, answer)
}

/** Events of a running emulator, as they arrive together, and the id after which a later request goes on; null before the first one. */
export interface ArrivedEvents {
  readonly events: readonly EventSourceMessage[]
  readonly lastEventId: string | null
}

/**
 * Follows the events of a running emulator, until the emulator ends the stream. What it yields first has no events: the
 * emulator has answered.
 *
 * @param lastEventId where it goes on; null: with what the query says.
 * @throws {UnreachableError} when nothing answers, and when the stream breaks off.
 * @throws {CommandError} as {@link askEmulator} does.
 */
export async function * followEvents ({ url, controlKey = '' }: RunningEmulator, { query, lastEventId, signal }: {
  query: URLSearchParams, lastEventId: string | null, signal: AbortSignal
}): AsyncGenerator<ArrivedEvents> {
  const headers = { ...keyHeader(controlKey), accept: 'text/event-stream', ...lastEventId !== null && { 'last-event-id': lastEventId } }
  const response = await reach(url, async () => await fetch(`${url}/_emulator/events?${query}`, { headers, signal }))
  if (response.headers.get('content-type') !== 'text/event-stream' || response.body === null) {
    throw wrongAnswer({ url, controlKey }, response.status, parse(await reach(url, async () => await response.text())))
  }
  let id = lastEventId
  let events: EventSourceMessage[] = []
  const parser = createParser({ onId: (next) => { id = next }, onEvent: (event) => { events.push(event) } })
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      yield { events, lastEventId: id }
      const { done, value } = await reach(url, async () => await reader.read())
      if (done) return
      events = []
      parser.feed(value)
    }
  } finally {
    // Whoever has read enough does not keep the connection, nor by that the process.
    await reader.cancel().catch(() => {})
  }
}

const keyHeader = (controlKey: string): Record<string, string> => controlKey === '' ? {} : { authorization: `Bearer ${controlKey}` }

/** @throws {UnreachableError} when the emulator cannot be reached; {CommandError} when TLS fails. */
async function reach<T> (url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = findTlsFailure(url, error as Error)
    if (failure !== undefined) throw new CommandError(`${url} cannot be used: ${failure}`)
    throw new UnreachableError(`${url} cannot be reached: ${reasonOf(error as Error)}; ${START_ONE}`)
  }
}

/** The error for an answer that is not what was asked for. */
function wrongAnswer ({ url, controlKey }: { url: string, controlKey: string }, status: number, answer: Record<string, unknown>): CommandError {
  // One of two members, by dialect.
  const { errorMessage = answer['description'] } = answer
  const message = typeof errorMessage === 'string' ? printable(errorMessage.replace(/\.$/, '')) : undefined
  return new (status === 503 ? UnreachableError : CommandError)(refusalMessage({ url, status, message, hasKey: controlKey !== '' }))
}

/** Why fetch failed, which its error has as the cause. A host of several addresses has a cause without a message of its own. */
function reasonOf ({ message, cause }: Error): string {
  const { code, message: reason = message } = (cause ?? {}) as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' ? 'nothing listens there' : reason
}

/** A text that is no JSON has no members. */
function parse (text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

function refusalMessage ({ url, status, message, hasKey }: { url: string, status: number, message: string | undefined, hasKey: boolean }): string {
  if (status === 401) return `${url} ${hasKey ? 'refuses this control key' : 'demands a control key'}; give the one it was started with as --control-key, or in XBL_CONTROL_KEY`
  if (message === undefined) return `${url} answers ${status}, and not as an emulator does; name the address of one with --url`
  if (status === 404 && message.endsWith('is not a path of this service')) return `${url} has no control API, or one of another version; start the emulator without --no-control, in the version of this command`
  return status === 400 || status === 404 ? message : `${url} refuses with ${status}: ${message}`
}

/**
 * Names the flag or argument in an error that names the member of a body of the control API.
 *
 * @param names flags and arguments by member.
 */
export function naming (names: Readonly<Record<string, string>>): (error: Error) => never {
  return (error) => {
    error.message = error.message
      .replace(/^(?:The body, at \/)?(\w+)(?:\/\w+)?(?=: found | is | goes | has )/, (all, member: string) => names[member] ?? all)
      .replace(/( in quotes)?(, or null)?\.?$/, '')
    throw error
  }
}
