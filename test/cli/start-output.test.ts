import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import t, { type Test } from 'tap'
import { BIN } from '../command-process.ts'
import { startCommand } from '../run-bin.ts'

/** Sends the port on which the server listens as a message to the parent process. */
const TELL_PORT = `
  import net from 'node:net'
  const { emit } = net.Server.prototype
  net.Server.prototype.emit = function (event, ...rest) {
    if (event === 'listening') process.send(this.address().port)
    return emit.call(this, event, ...rest)
  }`

type Output = 'pipe' | number

/** Starts a server whose standard output and standard error go to the given places. */
async function start (t: Test, stdout: Output, stderr: Output) {
  const preload = `data:text/javascript,${encodeURIComponent(TELL_PORT)}`
  const child = spawn(process.execPath, ['--import', preload, BIN, 'start', '--port', '0', '--host', '0.0.0.0'], { stdio: ['ignore', stdout, stderr, 'ipc'] })
  t.teardown(() => child.kill('SIGKILL'))
  const ended = once(child, 'close')
  const [port] = await Promise.race([once(child, 'message'), ended])
  return {
    child,
    ask: async (query = ''): Promise<number> => {
      const response = await fetch(`http://127.0.0.1:${port}/_emulator/health${query}`)
      await response.text()
      return response.status
    },
    stop: async (): Promise<unknown> => {
      child.kill('SIGTERM')
      const [code] = await ended
      return code
    }
  }
}

t.test('log lines go to standard error', async (t) => {
  const { greeting, url, stop } = await startCommand(t, ['--log-level', 'info'])
  t.equal((await fetch(`${url}/users/xuid(1)/achievements`)).status, 401)
  const { code, stdout, stderr } = await stop()
  t.strictSame({ code, stdout }, { code: 0, stdout: greeting })
  const [listening, asked, ...rest] = stderr.split('\n')
  t.strictSame(rest, [''])
  t.match(JSON.parse(listening as string), { level: 30, msg: `Server listening at ${url}` })
  t.match(JSON.parse(asked as string), { level: 30, method: 'GET', path: '/users/xuid(1)/achievements', status: 401 })
})

t.test('a disk that is full', { skip: !existsSync('/dev/full') }, async (t) => {
  const full = openSync('/dev/full', 'w')
  t.teardown(() => closeSync(full))
  const { ask, stop } = await start(t, full, full)
  for (let count = 0; count < 5; count++) t.equal(await ask(), 200)
  t.equal(await stop(), 0)
})

t.test('pipes that are closed', { skip: process.platform === 'win32' }, async (t) => {
  const { child, ask, stop } = await start(t, 'pipe', 'pipe')
  for (const output of [child.stdout, child.stderr]) {
    const closed = once(output as NodeJS.ReadableStream, 'close')
    output?.destroy()
    await closed
  }
  for (let count = 0; count < 5; count++) t.equal(await ask(), 200)
  t.equal(await stop(), 0)
})

t.test('pipes that nobody reads', { skip: process.platform === 'win32' }, async (t) => {
  const { child, ask, stop } = await start(t, 'pipe', 'pipe')
  // More than a pipe holds.
  for (let count = 0; count < 300; count++) await ask(`?${'x'.repeat(2000)}`)
  t.equal(await ask(), 200)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  t.equal(code, 0)
  child.stdout?.resume()
  child.stderr?.resume()
  await stop()
})

t.test('a reader that ends early ends nothing, and no stack is told', { skip: process.platform === 'win32' }, async (t) => {
  // Each output alone: what is said of it would be on the other.
  for (const [closed, open] of [['stdout', 'stderr'], ['stderr', 'stdout']] as const) {
    const { child, ask, stop } = await start(t, 'pipe', 'pipe')
    let text = ''
    child[open]?.setEncoding('utf8').on('data', (chunk: string) => { text += chunk })
    const ended = once(child[closed] as NodeJS.ReadableStream, 'close')
    child[closed]?.destroy()
    await ended
    for (let count = 0; count < 5; count++) t.equal(await ask(), 200)
    t.equal(await stop(), 0)
    t.notMatch(text, /EPIPE|Error|\n +at /, closed)
  }
})

t.test('a reader that ends before a command answers', { skip: process.platform === 'win32' }, async (t) => {
  for (const command of ['--help', 'start --help', 'world schema', 'start --port 0 --ready json --tls --tls-key x', 'exec -- true']) {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${BIN}" ${command} | true`], { stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { text += chunk })
    await once(child, 'close')
    t.notMatch(text, /EPIPE|\n +at /, command)
  }
})
