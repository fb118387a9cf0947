import t from 'tap'
import { XblError, type Emulator } from '../../src/index.ts'
import { connectTo } from '../control/real-time-client.ts'
import { FRIEND, GAMER } from '../helper.ts'
import { start } from '../in-process.ts'
import { thrownBy } from '../thrown-error.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SCID}`

t.test('connections are seen, told, closed and cut', async (t) => {
  const { url, rta, unlock, clock } = await start(t)
  clock.freeze('2020-06-15T12:00:00Z')
  const [gamer, friend] = [await connectTo(t, url), await connectTo(t, url, 'demo;friend')]
  t.equal(await gamer.subscribe(7, RESOURCE), '[1,7,0,0,null]')
  unlock({ xuid: GAMER, serviceConfigId: SCID, id: 9 })
  t.match(await gamer.next(), /^\[3,0,/)
  const [first, second] = rta.connections()
  t.strictSame(first, {
    id: 1,
    xuid: GAMER,
    gamertag: 'gamer',
    titleId: 3051199919,
    sandbox: 'RETAIL',
    opened: '2020-06-15T12:00:00.0000000Z',
    ends: '2020-06-15T14:00:00.0000000Z',
    hasProtocol: true,
    subscriptions: [{ subId: 0, resource: RESOURCE, events: 1 }]
  })
  t.strictSame([rta.connections({ xuid: FRIEND }), rta.connections({ connection: 2 }), rta.connections({ connection: 1, xuid: FRIEND })], [[second], [second], []])
  t.strictSame([rta.resync(), rta.resync({ xuid: FRIEND })], [2, 1])
  t.strictSame([await gamer.next(), await friend.next(), await friend.next()], ['[4]', '[4]', '[4]'])
  t.strictSame([rta.close({ xuid: FRIEND, code: 4000, reason: 'enough' }), await friend.closed], [1, [4000, 'enough']])
  t.strictSame([rta.close({ code: null }), await gamer.closed], [1, [1006, '']])
  t.strictSame([rta.close(), rta.connections()], [0, []])
  const third = await connectTo(t, url)
  t.strictSame([rta.close(), await third.closed], [1, [1000, '']])
})

t.test('faults are set up and taken away', async (t) => {
  const { url, rta } = await start(t)
  const client = await connectTo(t, url)
  const remove = rta.addFault({ on: 'subscribe', code: 1002, seed: 1 })
  t.equal(await client.subscribe(1, RESOURCE), '[1,1,1002,0,null]')
  t.strictSame(rta.faults(), [{ on: 'subscribe', code: 1002, drop: false, delay: null, xuid: null, resource: null, enabled: true, times: null, probability: 1, seed: 1, id: 1, happened: 1 }])
  remove()
  t.strictSame(rta.faults(), [])
  t.equal(await client.subscribe(2, RESOURCE), '[1,2,0,0,null]')
  rta.addFault({ on: 'event', drop: true })
  rta.addFault({ on: 'event', delay: 1 })
  t.strictSame([rta.removeFault(2), rta.removeFault(2), rta.faults().map(({ id }) => id)], [true, false, [3]])
  rta.clearFaults()
  t.strictSame(rta.faults(), [])
})

t.test('what is wrong is refused, and does nothing', async (t) => {
  const { url, rta } = await start(t)
  const client = await connectTo(t, url)
  for (const [call, message] of [
    [() => rta.connections({ xuid: 'gamer' }), 'The selection, at /xuid: found "gamer", expected a XUID in quotes, or null.'],
    [() => rta.connections({ user: GAMER } as object), 'The selection, at /user: unknown member; known are connection, xuid.'],
    [() => rta.resync({ connection: 0 }), 'The selection, at /connection: found 0, expected the id of a connection, or null.'],
    [() => rta.close(1000 as unknown as object), 'The ending: found 1000, expected an object.'],
    [() => rta.close({ code: 1006 }), 'code is 1006; expected a code that a close frame can have: 1000 to 1003, 1007 to 1014 or 3000 to 4999, or null.'],
    [() => rta.addFault({ on: 'event' }), 'The fault on "event" does nothing; expected drop or delay.'],
    [() => rta.addFault({} as { on: 'event' }), 'The fault, at /on: missing, expected one of "subscribe", "event".']
  ] as const) {
    const error = thrownBy(call)
    t.ok(error instanceof XblError, message)
    t.match(error, { status: 400, message })
  }
  t.equal(await client.subscribe(1, RESOURCE), '[1,1,0,0,null]')
})

t.test('without real-time activity', async (t) => {
  const { rta } = await start(t, { rta: false })
  const calls: ReadonlyArray<(methods: Emulator['rta']) => unknown> = [
    ({ connections }) => connections(), ({ endpoints }) => endpoints(), ({ resync }) => resync(), ({ close }) => close(), ({ addFault }) => addFault({ on: 'event', drop: true }),
    ({ faults }) => faults(), ({ removeFault }) => removeFault(1), ({ clearFaults }) => clearFaults()
  ]
  for (const call of calls) t.match(thrownBy(() => call(rta)), { status: 404, message: 'There is no real-time activity: the option rta leaves it out.' }, String(call))
})
