import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { CommandProcess } from '../src/cli/output.ts'
import type { ProcessOptions } from './run-bin.ts'

export const BIN = join(import.meta.dirname, '../src/bin.ts')

/**
 * What tap tells the processes that a test starts: whether to measure their coverage. Each start takes twice as long with it,
 * and what they run is run by tests in this process, too, unless they are given a preload or a working directory.
 */
const COVERAGE = '_TAPJS_PROCESSINFO_COVERAGE_'
/** V8 has no block coverage of code that comes out of Node's compile cache. */
const COVERED = { [COVERAGE]: process.env[COVERAGE] ?? '0', NODE_DISABLE_COMPILE_CACHE: '1' }
process.env[COVERAGE] = '0'

/** An object that the command uses as its process. */
export function createProcess (args: readonly string[], env: Readonly<Record<string, string>>) {
  const output = { stdout: '', stderr: '' }
  const collect = (name: 'stdout' | 'stderr'): Writable => new Writable({
    write (text, _encoding, done) {
      output[name] += text
      this.emit('data')
      done()
    }
  })
  const [stdout, stderr] = [collect('stdout'), collect('stderr')]
  const events = new EventEmitter()
  const { pid, ppid, platform } = process
  const signal = (name: NodeJS.Signals): void => { events.emit(name) }
  const members = { argv: [process.execPath, BIN, ...args], env, stdout, stderr, exit: () => {}, pid, ppid, platform, connected: false, kill: (_pid: number, name: NodeJS.Signals) => signal(name) }
  return { process: Object.assign(events, members) as unknown as CommandProcess, signal, output, stdout, stderr }
}

/** Runs the command as a process of its own. */
export function launch (args: readonly string[], { env = {}, cwd, preload }: ProcessOptions) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PORT|HOST|XBL_.*)$/.test(name))
  const imports = preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`]
  const isCovered = preload !== undefined || cwd !== undefined
  const child = spawn(process.execPath, [...imports, BIN, ...args], {
    cwd, env: { ...Object.fromEntries(inherited), ...isCovered && COVERED, ...env }, stdio: ['ignore', 'pipe', 'pipe']
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => { output.stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text) => { output.stderr += text })
  const ended = once(child, 'close').then(([code]): number | null => code)
  return { child, output, ended }
}
