import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs, { chmodSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { endWithNpm } from '../../src/cli/npm.ts'
import type { CommandProcess } from '../../src/cli/output.ts'

const skip = process.platform !== 'linux' && 'it is about the processes of Linux'

interface Watched {
  /** Does what is done each second; undefined when nothing is. */
  readonly check: (() => void) | undefined
  readonly killed: unknown[]
  readonly said: () => string
  /** Whether the checks go on. */
  readonly goesOn: () => boolean
  /** The process as `endWithNpm` sees it. */
  readonly process: Record<string, unknown>
}

/** Lets a process end with its npm; whom it kills is noted. */
function watch (t: Test, members: object): Watched {
  const { setInterval, clearInterval } = globalThis
  let check: (() => void) | undefined
  let isCleared = false
  globalThis.setInterval = ((work: () => void) => {
    check = work
    return { unref () { return this } }
  }) as unknown as typeof setInterval
  const killed: unknown[] = []
  let said = ''
  const process = {
    env: { npm_lifecycle_event: 'start', PATH: globalThis.process.env['PATH'] }, platform: 'linux', connected: false, stderr: { write: (text: string) => { said += text } }, kill: (...args: unknown[]) => killed.push(args), ...members
  }
  endWithNpm(process as unknown as CommandProcess)
  globalThis.setInterval = setInterval
  globalThis.clearInterval = (() => { isCleared = true }) as typeof clearInterval
  t.teardown(() => { globalThis.clearInterval = clearInterval })
  return { check, killed, said: () => said, goesOn: () => !isCleared, process }
}

const GONE = 'xbl-achievements: the npm that started this has ended: stopping, too\n'

/** Kills processes that are still there; a negative number is a process group. */
function kill (...pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
}

/** A process that is called as npm calls itself, and runs a line in a shell, which says some numbers of processes. */
async function beNpm (t: Test, line: string, title = 'npm start'): Promise<{ told: number[], end: () => Promise<unknown> }> {
  const script = `
    process.title = ${JSON.stringify(title)}
    child_process.spawn('sh', ['-c', ${JSON.stringify(line)}], { stdio: 'inherit' })
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const [text] = await once(child.stdout.setEncoding('utf8'), 'data')
  const told = text.trim().split(' ').map(Number)
  const ended = once(child, 'exit')
  t.teardown(() => {
    kill(-(child.pid as number), ...told)
    child.stdout.destroy()
  })
  return {
    told,
    end: () => {
      child.kill('SIGKILL')
      return ended
    }
  }
}

t.test('ends once npm is gone, whatever is between', { skip }, async (t) => {
  for (const line of ['sleep 1000 & echo $!; wait', 'sh -c \'echo $$; exec sleep 1000\'; true', 'echo $$; exec sleep 1000']) {
    const { told: [pid], end } = await beNpm(t, line)
    const { check, killed, said, goesOn } = watch(t, { pid, ppid: 1 })
    check?.()
    t.strictSame([killed, said(), goesOn()], [[], '', true])
    await end()
    check?.()
    t.strictSame([killed, said(), goesOn()], [[[pid, 'SIGTERM']], GONE, false], line)
  }
})

t.test('what is between may go', { skip }, async (t) => {
  const { told: [shell, pid], end } = await beNpm(t, 'sh -c \'sleep 1000 & echo $$ $!; wait\'; sleep 1000')
  const { check, killed } = watch(t, { pid, ppid: shell })
  kill(shell as number)
  check?.()
  t.strictSame(killed, [])
  await end()
  check?.()
  t.strictSame(killed, [[pid, 'SIGTERM']])
})

t.test('npm that has ended, and of which nobody has taken note', { skip }, async (t) => {
  // The parent becomes a program that waits for no children.
  const script = 'process.title = "npm exec x"; child_process.spawn("sleep", ["1000"], { stdio: "ignore" }).once("spawn", function () { console.log(process.pid, this.pid) }); setInterval(() => {}, 1000)'
  const parent = spawn('sh', ['-c', `"${process.execPath}" --eval '${script}' & exec sleep 1000`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [text] = await once(parent.stdout.setEncoding('utf8'), 'data')
  const [npm, pid] = text.split(' ').map(Number)
  t.teardown(() => {
    kill(npm, pid, parent.pid as number)
    parent.stdout.destroy()
  })
  const { check, killed } = watch(t, { pid, ppid: npm })
  check?.()
  t.strictSame(killed, [])
  process.kill(npm, 'SIGKILL')
  while (killed.length === 0) {
    check?.()
    await new Promise(setImmediate)
  }
  t.strictSame(killed, [[pid, 'SIGTERM']])
  t.ok(process.kill(npm, 0))
})

t.test('stays when it was not started by npm, or was detached from it', { skip }, async (t) => {
  const { told: [pid] } = await beNpm(t, 'sleep 1000 & echo $!; wait')
  t.type(watch(t, { pid, ppid: 1 }).check, 'function')
  t.equal(watch(t, { pid, ppid: 1, env: {} }).check, undefined, 'without the variables of npm')
  t.equal(watch(t, { pid, ppid: 1, platform: 'win32' }).check, undefined, 'on Windows')
  t.equal(watch(t, { pid: 1, ppid: 0 }).check, undefined, 'the first process')
  t.equal(watch(t, { pid: 0x7fffffff, ppid: 1 }).check, undefined, 'no process')
  const { told: [detached] } = await beNpm(t, 'setsid sh -c \'echo $$; exec sleep 1000\'')
  t.equal(watch(t, { pid: detached, ppid: 1 }).check, undefined, 'in a session of its own')
  for (const [title, isNpm] of [['npm', true], ['npm exec (x) y', true], ['npmrc', false], ['xnpm start', false]] as const) {
    const { told: [pid], end } = await beNpm(t, 'sleep 1000 & echo $!; wait', title)
    // These tests may be run by npm, too: then it is found in the place of the other.
    const { check, killed } = watch(t, { pid, ppid: 1 })
    await end()
    check?.()
    t.strictSame(killed, isNpm ? [[pid, 'SIGTERM']] : [], title)
  }
})

/** The processes of a system, by number: name, parent, process group, session, and Z for one that has ended. */
type Processes = Readonly<Record<number, readonly [string, number, number, number, 'Z'?]>>

/** Lets /proc tell of other processes. */
function beSystem (t: Test, processes: Processes): void {
  const { readFileSync } = fs
  fs.readFileSync = ((path: string, encoding: 'utf8') => {
    const pid = /^\/proc\/(\d+)\/stat$/.exec(path)?.[1]
    if (pid === undefined) return readFileSync(path, encoding)
    const process = processes[Number(pid)]
    if (process === undefined) throw new Error(`ENOENT: ${path}`)
    const [name, parent, group, session, state = 'S'] = process
    return `${pid} (${name}) ${state} ${parent} ${group} ${session} ${'0 '.repeat(40)}`
  }) as typeof readFileSync
  syncBuiltinESMExports()
  t.teardown(() => {
    fs.readFileSync = readFileSync
    syncBuiltinESMExports()
  })
}

t.test('npm that is gone before this process looks for it', async (t) => {
  const npm = { npm_lifecycle_event: 'start', npm_config_user_agent: 'npm/11.19.1 node/v24.0.0 linux x64' }
  const init = { 1: ['systemd', 0, 1, 1] } as const
  const left: ReadonlyArray<[string, Processes]> = [
    ['in the foreground of a terminal', { ...init, 20: ['bash', 1, 20, 20], 30: ['node', 1, 25, 20] }],
    ['beneath a shell of npm', { ...init, 20: ['bash', 1, 20, 20], 29: ['sh', 1, 25, 20], 30: ['node', 29, 25, 20] }],
    ['in a script, which has npm in its own group', { ...init, 20: ['sh', 1, 20, 20], 30: ['node', 1, 20, 20] }],
    ['as long as its threads end', { ...init, 20: ['bash', 1, 20, 20], 25: ['npm start', 20, 25, 20, 'Z'], 29: ['sh', 25, 25, 20], 30: ['node', 29, 25, 20] }],
    ['beneath a reaper of a user', { ...init, 15: ['systemd', 1, 15, 15], 20: ['sh', 1, 20, 20], 30: ['node', 15, 20, 20] }]
  ]
  for (const [what, processes] of left) {
    await t.test(what, async (t) => {
      beSystem(t, processes)
      const { check, killed, said } = watch(t, { pid: 30, ppid: 1, env: npm })
      t.strictSame([check, killed, said()], [undefined, [[30, 'SIGTERM']], GONE])
    })
  }
  const stays: ReadonlyArray<[string, Processes, Record<string, string>?]> = [
    ['a session of its own', { ...init, 30: ['node', 1, 30, 30] }],
    ['beneath a shell with a session of its own', { ...init, 29: ['sh', 1, 29, 29], 30: ['node', 29, 29, 29] }],
    ['left behind by such a shell', { ...init, 30: ['node', 1, 29, 29] }],
    ['a command of a terminal that npm has opened', { ...init, 20: ['bash', 1, 20, 20], 30: ['node', 20, 28, 20] }],
    ['a parent that nothing is known of', { 30: ['node', 29, 25, 20] }],
    ['nothing is known of itself', {}],
    ['yarn', { ...init, 20: ['bash', 1, 20, 20], 30: ['node', 1, 25, 20] }, { ...npm, npm_config_user_agent: 'yarn/1.22.22 npm/? node/v24.0.0 linux x64' }],
    ['a user agent of nobody', { ...init, 20: ['bash', 1, 20, 20], 30: ['node', 1, 25, 20] }, { npm_lifecycle_event: 'start' }]
  ]
  for (const [what, processes, env = npm] of stays) {
    await t.test(what, async (t) => {
      beSystem(t, processes)
      const { check, killed, said } = watch(t, { pid: 30, ppid: 1, env })
      t.strictSame([check, killed, said()], [undefined, [], ''])
    })
  }
})

t.test('node --watch ends in the place of what it would start again', { skip }, async (t) => {
  const { told: [pid], end } = await beNpm(t, 'sleep 1000 & echo $!; wait')
  const env = { npm_lifecycle_event: 'dev', WATCH_REPORT_DEPENDENCIES: '1' }
  const direct = watch(t, { pid, ppid: 7, connected: true, env })
  const orphan = watch(t, { pid, ppid: 7, connected: true, env })
  const other = watch(t, { pid, ppid: 7, connected: true })
  const nested = watch(t, { pid, ppid: 7, env })
  await end()
  orphan.process['ppid'] = 1
  for (const { check } of [direct, orphan, other, nested]) check?.()
  t.strictSame([direct, orphan, other, nested].map(({ killed }) => killed), [[[7, 'SIGTERM']], [[pid, 'SIGTERM']], [[pid, 'SIGTERM']], [[pid, 'SIGTERM']]])
})

t.test('on a system without /proc', { skip: process.platform === 'win32' }, async (t) => {
  // Writes what ps would write: the parent, the process group and the arguments of a process.
  const ps = `#!/bin/sh
[ "$1 $2 $3 $4 $5 $6 $7" = '-o ppid= -o pgid= -o args= -p' ] || exit 2
case $8 in
  30) echo '   20    10 node bin.ts start' ;;
  20) echo '   10    10 sh -c node bin.ts start' ;;
  10) echo '    5    10 npm start' ;;
  31) echo '   10    31 node bin.ts start' ;;
  32) echo '   21    10 node bin.ts start' ;;
  21) echo '    1     1 npmrc' ;;
  1) echo '    0     1 /sbin/launchd' ;;
  *) exit 1 ;;
esac
`
  const folder = t.testdir({ ps })
  chmodSync(join(folder, 'ps'), 0o755)
  const env = { npm_lifecycle_event: 'start', npm_config_user_agent: 'npm/11.19.1', PATH: folder }
  const failure = (code: string) => () => { throw Object.assign(new Error(code), { code }) }

  const { check, killed, process } = watch(t, { pid: 30, ppid: 20, platform: 'darwin', env })
  check?.()
  t.strictSame(killed, [[10, 0]])
  for (const [kill, isGone] of [[() => true, false], [failure('EPERM'), false], [failure('ESRCH'), true]] as const) {
    const ended: unknown[] = []
    process['kill'] = (pid: number, signal: unknown) => signal === 0 ? kill() : ended.push([pid, signal])
    check?.()
    t.strictSame(ended, isGone ? [[30, 'SIGTERM']] : [])
  }
  for (const pid of [31, 32, 33]) t.equal(watch(t, { pid, ppid: 1, platform: 'darwin', env }).check, undefined, String(pid))
  t.equal(watch(t, { pid: 30, ppid: 20, platform: 'darwin', env: { ...env, PATH: join(folder, 'none') } }).check, undefined, 'without ps')
})
