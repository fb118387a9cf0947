import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** A server that runs in a process of its own. */
export interface Server {
  readonly url: string
  /** Processor time that the process has used, in microseconds. */
  readonly cpu: () => number
  /** Memory that the process holds now, in MB. */
  readonly memory: () => number
  /** The most memory that it has held, in MB. */
  readonly peakMemory: () => number
  readonly stop: () => Promise<void>
}

/** Linux counts processor time in hundredths of a second. */
const TICK = 10_000
const LONGEST_START = 180_000

/**
 * Starts a server and waits until it has said where it listens.
 *
 * @param url finds the address in what it has printed so far.
 */
export async function startServer (command: readonly string[], {
  url = (output) => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0], cwd, env = {}
}: { url?: (output: string) => string | undefined, cwd?: string, env?: Record<string, string> } = {}): Promise<Server> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, ...cwd !== undefined && { cwd } })
  return {
    url: await untilItListens(child, url),
    cpu: () => cpuOf(child.pid as number),
    memory: () => memoryOf(child.pid as number, 'VmRSS'),
    peakMemory: () => memoryOf(child.pid as number, 'VmHWM'),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
  }
}

function untilItListens (child: ChildProcess, find: (output: string) => string | undefined): Promise<string> {
  let output = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { child.kill(); reject(new Error(`${child.spawnargs.join(' ')} did not start:\n${output}`)) }, LONGEST_START)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output = `${output}${chunk}`.slice(-10_000)
        const url = find(output)
        if (url === undefined) return
        clearTimeout(timer)
        resolve(url)
      })
    }
    child.on('exit', (code) => { clearTimeout(timer); reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}:\n${output}`)) })
  })
}

/** User and system time: fields 14 and 15 of proc_pid_stat(5), counted behind the name, which may hold anything. */
function cpuOf (pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

function memoryOf (pid: number, member: string): number {
  const [, kilobytes] = new RegExp(`^${member}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
