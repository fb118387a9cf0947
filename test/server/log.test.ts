import { EventEmitter } from 'node:events'
import { Writable } from 'node:stream'
import t from 'tap'
import { createLog } from '../../src/server/log.ts'
import { control, listen } from '../control/client.ts'
import { build, GAMER, listOf } from '../helper.ts'

for (const isTTY of [false, true]) {
  t.test(`an output that fails, ${isTTY ? 'a terminal' : 'a pipe'}`, async (t) => {
    const lines: string[] = []
    // Like standard error, it can be written to after an error.
    const to = Object.assign(new EventEmitter(), {
      isTTY,
      writableLength: 0,
      write (line: string) {
        if (lines.push(line) === 1) to.emit('error', new Error('ENOSPC: no space left on device, write'))
      }
    })
    const { loggerInstance } = createLog('info', to as unknown as Writable)
    loggerInstance?.info('first')
    loggerInstance?.info('second')
    t.match(lines, [/first/, /second/])
    // Every log adds its listener; there must be one.
    createLog('info', to as unknown as Writable)
    t.equal(to.listenerCount('error'), 1)
  })
}

t.test('lines that are not read do not pile up in memory', async (t) => {
  const to = new Writable({ write () {} })
  const { loggerInstance } = createLog('info', to)
  const text = 'x'.repeat(100_000)
  for (let count = 0; count < 100; count++) loggerInstance?.info(text)
  t.ok(to.writableLength > 1_000_000 && to.writableLength < 1_300_000, String(to.writableLength))
})

t.test('no token is in the log, in a response or in the journal, wherever it is sent', async (t) => {
  const lines: string[] = []
  const to = new Writable({
    write (chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    }
  })
  const emulator = await listen(t, { logTo: to, config: { signIn: false } })
  const secret = 'S3CR3T'
  const answers: string[] = []
  for (const [method, url, payload] of [
    ['DELETE', `/_emulator/sessions/h/${secret}`],
    ['PUT', `/_emulator/sessions/h/${secret}`],
    ['GET', `/_emulator/sessions/h/${secret}/more`],
    ['GET', `/_emulator/sessions/h/${secret}%zz`],
    ['DELETE', `/%5Femulator/sessions/h/${secret}`],
    ['GET', `/_emulator/session/${secret}`],
    ['GET', `/XBL3.0%20x=h;${secret}`],
    ['GET', `/users/xuid(XBL3.0%20x=h;${secret})/achievements`],
    ['GET', `${listOf(GAMER)}?authorization=XBL3.0%20x=h;${secret}`],
    ['GET', `${listOf(GAMER)}?titleId=XBL3.0%20x=h;${secret}`],
    ['GET', `/oauth20_authorize.srf?code=${secret}&access_token=${secret}`],
    ['POST', '/xsts/authorize', `{"Properties":{"UserTokens":["${secret}"]}}`],
    ['POST', '/user/authenticat', `{"Properties":{"RpsTicket":"${secret}"}}`],
    ['POST', '/_emulator/sessions', `{"token":${secret}}`],
    ['POST', '/_emulator/sessions', `${secret}`]
  ] as const) {
    const response = await emulator.app.inject({ method, url, headers: { authorization: 'XBL3.0 x=demo;gamer' }, ...payload !== undefined && { payload } })
    t.ok(response.statusCode >= 200 && response.statusCode < 500, `${method} ${url}: ${response.statusCode}`)
    answers.push(response.body)
  }
  const { body } = await control(emulator, 'GET', '/requests')
  t.ok(body.requests.length > 5)
  t.equal(lines.length, 17, 'one for listening, one for each request, one for that of the journal')
  for (const [what, texts] of [['logged', lines], ['answered', answers], ['kept', [JSON.stringify(body)]]] as const) {
    t.strictSame(texts.filter((text) => text.includes(secret)), [], what)
  }
})

