import { join } from 'node:path'
import BetterSqlite3, { type Database } from 'better-sqlite3'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { XblError } from '../../src/model/refusals.ts'
import { buildApp } from '../../src/server/app.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { WriteQueue } from '../../src/store/write-queue.ts'
import { command, control, refusal, sentBy, worldText } from '../control/client.ts'
import { DEMO, FRIEND, GAMER, listOf, NOW, SAMPLE_SCID, STRANGER } from '../helper.ts'
import { codeForm, post, postForm, postLive, postUser, postXsts, authorize, refreshForm, userTokenOf } from '../sign-in/client.ts'
import { askAuthorize, askDeviceCode, askToken } from '../sign-in/microsoft-client.ts'
import { deviceBody, deviceTokenOf, sisuBody, titleBody } from '../sign-in/xal-client.ts'
import { thrownBy } from '../thrown-error.ts'

/** Longer than a test takes. */
const LONG = 600_000
const BUSY = 'Another process is writing to the database file, and has not ended in time; nothing was changed.'
const UPDATE_SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

/** A database file with the demo world, and a second connection that can lock it. */
function open (t: Test): { database: Database, lock: () => void, unlock: () => void } {
  const file = join(t.testdir(), 'test.db')
  const database = openDatabase(file, 0)
  seed(database, DEMO, 'demo')
  const other = new BetterSqlite3(file, { timeout: 0 })
  t.teardown(() => {
    database.close()
    other.close()
  })
  return { database, lock: () => { other.exec('BEGIN IMMEDIATE') }, unlock: () => { other.exec('COMMIT') } }
}

function build (t: Test, longestWait: number) {
  const { database, ...others } = open(t)
  const emulator = buildApp(readConfig({ logLevel: 'silent' }), { database, clock: { now: () => NOW }, longestWait })
  t.teardown(() => emulator.app.close())
  return { ...emulator, database, ...others }
}

const update = (percentComplete: number) => ({
  method: 'POST' as const,
  url: `/users/xuid(${GAMER})/achievements/${UPDATE_SCID}/update`,
  headers: sentBy('demo;titleless'),
  payload: JSON.stringify({ action: 'progressUpdate', serviceConfigId: UPDATE_SCID, titleId: 1660944384, userId: GAMER, achievements: [{ id: '9', percentComplete }] })
})

t.test('a write waits for another process, and requests that only read do not', async (t) => {
  const { app, lock, unlock, journal } = build(t, LONG)
  lock()
  const written = app.inject(update(100))
  for (let count = 0; count < 100; count++) {
    const { statusCode } = await app.inject({ url: listOf(GAMER), headers: sentBy() })
    t.equal(statusCode, 200)
  }
  t.strictSame([...journal.find({ method: 'POST' })], [], 'it is not answered yet')
  unlock()
  const { statusCode, body, headers } = await written
  t.strictSame([statusCode, body, headers['content-length']], [200, '', '0'])
  t.equal((await app.inject(update(100))).statusCode, 304, 'it is written, once')
})

