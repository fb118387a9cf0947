import type { Command } from 'commander'
import { askEmulator } from './control-client.ts'
import { pathPart } from './control-paths.ts'
import { addRunning, type RunningEmulator } from './options.ts'
import type { CommandProcess } from './output.ts'

/** Adds `enable` and `disable` to a command for faults. @param path where the control API has them; `command` is what the command is called. */
export function addFaultSwitches (fault: Command, process: CommandProcess, { path, command }: { readonly path: string, readonly command: string }): void {
  for (const [name, enabled, description] of [['disable', false, 'Switch one off, and keep it.'], ['enable', true, 'Switch one on again.']] as const) {
    addRunning(fault.command(name).description(description).argument('<id>', `as ${command} list tells it`), process)
      .addHelpText('after', `
Example:
  xbl-achievements ${command} ${name} 1`)
      .action(async (id: string, running: RunningEmulator) => { await askEmulator(running, { method: 'PATCH', path: `${path}/${pathPart(id, '<id>', 'the id of a fault')}`, body: { enabled }, member: 'happened' }) })
  }
}
