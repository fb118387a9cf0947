import type { Command } from 'commander'
import type { EventFlags } from './events-show.ts'
import { addRunning } from './options.ts'
import type { CommandProcess } from './output.ts'
import { JSON_OPTION } from './table.ts'

/** Adds the command `events`. */
export function addEvents (program: Command, process: CommandProcess): void {
  addRunning(program.command('events')
    .description('Follow what changes, and what is asked, until Ctrl-C.')
    .option('--kinds <kinds>', 'only these, delimited by commas: progress, user, session, world, clock, fault, rtaFault, rateLimit, subscription, journal, request, frame')
    .option('--user <user>', 'only what is about this user, a gamertag or XUID, or about nobody')
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
A line has the time on the emulator's clock, the kind, and what has happened. With
"missed" something may not have been told. An emulator that is gone is waited for.

Example: what a user unlocks
  xbl-achievements events --kinds progress --user gamer`)
    .action(async (flags: EventFlags) => {
      const { showEvents } = await import('./events-show.ts')
      await showEvents(flags, process)
    })
}
