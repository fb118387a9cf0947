import { setTimeout } from 'node:timers/promises'
import type { Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import { START_ONE } from './control-client.ts'
import { addUrl } from './options.ts'
import type { CommandProcess } from './output.ts'
import { findTlsFailure } from './tls-failure.ts'

/** Between an answer and the next request, in ms. */
const POLLING_INTERVAL = 50
/** A day, in s. */
const LONGEST_TIMEOUT = 86_400

/** What an emulator that is ready answers. */
export const READY = '{"status":"ready"}'

/** Adds the command `wait`. */
export function addWait (program: Command, process: CommandProcess): void {
  addUrl(program.command('wait')
    .description('Wait until an emulator can be used.'), process)
    .option('--timeout <seconds>', 'how long to wait at most', readSeconds, 10)
    .addHelpText('after', `
It ends with 0 as soon as the emulator is ready, with 1 when it is not in time, or
when its certificate is not trusted: NODE_EXTRA_CA_CERTS names a CA to trust.

Example: in a script that tests
  xbl-achievements start &
  xbl-achievements wait --timeout 30 && npm test`)
    .action(({ url, timeout }: { url: string, timeout: number }) => waitUntilReady(url, timeout))
}

/** Reads how long a command waits. */
export function readSeconds (text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (seconds <= 0 || seconds > LONGEST_TIMEOUT) {
    throw new CommandError(`--timeout: found ${JSON.stringify(text)}, expected a number of seconds, more than 0 and at most ${LONGEST_TIMEOUT}`)
  }
  return seconds
}

async function waitUntilReady (url: string, timeout: number): Promise<void> {
  const deadline = AbortSignal.timeout(Math.ceil(timeout * 1000))
  let found = 'nothing answers'
  while (!deadline.aborted) {
    const answer = await ask(url, deadline)
    if (answer === 'ready') return
    found = answer ?? found
    await setTimeout(POLLING_INTERVAL, undefined, { signal: deadline }).catch(() => {})
  }
  throw new CommandError(`${url} is not ready after ${timeout} s: ${found}; ${START_ONE}`)
}

/**
 * Asks whether it is ready.
 *
 * @returns `ready`, or what was found in its place; undefined when nothing answers.
 * @throws {CommandError} when TLS fails, which no waiting mends.
 */
async function ask (url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/_emulator/ready`, { signal })
    if (response.status !== 200) {
      await response.body?.cancel()
      return `its last answer is ${response.status}`
    }
    return await readBeginning(response) === READY ? 'ready' : 'something else than an emulator answers there'
  } catch (error) {
    const failure = findTlsFailure(url, error as Error)
    if (failure !== undefined) throw new CommandError(`${url} cannot be used: ${failure}`)
    const { code, message } = Object((error as Error).cause) as NodeJS.ErrnoException
    return code === undefined || code === 'ECONNREFUSED' ? undefined : `it cannot be reached, ${message}`
  }
}

/** The first bytes of a body: something else than an emulator may send one without an end. */
async function readBeginning ({ body }: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const piece of body as ReadableStream<Uint8Array>) {
    text += decoder.decode(piece, { stream: true })
    if (text.length > READY.length) break
  }
  return text
}
