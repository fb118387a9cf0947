import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { frameLine, requestLine } from '../../src/cli/requests-line.ts'
import type { JournalEntry } from '../../src/control/journal/entry.ts'
import type { FrameEntry } from '../../src/control/journal/frame.ts'
import { GAMER, listOf } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand, watchCommand } from '../run-bin.ts'
import { refusing, substituteEmulator } from './substitute-emulator.ts'

/** An entry with a number that JavaScript would round, as text. */
const EXACT = '{"id":1,"time":"2020-06-15T12:00:00.1230000Z","method":"GET","host":null,"path":"/a","query":"","contractVersion":null,"claims":null,"body":{"n":12345678901234567890},"status":200,"ms":0.5,"fault":null,"refusal":null,"hint":null,"matched":true}'
const EXACT_LINE = '12:00:00.123  200  GET   -     0.5 ms  -                 /a\n'

const claims = { xuid: GAMER, titleId: null, sandbox: null, location: null, thirdPartySite: false }

const entry = (given: Partial<JournalEntry> = {}): JournalEntry => ({
  id: 1,
  time: '2020-06-15T12:00:00.1234567Z',
  method: 'POST',
  scheme: 'http',
  host: null,
  httpVersion: '1.1',
  path: '/users/me',
  query: 'a=1',
  headers: {},
  contractVersion: '2',
  claims,
  body: null,
  status: 200,
  ms: 1.25,
  fault: null,
  refusal: null,
  hint: null,
  matched: true,
  answer: null,
  ...given
})

t.test('a request as a line', async (t) => {
  const plain = (given: Partial<JournalEntry>): string => requestLine(entry(given), {} as NodeJS.WriteStream)
  const start = '12:00:00.123'
  const end = `POST  v2   1.25 ms  ${GAMER}  /users/me?a=1`
  t.equal(plain({}), `${start}  200  ${end}\n`)
  t.equal(plain({ method: 'GET', query: '', contractVersion: null, claims: null, ms: 1234 }), `${start}  200  GET   -    1234 ms  -                 /users/me\n`)
  t.equal(plain({ claims: { ...claims, xuid: null } }), `${start}  200  POST  v2   1.25 ms  -                 /users/me?a=1\n`)
  t.equal(plain({ status: null, fault: 3 }), `${start}  cut  ${end}  (fault 3)\n`)
  t.equal(plain({ status: 403, refusal: 'Not\u001b this user.' }), `${start}  403  ${end}  (Not\\u001b this user.)\n`)
  t.equal(plain({ status: 503, fault: 3, refusal: 'Busy.' }), `${start}  503  ${end}  (fault 3: Busy.)\n`)
  t.equal(plain({ hint: 'send 2' }), `${start}  200  ${end}  (hint: send 2)\n`)
  t.equal(plain({ host: 'Profile.xboxlive.com:443' }), `${start}  200  ${end.replace('/users', 'profile.xboxlive.com/users')}\n`)
  for (const host of ['achievements.xboxlive.com', 'localhost:5280']) t.equal(plain({ host }), `${start}  200  ${end}\n`, host)

  const coloured = (status: number | null, hasColors = true): string => requestLine(entry({ status }), { isTTY: true, hasColors: () => hasColors } as NodeJS.WriteStream)
  t.equal(coloured(200), `${start}  200  ${end}\n`)
  t.equal(coloured(404), `\u001b[33m${start}  404  ${end}\u001b[39m\n`)
  t.equal(coloured(500), `\u001b[31m${start}  500  ${end}\u001b[39m\n`)
  t.equal(coloured(null), `\u001b[31m${start}  cut  ${end}\u001b[39m\n`)
  t.equal(coloured(404, false), `${start}  404  ${end}\n`)
})

const frame = (given: Partial<FrameEntry> = {}): FrameEntry => ({
  id: 1, time: '2020-06-15T12:00:00.1234567Z', connection: 3, request: 1, follows: 1, xuid: GAMER, direction: 'in', type: 'text', text: '[2,7,0]', length: 7, code: null, ...given
})

