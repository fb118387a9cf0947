import t from 'tap'
import { FRIEND, GAMER, SAMPLE_SCID } from '../../helper.ts'
import { connectRaw, openRaw } from '../../rta/raw-client.ts'
import { command, listen, untilFrames } from '../client.ts'
import { BINARY, closeFrame, frame } from '../../../torture/rta/frames.ts'

const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SAMPLE_SCID}`
const SUBSCRIBE = `[1,1,"${RESOURCE}"]`

t.test('a connection in the journal: its request, what was said, and its end', async (t) => {
  const emulator = await listen(t, { config: { journalAnswers: true } })
  const client = await openRaw(t, emulator, { more: 'X-Nonce: S3CR3T\r\n' })
  const [opened] = (await command(emulator, 'GET', '/requests')).requests
  t.match(opened, {
    id: 1,
    method: 'GET',
    path: '/connect',
    status: 101,
    refusal: null,
    fault: null,
    matched: true,
    connection: 1,
    claims: { xuid: GAMER },
    headers: { authorization: 'XBL3.0 x=…', 'sec-websocket-key': '…', 'sec-websocket-protocol': 'rta.xboxlive.com.V2', upgrade: 'websocket', 'x-nonce': '…' },
    answer: { headers: { upgrade: 'websocket', 'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'sec-websocket-protocol': 'rta.xboxlive.com.V2' }, bytes: 0, body: null }
  })
  client.send(frame(SUBSCRIBE))
  await client.untilFrames(1)
  await emulator.get('/nope')
  client.send(frame('x', { opcode: BINARY }))
  t.strictSame(await client.closed(), [1003, 'The frame is binary; expected text.'])
  const shown = { time: '2020-06-15T12:00:00.0000000Z', connection: 1, request: 1, follows: 1, xuid: GAMER, direction: 'in', type: 'text', code: null }
  t.strictSame(await untilFrames(emulator, 4), [
    { id: 1, ...shown, text: SUBSCRIBE, length: SUBSCRIBE.length },
    { id: 2, ...shown, direction: 'out', text: '[1,1,0,0,null]', length: 14 },
    { id: 3, ...shown, follows: 2, type: 'binary', text: '', length: 0 },
    { id: 4, ...shown, follows: 2, direction: 'out', type: 'close', text: 'The frame is binary; expected text.', length: 35, code: 1003 }
  ])
})

t.test('a HAR has what was said, as Chromium writes it', async (t) => {
  const emulator = await listen(t)
  const client = await openRaw(t, emulator)
  client.send(frame(SUBSCRIBE))
  await client.untilFrames(1)
  client.send(frame('x', { opcode: BINARY }))
  await client.closed()
  await untilFrames(emulator, 4)
  await emulator.get('/nope')
  const { log: { entries: [entry, other] } } = await command(emulator, 'GET', '/requests.har')
  const at = Date.UTC(2020, 5, 15, 12) / 1000
  t.strictSame([entry.request.url, entry.response.status, entry.response.statusText, entry._resourceType], ['ws://localhost/connect', 101, 'Switching Protocols', 'websocket'])
  t.strictSame(entry._webSocketMessages, [
    { type: 'send', time: at, opcode: 1, data: SUBSCRIBE },
    { type: 'receive', time: at, opcode: 1, data: '[1,1,0,0,null]' },
    { type: 'send', time: at, opcode: 2, data: '' }
  ])
  t.notOk('_resourceType' in other || '_webSocketMessages' in other)
})

t.test('connections that the client closes, that are cut, and that are refused', async (t) => {
  const emulator = await listen(t)
  const polite = await openRaw(t, emulator)
  polite.send(closeFrame(1000, 'done'))
  t.strictSame((await polite.closed())?.[0], 1000)
  const gone = await openRaw(t, emulator, { session: 'demo;friend' })
  gone.socket.destroy()
  const ends = (await untilFrames(emulator, 2)).map(({ connection, xuid, direction, type, text, code }) => ({ connection, xuid, direction, type, text, code }))
  t.strictSame(ends, [
    { connection: 1, xuid: GAMER, direction: 'in', type: 'close', text: 'done', code: 1000 },
    { connection: 2, xuid: FRIEND, direction: 'in', type: 'close', text: '', code: 1006 }
  ])
  const refused = await connectRaw(t, emulator, { session: 'demo;nobody' })
  t.match(await refused.head(), /^HTTP\/1\.1 401 /)
  const nonce = await connectRaw(t, emulator, { session: null, target: '/connect?nonce=S3CR3T%3D' })
  t.match(await nonce.head(), /^HTTP\/1\.1 401 /)
  const { requests } = await command(emulator, 'GET', '/requests?status=401')
  t.strictSame(requests.map(({ path, query, connection, refusal }: any) => [path, query, connection, refusal]), [
    ['/connect', '', undefined, 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.'],
    ['/connect', 'nonce=…', undefined, 'The nonce is unknown, was used, or is older than five minutes; expected one of GET /nonce.']
  ])
})

t.test('no nonce is in the journal, nor the header for which it stands', async (t) => {
  const emulator = await listen(t, { config: { journalAnswers: true } })
  const { nonce } = (await emulator.get('/nonce')).json()
  await openRaw(t, emulator, { session: null, target: `/connect?nonce=${encodeURIComponent(nonce)}` })
  const { requests } = await command(emulator, 'GET', '/requests')
  t.strictSame(requests.map(({ path, query, status, connection, claims, answer }: any) => [path, query, status, connection, claims.xuid, answer.body]), [
    ['/nonce', '', 200, undefined, GAMER, null],
    ['/connect', 'nonce=…', 101, 1, GAMER, null]
  ])
  const all = JSON.stringify(requests)
  for (const secret of [nonce, encodeURIComponent(nonce), 'demo;gamer']) t.notOk(all.includes(secret))
})
