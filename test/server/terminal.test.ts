import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { createLog } from '../../src/server/log.ts'
import { formatEntry, type RequestEntry } from '../../src/server/terminal.ts'
import { command, sentBy } from '../control/client.ts'
import { build, GAMER, listOf } from '../helper.ts'

const COLORS = Object.fromEntries(['green', 'cyan', 'yellow', 'red'].map((name) => [name, (text: string) => `<${name}>${text}</${name}>`])) as Record<'green' | 'cyan' | 'yellow' | 'red', (text: string) => string>
const format = (entry: Partial<RequestEntry>, message?: unknown): string => formatEntry(entry, message, COLORS)

/** A terminal that stores what is written to it. */
function createTerminal (members: object = {}) {
  const lines: string[] = []
  const to = Object.assign(new Writable({
    write (chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    }
  }), { isTTY: true, ...members })
  return { lines, to }
}

/** Lines without the time of day and the ms. */
const timeless = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/^\[[\d:.]+\]/, '[…]').replace(/ +\d+\.\d\d ms/, ' … ms'))

t.test('a line has columns', async (t) => {
  for (const [entry, line] of [
    [{ status: 200, method: 'GET', ms: 0.4, path: '/a', query: 'b=c', contractVersion: '2', xuid: '1', gamertag: 'ann' }, '<green>200</green> GET        0.40 ms v2 ann             /a?b=c'],
    [{ status: 204, method: 'OPTIONS', ms: 1234.567, path: '/a' }, '<green>204</green> OPTIONS 1234.57 ms                    /a'],
    [{ status: 304, method: 'POST', ms: 1, path: '/a', query: '' }, '<cyan>304</cyan> POST       1.00 ms                    /a?'],
    [{ status: 401, method: 'DELETE', ms: 12, path: '/a', reason: 'No.', trace: 'x' }, '<yellow>401</yellow> DELETE    12.00 ms                    /a: <yellow>No.</yellow>'],
    [{ status: 503, method: 'GET', ms: 12, path: '/a', reason: 'No.', hint: 'mend it' }, '<red>503</red> GET       12.00 ms                    /a: <red>No.</red>: <yellow>hint: mend it</yellow>'],
    // Of what is no HTTP.
    [{ status: 400, reason: 'No.' }, '<yellow>400</yellow> -                                     <yellow>No.</yellow>'],
    [{ status: 200, method: 'GET', ms: 0, path: '/', query: 'x'.repeat(400), contractVersion: 'many', gamertag: 'longer than any tag' }, `<green>200</green> GET        0.00 ms vmany longer than any tag /?${'x'.repeat(298)}…`]
  ] as Array<[RequestEntry, string]>) t.equal(format(entry), line)
  t.equal(format({}, 'any other line'), 'any other line')
  t.equal(format({}), '')
})

t.test('nothing that was sent moves the cursor', async (t) => {
  const evil = 'a\u001b[2J\u009b1m\r\n\u202e\u2028b'
  const shown = 'a\\u001b[2J\\u009b1m\\u000d\\u000a\\u202e\\u2028b'
  t.equal(format({ status: 200, method: 'GET', ms: 0, path: '/', query: evil, contractVersion: evil, gamertag: evil, reason: evil, hint: evil }),
    `<green>200</green> GET        0.00 ms v${shown} ${shown} /?${shown}: <green>${shown}</green>: <yellow>hint: ${shown}</yellow>`)
  t.equal(format({}, evil), shown)
})

/** A few requests, each of which is logged in one line. */
async function ask (t: Test, to: Writable): Promise<void> {
  const emulator = build(t, { logTo: to, world: { users: [{ xuid: GAMER, gamertag: 'gamer' }], sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }] } })
  await command(emulator, 'GET', '/ready')
  await emulator.app.inject({ url: listOf(GAMER, '?titleId=7&code=S3CR3T'), headers: sentBy() })
  await emulator.app.inject({ url: listOf('1'), headers: sentBy() })
  await emulator.app.inject('/%zz')
}

const LINES = [
  '[…] INFO: 200 GET … ms                    /_emulator/ready',
  `[…] INFO: 200 GET … ms v2 gamer           ${listOf(GAMER)}?titleId=7&code=…: hint: the world has no title 7; titleId is decimal`,
  `[…] INFO: 403 GET … ms v2 gamer           ${listOf('1')}: XUID specified in the claim does not match URI XUID.`,
  '[…] INFO: 400 GET … ms                    /%zz: /%zz cannot be decoded; expected percent-encoded UTF-8.'
]

t.test('each request is one line in a terminal', async (t) => {
  for (const members of [{}, { hasColors: () => false }]) {
    const { lines, to } = createTerminal(members)
    await ask(t, to)
    t.strictSame(timeless(lines), LINES.map((line) => `${line}\n`))
  }
  const { lines, to } = createTerminal({ hasColors: () => true })
  await ask(t, to)
  t.strictSame(lines.map((line) => line.slice(line.indexOf('INFO')).split('\u001b').find((part) => /m\d{3}$/.test(part))?.slice(1, 3)), ['32', '32', '33', '33'])
})

t.test('an error is shown with its stack', async (t) => {
  const { lines, to } = createTerminal()
  createLog('info', to).loggerInstance?.error(new Error('the disk is on fire'))
  t.match(lines.join(''), /^\[[\d:.]+\] ERROR: the disk is on fire\n {4}err: \{\n[^]*terminal\.test\.ts[^]*\}\n$/)
})

t.test('a log without requests does nothing for them', async (t) => {
  for (const [level, isDisabled] of [['silent', true], ['fatal', true], ['error', true], ['warn', true], ['info', false], ['trace', false]] as const) {
    t.equal(createLog(level, createTerminal().to).logController.disableRequestLogging, isDisabled, level)
  }
})
