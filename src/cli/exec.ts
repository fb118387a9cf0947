import { CommanderError, type Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import type { CommandProcess } from './output.ts'
import { createOptions } from './start.ts'

/** Adds the command `exec`. Its options are those of `start`, and added as they are there. */
export async function addExec (program: Command, { process, isAsked }: { process: CommandProcess, isAsked: boolean }): Promise<void> {
  const exec = program.command('exec')
    .description('Start an emulator, run a command that uses it, and stop it.')
    .usage('[options] -- COMMAND...')
    .argument('[command...]')
    .passThroughOptions()
    .addHelpText('after', `
The emulator listens on free ports. The command finds it by its environment:
XBL_EMULATOR_URL, XBL_EMULATOR_HOST and XBL_EMULATOR_PORT; with --tls also
XBL_EMULATOR_HTTPS_URL, XBL_EMULATOR_CA, the file of the CA to trust, and
NODE_EXTRA_CA_CERTS with the same file, unless that is set already; with
--control-key XBL_CONTROL_KEY, which the commands that ask it read, too.
It ends with the exit code of the command, or with 128 and the number of the
signal that has ended it, and prints nothing itself but warnings.

Example: tests, in CI or anywhere
  xbl-achievements exec -- npm test

Example: a line for a shell, and options of the emulator
  xbl-achievements exec --world ./my-world.json --dialect live -- sh -c 'curl "$XBL_EMULATOR_URL/_emulator/health"'`)
    .action(async ([command, ...args]: readonly string[], flags) => {
      if (command === undefined) throw new CommandError('exec: found no command, expected one after the options: xbl-achievements exec -- npm test')
      const { readConfig } = await import('../config/read-config.ts')
      const config = readConfig({ port: '0', ...flags }, environmentFor(process.env))
      const { serve } = await import('./serve.ts')
      const { runChild } = await import('./child.ts')
      const code = await serve(config, process, (work) => runChild({ command, args, process }, work))
      if (code !== 0) throw new CommanderError(code, 'xbl-achievements.exec', 'the exit code of the command')
    })
  if (isAsked) {
    const differences = {
      without: ['seedOnly', 'ready', 'open', 'quiet'], flagOnly: ['port', 'host'], defaults: { port: 'a free one', tlsPort: 'a free one', logLevel: 'warn' }
    }
    for (const option of await createOptions(differences)) exec.addOption(option)
  }
}

/** The variables that set options of the emulator: PORT and HOST are the command's own, and some have other defaults than for `start`. */
function environmentFor ({ PORT, HOST, XBL_SEED_ONLY, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, XBL_TLS_PORT: env['XBL_TLS_PORT'] || '0', XBL_LOG_LEVEL: env['XBL_LOG_LEVEL'] || 'warn' }
}
