import { setTimeout } from 'node:timers/promises'
import type { Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import { START_ONE } from './control-client.ts'
import { addUrl } from './options.ts'
import type { CommandProcess } from './output.ts'

/** Between an answer and the next request, in ms. */
const POLLING_INTERVAL = 50
/** A day, in s. */
const LONGEST_TIMEOUT = 86_400

/** Adds the command `wait`. */
export function addWait (program: Command, process: CommandProcess): void {
  addUrl(program.command('wait')
    .description('Wait until an emulator can be used.'), process)
    .option('--timeout <seconds>', 'how long to wait at most', readSeconds, 10)
    .addHelpText('after', `
It ends with 0 as soon as the emulator is ready, with 1 when it is not in time.

Example: in a script that tests
  xbl-achievements start &
  xbl-achievements wait --timeout 30 && npm test`)
    .action(({ url, timeout }: { url: string, timeout: number }) => waitUntilReady(url, timeout))
}

function readSeconds (text: string): number {
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
    const status = await requestStatus(url, deadline)
    if (status === 200) return
    if (status !== undefined) found = `its last answer is ${status}`
    await setTimeout(POLLING_INTERVAL, undefined, { signal: deadline }).catch(() => {})
  }
  throw new CommandError(`${url} is not ready after ${timeout} s: ${found}; ${START_ONE}`)
}

/** The status of the answer; undefined when there is none. */
async function requestStatus (url: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const { status, body } = await fetch(`${url}/_emulator/ready`, { signal })
    await body?.cancel()
    return status
  } catch {
    return undefined
  }
}