t.test('the members of a request\'s line', async (t) => {
  const lines: Array<Record<string, unknown>> = []
  const to = new Writable({
    write (chunk, _encoding, done) {
      const { level, time, reqId, ms, trace, ...members } = JSON.parse(String(chunk))
      t.strictSame([level, typeof time, typeof reqId, typeof ms], [30, 'number', 'string', 'number'])
      lines.push({ ...members, ...trace !== undefined && { trace: typeof trace } })
      done()
    }
  })
  const { app } = build(t, { logTo: to })
  const asGamer = { authorization: 'XBL3.0 x=demo;gamer' }
  for (const [method, url, headers] of [
    ['GET', listOf(GAMER, '?maxItems=1&TOKEN=S3CR3T'), { ...asGamer, 'x-xbl-contract-version': '2' }],
    ['GET', listOf(GAMER), { authorization: 'XBL3.0 x=-;gamer', 'x-xbl-contract-version': 'two' }],
    ['GET', '/_emulator/ready', {}],
    ['POST', '/nope?a', asGamer],
    ['GET', listOf(GAMER, '?titleId=3051199919'), asGamer],
    ['GET', listOf(GAMER), { 'x-xbl-contract-version': 'XBL3.0 x=h;S3CR3T' }]
  ] as const) await app.inject({ method, url, headers })
  t.strictSame(lines, [
    { method: 'GET', path: listOf(GAMER), query: 'maxItems=1&TOKEN=…', contractVersion: '2', status: 200, xuid: GAMER, gamertag: 'gamer' },
    { method: 'GET', path: listOf(GAMER), contractVersion: 'two', status: 400, xuid: null, reason: 'x-xbl-contract-version is "two"; expected an unsigned 32-bit integer.', trace: 'string' },
    { method: 'GET', path: '/_emulator/ready', status: 200 },
    { method: 'POST', path: '/nope', query: 'a', status: 404, reason: '/nope is not a path of this service.', trace: 'string' },
    {
      method: 'GET', path: listOf(GAMER), query: 'titleId=3051199919', status: 200, xuid: GAMER, gamertag: 'gamer', hint: 'x-xbl-contract-version is missing or asks for V1, which has titles of the Xbox 360 alone; send 2 for title 3051199919'
    },
    { method: 'GET', path: listOf(GAMER), contractVersion: 'XBL3.0 x=…', status: 401, reason: 'The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".', trace: 'string' }
  ])
})

t.test('whoever follows the journal does not fill the log', async (t) => {
  const read = async (logLevel: 'info' | 'debug'): Promise<unknown[]> => {
    const lines: unknown[] = []
    const to = new Writable({
      write (chunk, _encoding, done) {
        const { level, query, status } = JSON.parse(String(chunk))
        lines.push([level, query, status])
        done()
      }
    })
    const { app } = build(t, { logTo: to, config: { logLevel } })
    for (const query of ['after=0&wait=0.001', 'wait=0.001', 'wait=x', 'path=wait=', 'after=0']) await app.inject(`/_emulator/requests?${query}`)
    return lines
  }
  const told = [[30, 'wait=x', 400], [30, 'path=wait=', 200], [30, 'after=0', 200]]
  t.strictSame(await read('info'), told)
  t.strictSame(await read('debug'), [[20, 'after=0&wait=0.001', 200], [20, 'wait=0.001', 200], ...told])
})

t.test('the message of an unknown path shows an ellipsis in the place of a token', async (t) => {
  const { app } = build(t)
  const unknown = await app.inject('/_emulator/sessions/h/S3CR3T/more')
  t.strictSame([unknown.statusCode, unknown.json()], [404, { errorCode: null, errorMessage: '/_emulator/sessions/… is not a path of this service.' }])
  const undecodable = await app.inject('/_emulator/sessions/h/S3CR3T%zz')
  t.strictSame([undecodable.statusCode, undecodable.json()], [400, { errorCode: 4000, errorMessage: '/_emulator/sessions/… cannot be decoded; expected percent-encoded UTF-8.' }])
})
