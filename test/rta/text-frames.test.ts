import { execFileSync } from 'node:child_process'
import t from 'tap'
import { createTextFrames } from '../../src/rta/socket/web-socket.ts'

t.test('the frame of a text, whatever its length', async (t) => {
  const toFrame = createTextFrames()
  for (const [text, head] of [
    ['', [0x81, 0]],
    ['[4]', [0x81, 3]],
    ['x'.repeat(125), [0x81, 125]],
    ['x'.repeat(126), [0x81, 126, 0, 126]],
    ['é'.repeat(63), [0x81, 126, 0, 126]],
    ['x'.repeat(65_535), [0x81, 126, 255, 255]],
    ['x'.repeat(65_536), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]]
  ] as const) t.strictSame(toFrame(text), Buffer.concat([Buffer.from(head), Buffer.from(text)]))
})

t.test('the bytes of a text are made once, as long as few others come between', async (t) => {
  const toFrame = createTextFrames()
  const first = toFrame('[3,0,{}]')
  for (let subId = 1; subId < 16; subId++) toFrame(`[3,${subId},{}]`)
  t.equal(toFrame('[3,0,{}]'), first)
  toFrame('[3,16,{}]')
  const again = toFrame('[3,0,{}]')
  t.not(again, first, 'it was forgotten')
  t.strictSame(again, first)
})

t.test('ws is loaded with the first connection', async (t) => {
  const script = `
    import { createRequire } from 'node:module'
    import { startEmulator } from './src/index.ts'
    const isLoaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => /[\\\\/]node_modules[\\\\/]ws[\\\\/]/.test(path))
    const emulator = await startEmulator()
    const atStart = isLoaded()
    const socket = new WebSocket(emulator.url.replace('http', 'ws') + '/connect?nonce=' + encodeURIComponent(
      (await (await fetch(emulator.url + '/nonce', { headers: { authorization: 'XBL3.0 x=demo;gamer' } })).json()).nonce))
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    socket.close()
    console.log(JSON.stringify([atStart, isLoaded()]))
    await emulator.close()`
  t.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', timeout: 60_000 }).trim(), '[false,true]')
})
