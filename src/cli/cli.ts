import { Command, CommanderError } from 'commander'
import { addCa } from './ca.ts'
import { addStart } from './start.ts'
import { addToken } from './token.ts'
import { addWait } from './wait.ts'
import { addWorld } from './world.ts'
import { surviveErrors } from '../base/survive-errors.ts'
import { VERSION } from '../base/version.ts'

/**
 * Runs the command. What only one of its commands needs is loaded when that one runs.
 *
 * @param argv the arguments after the program's name.
 * @returns the exit code: 0, or 1 when something was wrong, which is then told on standard error.
 */
export async function run (argv: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) surviveErrors(stream)
  try {
    const command = await program(argv)
    await command.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version were asked for; anything else is said already.
      return error.exitCode
    }
    process.stderr.write(`xbl-achievements: ${explain(error as Error)}\n`)
    return 1
  }
}

async function program (argv: readonly string[]): Promise<Command> {
  const program = new Command('xbl-achievements')
    .description('An emulator of the Xbox Live achievements service.')
    .version(VERSION)
    .configureOutput({ outputError: (text, write) => write(`xbl-achievements: ${text.replace(/^error: /, '').replace(/(unknown option '[^'=]*=)[^']*/, '$1…').replace(/\n(?=.)/g, ' ')}`) })
    .exitOverride()
    .addHelpText('after', `
Example: serve the demo world on http://127.0.0.1:5280
  xbl-achievements start`)
  const start = addStart(program)
  addToken(program)
  addWorld(program)
  addWait(program)
  addCa(program)
  // Everything that describes a configuration is slow to load; every other command does without.
  if (argv.includes('start')) {
    const { startOptions } = await import('./start-options.ts')
    for (const option of startOptions()) start.addOption(option)
  }
  return program
}

/** Errors whose message is for a person, by name: their classes are loaded with what throws them. */
const FOR_A_PERSON = new Set(['CommandError', 'ConfigError', 'DatabaseError', 'WorldError', 'XblError'])

/** What a person needs to hear; an error that nobody foresaw is told with its stack. */
function explain (error: NodeJS.ErrnoException): string {
  if (FOR_A_PERSON.has(error.name)) return error.message
  if (error.syscall === 'accept') return `no more connections can be accepted: ${error.message}`
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') return listenProblem(error)
  if (error.code?.startsWith('SQLITE_BUSY')) return 'another process is writing to the database file; try again when it has ended'
  if (error.code?.startsWith('SQLITE_')) return `the database cannot be used: ${error.message}`
  return error.stack ?? String(error)
}

function listenProblem (error: NodeJS.ErrnoException & { address?: string, port?: number, flag?: string }): string {
  const { flag = '--port' } = error
  switch (error.code) {
    case 'EADDRINUSE': return `port ${error.port} on ${error.address} is taken; choose another with ${flag}, or 0 for a free one`
    case 'EACCES': return `port ${error.port} on ${error.address} needs more rights than this user has; choose one above 1023 with ${flag}`
    default: return `cannot listen: ${error.message}; check --host`
  }
}