t.test('every request that writes changes nothing while another process writes, and all of it afterwards', async (t) => {
  const emulator = build(t, 0)
  const { app, lock, unlock, database } = emulator
  await command(emulator, 'POST', '/sessions', { userHash: 'h', token: 't' })
  const code = new URL((await authorize(emulator, { login_hint: GAMER })).headers.location as string).searchParams.get('code') as string
  const { refresh_token: refreshToken } = (await postForm(emulator, refreshForm(GAMER))).json()
  const userToken = await userTokenOf(emulator, GAMER)
  const deviceToken = await deviceTokenOf(emulator)
  const connect = async () => await postLive(emulator, '/oauth20_connect.srf', { client_id: 'my-app', response_type: 'device_code' })
  const [device, other] = [(await connect()).json(), (await connect()).json()]
  const page = (await authorize(emulator, {})).body
  const [, passwordUrl = ''] = /"urlPost":"https?:\/\/[^/]+([^"]+)"/.exec(page) ?? []
  const [, PPFT = ''] = /name="PPFT" value="([^"]+)"/.exec(page) ?? []
  const neighbour = async (url: string, body: object, token = 'demo;gamer') => await app.inject({ method: 'POST', url, headers: { authorization: `XBL3.0 x=${token}`, 'x-xbl-contract-version': '3' }, payload: body })
  const own = async (method: string, path: string, body?: unknown): Promise<number> => (await control(emulator, method, path, body)).status
  const statusOf = async (response: Promise<{ statusCode: number }>): Promise<number> => (await response).statusCode
  const writes: Array<[what: string, status: number, ask: () => Promise<number>]> = [
    ['update', 200, () => statusOf(app.inject(update(100)))],
    ['authorize', 302, () => statusOf(authorize(emulator, { login_hint: GAMER }))],
    ['tokens at once', 302, () => statusOf(authorize(emulator, { login_hint: GAMER, response_type: 'token' }))],
    ['a password', 302, () => statusOf(postLive(emulator, passwordUrl, { PPFT, login: 'gamer', passwd: 'any' }))],
    ['a device code', 200, () => statusOf(connect())],
    ['who signs in on a device', 200, () => statusOf(postLive(emulator, '/oauth20_remoteconnect.srf', { otc: device.user_code, user: 'gamer' }))],
    ['the same by the control API', 204, () => own('PUT', `/device-codes/${other.user_code}`, { decision: 'approve', user: 'gamer' })],
    ['an approved device code', 200, () => statusOf(postForm(emulator, { grant_type: 'device_code', client_id: 'my-app', device_code: device.device_code }))],
    ['the other host', 302, () => statusOf(askAuthorize(emulator, { login_hint: GAMER }))],
    ['a device code of the other host', 200, () => statusOf(askDeviceCode(emulator))],
    ['a refresh token at the other host', 200, () => statusOf(askToken(emulator, { grant_type: 'refresh_token', refresh_token: GAMER }))],
    ['a device token', 200, () => statusOf(post(emulator, '/device/authenticate', deviceBody()))],
    ['a title token', 200, () => statusOf(post(emulator, '/title/authenticate', titleBody(deviceToken)))],
    ['SISU', 200, () => statusOf(post(emulator, '/authorize', sisuBody(deviceToken)))],
    ['a title that runs', 200, () => statusOf(neighbour(`/users/xuid(${GAMER})/devices/current/titles/current`, { state: 'active' }))],
    ['a reset of player data', 200, () => statusOf(neighbour('/submitJob', { userId: GAMER, scid: SAMPLE_SCID }))],
    ['a presence', 204, () => own('PUT', `/users/${GAMER}/presence`, {})],
    ['no presence', 204, () => own('DELETE', `/users/${GAMER}/presence`)],
    ['a code', 200, () => statusOf(postForm(emulator, codeForm(code)))],
    ['a refresh token', 200, () => statusOf(postForm(emulator, refreshForm(refreshToken)))],
    ['a user token', 200, () => statusOf(postUser(emulator, GAMER))],
    ['an XSTS token', 200, () => statusOf(postXsts(emulator, userToken))],
    ['a session', 201, () => own('POST', '/sessions', { xuid: GAMER })],
    ['no session', 204, () => own('DELETE', '/sessions/h/t')],
    ['privacy', 204, () => own('PUT', `/users/${GAMER}/privacy`, { privacy: 'blocked' })],
    ['a friend', 204, () => own('PUT', `/users/${STRANGER}/friends/${GAMER}`)],
    ['no friend', 204, () => own('DELETE', `/users/${STRANGER}/friends/${GAMER}`)],
    ['progress', 200, () => own('PUT', `/users/${FRIEND}/achievements/${SAMPLE_SCID}/3`, {})],
    ['a user', 201, () => own('PUT', '/users/5', {})],
    ['no user', 204, () => own('DELETE', '/users/5')],
    ['a part of a world', 200, () => own('PATCH', '/world', { users: [{ xuid: '6', gamertag: 'six' }] })],
    ['reset', 200, () => own('POST', '/reset')],
    ['a world', 200, () => own('PUT', '/world', { titles: [] })]
  ]
  const state = async (): Promise<unknown> => [await worldText(emulator), ...['sign_in_token', 'device_code', 'xal_token'].map((table) => database.prepare(`SELECT * FROM ${table}`).all())]
  for (const [what, status, ask] of writes) {
    const before = await state()
    lock()
    t.equal(await ask(), 503, what)
    unlock()
    t.strictSame(await state(), before, what)
    t.equal(await ask(), status, what)
  }
})

t.test('the answer to a write that waits too long', async (t) => {
  const { app, lock } = build(t, 0)
  lock()
  const { statusCode, headers, body } = await app.inject(update(50))
  t.match({ statusCode, headers }, { statusCode: 503, headers: { 'retry-after': '5', 'cache-control': 'no-cache, no-store, must-revalidate' } })
  t.strictSame(JSON.parse(body), refusal(5300, BUSY))
})

