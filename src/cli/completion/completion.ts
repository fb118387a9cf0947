import type { Command } from 'commander'
import { CommandError } from '../../base/user-error.ts'
import { print, type CommandProcess } from '../output.ts'

const SHELLS = ['bash', 'zsh', 'fish', 'pwsh'] as const

/** Adds the command `completion`. */
export function addCompletion (program: Command, process: CommandProcess): void {
  program.command('completion')
    .description('Write the completion script of a shell.')
    .argument(`<${SHELLS.join('|')}>`, 'the shell')
    .addHelpText('after', `
The script knows the commands of this version: write it anew after an update.

Example: bash, in ~/.bashrc
  eval "$(xbl-achievements completion bash)"

Example: zsh, in ~/.zshrc after compinit
  eval "$(xbl-achievements completion zsh)"

Example: fish
  xbl-achievements completion fish > ~/.config/fish/completions/xbl-achievements.fish

Example: PowerShell, in the file that $PROFILE names
  xbl-achievements completion pwsh | Out-String | Invoke-Expression`)
    .action(async (shell: string) => { await print(process, await scriptFor(shell, program)) })
}

async function scriptFor (shell: string, program: Command): Promise<string> {
  const { listCommands } = await import('./commands.ts')
  switch (shell) {
    case 'bash': return (await import('./bash.ts')).bashScript(listCommands(program))
    case 'zsh': return (await import('./zsh.ts')).zshScript(listCommands(program))
    case 'fish': return (await import('./fish.ts')).fishScript(listCommands(program))
    case 'pwsh': return (await import('./pwsh.ts')).pwshScript(listCommands(program))
    default: throw new CommandError(`<shell>: found ${JSON.stringify(shell)}, expected one of ${SHELLS.join(', ')}`)
  }
}
