import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { LEFT_OUT, useChromium } from '../test/console/chromium.ts'
import { awaitGreeting, walkAsNewcomer } from '../test/console/newcomer.ts'

/**
 * Installs the package that was built into dist/ as somebody else would, runs the job of CI that README.md
 * shows, follows its page in a browser where there is one, and then runs all of examples/ that needs nothing but npm.
 * Usage: npm run try
 */

const ROOT = resolve(import.meta.dirname, '..')
const EXAMPLES = ['node-test', 'tap', 'vitest', 'jest', 'mocha', 'require']
/** A busy machine takes twenty times as long as this needs. */
const LONGEST = 240_000
const IS_WINDOWS = process.platform === 'win32'

const npm = process.env.npm_execpath
if (npm === undefined) throw new Error('run this by: npm run try')
const npx = join(dirname(npm), 'npx-cli.js')

/** The variables of this process without what npm tells the scripts of this project. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_(lifecycle|package|config_local_prefix|command)|INIT_CWD$)/i.test(name)))

/** A PATH with Node.js and npm: no Python, no compiler. npm.cmd and npx.cmd do not run elsewhere than beside npm itself. */
function makePath (folder: string): string {
  if (IS_WINDOWS) return [dirname(process.execPath), String(process.env.PATH)].join(delimiter)
  mkdirSync(folder)
  for (const [name, target] of [['node', process.execPath], ['npm', npm], ['npx', npx], ['sh', '/bin/sh']] as const) symlinkSync(realpathSync(String(target)), join(folder, name))
  return folder
}

/** Runs a program of Node.js to its end, and fails unless it succeeds. Says what it has printed, and whether it has left a process running. */
async function run (script: string, args: readonly string[], { cwd, PATH }: { cwd: string, PATH: string }): Promise<{ output: string, hasLeft: boolean }> {
  const child = spawn(process.execPath, [script, ...args], { cwd, env: { ...environment, PATH }, stdio: ['ignore', 'pipe', 'pipe'], detached: !IS_WINDOWS })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text })
  /** Ends the program and whatever it started; says whether there was anything. */
  const endAll = (): boolean => {
    try {
      return IS_WINDOWS ? child.kill() : process.kill(-Number(child.pid), 'SIGKILL')
    } catch {
      return false
    }
  }
  const timer = setTimeout(() => {
    endAll()
    for (const stream of [child.stdout, child.stderr]) stream.destroy()
  }, LONGEST)
  const closed = once(child, 'close')
  const [code] = await once(child, 'exit')
  const hasLeft = endAll()
  // The last that it has printed may not have been read yet.
  await closed
  clearTimeout(timer)
  if (code !== 0) throw new Error(`${basename(script)} ${args.join(' ')} in ${basename(cwd)} ended with ${String(code)}:\n${output}`)
  return { output, hasLeft }
}

/** Waits for everything, also when something fails: nothing may still run when the folder is removed. */
async function all (works: ReadonlyArray<Promise<void>>): Promise<void> {
  await Promise.allSettled(works)
  await Promise.all(works)
}

const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline']

/** The first test of README.md and, around it, what it shows for CI: in an empty project. */
async function tryJob (cwd: string, tarball: string, PATH: string): Promise<void> {
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, scripts: { test: 'node --test' } }))
  const [, first = ''] = /```js\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? []
  writeFileSync(join(cwd, 'first.test.mjs'), first)
  writeFileSync(join(cwd, 'job.test.cjs'), `
    const assert = require('node:assert/strict')
    const { writeFileSync } = require('node:fs')
    const { test } = require('node:test')
    test('is answered', async () => {
      const { XBL_EMULATOR_URL: url } = process.env
      writeFileSync('url', url)
      const { status } = await fetch(url + '/users/xuid(2533274790412952)/achievements', { headers: { authorization: 'XBL3.0 x=demo;gamer' } })
      assert.equal(status, 200)
    })`)
  const there = { cwd, PATH }
  await run(String(npm), ['install', '-D', tarball, ...QUIETLY], there)
  await run(String(npm), ['ci', ...QUIETLY], there)
  const installed = join(cwd, 'node_modules', 'xbl-achievements-emulator')
  const { exports, bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  for (const [file] of JSON.stringify([exports, bin]).matchAll(/(?<=":")[^"]+/g)) readFileSync(join(installed, file))
  const { output, hasLeft } = await run(npx, ['xbl-achievements', 'exec', '--', 'npm', 'test'], there)
  if (!/^. pass 2$/m.test(output)) throw new Error(`expected two tests, found:\n${output}`)
  if (hasLeft) throw new Error(`a process is left running:\n${output}`)
  const url = readFileSync(join(cwd, 'url'), 'utf8')
  if (await fetch(url).then(() => true, () => false)) throw new Error(`${url} still answers`)
}

/** The page of what is installed, from the first line that `start` prints: it has to be in the package. Says how long a person would wait. */
async function tryPage (cwd: string, PATH: string): Promise<void> {
  if (LEFT_OUT !== false) return
  const began = performance.now()
  const { greeting, end } = await awaitGreeting(process.execPath, [npx, 'xbl-achievements', 'start', '--port', '0', '--log-level', 'silent'], { cwd, env: { ...environment, PATH } })
  const listened = performance.now()
  const { browser, release } = await useChromium()
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    context.setDefaultTimeout(LONGEST)
    const opened = performance.now()
    const { achievement } = await walkAsNewcomer(context, greeting)
    if (!JSON.stringify(achievement).includes('"progressState":"Achieved"')) throw new Error(`expected an unlocked achievement, found ${JSON.stringify(achievement)}`)
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
    console.log(`the page succeeds: ${seconds(listened - began)} to start, ${seconds(performance.now() - opened)} to an unlock that a client sees`)
    await context.close()
  } finally {
    release()
    await end()
  }
}

/** Installs the runners of the examples as their lock file says. */
async function installRunners (folder: string, PATH: string): Promise<void> {
  cpSync(join(ROOT, 'examples'), folder, { recursive: true })
  cpSync(join(import.meta.dirname, 'runners'), folder, { recursive: true })
  await run(String(npm), ['ci', '--ignore-scripts', ...QUIETLY], { cwd: folder, PATH })
  // tap is large, and here already.
  link(join(ROOT, 'node_modules', 'tap'), folder)
}

/** Puts a package that is installed elsewhere into a folder; what it needs is found where it is. */
const link = (installed: string, folder: string): void => symlinkSync(installed, join(folder, 'node_modules', basename(installed)), 'junction')

/** Runs the tests of each example, some at a time. */
async function tryExamples (folder: string, PATH: string): Promise<void> {
  const paths = [PATH, join(ROOT, 'node_modules', '.bin')].join(delimiter)
  const left = EXAMPLES.values()
  await all(Array.from({ length: availableParallelism() }, async () => {
    for (const name of left) {
      await run(String(npm), ['test'], { cwd: join(folder, name), PATH: paths })
      console.log(`examples/${name} succeeds`)
    }
  }))
}

const folder = mkdtempSync(join(tmpdir(), 'xbl-achievements-'))
try {
  const PATH = makePath(join(folder, 'path'))
  await run(npm, ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, PATH })
  const tarball = join(folder, String(readdirSync(folder).find((name) => name.endsWith('.tgz'))))
  const [job, examples] = [join(folder, 'job'), join(folder, 'examples')]
  await all([tryJob(job, tarball, PATH), installRunners(examples, PATH)])
  console.log('the job of README.md succeeds')
  await tryPage(job, PATH)
  link(join(job, 'node_modules', 'xbl-achievements-emulator'), examples)
  await tryExamples(examples, PATH)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
