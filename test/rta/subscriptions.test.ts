import t from 'tap'
import type { Connection } from '../../src/rta/connection.ts'
import { createSubscriptions, userKeyOf, type Subscription } from '../../src/rta/subscriptions.ts'
import { ANN, BOB, CID, DEV, EVENT_SCID, OLD_SCID, openHub, resourceOf, SCID } from './activity.ts'

/** The code that each resource is answered with. */
const codes = (connect: ReturnType<typeof openHub>['connect'], resources: readonly unknown[], session?: string): unknown[] => {
  const client = connect(session)
  for (const resource of resources) client.say([1, 0, resource])
  return client.frames.map((frame) => JSON.parse(frame)[2])
}

const path = (xuid: string, scid = SCID): string => `/users/xuid(${xuid})/achievements/${scid}`

t.test('how the URI of a resource may be spelled', async (t) => {
  const known = [
    `https://achievements.xboxlive.com${path(ANN)}`,
    `HTTPS://Achievements.XboxLive.COM${path(ANN)}`,
    `http://achievements.xboxlive.com${path(ANN)}`,
    `https://achievements.xboxlive.com:443${path(ANN)}`,
    `https://achievements.xboxlive.com.:8443${path(ANN)}`,
    `https://achievements.xboxlive.com${path(ANN)}/`,
    `https://achievements.xboxlive.com//users//xuid(${ANN})/achievements/${SCID}`,
    `https://achievements.xboxlive.com/users/xuid%28${ANN}%29/achievements/${SCID}`,
    `https://achievements.xboxlive.com/%75sers/xuid(${ANN})/achievements/${SCID}`,
    `https://achievements.xboxlive.com/USERS/XUID(${ANN})/Achievements/${SCID}`,
    `https://achievements.xboxlive.com/users/xuid(00${ANN})/achievements/${SCID}`,
    `https://achievements.xboxlive.com${path(ANN)}?maxItems=1`,
    `https://achievements.xboxlive.com${path(ANN)}#there`,
    `http://127.0.0.1:5280${path(ANN)}`,
    `http://[::1]:5280${path(ANN)}`,
    `https://localhost${path(ANN)}`,
    `https://xbox.test${path(ANN)}`
  ]
  const unknown = [
    '', ' ', path(ANN), 'https://achievements.xboxlive.com', `ftp://achievements.xboxlive.com${path(ANN)}`,
    ` https://achievements.xboxlive.com${path(ANN)}`, `https://user@achievements.xboxlive.com${path(ANN)}`,
    `https://achievements.xboxlive.com:70000${path(ANN)}`, `https://example.com${path(ANN)}`,
    `https://userpresence.xboxlive.com${path(ANN)}`, `https://rta.xboxlive.com${path(ANN)}`, `https://${path(ANN)}`,
    `https://achievements.xboxlive.com${path(ANN)}/1`, `https://achievements.xboxlive.com/users/xuid(${ANN})/achievements`,
    `https://achievements.xboxlive.com/users/xuid(${ANN})/achievements/${SCID}%2f`, `https://achievements.xboxlive.com/users/xuid(${ANN})/achievements/${SCID}%00`,
    `https://achievements.xboxlive.com/users/xuid%2528${ANN}%2529/achievements/${SCID}`,
    `https://achievements.xboxlive.com/x/..${path(ANN)}`, `https://achievements.xboxlive.com/users/gt(ann)/achievements/${SCID}`,
    `https://achievements.xboxlive.com/users/xuid()/achievements/${SCID}`, `https://achievements.xboxlive.com/users/xuid(-1)/achievements/${SCID}`,
    `https://achievements.xboxlive.com/users/xuid(18446744073709551616)/achievements/${SCID}`, `https://achievements.xboxlive.com${path(ANN, 'abc')}`,
    `https://achievements.xboxlive.com${path(ANN)}?${'x'.repeat(512)}`, '\ud800', null, undefined, 5, {}, ['x']
  ]
  for (const dialect of ['documented', 'live'] as const) {
    const { connect } = openHub(t, { config: { dialect, allowedHosts: 'xbox.test' } })
    t.strictSame(codes(connect, known), known.map(() => 0), `${dialect}: known`)
    t.strictSame(codes(connect, unknown), unknown.map(() => 1), `${dialect}: unknown`)
  }
})

