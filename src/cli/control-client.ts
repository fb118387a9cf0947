import { CommandError } from '../base/user-error.ts'
import type { RunningEmulator } from './options.ts'
import { findTlsFailure } from './tls-failure.ts'

/** What a person can do when nothing answers. */
export const START_ONE = 'start an emulator with xbl-achievements start, or name its address with --url'

/** A request to the control API. */
export interface ControlRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Sent as JSON. */
  readonly body?: object
  /** A member that the body of an emulator's answer has: without it something else has answered. */
  readonly member: string
}

/**
 * Asks the control API of a running emulator.
 *
 * @returns the body of the answer, which is JSON.
 * @throws {CommandError} when nothing answers, when it is no emulator, or when it refuses; the message
 *   of a 400 is that of the answer.
 */
export async function askEmulator ({ url, controlKey = '' }: RunningEmulator, { method, path, body, member }: ControlRequest): Promise<string> {
  const { status, text } = await send(url, path, {
    method,
    headers: controlKey === '' ? {} : { authorization: `Bearer ${controlKey}` },
    ...body && { body: JSON.stringify(body) }
  })
  const answer = parse(text)
  if (status < 300 && member in answer) return text
  const message = (answer.errorMessage ?? answer.description)?.replace(/\.$/, '')
  throw new CommandError(refusalMessage({ url, status, message, hasKey: controlKey !== '' }))
}

async function send (url: string, path: string, init: RequestInit): Promise<{ status: number, text: string }> {
  try {
    const response = await fetch(url + path, init)
    return { status: response.status, text: await response.text() }
  } catch (error) {
    const failure = findTlsFailure(url, error as Error)
    if (failure !== undefined) throw new CommandError(`${url} cannot be used: ${failure}`)
    throw new CommandError(`${url} cannot be reached: ${reasonOf(error as Error)}; ${START_ONE}`)
  }
}

/** Why fetch failed, which its error has as the cause. A host of several addresses has a cause without a message of its own. */
function reasonOf ({ message, cause }: Error): string {
  const { code, message: reason = message } = (cause ?? {}) as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' ? 'nothing listens there' : reason
}

/** The message of an error is one of two members, by dialect; a text that is no JSON has neither. */
function parse (text: string): { errorMessage?: string, description?: string } {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

function refusalMessage ({ url, status, message, hasKey }: { url: string, status: number, message: string | undefined, hasKey: boolean }): string {
  if (status === 401) return `${url} ${hasKey ? 'refuses this control key' : 'demands a control key'}; give the one it was started with as --control-key, or in XBL_CONTROL_KEY`
  if (message === undefined) return `${url} answers ${status}, and not as an emulator does; name the address of one with --url`
  if (status === 404) return `${url} has no control API; start the emulator without --no-control`
  return status === 400 ? message : `${url} refuses with ${status}: ${message}`
}
