import t from 'tap'
import { command, LIVE_HEADERS, refusal, sentBy } from '../control/client.ts'
import { GAMER, type Emulator } from '../helper.ts'
import { createNonces } from '../../src/rta/socket/nonces.ts'
import { connect, listenForSockets, PROTOCOL, refused } from './web-socket.ts'

const UNKNOWN = refusal(4500, 'The nonce is unknown, was used, or is older than five minutes; expected one of GET /nonce.')

async function askNonce ({ app }: Pick<Emulator, 'app'>): Promise<string> {
  return (await app.inject({ url: '/nonce', headers: { ...sentBy(), host: 'rta.xboxlive.com' } })).json().nonce
}

t.test('a nonce stands for the header, once', async (t) => {
  const emulator = await listenForSockets(t)
  const response = await emulator.app.inject({ url: '/nonce', headers: sentBy() })
  t.strictSame([response.statusCode, Object.keys(response.json())], [200, ['nonce']])
  t.match(response.headers, { ...LIVE_HEADERS, 'content-type': 'application/json' })
  const { nonce } = response.json()
  t.match(nonce, /^[+/\dA-Za-z]{43}=$/)
  t.not(nonce, await askNonce(emulator))
  const url = `${emulator.socketUrl}?nonce=${encodeURIComponent(nonce)}`
  const { socket } = await connect(t, url, { session: null })
  t.equal(socket.protocol, PROTOCOL)
  t.equal(emulator.emulator.realTime.list()[0]?.gamertag, 'gamer')
  const { status, body } = await refused(t, url, { session: null })
  t.strictSame([status, JSON.parse(body)], [401, UNKNOWN])
})

t.test('a nonce that is not percent-encoded, or comes with a header, is refused without a body', async (t) => {
  const emulator = await listenForSockets(t)
  for (const [query, session] of [['nonce=abc=', null], ['NONCE=a+b', null], ['x=1&nonce=/', null], [`nonce=${encodeURIComponent(await askNonce(emulator))}`, 'demo;gamer']] as const) {
    const { status, headers, body } = await refused(t, `${emulator.socketUrl}?${query}`, { session })
    t.strictSame([status, body], [400, ''], query)
    t.match(headers, { ...LIVE_HEADERS, 'content-length': '0', connection: 'close' })
  }
})

t.test('other nonces', async (t) => {
  const emulator = await listenForSockets(t)
  for (const [query, status, body] of [
    ['nonce', 401, UNKNOWN],
    ['nonce=', 401, UNKNOWN],
    ['nonce=%ff%zz', 401, UNKNOWN],
    ['nonce=%2541', 401, UNKNOWN],
    ['nonce=a&nonce=b', 400, refusal(4000, 'nonce was given 2 times; expected once.')]
  ] as const) {
    const answer = await refused(t, `${emulator.socketUrl}?${query}`, { session: null })
    t.strictSame([answer.status, JSON.parse(answer.body)], [status, body], query)
  }
})

t.test('a nonce ends after five minutes of the emulator\'s clock, with its session, and with everything', async (t) => {
  const emulator = await listenForSockets(t)
  const refuse = async (nonce: string): Promise<string> => JSON.parse((await refused(t, `${emulator.socketUrl}?nonce=${encodeURIComponent(nonce)}`, { session: null })).body).errorMessage
  const old = await askNonce(emulator)
  await command(emulator, 'PUT', '/clock', { offset: 'PT5M' })
  t.equal(await refuse(old), 'The nonce is unknown, was used, or is older than five minutes; expected one of GET /nonce.')

  const { userHash, token, authorization } = await command(emulator, 'POST', '/sessions', { xuid: GAMER })
  const { nonce } = (await emulator.app.inject({ url: '/nonce', headers: { authorization } })).json()
  await command(emulator, 'DELETE', `/sessions/${userHash}/${token}`)
  t.equal(await refuse(nonce), 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.')

  const last = await askNonce(emulator)
  await command(emulator, 'POST', '/reset?everything=true')
  t.equal(await refuse(last), 'The nonce is unknown, was used, or is older than five minutes; expected one of GET /nonce.')
})

t.test('the oldest nonces are forgotten', async (t) => {
  const nonces = createNonces()
  const [first, second] = Array.from({ length: 10_001 }, (_, index) => nonces.create({ authorization: `session ${index}`, xuid: String(index) }, 0))
  t.equal(nonces.take(first as string, 0), undefined)
  t.equal(nonces.take(second as string, 0), 'session 1')
})

t.test('who asks for many nonces loses their own', async (t) => {
  const nonces = createNonces()
  const other = nonces.create({ authorization: 'other', xuid: null }, 0)
  const own = Array.from({ length: 1001 }, (_, index) => nonces.create({ authorization: `${index}`, xuid: '1' }, 0))
  t.strictSame([own[0], own[1], other].map((nonce) => nonces.take(nonce as string, 0)), [undefined, '1', 'other'])
  // One that was taken counts no more.
  own.push(nonces.create({ authorization: '1001', xuid: '1' }, 0))
  t.strictSame([own[2], own[1001]].map((nonce) => nonces.take(nonce as string, 0)), ['2', '1001'])
})
