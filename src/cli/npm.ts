import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { printError, type CommandProcess } from './output.ts'

/** How often it is checked whether npm is still there, in ms. */
const NPM_CHECK_INTERVAL = 1000

/** npm, npx and npm exec name their process after what they were called with: `npm start`, `npm exec xbl-achievements start`. */
const NPM = /^npm( |$)/

/** A process as the system describes it. */
interface ProcessEntry {
  readonly parent: number
  /** Its process group. */
  readonly group: number
  readonly name: string
  /** When it was started, in a unit of the system's own; a process that gets the same number later differs in it. */
  readonly started: string | undefined
}

/**
 * Lets this process end, as SIGTERM ends it, once the npm that started it is gone. npm starts a script in a
 * shell. It passes SIGTERM and SIGINT on to that shell alone, and nothing when it is killed or its terminal
 * is closed, so that a server would be left behind. (docs/decisions/0037-ending-with-npm.md)
 *
 * A process that was put into a process group of its own is meant to stay. Does nothing on Windows.
 */
export function endWithNpm (process: CommandProcess): void {
  if (process.platform === 'win32' || process.env['npm_lifecycle_event'] === undefined) return
  const npm = findNpm(process)
  if (npm === undefined) return
  const restarter = findRestarter(process)
  const timer = setInterval(() => {
    if (isAlive(process, npm)) return
    clearInterval(timer)
    printError(process, ['xbl-achievements: the npm that started this has ended: stopping, too'])
    // A process that is gone has given its children to another one, which must not be ended.
    process.kill(process.ppid === restarter ? restarter : process.pid, 'SIGTERM')
  }, NPM_CHECK_INTERVAL).unref()
}

/** The nearest npm among the ancestors of this process; undefined when there is none, or when this process was detached from it. */
function findNpm (process: CommandProcess): ProcessEntry & { pid: number } | undefined {
  const self = lookUp(process, process.pid)
  for (let child = self; child !== undefined && child.parent > 0;) {
    const pid = child.parent
    const entry = lookUp(process, pid)
    if (entry !== undefined && NPM.test(entry.name)) return entry.group === self?.group ? { ...entry, pid } : undefined
    child = entry
  }
  return undefined
}

/**
 * The parent, if it is `node --watch`, which would start the server again at the next change of a source. It
 * is told to end in the place of this process, and ends this process itself.
 */
function findRestarter ({ env, connected, ppid }: CommandProcess): number | undefined {
  return connected === true && env['WATCH_REPORT_DEPENDENCIES'] !== undefined ? ppid : undefined
}

function isAlive (process: CommandProcess, { pid, started }: { pid: number, started: string | undefined }): boolean {
  if (started !== undefined) return lookUp(process, pid)?.started === started
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Describes a process; undefined when there is none, or when it has ended and its parent has not taken note. */
function lookUp ({ platform, env }: CommandProcess, pid: number): ProcessEntry | undefined {
  try {
    return platform === 'linux' ? readStat(pid) : askPs(pid, env)
  } catch {
    return undefined
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readStat (pid: number): ProcessEntry | undefined {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name is in parentheses, and may contain some.
  const [start, end] = [text.indexOf('('), text.lastIndexOf(')')]
  const [state = '', parent, group, ...rest] = text.slice(end + 2).split(' ')
  if (/[ZXx]/.test(state)) return undefined
  return { parent: Number(parent), group: Number(group), name: text.slice(start + 1, end), started: rest[16] }
}

/** Asks the `ps` that POSIX describes, for a system without /proc. */
function askPs (pid: number, env: NodeJS.ProcessEnv): ProcessEntry {
  const text = execFileSync('ps', ['-o', 'ppid=', '-o', 'pgid=', '-o', 'args=', '-p', String(pid)], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [parent, group, ...words] = text.trim().split(/\s+/)
  return { parent: Number(parent), group: Number(group), name: words.join(' '), started: undefined }
}
