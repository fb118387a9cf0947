import { Option, type Command } from 'commander'
import { askEmulator } from './control-client.ts'
import { addDefault } from './help.ts'
import { forceOption } from './new-files.ts'
import { addRunning, type RunningEmulator } from './options.ts'
import type { CommandProcess } from './output.ts'
import type { RequestFlags } from './requests-show.ts'
import { JSON_OPTION } from './table.ts'

/** Adds the command `requests`. */
export function addRequests (program: Command, process: CommandProcess): void {
  const requests = program.command('requests')
    .description('Tell what an emulator was asked, or follow it as it comes.')
    .addHelpText('after', `
The flags are those of requests show, and may follow requests itself.

Example: watch a title, and save what it asked for a browser's network panel
  xbl-achievements requests --follow
  xbl-achievements requests --har ./title.har`)
  addRequestsShow(requests, process)
  addRunning(requests.command('clear').description('Forget them.'), process)
    .addHelpText('after', `
Example:
  xbl-achievements requests clear`)
    .action(async (running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: '/_emulator/requests' }) })
}

function addRequestsShow (requests: Command, process: CommandProcess): void {
  addRunning(addDefault(requests, 'show')
    .description('Write the requests that the journal holds, a line for each, the newest last.')
    .option('-f, --follow', 'go on with those that come, until Ctrl-C')
    .option('--method <method>', 'only those with this method')
    .option('--path <path>', 'only those whose path begins so; * stands for any characters')
    .option('--status <number>', 'only those answered with this status; none for those cut off')
    .option('--user <user>', 'only those of this user, a gamertag or XUID')
    .option('-n, --last <number>', 'only so many, the last ones')
    .option('--unmatched', 'only those that no route knew')
    .addOption(new Option('--har <file>', 'write them into this file as HAR, which browsers and Fiddler open').conflicts(['follow', 'json']))
    .addOption(forceOption())
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
A line has the time on the emulator's clock, status, method, contract version,
duration, user and path, then the fault that happened and why it was refused. The
status is "cut" when the connection ended before an answer began. Below one that
has become a WebSocket (101) are its frames: → from the client, ← to it.

Example: what was refused, and all that a user asks
  xbl-achievements requests --status 403
  xbl-achievements requests --follow --user gamer`)
    .action(async (flags: RequestFlags) => {
      const { showRequests } = await import('./requests-show.ts')
      await showRequests(flags, process)
    })
}
