import { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import tty from 'node:tty'
import t, { type Test } from 'tap'
import { runChild } from '../../src/cli/child.ts'
import type { CommandProcess } from '../../src/cli/output.ts'
import { build } from '../helper.ts'
import { watchBin } from '../run-bin.ts'

const NODE = process.execPath

/** Runs a command that ends with 5, and sends a signal to its parent as soon as it runs. @returns the exit code. */
async function signal (t: Test, name: NodeJS.Signals, platform: NodeJS.Platform = process.platform): Promise<number> {
  return await run(t, { platform, then: (parent) => parent.emit(name) })
}

/** The same, but signals may have come before. */
async function run (t: Test, { platform = process.platform, received = [], then = () => {} }: { platform?: NodeJS.Platform, received?: readonly NodeJS.Signals[], then?: (parent: EventEmitter) => void }): Promise<number> {
  const { emulator: { services } } = build(t)
  const served = { services, world: { source: 'test', remark: '' }, url: 'http://127.0.0.1:1', https: undefined }
  const parent = Object.assign(new EventEmitter(), { env: {}, platform }) as unknown as CommandProcess & EventEmitter
  const never = new Promise<never>(() => {})
  const ended = runChild({ command: NODE, args: ['--eval', 'process.exit(5)'], process: parent }, { served, signals: { first: never, received, second: never }, broken: never })
  then(parent)
  return await ended
}

/** Says that the outputs of this process are a terminal, or are none. */
function beTerminal (t: Test, isTerminal: boolean): void {
  const { isatty } = tty
  t.teardown(() => {
    tty.isatty = isatty
    syncBuiltinESMExports()
  })
  tty.isatty = () => isTerminal
  syncBuiltinESMExports()
}

t.test('signals are passed on', { skip: process.platform === 'win32' }, async (t) => {
  beTerminal(t, false)
  for (const [name, code] of [['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const) t.equal(await signal(t, name), code, name)
})

t.test('signals that come before the command are passed on', { skip: process.platform === 'win32' }, async (t) => {
  for (const isTerminal of [false, true]) {
    await t.test(`terminal: ${isTerminal}`, async (t) => {
      beTerminal(t, isTerminal)
      for (const [name, code] of [['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const) t.equal(await run(t, { received: [name] }), code, name)
    })
  }
})

t.test('Ctrl-C in a terminal reaches the command without', { skip: process.platform === 'win32' }, async (t) => {
  beTerminal(t, true)
  for (const [name, code] of [['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 5]] as const) t.equal(await signal(t, name), code, name)
})

t.test('on Windows, no signal ends the command in the middle', async (t) => {
  for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) t.equal(await signal(t, name, 'win32'), 5, name)
})

t.test('a command of another user is waited for', async (t) => {
  const { kill } = ChildProcess.prototype
  t.teardown(() => { ChildProcess.prototype.kill = kill })
  ChildProcess.prototype.kill = function () {
    return this.emit('error', Object.assign(new Error('kill EPERM'), { syscall: 'kill' }))
  }
  t.equal(await signal(t, 'SIGTERM'), 5)
})

t.test('the command decides what a signal means', { skip: process.platform === 'win32' }, async (t) => {
  const script = `
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => { console.error(signal); if (signal === 'SIGINT') process.exit(9) })
    setInterval(() => {}, 1000)
    console.error('begun')`
  const { said, signal, ended } = watchBin(t, ['exec', '--', NODE, '--eval', script])
  await said('begun')
  for (const name of ['SIGHUP', 'SIGTERM', 'SIGINT'] as const) {
    signal(name)
    await said(name)
  }
  t.strictSame(await ended, { code: 9, stdout: '', stderr: 'begun\nSIGHUP\nSIGTERM\nSIGINT\n' })
})

t.test('a server that fails ends the command, too', { skip: process.platform === 'win32' }, async (t) => {
  const preload = `
    import { Server } from 'node:net'
    const { listen } = Server.prototype
    Server.prototype.listen = function (...args) {
      process.on('SIGUSR2', () => this.emit('error', Object.assign(new Error('accept ENOMEM'), { syscall: 'accept' })))
      return Reflect.apply(listen, this, args)
    }`
  const script = `
    process.on('SIGTERM', () => { console.error('told to stop'); process.exit(0) })
    setInterval(() => {}, 1000)
    console.error('begun')`
  const { said, signal, ended } = watchBin(t, ['exec', '--log-level', 'silent', '--', NODE, '--eval', script], { preload })
  await said('begun')
  signal('SIGUSR2')
  t.strictSame(await ended, { code: 1, stdout: '', stderr: 'begun\ntold to stop\nxbl-achievements: no more connections can be accepted: accept ENOMEM\n' })
})
