import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { BIN } from '../command-process.ts'
import { isOpen } from '../raw-http.ts'

// What the real npm leaves behind, and what it does not. test/cli/npm-processes.test.ts has the rest.

const ROOT = join(import.meta.dirname, '../..')
const READY = ['--port', '0', '--log-level', 'silent', '--ready', 'json']
const skip = process.platform === 'win32' && 'npm passes no signals on there'

const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_.*|XBL_.*|PORT|HOST|INIT_CWD)$/i.test(name))),
  // The node that these tests run on, for npm and for what it starts.
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  npm_config_loglevel: 'silent',
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false'
}

interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly pid: number
  readonly output: { stdout: string, stderr: string }
  /** Resolves once every process that has the outputs has ended: the one that was started, shells, the server. */
  readonly allEnded: Promise<unknown>
}

/** Runs a command that starts an emulator, until that listens; what is left of it is killed after the test. */
async function start (t: Test, [command = '', ...args]: readonly string[], options: { cwd?: string, env?: Record<string, string> } = {}): Promise<Started> {
  const child = spawn(command, args, { cwd: options.cwd ?? ROOT, env: { ...ENVIRONMENT, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => { output.stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text) => { output.stderr += text })
  const allEnded = once(child, 'close')
  let line: string | undefined
  while ((line = /^\{.*\}$/m.exec(output.stdout)?.[0]) === undefined) {
    const ended = await Promise.race([once(child.stdout, 'data').then(() => false), allEnded.then(() => true)])
    if (ended) throw new Error(`ended before it listened: ${output.stdout}${output.stderr}`)
  }
  const { url, pid } = JSON.parse(line)
  t.teardown(() => spawnSync('kill', ['-KILL', String(pid)]))
  return { child, url, pid, output, allEnded }
}

/** A folder in which the command is installed. */
function installed (t: Test): string {
  const folder = t.testdir({
    'package.json': '{"private":true}', node_modules: { '.bin': { 'xbl-achievements': `#!/usr/bin/env node\nimport(${JSON.stringify(BIN)})\n` } }
  })
  chmodSync(join(folder, 'node_modules/.bin/xbl-achievements'), 0o755)
  return folder
}

/** Some shells stay between npm and the command, some do not. */
const SHELLS = { sh: '/bin/sh', bash: '/bin/bash' }

/** npm passes SIGTERM on to the shell. It dies of the others, and passes on nothing. Each pair of a shell and a signal comes once at least. */
const LAUNCHES = [
  ['npm start', ['npm', 'start', '--', ...READY], false, [['sh', 'SIGTERM'], ['bash', 'SIGKILL']]],
  ['npm run dev', ['npm', 'run', 'dev', '--', ...READY], false, [['bash', 'SIGTERM'], ['sh', 'SIGKILL']]],
  ['npx', ['npx', 'xbl-achievements', 'start', ...READY], true, [['bash', 'SIGHUP']]],
  ['npm exec', ['npm', 'exec', '--', 'xbl-achievements', 'start', ...READY], true, [['sh', 'SIGHUP']]],
  ['npx, a command that exec runs', ['npx', 'xbl-achievements', 'exec', '--', process.execPath, BIN, 'start', ...READY], true, [['sh', 'SIGTERM'], ['bash', 'SIGKILL']]]
] as const

t.test('nothing is left behind', { skip }, async (t) => {
  const folder = installed(t)
  await Promise.all(LAUNCHES.flatMap(([what, command, isInstalled, ends]) => {
    const cwd = isInstalled ? folder : ROOT
    return ends.filter(([shell]) => existsSync(SHELLS[shell])).map(async ([shell, signal]) => {
      const { child, url, allEnded } = await start(t, command, { cwd, env: { npm_config_script_shell: SHELLS[shell] } })
      child.kill(signal)
      await allEnded
      t.equal(await isOpen(url), false, `${what}, ${shell}, ${signal}`)
    })
  }))
})

/** Makes the checks quick, and says when one is done. */
const TELL_CHECKS = `
  const { setInterval } = globalThis
  globalThis.setInterval = (work, ms, ...rest) => setInterval(ms !== 1000 ? work : () => {
    work()
    process.stderr.write('checked\\n')
  }, ms === 1000 ? 10 : ms, ...rest)`

t.test('a server in the background stays as long as its npm', { skip }, async (t) => {
  await Promise.all(['npm start -- "$@" & echo $!', 'nohup npm start -- "$@" & echo $!'].map(async (line) => {
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL_CHECKS)}` }
    const { child, url, output, allEnded } = await start(t, ['sh', '-c', line, 'sh', ...READY], { env })
    if (child.exitCode === null) await once(child, 'exit')
    const before = output.stderr.length
    while ((output.stderr.slice(before).match(/checked/g) ?? []).length < 3) await once(child.stderr as NodeJS.ReadableStream, 'data')
    t.equal((await fetch(`${url}/_emulator/health`)).status, 200, 'the shell is gone, and the server is not')
    process.kill(Number(/^\d+$/m.exec(output.stdout)?.[0]), 'SIGKILL')
    await allEnded
    t.match(output.stderr, 'xbl-achievements: the npm that started this has ended: stopping, too\n')
  }))
})

/** Ends npm before the emulator looks for it. */
const END_NPM = `
  import { readFileSync } from 'node:fs'
  const read = (pid) => {
    try {
      return /^\\d+ \\((.*)\\) (\\S) (\\d+) /.exec(readFileSync('/proc/' + pid + '/stat', 'utf8')).slice(1)
    } catch {
      return ['', 'X', '0']
    }
  }
  if (process.argv[2] === 'start' && process.argv[1].includes('bin.')) {
    let pid = process.ppid
    while (!read(pid)[0].startsWith('npm')) pid = read(pid)[2]
    process.kill(pid, 'SIGKILL')
    while (!/[XZ]/.test(read(pid)[1])) ;
  }`

t.test('npm that ends before the server looks for it', { skip: process.platform !== 'linux' && 'it is about the processes of Linux' }, async (t) => {
  for (const shell of Object.values(SHELLS).filter(existsSync)) {
    // The shell that has started npm stays, and leads the session.
    const line = 'npm start -- "$@"; exec sleep 1000 > /dev/null 2>&1'
    const env = { ...ENVIRONMENT, npm_config_script_shell: shell, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(END_NPM)}` }
    const child = spawn('sh', ['-c', line, 'sh', ...READY], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    t.teardown(() => process.kill(-(child.pid as number), 'SIGKILL'))
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => { output.stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text) => { output.stderr += text })
    await Promise.all([once(child.stdout, 'end'), once(child.stderr, 'end')])
    t.match(output.stderr, 'xbl-achievements: the npm that started this has ended: stopping, too\n', shell)
  }
})