t.test('me, and the letter case of a service configuration id, are those of the dialect', async (t) => {
  const me = `https://achievements.xboxlive.com/users/Me/achievements/${SCID}`
  const upper = resourceOf(ANN, SCID.toUpperCase())
  const documented = openHub(t)
  t.strictSame(codes(documented.connect, [me, upper]), [1, 0])
  const live = openHub(t, { config: { dialect: 'live' } })
  t.strictSame(codes(live.connect, [me, upper]), [0, 1])
  t.strictSame(codes(live.connect, [me], 'nobody'), [3])

  const [a, b] = [documented.connect(), live.connect()]
  a.subscribe(upper)
  b.subscribe(me)
  for (const { report, settle } of [documented, live]) {
    report(ANN, { 1: 100 })
    await settle()
  }
  t.equal(a.frames.length, 2)
  t.equal(a.frames[1], b.frames[1])
})

t.test('who may subscribe to whom', async (t) => {
  const all = [ANN, BOB, CID, '1'].map((xuid) => resourceOf(xuid))
  const expected = {
    documented: { ann: [0, 0, 3, 3], bob: [0, 0, 3, 3], cid: [0, 3, 0, 3], site: [0, 3, 3, 3], nobody: [3, 3, 3, 3] },
    privacy: { ann: [0, 0, 3, 3], bob: [0, 0, 3, 3], cid: [0, 3, 0, 3], site: [0, 3, 3, 3], nobody: [3, 3, 3, 3] },
    strict: { ann: [0, 3, 3, 3], bob: [3, 0, 3, 3], cid: [3, 3, 0, 3], site: [0, 3, 3, 3], nobody: [3, 3, 3, 3] }
  }
  for (const [crossUser, sessions] of Object.entries(expected)) {
    const { connect } = openHub(t, { config: { crossUser: crossUser as keyof typeof expected } })
    for (const [session, answers] of Object.entries(sessions)) t.strictSame(codes(connect, all, session), answers, `${crossUser}: ${session}`)
  }
})

t.test('which service configurations: those that the title may read in its sandbox, and that are served', async (t) => {
  const numbered = (n: number): string => `11111111-0000-0000-0000-00000000000${n}`
  const all = [SCID, EVENT_SCID, OLD_SCID, numbered(4), numbered(5), numbered(6), numbered(7), numbered(8)].map((scid) => resourceOf(ANN, scid))
  const documented = openHub(t)
  t.strictSame(codes(documented.connect, all), [0, 0, 0, 1, 1, 1, 1, 1])
  t.strictSame(codes(documented.connect, all, 'titleless'), [1, 0, 0, 1, 1, 1, 1, 1])
  t.strictSame(codes(documented.connect, all, 'dev'), [0, 1, 1, 1, 1, 1, 0, 1])
  const live = openHub(t, { config: { dialect: 'live' } })
  t.strictSame(codes(live.connect, all, 'any'), [0, 0, 0, 0, 1, 1, 1, 1], 'what may be any title owns them all')
})

t.test('without the subprotocol every subscription is status 3', async (t) => {
  const { connect, hub } = openHub(t)
  const client = connect('ann', { hasProtocol: false })
  client.say([1, 1, resourceOf(ANN)])
  client.say([1, 2, 'nonsense'])
  client.say([2, 3, 0])
  t.strictSame(client.frames, ['[1,1,3,0,null]', '[1,2,3,0,null]', '[2,3,1]'])
  t.strictSame(hub.list(client.id), [])
})