t.test('a frame as a line, in the columns of a request', async (t) => {
  const start = '12:00:00.123   ws'
  t.equal(frameLine(frame()), `${start}  →               #3  ${GAMER}  [2,7,0]\n`)
  t.equal(frameLine(frame()).indexOf(GAMER), requestLine(entry(), {} as NodeJS.WriteStream).indexOf(GAMER))
  t.equal(frameLine(frame({ direction: 'out', xuid: null, text: 'a\u001b' })), `${start}  ←               #3  -                 a\\u001b\n`)
  t.equal(frameLine(frame({ type: 'binary', text: '' })), `${start}  →               #3  ${GAMER}  (binary)\n`)
  t.equal(frameLine(frame({ type: 'close', text: '', code: 1006 })), `${start}  →               #3  ${GAMER}  (closed with 1006)\n`)
  t.equal(frameLine(frame({ type: 'close', text: 'done', code: 1000, direction: 'out' })), `${start}  ←               #3  ${GAMER}  (closed with 1000: done)\n`)
})

t.test('frames are below the requests before them, those of the connections that are shown', async (t) => {
  const line = (id: number, connection?: number): string => `{"id":${id},"time":"2020-06-15T12:00:00.1230000Z","method":"GET","host":null,"path":"/a","query":"","contractVersion":null,"claims":null,"body":null,"status":200,"ms":0.5,"fault":null,"refusal":null,"hint":null,"matched":true${connection === undefined ? '' : `,"connection":${connection}`}}`
  const { url, asked } = await substituteEmulator(t, {
    'GET /_emulator/requests?': (response) => response.end(`{"requests":[${line(1, 3)},${line(2)},${line(4)}],"newest":4}`),
    'GET /_emulator/requests/frames': { frames: [frame({ text: 'a', follows: 0 }), frame({ text: 'b' }), frame({ text: 'other', connection: 4 }), frame({ text: 'c', follows: 3 }), frame({ text: 'd', follows: 9 })], newest: 5 }
  })
  const shown = (text: string): string => frameLine(frame({ text }))
  t.strictSame(await runCommand(['requests', '--url', url]), says([shown('a'), EXACT_LINE, shown('b'), EXACT_LINE, shown('c'), EXACT_LINE, shown('d')].join('')))
  t.equal(asked.length, 2)
  t.strictSame(await runCommand(['requests', '--json', '--url', url]), says(`${line(1, 3)}\n${line(2)}\n${line(4)}\n`))
  t.equal(asked.length, 3, 'nobody asks for frames that are not shown')
})

