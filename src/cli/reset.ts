import type { Command } from 'commander'
import { printable } from '../base/shown-text.ts'
import { askEmulator } from './control-client.ts'
import { countedWorld } from './counted-world.ts'
import { addRunning, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { jsonLine, JSON_OPTION } from './table.ts'

interface ResetFlags extends RunningEmulator {
  readonly everything?: true
  readonly json?: true
}

/** Adds the command `reset`. */
export function addReset (program: Command, process: CommandProcess): void {
  addRunning(program.command('reset')
    .description('Go back to the world of the start.')
    .option('--everything', 'also put the clock right, and forget faults, requests and the counts of rate limits')
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
The world is that of the start, or of the last PUT /_emulator/world.

Example: between two runs of a title
  xbl-achievements reset --everything`)
    .action(async ({ everything, json, ...running }: ResetFlags) => {
      const answer = await askEmulator(running, { method: 'POST', path: `/_emulator/reset${everything ? '?everything=true' : ''}`, member: 'world' })
      await print(process, json ? jsonLine(answer) : `${printable(`the world of the start: ${countedWorld(JSON.parse(answer).world)}`)}\n`)
    })
}
