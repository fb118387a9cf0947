import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { startEmulator } from '../../src/index.ts'

const LARGE_SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

t.test('the client in Node that docs/realtime.md shows tells what it hears', async (t) => {
  const [, code = ''] = /```js\n([^]*?)```/.exec(readFileSync(join(import.meta.dirname, '../../docs/realtime.md'), 'utf8')) ?? []
  const emulator = await startEmulator()
  t.teardown(emulator.close)
  emulator.clock.freeze('2026-11-28T10:00:00Z')
  const child = execFile(process.execPath, ['--input-type=module', '--eval', code], { env: { ...process.env, NODE_OPTIONS: '', XBL_EMULATOR_URL: emulator.url } })
  t.teardown(() => child.kill())
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string> => (await lines.next()).value
  t.equal(await nextLine(), 'subscribed, as 0')
  emulator.unlock({ gamertag: 'gamer', serviceConfigId: LARGE_SCID, id: 11 })
  t.equal(await nextLine(), '11 Achieved 2026-11-28T10:00:00.000Z')
  emulator.rta.resync()
  t.equal(await nextLine(), 'fetch again')
  emulator.rta.close({ code: 1001, reason: 'as after two hours' })
  t.equal(await nextLine(), 'closed with 1001 as after two hours')
  t.strictSame(await ended, [0, null])
})
