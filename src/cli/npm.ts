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
  /** Its session, where the system tells it. */
  readonly session: number | undefined
  readonly name: string
  /** When it was started, in a unit of the system's own; a process that gets the same number later differs in it. */
  readonly started: string | undefined
  /** Whether it has ended, and its parent, or a thread of its own, has not taken note. */
  readonly hasEnded: boolean
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
  const restarter = findRestarter(process)
  const end = (): void => {
    printError(process, ['xbl-achievements: the npm that started this has ended: stopping, too'])
    // A process that is gone has given its children to another one, which must not be ended.
    process.kill(process.ppid === restarter ? restarter : process.pid, 'SIGTERM')
  }
  const npm = findNpm(process)
  if (npm === undefined ? isLeftBehind(process) : npm.hasEnded) return end()
  if (npm === undefined) return
  const timer = setInterval(() => {
    if (isAlive(process, npm)) return
    clearInterval(timer)
    end()
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
 * Whether npm has started this process and was gone already when it looked: its group has no leader among its
 * ancestors, and who took the place of npm as the parent is of another session. A process that was detached
 * leads a group, or has an ancestor that does; one that a detached shell has left behind belongs to a session
 * whose leader is gone. Without sessions to compare, nothing is known.
 */
function isLeftBehind (process: CommandProcess): boolean {
  // pnpm and yarn set the variables of npm, too, and are found by no name.
  if (!process.env['npm_config_user_agent']?.startsWith('npm/')) return false
  const self = lookUp(process, process.pid)
  if (self?.session === undefined) return false
  let [topmost, entry] = [process.pid, self]
  for (;;) {
    const parent = lookUp(process, entry.parent)
    if (topmost === self.group || parent === undefined) return false
    if (parent.session !== self.session) break
    // A shell in a terminal, which puts each command into a group of its own.
    if (parent.group !== self.group) return false
    ;[topmost, entry] = [entry.parent, parent]
  }
  return self.group !== self.session || lookUp(process, self.session) !== undefined
}

/**
 * The parent, if it is `node --watch`, which would start the server again at the next change of a source. It
 * is told to end in the place of this process, and ends this process itself.
 */
function findRestarter ({ env, connected, ppid }: CommandProcess): number | undefined {
  return connected === true && env['WATCH_REPORT_DEPENDENCIES'] !== undefined ? ppid : undefined
}

function isAlive (process: CommandProcess, { pid, started }: { pid: number, started: string | undefined }): boolean {
  if (started !== undefined) {
    const entry = lookUp(process, pid)
    return entry?.started === started && !entry.hasEnded
  }
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Describes a process; undefined when there is none. */
function lookUp ({ platform, env }: CommandProcess, pid: number): ProcessEntry | undefined {
  try {
    return platform === 'linux' ? readStat(pid) : askPs(pid, env)
  } catch {
    return undefined
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readStat (pid: number): ProcessEntry {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name is in parentheses, and may contain some.
  const [start, end] = [text.indexOf('('), text.lastIndexOf(')')]
  const [state = '', parent, group, session, ...rest] = text.slice(end + 2).split(' ')
  return { parent: Number(parent), group: Number(group), session: Number(session), name: text.slice(start + 1, end), started: rest[15], hasEnded: /[ZXx]/.test(state) }
}

/** Asks the `ps` that POSIX describes, for a system without /proc. */
function askPs (pid: number, env: NodeJS.ProcessEnv): ProcessEntry {
  const text = execFileSync('ps', ['-o', 'ppid=', '-o', 'pgid=', '-o', 'args=', '-p', String(pid)], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [parent, group, ...words] = text.trim().split(/\s+/)
  return { parent: Number(parent), group: Number(group), session: undefined, name: words.join(' '), started: undefined, hasEnded: false }
}