t.test('a request that is refused after it has waited', async (t) => {
  const { app, lock, unlock } = build(t, LONG)
  lock()
  const refused = app.inject({ method: 'DELETE', url: `/_emulator/users/${FRIEND}/friends/5` })
  t.equal((await app.inject('/_emulator/health')).statusCode, 200)
  unlock()
  const { statusCode, body } = await refused
  t.strictSame([statusCode, JSON.parse(body)], [404, refusal(null, 'There is no user 5.')])
})

t.test('a server that closes refuses the writes that wait', async (t) => {
  const emulator = build(t, LONG)
  const { app, lock } = emulator
  lock()
  let isHandled = (): void => {}
  const handled = new Promise<void>((resolve) => { isHandled = resolve })
  app.addHook('preHandler', (_request, _reply, done) => {
    done()
    isHandled()
  })
  const written = app.inject(update(50))
  await handled
  await app.close()
  t.equal((await written).statusCode, 503)
})

t.test('errors of the database', async (t) => {
  const emulator = build(t, 0)
  const { database } = emulator
  const before = await worldText(emulator)
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`)
  const full = await control(emulator, 'PATCH', '/world', { users: [{ xuid: '6', gamertag: 'six'.repeat(100_000) }] })
  t.strictSame([full.status, full.body], [503, refusal(5300, 'The database cannot be used: database or disk is full; nothing was changed.')])
  t.equal(await worldText(emulator), before)
})

t.test('a request that only reads finds a lock', async (t) => {
  const { app } = build(t, 0)
  app.addHook('onRequest', async () => { throw new BetterSqlite3.SqliteError('database is locked', 'SQLITE_BUSY_RECOVERY') })
  const busy = await app.inject('/_emulator/health')
  t.strictSame([busy.statusCode, busy.headers['retry-after'], busy.json()], [503, '5', refusal(5300, BUSY)])
})

/** A queue without a server. */
function prepare (t: Test, longestWait: number) {
  const { database, lock, unlock } = open(t)
  const queue = new WriteQueue(database, longestWait)
  const { transact } = prepareStore(database, undefined, queue.requireTurn)
  const written: string[] = []
  const write = (name: string) => (): string => transact(() => {
    written.push(name)
    return name
  })
  return { queue, lock, unlock, write, written }
}

t.test('no write overtakes one that waits', async (t) => {
  const { queue, lock, unlock, write, written } = prepare(t, LONG)
  t.equal(queue.run(write('at once')), 'at once')
  lock()
  const [first, second] = [queue.run(write('first')), queue.run(write('second'))]
  unlock()
  const third = queue.run(write('third'))
  t.strictSame(written, ['at once'])
  t.strictSame(await Promise.all([third, second, first]), ['third', 'second', 'first'])
  t.strictSame(written, ['at once', 'first', 'second', 'third'])
  t.equal(queue.run(write('last')), 'last')
})

t.test('a file that is locked again just before the attempt', async (t) => {
  const { queue, lock, unlock, write, written } = prepare(t, LONG)
  lock()
  let turns = 0
  const result = queue.run(() => {
    // The file was free when the queue checked it, and is locked again.
    if (turns++ === 1) {
      lock()
      setTimeout(unlock)
    }
    return write('done')()
  })
  unlock()
  t.equal(await result, 'done')
  t.strictSame([turns, written], [3, ['done']])
})

t.test('more writes than may wait', async (t) => {
  const { queue, lock, unlock, write, written } = prepare(t, LONG)
  lock()
  const waiting = Array.from({ length: 1000 }, (_, index) => queue.run(write(String(index))))
  const error = thrownBy(() => queue.run(write('too much')))
  t.match(error, new XblError(503, BUSY, { code: 5300, headers: { 'retry-after': '5' } }))
  unlock()
  queue.close()
  t.strictSame(await Promise.all(waiting), written)
  t.equal(written.length, 1000)
  t.equal(queue.run(write('at once')), 'at once')
  lock()
  t.match(thrownBy(() => queue.run(write('nobody waits any more'))), { status: 503 })
})

t.test('a write that blocks the process', async (t) => {
  const { queue, lock, unlock, write } = prepare(t, 1)
  lock()
  t.match(thrownBy(() => queue.runNow(write('a'))), { name: 'XblError', status: 503, message: BUSY })
  unlock()
  t.equal(queue.runNow(write('b')), 'b')
  const broken = new Error('broken')
  t.equal(thrownBy(() => queue.runNow(() => { throw broken })), broken)
  t.equal(thrownBy(() => queue.run(() => { throw broken })), broken)
})