t.test('the requests of a running emulator', async (t) => {
  const { url } = await startCommand(t)
  const requests = (...args: string[]) => runCommand(['requests', ...args, '--url', url])
  t.strictSame(await requests(), says(''))
  await fetch(url + listOf(GAMER), { headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' } })
  await fetch(`${url}/nothing?a=1`)
  const { requests: entries } = await (await fetch(`${url}/_emulator/requests`)).json() as { requests: Array<Record<string, unknown>> }
  const [first, second] = entries
  t.strictSame(await requests('--json'), says(entries.map((each) => `${JSON.stringify(each)}\n`).join('')))
  const { code, stdout, stderr } = await requests('show')
  t.strictSame({ code, stderr }, { code: 0, stderr: '' })
  const [one, two, end] = stdout.split('\n')
  t.equal(one, `${String(first?.['time']).slice(11, 23)}  200  GET   v2  ${`${first?.['ms']} ms`.padStart(8)}  ${GAMER}  ${listOf(GAMER)}`)
  t.ok(two?.startsWith(`${String(second?.['time']).slice(11, 23)}  404  GET   -   ${`${second?.['ms']} ms`.padStart(8)}  -                 /nothing?a=1`), String(two))
  t.equal(end, '')
  t.strictSame(await requests('--status', '404', '--json'), says(`${JSON.stringify(second)}\n`))
  t.strictSame(await requests('--method', 'get', '--path', '/users', '--user', GAMER, '--json'), says(`${JSON.stringify(first)}\n`))
  t.strictSame(await requests('clear'), says(''))
  t.strictSame(await requests(), says(''))
})

t.test('what is asked for, and numbers with all of their digits', async (t) => {
  const all = `method=PUT&path=%2Fa*&status=none&xuid=${GAMER}&matched=false&last=2`
  const { url, asked } = await substituteEmulator(t, {
    'GET /_emulator/requests?': (response) => response.end(`{"requests":[${EXACT}],"newest":1}`),
    [`GET /_emulator/requests?${all}`]: { requests: [], newest: 1 },
    'GET /_emulator/users/the%20gamer': { xuid: GAMER },
    'GET /_emulator/users/nobody': refusing(404, 'There is no user "nobody".')
  })
  await compareAll(t, [
    [['requests', '--url', url], says(EXACT_LINE)],
    [['requests', '--json', '--url', url], says(`${EXACT}\n`)],
    [['requests', '--user', 'nobody', '--url', url], refuses('There is no user "nobody"')]
  ])
  const flags = ['--method', 'PUT', '--path', '/a*', '--status', 'none', '--unmatched', '--user', 'the gamer', '-n', '2']
  t.strictSame(await runCommand(['requests', ...flags, '--url', url]), says(''))
  t.strictSame(asked.length, 5)
})

t.test('a HAR file', async (t) => {
  const folder = t.testdir({ 'mine.har': 'mine' })
  const path = (name: string): string => join(folder, name)
  const { url, asked } = await substituteEmulator(t, {
    'GET /_emulator/requests.har?': { log: { entries: [] } },
    'GET /_emulator/requests.har?status=503&last=1': { log: { entries: [1] } },
    'GET /_emulator/requests.har?status=5': refusing(400, 'status is "5"; expected an HTTP status.')
  })
  await compareAll(t, [
    [['requests', '--har', path('new.har'), '--url', url], says('')],
    [['requests', '--har', path('last.har'), '--status', '503', '--last', '1', '--url', url], says('')],
    [['requests', '--har', path('none.har'), '--status', '5', '--url', url], refuses('--status is "5"; expected an HTTP status')],
    [['requests', '--har', path('mine.har'), '--url', url], refuses(`${path('mine.har')} is there already; write over it with --force, or name another file with --har`)],
    [['requests', '--har', path('no/folder.har'), '--url', url], refuses(`${path('no/folder.har')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; name another file with --har`)],
    [['requests', '--har', path('x.har'), '--follow', '--url', url], refuses("option '--har <file>' cannot be used with option '-f, --follow'")],
    [['requests', '--har', path('x.har'), '--json', '--url', url], refuses("option '--har <file>' cannot be used with option '--json'")],
    [['requests', '--force', '--url', url], refuses('--force: found it alone, expected --har beside it')]
  ])
  t.equal(readFileSync(path('new.har'), 'utf8'), '{"log":{"entries":[]}}')
  t.equal(readFileSync(path('last.har'), 'utf8'), '{"log":{"entries":[1]}}')
  t.equal(readFileSync(path('mine.har'), 'utf8'), 'mine')
  t.notOk(existsSync(path('none.har')))
  // What is there is known before anything is asked.
  t.equal(asked.length, 4)
  t.strictSame(await runCommand(['requests', '--har', path('mine.har'), '--force', '--url', url]), says(''))
  t.equal(readFileSync(path('mine.har'), 'utf8'), '{"log":{"entries":[]}}')
})

t.test('nobody reads', async (t) => {
  const { url } = await substituteEmulator(t, { 'GET /_emulator/requests?': { requests: [entry()], newest: 1 } })
  const watched = watchCommand(t, ['requests', '--url', url])
  watched.closeOutput()
  t.strictSame(await watched.ended, says(''))
})
