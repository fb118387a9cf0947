import { once, type EventEmitter } from 'node:events'
import type { Test } from 'tap'
import { run } from '../src/cli/cli.ts'
import { createProcess, launch } from './command-process.ts'

export interface CommandOptions {
  /** The environment variables that the command reads. */
  readonly env?: Readonly<Record<string, string>>
  /** How wide the terminal is; without it there is none. */
  readonly columns?: number
}

export interface ProcessOptions extends CommandOptions {
  /** The working directory. */
  readonly cwd?: string
  /** JavaScript that runs before the program. */
  readonly preload?: string
}

export interface Result {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command in this process, to its end. */
export async function runCommand (args: readonly string[], { env = {}, columns }: CommandOptions = {}): Promise<Result> {
  const { process, output, stdout } = createProcess(args, env)
  if (columns !== undefined) Object.assign(stdout, { isTTY: true, columns, hasColors: () => true })
  return { code: await run(process), ...output }
}

/** Runs the command as a process of its own, to its end: where the process itself is what is tested. */
export async function runBin (args: readonly string[], options: ProcessOptions = {}): Promise<Result> {
  const { output, ended } = launch(args, options)
  return { code: await ended, ...output }
}

/** The result of a command that succeeds with some output. */
export const says = (stdout: string): Result => ({ code: 0, stdout, stderr: '' })

/** The result of a command that fails with a message. */
export const refuses = (problem: string): Result => ({ code: 1, stdout: '', stderr: `xbl-achievements: ${problem}\n` })

export type Case = [args: string[], expected: Result, options?: ProcessOptions]

/** Runs the command once for each case, and compares the result. A case with a preload or a working directory has a process of its own. */
export async function compareAll (t: Test, cases: readonly Case[]): Promise<void> {
  const todo = cases.values()
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (const [args, expected, options = {}] of todo) {
      const needsProcess = options.preload !== undefined || options.cwd !== undefined
      t.strictSame(await (needsProcess ? runBin : runCommand)(args, options), expected, args.join(' ') || 'no command')
    }
  }))
}

export interface Running {
  /** What was printed once the server listened. */
  readonly greeting: string
  /** Where it listens. */
  readonly url: string
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Result>
  /** Sends the signal alone. */
  readonly signal: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Result>
  /** Waits until standard error matches. */
  readonly told: (text: RegExp) => Promise<void>
}

const START = ['start', '--port', '0', '--log-level', 'silent']

export interface StartOptions extends CommandOptions {
  /** Whether the output says that the command listens; by default, whether it has greeted. */
  readonly isReady?: (output: { readonly stdout: string, readonly stderr: string }) => boolean
}

const hasGreeted = ({ stdout }: { readonly stdout: string }): boolean => stdout.endsWith('\n\n')

/** Runs `start` in this process, on a free port, until it listens; told to stop after the test. */
export async function startCommand (t: Test, args: readonly string[] = [], { env = {}, isReady = hasGreeted }: StartOptions = {}): Promise<Running> {
  const { process, signal, output, stdout, stderr } = createProcess([...START, ...args], env)
  const ended = run(process)
  t.teardown(async () => {
    signal('SIGTERM')
    await ended
  })
  return await untilReady({ output, stdout, stderr, ended, signal }, isReady)
}

/** Runs `start` as {@link startCommand}, in a process of its own; killed after the test if it still runs then. */
export async function startBin (t: Test, args: readonly string[] = [], options: ProcessOptions = {}): Promise<Running> {
  const { child, output, ended } = launch([...START, ...args], options)
  t.teardown(() => child.kill('SIGKILL'))
  return await untilReady({ output, stdout: child.stdout, stderr: child.stderr, ended, signal: (signal) => { child.kill(signal) } }, hasGreeted)
}

export interface Commanded {
  /** Waits until standard output, or standard error, has so many lines, and returns it. */
  readonly lines: (count: number, name?: 'stdout' | 'stderr') => Promise<string>
  /** Closes the reading end of standard output, as `head` does. */
  readonly closeOutput: () => void
  readonly signal: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Result>
}

/** Runs a command that goes on until it is told to stop, in this process. */
export function watchCommand (t: Test, args: readonly string[]): Commanded {
  const { process, signal, output, stdout, stderr } = createProcess(args, {})
  const ended = run(process).then((code) => ({ code, ...output }))
  t.teardown(async () => {
    signal('SIGTERM')
    await ended
  })
  const streams = { stdout, stderr }
  return {
    lines: async (count, name = 'stdout') => {
      while (output[name].split('\n').length <= count) {
        const result = await Promise.race([once(streams[name], 'data').then(() => undefined), ended])
        if (result !== undefined) throw new Error(`ended with ${result.code}: ${result.stderr}`)
      }
      return output[name]
    },
    closeOutput: () => { stdout._write = (_text, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })) },
    signal,
    ended
  }
}

interface Started {
  readonly output: { readonly stdout: string, readonly stderr: string }
  /** Emit `data` when output has grown. */
  readonly stdout: EventEmitter
  readonly stderr: EventEmitter
  readonly ended: Promise<number | null>
  readonly signal: (signal: NodeJS.Signals) => void
}

async function untilReady ({ output, stdout, stderr, ended, signal }: Started, isReady: NonNullable<StartOptions['isReady']>): Promise<Running> {
  while (!isReady(output)) {
    const code = await Promise.race([...[stdout, stderr].map((stream) => once(stream, 'data').then(() => undefined)), ended])
    if (code !== undefined) throw new Error(`ended with ${code}: ${output.stderr}`)
  }
  const result = ended.then((code) => ({ code, ...output }))
  return {
    greeting: output.stdout,
    url: /http:[^\s"]+/.exec(output.stdout)?.[0] as string,
    stop: (name = 'SIGTERM') => {
      signal(name)
      return result
    },
    signal,
    ended: result,
    told: async (text) => { while (!text.test(output.stderr)) await once(stderr, 'data') }
  }
}

export interface Watched {
  /** Resolves once something is on standard error; rejects when the process has ended without it. */
  readonly said: (text: string) => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Result>
}

/** Runs the command, and watches what it says on standard error; killed after the test if it still runs then. */
export function watchBin (t: Test, args: readonly string[], options: ProcessOptions = {}): Watched {
  const { child, output, ended } = launch(args, options)
  t.teardown(() => child.kill('SIGKILL'))
  return {
    said: async (text) => {
      while (!output.stderr.includes(text)) {
        const code = await Promise.race([once(child.stderr, 'data').then(() => undefined), ended])
        if (code !== undefined) throw new Error(`ended with ${code}: ${output.stderr}`)
      }
    },
    signal: (signal) => { child.kill(signal) },
    ended: ended.then((code) => ({ code, ...output }))
  }
}
