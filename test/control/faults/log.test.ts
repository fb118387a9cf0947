import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { GAMER, listOf } from '../../helper.ts'
import { command, listen, sentBy } from '../client.ts'

const INFO = 30
const ERROR = 50

/** A listening emulator, and the lines of its log. */
async function listenAndLog (t: Test): Promise<{ emulator: Awaited<ReturnType<typeof listen>>, lines: Array<Record<string, unknown>> }> {
  const lines: Array<Record<string, unknown>> = []
  const logTo = new Writable({
    write (chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    }
  })
  const emulator = await listen(t, {
    logTo,
    routes: (app) => { app.addHook('preHandler', async ({ headers }) => { if (headers['x-broken'] !== undefined) throw new Error('the disk is on fire') }) }
  })
  return { emulator, lines }
}

t.test('the answer of a fault is not logged as an error', async (t) => {
  const { emulator, lines } = await listenAndLog(t)
  for (const fault of [{ status: 500 }, { status: 503 }, { status: 502, body: '' }, { status: 504, effect: 'truncate' }, { effect: 'truncate' }, { effect: 'drop' }, { effect: 'reset' }]) {
    await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
    lines.length = 0
    await fetch(emulator.url + listOf(GAMER), { headers: sentBy() }).then(async (response) => await response.text()).catch(() => {})
    // This request is logged last: the lines before it are complete.
    await command(emulator, 'GET', '/faults')
    t.strictSame(lines.filter(({ level }) => level !== INFO), [], JSON.stringify(fault))
  }
})

t.test('a request that is answered by a fault is logged with status and reason', async (t) => {
  const { emulator, lines } = await listenAndLog(t)
  await command(emulator, 'POST', '/faults', { status: 503, times: 1 })
  lines.length = 0
  await emulator.get(listOf(GAMER))
  const [{ method, path, status, reason } = {}, ...more] = lines
  t.strictSame([method, path, status, reason, more], ['GET', listOf(GAMER), 503, 'A fault that a test has set up.', []])
})

t.test('an error of the emulator after a delay is logged as an error', async (t) => {
  const { emulator, lines } = await listenAndLog(t)
  await command(emulator, 'POST', '/faults', { delay: 1 })
  lines.length = 0
  t.equal((await emulator.get(listOf(GAMER), { headers: { 'x-broken': '1' } })).statusCode, 500)
  t.strictSame(lines.map(({ level }) => level), [ERROR, INFO])
})
