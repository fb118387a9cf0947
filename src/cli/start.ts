import { Option, type Command } from 'commander'
import type { CommandProcess } from './output.ts'

/** Defaults that depend on other options, or on where this is installed. */
const DERIVED_DEFAULTS: Readonly<Record<string, string>> = { crossUser: 'documented, privacy in the live dialect', world: 'the demo world', tlsDir: '~/.xbl-achievements' }

/** Adds the command `start`. Its options are slow to load: they are added only when the arguments name the command. */
export async function addStart (program: Command, { process, isAsked }: { process: CommandProcess, isAsked: boolean }): Promise<void> {
  const start = program.command('start')
    .description('Serve a world over HTTP until SIGTERM, SIGINT or SIGHUP.')
    .addHelpText('after', `
Each option can be set by its environment variable instead; the flag wins.

Example: your own world, kept in a file, on a port of your choice
  xbl-achievements start --world ./my-world.json --database ./my-world.db --port 8080

Example: the same file made ready beforehand, in the build of an image, say
  xbl-achievements start --world ./my-world.json --database ./my-world.db --seed-only

Example: a folder with achievements2017.xml, localization.xml and a title.json
  xbl-achievements start --world ./my-title

Example: HTTPS, too, for clients that have the hosts of Xbox Live built in
  xbl-achievements ca
  xbl-achievements start --tls --tls-port 443 --dialect live

Example: whatever tests have done, as a world to look at and to start from
  xbl-achievements start --export-on-exit ./after.json`)
    .action(async (flags) => {
      const { readConfig } = await import('../config/config.ts')
      const config = readConfig(flags, process.env)
      const { serve } = await import('./serve.ts')
      await serve(config, process)
    })
  if (isAsked) for (const option of await createOptions()) start.addOption(option)
}

/** An option for every member of the configuration. */
async function createOptions (): Promise<Option[]> {
  const { Config, flagOf } = await import('../config/config.ts')
  return Object.entries(Config.properties).map(([name, schema]) => {
    const { env, argument, description, default: value } = schema
    if (typeof value === 'boolean') {
      const flag = value ? flagOf(name).replace('--', '--no-') : flagOf(name)
      // Commander would make true the default of a --no-… option, and the environment variable would not be read.
      return new Option(flag, `${description} (${env}=${!value})`).default(null)
    }
    const shown = DERIVED_DEFAULTS[name] ?? value ?? 'none'
    return new Option(`${flagOf(name)} <${argument}>`, `${description} (${env}; default ${shown})`)
  })
}
