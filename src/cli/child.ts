import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { isatty } from 'node:tty'
import spawn from 'cross-spawn'
import { withoutBrackets } from '../base/brackets.ts'
import { printError, type CommandProcess } from './output.ts'
import type { Work } from './serve.ts'
import type { Served } from './served.ts'
import { STOP_SIGNALS } from './signals.ts'

/** The exit codes of shells for a command that is not there, and for one that cannot be run. */
const NOT_FOUND = 127
const CANNOT_RUN = 126

interface Child {
  readonly command: string
  readonly args: readonly string[]
  readonly process: CommandProcess
}

/**
 * Runs a command that finds the emulator by its environment. Signals are passed on to it, also those that have
 * come before it. When the server fails, the command is told to stop.
 *
 * @returns its exit code; 128 and the number of the signal that has ended it.
 * @throws the error of a server that fails, once the command has ended.
 */
export async function runChild ({ command, args, process }: Child, { served, signals, broken }: Work): Promise<number> {
  const env = environmentOf(served, process.env)
  warnOfTrust(env, process)
  let child: ChildProcess
  try {
    child = spawn(command, args, { stdio: 'inherit', env })
  } catch (error) {
    return explain(process, command, error as NodeJS.ErrnoException)
  }
  const ended = new Promise<number>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      // A signal that the command may not be sent is no reason not to wait for it.
      if (error.syscall !== 'kill') resolve(explain(process, command, error))
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]))
  })
  for (const signal of signals.received) child.kill(signal)
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => { if (!reachesBoth(signal, process)) child.kill(signal) })
  }
  try {
    return await Promise.race([ended, broken])
  } catch (error) {
    child.kill('SIGTERM')
    await ended
    throw error
  }
}

/** Whether a signal reaches the command without being passed on: a terminal sends Ctrl-C to all processes in its foreground. On Windows, Node's signals would end it at once. */
const reachesBoth = (signal: NodeJS.Signals, { platform }: CommandProcess): boolean => platform === 'win32' || (signal === 'SIGINT' && [0, 1, 2].some((file) => isatty(file)))

/** Tells why a command cannot be run. @returns the exit code. */
function explain (process: CommandProcess, command: string, { code, message }: NodeJS.ErrnoException): number {
  const isMissing = command === '' || (code === 'ENOENT' && !(/[/\\]/.test(command) && existsSync(command)))
  const why = code === 'ENOENT' ? 'its first line names a program that is not there' : message
  const found = isMissing ? 'there is no such command; expected a program on the PATH, or the path of one; a line for a shell is run by sh -c' : `the command cannot be run: ${why}`
  printError(process, [`xbl-achievements: exec: ${command === '' ? '""' : command}: ${found}`])
  return isMissing ? NOT_FOUND : CANNOT_RUN
}

/** The environment of the command. What an emulator around this one has set is replaced. */
function environmentOf ({ services: { config: { controlKey } }, url, https }: Served, { XBL_EMULATOR_CA: outerAuthority, XBL_EMULATOR_HTTPS_URL: _outerUrl, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { hostname, port } = new URL(url)
  const present = env['NODE_EXTRA_CA_CERTS'] || undefined
  return {
    ...env,
    XBL_EMULATOR_URL: url,
    XBL_EMULATOR_HOST: withoutBrackets(hostname),
    XBL_EMULATOR_PORT: port,
    ...https && secureVariables(https, present === outerAuthority ? undefined : present),
    ...controlKey !== null && { XBL_CONTROL_KEY: controlKey }
  }
}

function secureVariables ({ url, trust }: NonNullable<Served['https']>, present: string | undefined): NodeJS.ProcessEnv {
  const file = resolve(trust)
  return { XBL_EMULATOR_HTTPS_URL: url, XBL_EMULATOR_CA: file, NODE_EXTRA_CA_CERTS: present ?? file }
}

/** Tells when Node, in the command, will not trust the emulator: it takes one file of further certificates alone. */
function warnOfTrust ({ XBL_EMULATOR_CA: authority, NODE_EXTRA_CA_CERTS: file }: NodeJS.ProcessEnv, process: CommandProcess): void {
  if (authority === undefined || file === undefined || file === authority || includesCertificate(file, authority)) return
  printError(process, [`xbl-achievements: warning: NODE_EXTRA_CA_CERTS is ${file} already, so that Node does not trust the emulator; add ${authority} to that file, or unset the variable`])
}

/** Whether the certificate of one file is in another. */
function includesCertificate (file: string, certificate: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(readFileSync(certificate, 'utf8').trim())
  } catch {
    return false
  }
}
