import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { browserTest } from './browser.ts'
import { findChromium, usualPlaces } from './find-chromium.ts'

t.test('Chromium is found where the variable says, or in the usual places', async (t) => {
  const folder = t.testdir({ 'google-chrome': '', chromium: '' })
  const chrome = join(folder, 'google-chrome')
  chmodSync(chrome, 0o755)
  t.equal(findChromium({ PATH: folder }, 'linux'), process.platform === 'win32' ? join(folder, 'chromium') : chrome)
  t.equal(findChromium({ PATH: '', CHROMIUM: chrome }, 'linux'), chrome)
  t.throws(() => findChromium({ PATH: folder, CHROMIUM: join(folder, 'none') }, 'linux'), { message: `CHROMIUM is ${JSON.stringify(join(folder, 'none'))}, which is no file that can be run.` })
  t.ok(usualPlaces({}, 'darwin').includes(join('/Applications', 'Google Chrome.app', 'Contents', 'MacOS', 'Google Chrome')))
  t.ok(usualPlaces({ PROGRAMFILES: 'C:\\Program Files' }, 'win32').includes(join('C:\\Program Files', 'Microsoft', 'Edge', 'Application', 'msedge.exe')))
})

/** Starts Chromium, says which processes that are, and ends as it is told to. */
const PROGRAM = `
import { useChromium } from ${JSON.stringify(import.meta.resolve('./chromium.ts'))}
const { browser, release } = await useChromium()
const session = await browser.newBrowserCDPSession()
await (await browser.newContext()).newPage()
const { processInfo } = await session.send('SystemInfo.getProcessInfo')
console.log(JSON.stringify(processInfo.map(({ id }) => id)))
process.stdin.once('data', (text) => {
  if (String(text) === 'throw') throw new Error('on purpose')
  if (String(text) === 'exit') process.exit(0)
  if (String(text) === 'release') {
    process.stdin.destroy()
    release()
  }
})
`

browserTest('no Chromium outlives its process, however that ends', async (t) => {
  const ends: ReadonlyArray<readonly [how: string, code: number | null]> = [['throw', 1], ['exit', 0], ['release', 0], ['kill', null]]
  await Promise.all(ends.map(async ([how, expected]) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], { stdio: ['pipe', 'pipe', 'ignore'] })
    const [line] = await once(createInterface(child.stdout), 'line')
    const processes: number[] = JSON.parse(line)
    // One of its helpers may have ended by itself meanwhile.
    t.ok(processes.filter(isRunning).length > 1, `${how}: it runs`)
    if (how === 'kill') child.kill('SIGKILL')
    else child.stdin.write(how)
    const [code] = await once(child, 'exit')
    t.equal(code, process.platform === 'win32' && how === 'kill' ? 1 : expected, `${how}: the process ends`)
    // An end that is long in coming is for the timeout of the test.
    while (processes.some(isRunning)) await setTimeout(20)
    t.pass(`${how}: Chromium ends`)
  }))
})

/** Whether there is such a process that has not ended. */
function isRunning (id: number): boolean {
  try {
    process.kill(id, 0)
    // One that nobody waits for, in a container without an init.
    return process.platform !== 'linux' || !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
  } catch {
    return false
  }
}
