import type { Command } from 'commander'
import { printable } from '../base/shown-text.ts'
import { askEmulator, naming } from './control-client.ts'
import { addDefault } from './help.ts'
import { addRunning, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { jsonLine, JSON_OPTION } from './table.ts'

interface ClockFlags extends RunningEmulator {
  readonly json?: true
}

/** The argument of each member of the body. */
const ARGUMENTS = { now: '<instant>', offset: '<duration>' }
const CLOCK_PATH = '/_emulator/clock'

/** Adds the command `clock`. */
export function addClock (program: Command, process: CommandProcess): void {
  const clock = program.command('clock')
    .description('Tell or set what time it is for the emulator.')
    .addHelpText('after', `
Tokens, challenges, unlock times and rate limits go by this clock.

Example: what happens tomorrow, and an instant that lasts
  xbl-achievements clock shift P1D
  xbl-achievements clock freeze 2030-01-01T00:00:00Z
  xbl-achievements clock reset`)
  addClockShow(clock, process)
  addFreeze(clock, process)
  addShift(clock, process)
  addRunning(clock.command('reset').description('Let it run as the clock of this machine again.'), process)
    .addHelpText('after', `
Example:
  xbl-achievements clock reset`)
    .action(async (running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: CLOCK_PATH }) })
}

function addClockShow (clock: Command, process: CommandProcess): void {
  addRunning(addDefault(clock, 'show').description('Tell what time it is, and how the clock runs; so does clock alone.').option(...JSON_OPTION), process)
    .addHelpText('after', `
Example:
  xbl-achievements clock`)
    .action(async ({ json, ...running }: ClockFlags) => {
      await show(await askEmulator(running, { method: 'GET', path: CLOCK_PATH, member: 'now' }), { json, process })
    })
}

function addFreeze (clock: Command, process: CommandProcess): void {
  addRunning(clock.command('freeze')
    .description('Stop it.')
    .argument('[instant]', 'in UTC, e.g. 2030-01-01T00:00:00Z; without it where it is now')
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
Example: the last second of a challenge
  xbl-achievements clock freeze 2013-02-15T23:59:59Z`)
    .action(async (instant: string | undefined, { json, ...running }: ClockFlags) => {
      const now = instant ?? JSON.parse(await askEmulator(running, { method: 'GET', path: CLOCK_PATH, member: 'now' })).now
      await show(await adjust(running, { now }), { json, process })
    })
}

function addShift (clock: Command, process: CommandProcess): void {
  const shift = addRunning(clock.command('shift')
    .description('Let it run ahead of the clock of this machine, or behind.')
    .argument('<duration>', 'ISO 8601, e.g. P1D for a day, PT2H30M; -PT1H for an hour behind')
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
Example: an hour behind
  xbl-achievements clock shift -PT1H`)
    .action(async (offset: string, { json, ...running }: ClockFlags) => {
      await show(await adjust(running, { offset }), { json, process })
    })
  // A negative duration is no option.
  const parse = shift.parseOptions.bind(shift)
  const isNegative = (text: string): boolean => /^-P[\dT]/.test(text)
  shift.parseOptions = (args) => parse(args.some(isNegative) ? [...args.filter((text) => !isNegative(text)), '--', ...args.filter(isNegative)] : args)
}

const adjust = (running: RunningEmulator, body: { now: string } | { offset: string }): Promise<string> =>
  askEmulator(running, { method: 'PUT', path: CLOCK_PATH, body, member: 'now' }).catch(naming(ARGUMENTS))

async function show (state: string, { json, process }: { json: true | undefined, process: CommandProcess }): Promise<void> {
  const { now, isFrozen, offset } = JSON.parse(state)
  const shifted = offset === 0 ? 'runs as the clock of this machine' : `runs ${durationOf(Math.abs(offset))} ${offset > 0 ? 'ahead' : 'behind'}`
  await print(process, json ? jsonLine(state) : `${printable(now)}  ${isFrozen ? 'stands still' : shifted}\n`)
}

/** A length in ms as an ISO 8601 duration. */
function durationOf (ms: number): string {
  const parts = [[86_400_000, 'D'], [3_600_000, 'H'], [60_000, 'M']] as const
  let rest = ms
  const texts = parts.map(([length, unit]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return count === 0 ? '' : `${count}${unit}`
  })
  const [days, ...time] = [...texts, rest === 0 ? '' : `${rest / 1000}S`]
  return `P${days}${time.join('') === '' ? '' : `T${time.join('')}`}`
}
