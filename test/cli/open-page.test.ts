import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openPage } from '../../src/cli/open-page.ts'
import { createProcess } from '../command-process.ts'
import { startCommand } from '../run-bin.ts'

const URL = "http://127.0.0.1:5280/?a=1&b='$(id)'"

/** A machine whose programs for opening an address write it to a file, or end with a code. */
function machine (t: Test, { platform, env = {}, code = 0 }: { platform: NodeJS.Platform, env?: Record<string, string>, code?: number }) {
  const folder = t.testdir()
  const opened = join(folder, 'opened')
  for (const name of ['xdg-open', 'open', 'rundll32']) {
    writeFileSync(join(folder, name), `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(opened)}, JSON.stringify(process.argv.slice(2)))\nprocess.exit(${code})\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const { process: fake, output, stderr } = createProcess([], { PATH: folder, ...env })
  // The command has a server that keeps it running.
  const running = setInterval(() => {}, 1000)
  t.teardown(() => { clearInterval(running) })
  return { process: Object.assign(fake, { platform }), output, said: () => new Promise((resolve) => { stderr.once('data', resolve) }), opened }
}

/** Waits until a program has written a file. */
async function readWhenThere (file: string): Promise<unknown> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(5)
  return JSON.parse(readFileSync(file, 'utf8'))
}

t.test('each system has a program that takes the address as it is', { skip: process.platform === 'win32' }, async (t) => {
  for (const [platform, env, before] of [['linux', { DISPLAY: ':0' }, []], ['freebsd', { WAYLAND_DISPLAY: 'wayland-0' }, []], ['linux', { BROWSER: 'firefox' }, []], ['darwin', {}, []], ['win32', {}, ['url.dll,FileProtocolHandler']]] as const) {
    const { process: fake, output, opened } = machine(t, { platform, env })
    openPage(URL, fake)
    t.strictSame(await readWhenThere(opened), [...before, URL], platform)
    t.equal(output.stderr, '')
  }
})

t.test('a machine without a display, without the program, or whose program fails, says so in a line', { skip: process.platform === 'win32' }, async (t) => {
  const headless = machine(t, { platform: 'linux', env: { DISPLAY: '' } })
  openPage(URL, headless.process)
  t.equal(headless.output.stderr, `xbl-achievements: --open: this machine has no display; open ${URL} yourself\n`)
  const bare = machine(t, { platform: 'linux', env: { DISPLAY: ':0', PATH: '/nonexistent' } })
  const said = bare.said()
  openPage(URL, bare.process)
  await said
  t.equal(bare.output.stderr, `xbl-achievements: --open: xdg-open is not installed; open ${URL} yourself\n`)
  const failing = machine(t, { platform: 'darwin', code: 3 })
  const saidToo = failing.said()
  openPage(URL, failing.process)
  await saidToo
  t.equal(failing.output.stderr, `xbl-achievements: --open: open ended with 3; open ${URL} yourself\n`)
})

t.test('a program that may not be run is told as the system tells it', { skip: process.platform === 'win32' }, async (t) => {
  const locked = machine(t, { platform: 'linux', env: { DISPLAY: ':0' } })
  writeFileSync(join(t.testdirName, 'xdg-open'), 'no program')
  chmodSync(join(t.testdirName, 'xdg-open'), 0o644)
  const said = locked.said()
  openPage(URL, locked.process)
  await said
  t.match(locked.output.stderr, /^xbl-achievements: --open: .*EACCES.*; open http.* yourself\n$/)
})

t.test('start --open', async (t) => {
  const headless = await startCommand(t, ['--open'], { env: { DISPLAY: '', WAYLAND_DISPLAY: '', BROWSER: '' } })
  const { code, stderr } = await headless.stop()
  t.equal(code, 0)
  if (process.platform !== 'win32' && process.platform !== 'darwin') t.equal(stderr, `xbl-achievements: --open: this machine has no display; open ${headless.url}/ yourself\n`)
  const closed = await startCommand(t, ['--open', '--no-control'])
  t.strictSame((await closed.stop()).stderr, 'xbl-achievements: --open: --no-control leaves out the page\n')
  t.notMatch(closed.greeting, 'in a browser')
})