t.test('ids count the subscriptions of a connection, and are not given twice', async (t) => {
  const { connect, hub, report, settle } = openHub(t)
  const [client, other] = [connect(), connect()]
  const resource = resourceOf(ANN)
  t.strictSame([client.subscribe(resource), client.subscribe(resource), client.subscribe(resourceOf(BOB)), other.subscribe(resource)], [0, 1, 2, 0])
  report(ANN, { 1: 10 })
  client.say([2, 8, 0])
  report(ANN, { 1: 20 })
  await settle()
  t.strictSame(hub.list(client.id), [{ subId: 1, resource, events: 2 }, { subId: 2, resource: resourceOf(BOB), events: 0 }])
  t.equal(client.subscribe(resource), 3)
  t.strictSame(client.frames.filter((frame) => !frame.startsWith('[3,')), ['[1,7,0,0,null]', '[1,7,0,1,null]', '[1,7,0,2,null]', '[2,8,0]', '[1,7,0,3,null]'])
  t.notOk(client.frames.some((frame) => frame.startsWith('[3,0,')), 'what was under way to an id whose end was answered is not sent')
  t.equal(other.frames.length, 3)
  client.conversation.end()
  client.conversation.end()
  t.strictSame(hub.list(client.id), [])
  t.strictSame(hub.list(999), [])
  t.strictSame([other, client].map(({ id }) => hub.count(id)), [1, 0])
})

t.test('nothing is kept of subscriptions and connections that have ended', async (t) => {
  const told: Array<[string, Subscription]> = []
  const { open, close, add, remove, about, subscribers, count } = createSubscriptions((what, subscription) => { told.push([what, subscription]) })
  const connection = { id: 1 } as Connection
  const subscriber = open(connection)
  const toSubscription = (key: string, subId: number): Subscription => ({ subId, resource: key, topic: { key, xuid: ANN, mayReceive: () => true, dataOf: () => [] }, connection, after: 0, isHidden: false, events: 0 })
  const ofAnn = (): number | undefined => about(userKeyOf(ANN))?.size
  const [a, b, c] = [toSubscription('x', 0), toSubscription('x', 1), toSubscription('y', 2)]
  for (const each of [a, b, c]) add(each)
  t.strictSame([about('x')?.size, about('y')?.size, subscriber.subscriptions.size, count(), ofAnn()], [2, 1, 3, 3, 3])
  remove(a)
  t.strictSame([about('x')?.size, subscriber.subscriptions.size, count(), ofAnn()], [1, 2, 2, 2])
  close(subscriber)
  t.strictSame([about('x'), about('y'), subscribers.size, subscriber.subscriptions.size, count(), ofAnn()], [undefined, undefined, 0, 0, 0, undefined])
  t.strictSame(told, [['added', a], ['added', b], ['added', c], ['deleted', a], ['deleted', b], ['deleted', c]])
})

t.test('to end what is not there', async (t) => {
  const { connect } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN))
  for (const subId of [1, -1, 0.5, '0', null, 0, 0]) client.say([2, 9, subId])
  t.strictSame(client.frames.slice(1), ['[2,9,1]', '[2,9,1]', '[2,9,1]', '[2,9,1]', '[2,9,1]', '[2,9,0]', '[2,9,1]'])
})

t.test('a connection has a limit of subscriptions, whatever they are about', async (t) => {
  const { connect } = openHub(t)
  const client = connect()
  for (let seq = 0; seq < 1000; seq++) client.say([1, seq, resourceOf(ANN)])
  for (const resource of [resourceOf(BOB), 'unknown']) client.say([1, 0, resource])
  client.say([2, 0, 1])
  client.say([1, 0, resourceOf(BOB)])
  t.strictSame(client.frames.slice(999), ['[1,999,0,999,null]', '[1,0,2,0,null]', '[1,0,2,0,null]', '[2,0,0]', '[1,0,0,1000,null]'])
  t.equal(connect().subscribe(resourceOf(ANN)), 0, 'it is the connection\'s')
})

t.test('there is a limit of all subscriptions, too, and there is room again when others end', async (t) => {
  const { connect } = openHub(t, { hub: { mostInAll: 3 } })
  const [one, other] = [connect(), connect()]
  for (let seq = 0; seq < 2; seq++) for (const client of [one, other]) client.say([1, seq, resourceOf(ANN)])
  one.conversation.end()
  for (const seq of [2, 3, 4]) other.say([1, seq, resourceOf(ANN)])
  t.strictSame(one.frames, ['[1,0,0,0,null]', '[1,1,0,1,null]'])
  t.strictSame(other.frames, ['[1,0,0,0,null]', '[1,1,1002,0,null]', '[1,2,0,1,null]', '[1,3,0,2,null]', '[1,4,1002,0,null]'])
})

