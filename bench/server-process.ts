import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A server that runs in a process of its own. */
export interface Server {
  readonly url: string
  /** Processor time that the process has used, in microseconds. */
  readonly cpu: () => number
  /** Memory that the process holds now, in MB. */
  readonly memory: () => number
  /** The most memory that it has held, in MB. */
  readonly peakMemory: () => number
  /** What it uses after its garbage was collected, in bytes. @throws unless it was started with a probe. */
  readonly usedMemory: () => Promise<NodeJS.MemoryUsage>
  readonly stop: () => Promise<void>
}

/** The executable in a checkout that was built. */
const BIN = 'dist/bin.js'

/** What a server that is asked for its memory loads first. */
const PROBE = join(import.meta.dirname, 'memory-probe.ts')

/** Linux counts processor time in hundredths of a second. */
const TICK = 10_000
/** In ms. */
const LONGEST_START = 60_000

/**
 * Starts a server and waits until it answers.
 *
 * @param url where it listens; by default it prints that.
 * @param hasProbe true: it is a program of Node that can be asked for its memory.
 */
export async function startServer (command: readonly string[], { url, cwd, hasProbe = false }: { url?: string, cwd?: string, hasProbe?: boolean } = {}): Promise<Server> {
  const [program = '', ...args] = command
  const probe = hasProbe ? ['--expose-gc', '--import', PROBE] : []
  const child = spawn(program, [...probe, ...args], { stdio: ['ignore', 'pipe', 'pipe', hasProbe ? 'ipc' : 'ignore'], ...cwd !== undefined && { cwd } })
  return {
    url: await untilItListens(child, url),
    cpu: () => cpuOf(child.pid as number),
    memory: () => memoryOf(child.pid as number, 'VmRSS'),
    peakMemory: () => memoryOf(child.pid as number, 'VmHWM'),
    usedMemory: async () => {
      child.send('memory')
      const [used] = await once(child, 'message')
      return used
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
  }
}

/** @throws when the process ends or takes too long; the message has its last output. */
async function untilItListens (child: ChildProcess, url: string | undefined): Promise<string> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { output = `${output}${chunk}`.slice(-10_000) })
  child.on('error', (error) => { output = error.message })
  for (const deadline = Date.now() + LONGEST_START; Date.now() < deadline; await setTimeout(url === undefined ? 2 : 50)) {
    if (child.exitCode !== null || child.pid === undefined) break
    const found = url ?? /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
    if (found !== undefined && (url === undefined || await answers(url))) return found
  }
  child.kill()
  throw new Error(`${child.spawnargs.join(' ')} did not start: ${output}`)
}

const answers = (url: string): Promise<boolean> => fetch(url).then(async (answer) => { await answer.text(); return true }, () => false)

/** User and system time: fields 14 and 15 of proc_pid_stat(5), counted from the end of the name, which may contain spaces. */
function cpuOf (pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

/** In MB: `VmRSS` now, `VmHWM` at most; NaN once the process has ended. */
export function memoryOf (pid: number, member: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] = new RegExp(`^${member}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

/** The emulator of a checkout that was built. */
export function buildIn (folder: string) {
  const bin = join(folder, BIN)
  return {
    bin,

    /** Starts it, in memory and on the demo world unless the flags say otherwise. */
    start: (...flags: readonly string[]): Promise<Server> => startServer([process.execPath, bin, 'start', '--port', '0', '--log-level', 'silent', ...flags]),

    /** The same; it can be asked for its memory. */
    startWithProbe: (...flags: readonly string[]): Promise<Server> => startServer([process.execPath, bin, 'start', '--port', '0', '--log-level', 'silent', ...flags], { hasProbe: true }),

    /** Seeds a database file. */
    seed (world: string, database: string): void {
      execFileSync(process.execPath, [bin, 'start', '--seed-only', '--world', world, '--database', database])
    }
  }
}

export type Build = ReturnType<typeof buildIn>

/** The emulator of this checkout. */
export const emulator = buildIn('.')
