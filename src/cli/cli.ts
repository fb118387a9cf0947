import { Command, CommanderError } from 'commander'
import { ignoreErrors } from '../base/stream-errors.ts'
import { UserError } from '../base/user-error.ts'
import { VERSION } from '../base/version.ts'
import { addCa } from './ca.ts'
import { addClock } from './clock.ts'
import { addCompletion } from './completion/completion.ts'
import { addDevice } from './device.ts'
import { addDoctor } from './doctor.ts'
import { addExec } from './exec.ts'
import { addFault } from './fault.ts'
import { addHelp, fitHelp } from './help.ts'
import { endWithNpm } from './npm.ts'
import type { CommandProcess } from './output.ts'
import { addRequests } from './requests.ts'
import { addReset } from './reset.ts'
import { addRta } from './rta.ts'
import { addStart } from './start.ts'
import { addToken } from './token.ts'
import { addUnlock } from './unlock.ts'
import { addUsers } from './users.ts'
import { addWait } from './wait.ts'
import { addWorld } from './world.ts'

/**
 * Runs the command. What only one of its commands needs is loaded when that one runs.
 *
 * @returns the exit code: 0, or 1 when something was wrong, which is then reported on standard error.
 */
export async function run (process: CommandProcess): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) ignoreErrors(stream)
  endWithNpm(process)
  const argv = process.argv.slice(2)
  try {
    const command = await createProgram(argv, process)
    await command.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    // Commander throws for the help and the version, too. It has printed the messages of its other errors.
    if (error instanceof CommanderError) return error.exitCode
    process.stderr.write(`xbl-achievements: ${messageOf(error as Error)}\n`)
    return 1
  }
}

async function createProgram (argv: readonly string[], process: CommandProcess): Promise<Command> {
  const { stdout, stderr } = process
  const program = fitHelp(new Command('xbl-achievements'), process)
    .description('An emulator of the Xbox Live achievements service.')
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(`xbl-achievements: ${text.replace(/^error: /, '').replace(/(unknown option '[^'=]*=)[^']*/, '$1…').replace(/\n(?=.)/g, ' ')}`)
    })
    // The options of the command that `exec` runs are its own.
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('after', `
Example: serve the demo world on http://127.0.0.1:5280
  xbl-achievements start

Example: in another terminal, unlock an achievement of it, and watch who asks
  xbl-achievements unlock friend 3 --title-id 3051199919
  xbl-achievements requests --follow`)
  await addCommands(program, argv, process)
  return program
}

/** Adds all commands, in the order and the groups of the help. */
async function addCommands (program: Command, argv: readonly string[], process: CommandProcess): Promise<void> {
  // A completion script has the options of all commands.
  const isAsked = (name: string): boolean => argv.includes(name) || argv[0] === 'completion'
  program.commandsGroup('Serve:')
  await addStart(program, { process, isAsked: isAsked('start') })
  await addExec(program, { process, isAsked: isAsked('exec') })
  program.commandsGroup('A running emulator:')
  addWait(program, process)
  addToken(program, process)
  addUnlock(program, process)
  addUsers(program, process)
  addDevice(program, process)
  addRequests(program, process)
  addFault(program, process)
  addRta(program, process)
  addClock(program, process)
  addReset(program, process)
  program.commandsGroup('Worlds:')
  addWorld(program, process)
  program.commandsGroup('This machine:')
  addCa(program, process)
  addDoctor(program, process)
  addCompletion(program, process)
  addHelp(program)
}

/** The message of an error, for a person; an unforeseen error has its stack. */
function messageOf (error: NodeJS.ErrnoException): string {
  if (error instanceof UserError) return error.message
  if (error.syscall === 'accept') return `no more connections can be accepted: ${error.message}`
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') return listenMessage(error)
  if (error.code?.startsWith('SQLITE_BUSY')) return 'another process is writing to the database file; try again when it has ended'
  if (error.code?.startsWith('SQLITE_')) return `the database cannot be used: ${error.message}`
  return error.stack ?? String(error)
}

interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string
  readonly port?: number
  readonly flag?: string
  /** What to say of an address or a port that comes from an environment variable. */
  readonly notes?: Readonly<Record<'host' | 'port' | 'tlsPort', string | undefined>>
}

function listenMessage (error: ListenError): string {
  const { flag = '--port', notes } = error
  const note = flag === '--port' ? notes?.port : notes?.tlsPort
  switch (error.code) {
    case 'EADDRINUSE': return `port ${error.port} on ${error.address} is taken; ${note ?? `choose another with ${flag}, or 0 for a free one`}`
    case 'EACCES': return `port ${error.port} on ${error.address} needs more rights than this user has; ${note ?? `choose one above 1023 with ${flag}`}`
    default: return `cannot listen: ${error.message}; ${notes?.host ?? 'check --host'}`
  }
}
