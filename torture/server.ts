import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const BIN = join(import.meta.dirname, '../src/bin.ts')
/** How many of the last characters that a server printed are remembered. */
const TAIL = 4000
/** How long a start may take, in ms. */
const LONGEST_START = 60_000

/** An emulator in a process of its own. */
export interface Server {
  readonly pid: number
  readonly port: number
  /** The port of HTTPS; 0 without HTTPS. */
  readonly tlsPort: number
  /** Resolves when the process has ended, with its exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals>
  readonly hasEnded: () => boolean
  readonly signal: (signal: NodeJS.Signals) => void
  /** Its last output, of both streams. */
  readonly printed: () => string
}

/**
 * Starts an emulator on a free port, without waiting until it listens.
 *
 * @param signal kills the process.
 * @param nodeFlags are for Node itself.
 */
export function launch (flags: readonly string[], signal: AbortSignal, nodeFlags: readonly string[] = []) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PORT|HOST|XBL_.*)$/.test(name))
  const child = spawn(process.execPath, [...nodeFlags, BIN, 'start', '--port', '0', '--log-level', 'error', ...flags], {
    env: Object.fromEntries(inherited), stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL'
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output = (output + text).slice(-TAIL) })
  // The error says that the signal has ended the process.
  child.on('error', () => {})
  const ended = once(child, 'close').then(([code, by]): number | NodeJS.Signals => code ?? by)
  return { child, ended, printed: () => output }
}

/**
 * Starts an emulator and waits until it has said where it listens.
 *
 * @throws when it ends instead, or takes too long; the message has its output.
 */
export async function startServer (flags: readonly string[], signal: AbortSignal, nodeFlags?: readonly string[]): Promise<Server> {
  const { child, ended, printed } = launch(flags, signal, nodeFlags)
  const late = AbortSignal.timeout(LONGEST_START)
  while (!/\b[Tt]ry:\n/.test(printed()) && child.exitCode === null && child.signalCode === null && !late.aborted && !signal.aborted) {
    await Promise.race([once(child.stdout, 'data'), ended, once(late, 'abort'), once(signal, 'abort')])
  }
  const text = printed()
  if (!/\b[Tt]ry:\n/.test(text)) {
    child.kill('SIGKILL')
    throw new Error(`the emulator did not start: ${text}`)
  }
  const portOf = (scheme: string): number => Number(new RegExp(`${scheme}://127\\.0\\.0\\.1:(\\d+)`).exec(text)?.[1] ?? 0)
  return {
    pid: child.pid as number,
    port: portOf('http'),
    tlsPort: portOf('https'),
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    signal: (name) => { child.kill(name) },
    printed
  }
}
