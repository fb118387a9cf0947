import { Command, CommanderError } from 'commander'
import { ignoreErrors } from '../base/stream-errors.ts'
import { UserError } from '../base/user-error.ts'
import { VERSION } from '../base/version.ts'
import { addCa } from './ca.ts'
import { addDoctor } from './doctor.ts'
import type { CommandProcess } from './output.ts'
import { addStart } from './start.ts'
import { addToken } from './token.ts'
import { addWait } from './wait.ts'
import { addWorld } from './world.ts'

/**
 * Runs the command. What only one of its commands needs is loaded when that one runs.
 *
 * @returns the exit code: 0, or 1 when something was wrong, which is then reported on standard error.
 */
export async function run (process: CommandProcess): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) ignoreErrors(stream)
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
  const program = new Command('xbl-achievements')
    .description('An emulator of the Xbox Live achievements service.')
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(`xbl-achievements: ${text.replace(/^error: /, '').replace(/(unknown option '[^'=]*=)[^']*/, '$1…').replace(/\n(?=.)/g, ' ')}`)
    })
    .exitOverride()
    .addHelpText('after', `
Example: serve the demo world on http://127.0.0.1:5280
  xbl-achievements start`)
  await addStart(program, { process, isAsked: argv.includes('start') })
  addToken(program, process)
  addWorld(program, process)
  addWait(program)
  addCa(program, process)
  addDoctor(program, process)
  return program
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
