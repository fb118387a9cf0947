import { Option, type Command } from 'commander'
import { counted } from '../base/counted.ts'
import { CommandError } from '../base/user-error.ts'
import type { RealTimeFault } from '../http/real-time-fault.ts'
import { askEmulator, naming } from './control-client.ts'
import { findXuid, pathPart } from './control-paths.ts'
import { addFaultSwitches } from './fault-switches.ts'
import { addDefault } from './help.ts'
import { addRunning, readDecimal, readInteger, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { jsonLine, jsonLines, JSON_OPTION, table } from './table.ts'

const REAL_TIME_FAULTS_PATH = '/_emulator/rta/faults'

interface FaultFlags extends RunningEmulator {
  readonly refuse?: number | string
  readonly drop?: true
  readonly delay?: number | string
  readonly user?: string
  readonly json?: true
  readonly [member: string]: unknown
}

/** The flag of each member of the body. */
const REAL_TIME_FAULT_FLAGS = {
  code: '--refuse', delay: '--delay', resource: '--resource', times: '--times', probability: '--probability', seed: '--seed'
}

/** Adds `rta fault`. */
export function addRealTimeFault (rta: Command, process: CommandProcess): void {
  const fault = rta.command('fault')
    .description('Refuse subscriptions, lose events or send them late.')
    .addHelpText('after', `
The flags are those of rta fault add, and may follow rta fault itself.

Example: the next event is lost
  xbl-achievements rta fault --drop --times 1
  xbl-achievements rta fault list
  xbl-achievements rta fault clear`)
  addRealTimeFaultAdd(fault, process)
  addRunning(fault.command('list').description('List those that are set up, in the order in which they are tried.').option(...JSON_OPTION), process)
    .addHelpText('after', `
Example:
  xbl-achievements rta fault list`)
    .action(async ({ json, ...running }: RunningEmulator & { json?: true }) => {
      const { faults }: { faults: RealTimeFault[] } = JSON.parse(await askEmulator(running, { method: 'GET', path: REAL_TIME_FAULTS_PATH, member: 'faults' }))
      await print(process, json ? jsonLines(faults) : table(faults.map(realTimeFaultRow)))
    })
  addFaultSwitches(fault, process, { path: REAL_TIME_FAULTS_PATH, command: 'rta fault' })
  addRunning(fault.command('delete').description('Take one away.').argument('<id>', 'as rta fault list tells it'), process)
    .addHelpText('after', `
Example:
  xbl-achievements rta fault delete 1`)
    .action(async (id: string, running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: `${REAL_TIME_FAULTS_PATH}/${pathPart(id, '<id>', 'the id of a fault')}` }) })
  addRunning(fault.command('clear').description('Take all of them away.'), process)
    .addHelpText('after', `
Example:
  xbl-achievements rta fault clear`)
    .action(async (running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: REAL_TIME_FAULTS_PATH }) })
}

function addRealTimeFaultAdd (fault: Command, process: CommandProcess): void {
  addRunning(addDefault(fault, 'add')
    .description('Set a fault up: what goes wrong, and for which subscriptions.')
    .addOption(new Option('--refuse <code>', 'refuse subscriptions with this code: 1, 2, 3, 1001 or 1002').argParser(readInteger).conflicts(['drop', 'delay']))
    .addOption(new Option('--drop', 'lose events').conflicts('delay'))
    .option('--delay <ms>', 'send events later; those after them wait', readInteger)
    .option('--user <user>', 'only subscriptions by this user, a gamertag or XUID')
    .option('--resource <uri>', 'only subscriptions to this; * stands for any characters')
    .option('--times <number>', 'how often it happens; without it until it is taken away', readInteger)
    .option('--probability <number>', 'how likely it happens, from 0 to 1', readDecimal)
    .option('--seed <number>', 'makes chance repeatable', readInteger)
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
The first fault that matches happens. docs/control.md has all of it.

Example: access is denied, and events of achievements come late
  xbl-achievements rta fault add --refuse 3 --user gamer
  xbl-achievements rta fault add --delay 500 --resource '*achievements.xbox*'`)
    .action(async ({ url, controlKey, user, refuse: code, json, ...spec }: FaultFlags) => {
      if (code === undefined && spec.drop === undefined && spec.delay === undefined) throw new CommandError('nothing goes wrong; expected --refuse, --drop or --delay')
      const running = { url, ...controlKey !== undefined && { controlKey } }
      const xuid = user === undefined ? undefined : await findXuid(running, user, '--user')
      const body = { on: code === undefined ? 'event' : 'subscribe', code, ...spec, xuid }
      const answer = await askEmulator(running, { method: 'POST', path: REAL_TIME_FAULTS_PATH, body, member: 'happened' }).catch(naming(REAL_TIME_FAULT_FLAGS))
      await print(process, json ? jsonLine(answer) : table([realTimeFaultRow(JSON.parse(answer))]))
    })
}

/** Id, what happens, how often it did, and to which subscriptions. */
function realTimeFaultRow ({ id, code, drop, delay, xuid, resource, enabled, times, probability, happened }: RealTimeFault): string[] {
  const what = `${enabled ? '' : 'off: '}${code !== null ? `refuse ${code}` : drop ? 'drop' : `delay ${delay} ms`}`
  const which = [resource ?? [], xuid === null ? [] : [`by ${xuid}`]].flat()
  return [
    String(id),
    probability === 1 ? what : `${what} with probability ${probability}`,
    `happened ${times === null ? counted(happened, 'time') : `${happened} of ${counted(times, 'time')}`}`,
    which.length === 0 ? 'every subscription' : which.join(' ')
  ]
}