t.test('five thousand attempts in ten seconds', async (t) => {
  let now = 0
  const { connect } = openHub(t, { hub: { now: () => now } })
  const client = connect()
  for (let seq = 0; seq < 5001; seq++) client.say(`[1,${seq},"${resourceOf(ANN)}"]`)
  now = 9999.9
  client.say([1, 5001, 'unknown'])
  now = 10_000
  client.say([1, 5002, resourceOf(ANN)])
  t.equal(client.frames.findIndex((frame) => frame.startsWith('[1,1000,')), 1000)
  t.strictSame([999, 1000, 4999, 5000, 5001, 5002].map((at) => client.frames[at]),
    ['[1,999,0,999,null]', '[1,1000,2,0,null]', '[1,4999,2,0,null]', '[1,5000,1001,0,null]', '[1,5001,1001,0,null]', '[1,5002,2,0,null]'])
})

t.test('a store that cannot be read is status 1002', async (t) => {
  const { connect, database } = openHub(t)
  const client = connect()
  database.exec('ALTER TABLE person RENAME TO gone')
  client.say([1, 0, resourceOf(BOB)])
  database.exec('ALTER TABLE gone RENAME TO person')
  client.say([1, 1, resourceOf(BOB)])
  t.strictSame(client.frames, ['[1,0,1002,0,null]', '[1,1,0,0,null]'])
})

t.test('a test refuses subscriptions', async (t) => {
  const asked: object[] = []
  const refusals = [1002, null, 77]
  const { connect } = openHub(t, {
    faults: {
      refusalOf: (subscription) => {
        asked.push(subscription)
        return refusals.shift() ?? null
      },
      fateOf: () => ({ drop: false, delay: 0 })
    }
  })
  const client = connect()
  for (const resource of [resourceOf(ANN), resourceOf(ANN), null]) client.say([1, 4, resource])
  t.strictSame(client.frames, ['[1,4,1002,0,null]', '[1,4,0,0,null]', '[1,4,77,0,null]'])
  t.strictSame(asked, [{ xuid: ANN, resource: resourceOf(ANN) }, { xuid: ANN, resource: resourceOf(ANN) }, { xuid: ANN, resource: '' }])
})

t.test('numbers of a client come back as they were sent', async (t) => {
  const { connect } = openHub(t)
  const client = connect()
  client.say(`[1,18446744073709551615,"${resourceOf(ANN)}"]`)
  client.say('[2,-0,0]')
  client.say('[1,9007199254740993,null]')
  t.strictSame(client.frames, ['[1,18446744073709551615,0,0,null]', '[2,0,0]', '[1,9007199254740993,1,0,null]'])
})

t.test('what is no message ends the connection, and what follows is not read', async (t) => {
  const { connect, hub, report, settle } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN))
  client.say([3, 0, {}])
  client.say([4])
  client.say('{}')
  client.say([1, 1, resourceOf(ANN)])
  client.say('{}')
  report(ANN, { 1: 100 })
  await settle()
  t.strictSame(client.frames, ['[1,7,0,0,null]'])
  t.strictSame(client.closed, [{ code: 1007, reason: 'The frame is no JSON array; expected [1,seq,"resource"] or [2,seq,subId]' }])
  t.strictSame(hub.list(client.id), [])
})

t.test('who was cut because it did not read is told after its first subscription', async (t) => {
  const { connect } = openHub(t)
  const client = connect('ann', { hasMissed: true })
  client.say([1, 0, 'unknown'])
  client.say([1, 1, resourceOf(ANN)])
  client.say([1, 2, resourceOf(ANN)])
  t.strictSame(client.frames, ['[1,0,1,0,null]', '[1,1,0,0,null]', '[4]', '[1,2,0,1,null]'])
})

t.test('progress is told in the sandbox where it was made', async (t) => {
  const { connect, report, settle } = openHub(t)
  const [retail, dev] = [connect('ann'), connect('dev')]
  for (const client of [retail, dev]) client.subscribe(resourceOf(ANN))
  report(ANN, { 1: 10 }, SCID, DEV)
  await settle()
  t.strictSame([retail.frames.length, dev.frames.length], [1, 2])
})
