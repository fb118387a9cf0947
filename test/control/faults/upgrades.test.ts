import t, { type Test } from 'tap'
import { GAMER } from '../../helper.ts'
import { parse } from '../../raw-http.ts'
import { connectRaw, openRaw, type RawClient } from '../../rta/raw-client.ts'
import { command, control, journalOf, listen, untilHeld } from '../client.ts'
import { frame } from '../../../torture/rta/frames.ts'

/** Faults happen to the request with which a connection to rta.xboxlive.com begins as to any other one. */

const MESSAGE = 'A fault that a test has set up.'

/** An emulator with a fault for connections, and a client that asks for one. */
async function ask (t: Test, fault: object): Promise<{ emulator: Awaited<ReturnType<typeof listen>>, client: RawClient, id: number }> {
  const emulator = await listen(t)
  const { id } = await command(emulator, 'POST', '/faults', { path: '/connect', times: 1, ...fault })
  return { emulator, id, client: await connectRaw(t, emulator) }
}

/** Makes sure that the next connection is accepted, and works. */
async function requireNext (t: Test, emulator: Awaited<ReturnType<typeof listen>>): Promise<void> {
  const next = await openRaw(t, emulator)
  next.send(frame('[1,1,"https://x/"]'))
  const [answer] = await next.untilFrames(1)
  t.match(String(answer?.payload), /^\[1,1,1,0,/)
  t.strictSame((await command(emulator, 'GET', '/requests?last=1')).requests[0].connection, 1, 'no other one counts')
}

t.test('a status in the place of the connection', async (t) => {
  for (const [fault, headers] of [[{ status: 503, retryAfter: 7 }, { 'retry-after': '7' }], [{ status: 401 }, { 'www-authenticate': 'XBL3.0' }]] as const) {
    const { emulator, client, id } = await ask(t, fault)
    t.equal(await client.closed(), null)
    const answer = parse(client.received())
    t.match(answer, { status: fault.status, headers: { ...headers, Connection: 'close' } })
    t.equal(JSON.parse(answer.body).errorMessage, MESSAGE)
    t.strictSame(await journalOf(emulator, 1), [{ status: fault.status, fault: id }])
    await requireNext(t, emulator)
  }
})

t.test('a connection that is reset or dropped, and one whose answer would end in its middle', async (t) => {
  for (const effect of ['reset', 'drop', 'truncate']) {
    const { emulator, client, id } = await ask(t, { effect })
    t.equal(await client.closed(), null, effect)
    t.equal(client.received(), '', effect)
    t.strictSame(await journalOf(emulator, 1), [{ status: null, fault: id }], effect)
    t.strictSame(emulator.emulator.realTime.list(), [], effect)
    await requireNext(t, emulator)
  }
})

t.test('a connection that is never answered', async (t) => {
  const { emulator, client, id } = await ask(t, { effect: 'hang' })
  await untilHeld(emulator, 1)
  client.socket.destroy()
  t.strictSame(await journalOf(emulator, 1), [{ status: null, fault: id }])
  await untilHeld(emulator, 0)
  await requireNext(t, emulator)
})

t.test('a connection that is answered late, with what was sent meanwhile', async (t) => {
  const { emulator, client, id } = await ask(t, { delay: 1 })
  client.send(frame('[1,7,"https://x/"]'))
  const [answer] = await client.untilFrames(1)
  t.match(String(answer?.payload), /^\[1,7,1,0,/)
  t.strictSame(await journalOf(emulator, 1), [{ status: 101, fault: id }])
})

t.test('a connection whose fault has not happened yet when everything is reset', async (t) => {
  const { emulator, client } = await ask(t, { delay: 10_000 })
  await untilHeld(emulator, 1)
  await control(emulator, 'POST', '/reset?everything=true')
  t.equal(await client.closed(), null)
  t.equal(parse(client.received()).status, 503)
  await requireNext(t, emulator)
})

t.test('faults for a nonce, and for the connections of one user and title', async (t) => {
  const emulator = await listen(t)
  await command(emulator, 'POST', '/faults', { path: '/nonce', status: 500, times: 1 })
  t.strictSame([(await emulator.get('/nonce')).statusCode, (await emulator.get('/nonce')).statusCode], [500, 200])
  await command(emulator, 'POST', '/faults', { path: '/connect', status: 403, xuid: GAMER })
  const refused = await connectRaw(t, emulator)
  t.match(await refused.head(), /^HTTP\/1\.1 403 /)
  await openRaw(t, emulator, { session: 'demo;friend' })
})
