import type { Command } from 'commander'
import { counted } from '../base/counted.ts'
import { CommandError } from '../base/user-error.ts'
import { flagOf } from '../config/basics.ts'
import type { Fault } from '../control/faults/faults.ts'
import { askEmulator, naming } from './control-client.ts'
import { findXuid, pathPart } from './control-paths.ts'
import { addDefault } from './help.ts'
import { addFaultSwitches } from './fault-switches.ts'
import { addRunning, readDecimal, readInteger, readTitleId, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { jsonLine, JSON_OPTION, jsonLines, table } from './table.ts'

const FAULTS_PATH = '/_emulator/faults'

interface AddFlags extends RunningEmulator {
  readonly user?: string
  readonly json?: true
  readonly [member: string]: unknown
}

/** The flag of each member of the body. */
const FAULT_FLAGS = Object.fromEntries(['method', 'path', 'titleId', 'status', 'location', 'retryAfter', 'headers', 'body', 'effect', 'delay', 'times', 'probability', 'seed']
  .map((name) => [name, name === 'headers' ? '--header' : flagOf(name)]))

/** Adds the command `fault`. */
export function addFault (program: Command, process: CommandProcess): void {
  const fault = program.command('fault')
    .description('Let requests fail: set faults up, list them and take them away.')
    .addHelpText('after', `
The flags are those of fault add, and may follow fault itself.

Example: the next two updates are answered with 503
  xbl-achievements fault --status 503 --path '*/update' --times 2
  xbl-achievements fault list
  xbl-achievements fault clear`)
  addFaultAdd(fault, process)
  addList(fault, process)
  addFaultSwitches(fault, process, { path: FAULTS_PATH, command: 'fault' })
  addRunning(fault.command('delete').description('Take one away.').argument('<id>', 'as fault list tells it'), process)
    .addHelpText('after', `
Example:
  xbl-achievements fault delete 1`)
    .action(async (id: string, running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: `${FAULTS_PATH}/${pathPart(id, '<id>', 'the id of a fault')}` }) })
  addRunning(fault.command('clear').description('Take all of them away.'), process)
    .addHelpText('after', `
Example:
  xbl-achievements fault clear`)
    .action(async (running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: FAULTS_PATH }) })
}

function addFaultAdd (fault: Command, process: CommandProcess): void {
  addRunning(addDefault(fault, 'add')
    .description('Set a fault up: what goes wrong, and for which requests.')
    .option('--status <number>', 'answer with this status', readInteger)
    .option('--effect <reset|truncate|drop|hang>', 'reset the connection, end the answer in its middle, lose it, or never answer')
    .option('--delay <ms>', 'wait first, e.g. 500, or 100-2000 to draw from', readDelay)
    .option('--method <method>', 'only requests with this method')
    .option('--path <path>', 'only this path; * stands for any characters')
    .option('--user <user>', 'only requests of this user, a gamertag or XUID')
    .option('--title-id <number>', 'only requests of this title', readTitleId)
    .option('--times <number>', 'how often it happens; without it until it is taken away', readInteger)
    .option('--probability <number>', 'how likely it happens, from 0 to 1', readDecimal)
    .option('--seed <number>', 'makes chance repeatable', readInteger)
    .option('--location <uri>', 'where a 301, 302 or 307 leads')
    .option('--retry-after <seconds>', 'the Retry-After of a 429 or 503, or none', (text) => text === 'none' ? false : readInteger(text))
    .option('--header <line>', 'a header of the answer, e.g. \'X-Reason: test\'; can be given several times', readHeaderLine)
    .option('--body <text>', 'the body of the answer: JSON, or text as it is sent', readBody)
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
The first fault that matches a request happens. docs/control.md has all of it.

Example: a title that is throttled, and a slow network
  xbl-achievements fault add --status 429 --retry-after 2 --user gamer --times 3
  xbl-achievements fault add --delay 200-2000`)
    .action(async ({ url, controlKey, user, json, header: headers, ...spec }: AddFlags) => {
      const running = { url, ...controlKey !== undefined && { controlKey } }
      const xuid = user === undefined ? undefined : await findXuid(running, user, '--user')
      const answer = await askEmulator(running, { method: 'POST', path: FAULTS_PATH, body: { ...spec, headers, xuid }, member: 'happened' }).catch(naming(FAULT_FLAGS))
      await print(process, json ? jsonLine(answer) : table([faultRow(JSON.parse(answer))]))
    })
}

function addList (fault: Command, process: CommandProcess): void {
  addRunning(fault.command('list').description('List those that are set up, in the order in which they are tried.').option(...JSON_OPTION), process)
    .addHelpText('after', `
Example:
  xbl-achievements fault list`)
    .action(async ({ json, ...running }: RunningEmulator & { json?: true }) => {
      const { faults }: { faults: Fault[] } = JSON.parse(await askEmulator(running, { method: 'GET', path: FAULTS_PATH, member: 'faults' }))
      await print(process, json ? jsonLines(faults) : table(faults.map(faultRow)))
    })
}

/** Id, what happens, how often it did, and to which requests. */
function faultRow ({ id, method, path, xuid, titleId, status, effect, delay, enabled, times, probability, happened }: Fault): string[] {
  const waits = delay === null ? [] : [`after ${typeof delay === 'number' ? delay : `${delay.min}-${delay.max}`} ms`]
  const what = [enabled ? [] : ['off:'], status ?? [], effect ?? [], waits, probability === 1 ? [] : [`with probability ${probability}`]].flat()
  const which = [method ?? [], path ?? [], xuid === null ? [] : [`of ${xuid}`], titleId === null ? [] : [`of title ${titleId}`]].flat()
  return [String(id), what.join(' '), `happened ${times === null ? counted(happened, 'time') : `${happened} of ${counted(times, 'time')}`}`, which.length === 0 ? 'every request' : which.join(' ')]
}

function readDelay (text: string): number | { min: number, max: number } {
  const [, min, max] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text) ?? []
  if (min === undefined) throw new CommandError(`--delay: found ${JSON.stringify(text)}, expected milliseconds, or two numbers between which they are drawn, e.g. 100-2000`)
  return max === undefined ? Number(min) : { min: Number(min), max: Number(max) }
}

function readHeaderLine (line: string, headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const found = /^([^:]+):[ \t]*(.*)$/.exec(line)
  if (found === null) throw new CommandError(`--header: found ${JSON.stringify(line)}, expected a header such as 'X-Reason: test'`)
  return { ...headers, [found[1] as string]: found[2] as string }
}

/** An object or a list in JSON; every other text is sent as it is. */
function readBody (text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
