import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Test } from 'tap'

export const BIN = join(import.meta.dirname, '../src/bin.ts')

/** A test that runs many processes needs time on a machine that is busy; ms. */
export const MANY_PROCESSES = 120_000

export interface Options {
  /** Beside the test's own, of which nothing that the command reads is passed on. */
  readonly env?: Readonly<Record<string, string>>
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

/** Runs the command as a process of its own, to its end. */
export async function runBin (args: readonly string[], options: Options = {}): Promise<Result> {
  const { output, ended } = launch(args, options)
  return { code: await ended, ...output }
}

/** How a command ends that says something and nothing else. */
export const says = (stdout: string): Result => ({ code: 0, stdout, stderr: '' })

/** How a command ends that cannot do what is asked. */
export const refuses = (problem: string): Result => ({ code: 1, stdout: '', stderr: `xbl-achievements: ${problem}\n` })

export type Case = [args: string[], expected: Result, options?: Options]

/** Runs the command once for each case, a few processes at a time, and compares how it ends. */
export async function compareAll (t: Test, cases: readonly Case[]): Promise<void> {
  const todo = cases.values()
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (const [args, expected, options] of todo) {
      t.strictSame(await runBin(args, options), expected, args.join(' ') || 'no command')
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

/** Runs `start` on a free port until it has greeted; killed after the test if it still runs then. */
export async function startBin (t: Test, args: readonly string[] = [], options: Options = {}): Promise<Running> {
  const { child, output, ended } = launch(['start', '--port', '0', '--log-level', 'silent', ...args], options)
  t.teardown(() => child.kill('SIGKILL'))
  while (!output.stdout.endsWith('\n\n')) {
    const code = await Promise.race([once(child.stdout, 'data').then(() => undefined), ended])
    if (code !== undefined) throw new Error(`ended with ${code}: ${output.stderr}`)
  }
  const result = ended.then((code) => ({ code, ...output }))
  return {
    greeting: output.stdout,
    url: /http:\S+/.exec(output.stdout)?.[0] as string,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return result
    },
    signal: (signal) => { child.kill(signal) },
    ended: result,
    told: async (text) => { while (!text.test(output.stderr)) await once(child.stderr, 'data') }
  }
}

export interface Watched {
  /** Resolves once something is on standard error; rejects when the process has ended without it. */
  readonly said: (text: string) => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Result>
}

/** Runs the command, and watches what it says on standard error; killed after the test if it still runs then. */
export function watchBin (t: Test, args: readonly string[], options: Options = {}): Watched {
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

function launch (args: readonly string[], { env = {}, cwd = process.cwd(), preload }: Options) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PORT|HOST|XBL_.*)$/.test(name))
  const imports = preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`]
  const child = spawn(process.execPath, [...imports, BIN, ...args], {
    // Of code out of Node's cache coverage knows less.
    cwd, env: { ...Object.fromEntries(inherited), NODE_DISABLE_COMPILE_CACHE: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe']
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => { output.stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text) => { output.stderr += text })
  const ended = once(child, 'close').then(([code]): number | null => code)
  return { child, output, ended }
}
