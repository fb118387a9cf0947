import { CommanderError, Option, type Command } from 'commander'
import { flagOf } from '../config/basics.ts'
import { printError, type CommandProcess } from './output.ts'
import type { Served } from './served.ts'

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

Example: look at it, and unlock by a click
  xbl-achievements start --open

Example: a world that you edit while it is served
  xbl-achievements start --world ./my-world.json --watch

Example: for a script, which reads where the emulator listens as a line of JSON
  xbl-achievements start --port 0 --ready json

Example: whatever tests have done, as a world to look at and to start from
  xbl-achievements start --export-on-exit ./after.json`)
    .action(async (flags) => {
      const { readConfig } = await import('../config/read-config.ts')
      const config = readConfig(flags, process.env)
      const { serve } = await import('./serve.ts')
      const code = await serve(config, process, async ({ served, signals, broken }) => {
        await announce(served, process)
        await Promise.race([signals.first, broken])
      }).catch(await namingVariables(flags, process))
      if (code !== 0) throw new CommanderError(code, 'xbl-achievements.start', 'ended by a second signal')
    })
  if (isAsked) for (const option of await createOptions()) start.addOption(option)
}

/** Adds to an error of listening which address and port come from environment variables: other programs have a `HOST` and a `PORT`, too. */
async function namingVariables (flags: Readonly<Record<string, unknown>>, { env }: CommandProcess): Promise<(error: object) => never> {
  const { insteadOf, variableOf } = await import('../config/read-config.ts')
  const notes = (['host', 'port', 'tlsPort'] as const).map((name) => {
    const variable = variableOf(name, flags, env)
    return [name, variable === undefined ? undefined : `it comes from the environment variable ${variable}: ${insteadOf(name, variable)}`]
  })
  return (error) => { throw Object.assign(error, { notes: Object.fromEntries(notes) }) }
}

/** Tells on standard output that the emulator listens, and opens its page, with --open. */
async function announce (served: Served, process: CommandProcess): Promise<void> {
  const { ready, quiet, open, control } = served.services.config
  const { readyLine } = await import('./ready.ts')
  const { greetingOf } = await import('./greeting.ts')
  if (ready === 'json') process.stdout.write(readyLine(served, process.pid))
  else if (!quiet) process.stdout.write(greetingOf(served, process.argv.slice(0, 2)))
  if (!open) return
  const { openPage } = await import('./open-page.ts')
  if (control) openPage(`${served.url}/`, process)
  else printError(process, ['xbl-achievements: --open: --no-control leaves out the page'])
}

/** How the options of a command differ from those of `start`. */
interface Differences {
  /** The members of the configuration that are no options of the command. */
  readonly without?: readonly string[]
  /** Members whose variable is not read. */
  readonly flagOnly?: readonly string[]
  readonly defaults?: Readonly<Record<string, string>>
}

/** An option for every member of the configuration. */
export async function createOptions ({ without = [], flagOnly = [], defaults = {} }: Differences = {}): Promise<Option[]> {
  const { Config } = await import('../config/config.ts')
  return Object.entries(Config.properties).filter(([name]) => !without.includes(name)).map(([name, schema]) => {
    const { env, argument, description, default: value } = schema
    if (typeof value === 'boolean') {
      const flag = value ? flagOf(name).replace('--', '--no-') : flagOf(name)
      // Commander would make true the default of a --no-… option, and the environment variable would not be read.
      return new Option(flag, `${description} (${env}=${!value})`).default(null)
    }
    const shown = defaults[name] ?? DERIVED_DEFAULTS[name] ?? value ?? 'none'
    return new Option(`${flagOf(name)} <${argument}>`, `${description} (${flagOnly.includes(name) ? '' : `${env}; `}default ${shown})`)
  })
}
