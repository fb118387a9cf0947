import { once } from 'node:events'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t, { type Test } from 'tap'
import WebSocket from 'ws'
import type { Emulator, WorldInput } from '../../src/index.ts'
import { start } from '../in-process.ts'
import { ANN, BOB, resourceOf, SCID, WORLD } from './activity.ts'

const AUTHORIZATION = 'XBL3.0 x=u;ann'
/** Locked, and changed by nothing but to show that all before it was told. */
const LAST = 3

/** A client of ann's progress. */
async function follow (t: Test, { url }: Emulator) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/connect`, 'rta.xboxlive.com.V2', { headers: { authorization: AUTHORIZATION } })
  t.teardown(() => socket.terminate())
  const frames: string[] = []
  socket.on('message', (data) => { frames.push(String(data)) })
  await once(socket, 'open')
  const next = async (): Promise<string> => {
    while (frames.length === 0) await once(socket, 'message')
    return frames.shift() as string
  }
  return {
    next,
    subscribe: async (resource = resourceOf(ANN)) => {
      socket.send(JSON.stringify([1, 1, resource]))
      return await next()
    }
  }
}

/** What a frame tells, in short. */
function inShort (frame: string): string {
  const [type, , data] = JSON.parse(frame)
  return type === 3 ? data.progression.map(({ id, progressState, requirements: [{ current }] }: any) => `${id} ${progressState} ${current}`).join() : frame
}

const ask = async ({ url }: Emulator, method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<void> => {
  const response = await fetch(`${url}${path}`, {
    method, headers: { ...headers, ...body !== undefined && { 'content-type': 'application/json' } }, ...body && { body: JSON.stringify(body) }
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
}

const ACHIEVEMENTS = `/_emulator/users/${ANN}/achievements`
const asTitle = { authorization: AUTHORIZATION, 'x-xbl-contract-version': '2' }
const update = async (emulator: Emulator, ...achievements: Array<{ id: string, percentComplete: number }>): Promise<void> => await ask(emulator, 'POST',
  `/users/xuid(${ANN})/achievements/${SCID}/update`, { action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: ANN, achievements }, asTitle)

/** Every way on which progress changes, and what a subscriber is told of it. */
const WAYS: Array<[string, (emulator: Emulator) => unknown, string[]]> = [
  ['an update', (emulator) => update(emulator, { id: '1', percentComplete: 10 }, { id: '2', percentComplete: 20 }), ['1 InProgress 10,2 InProgress 20']],
  ['an update of what was reached before', (emulator) => update(emulator, { id: '1', percentComplete: 100 }, { id: '2', percentComplete: 20 }), ['1 Achieved 100']],
  ['PUT', (emulator) => ask(emulator, 'PUT', `${ACHIEVEMENTS}/${SCID}/2`, { percentComplete: 100 }), ['2 Achieved 100']],
  ['PUT of less', (emulator) => ask(emulator, 'PUT', `${ACHIEVEMENTS}/${SCID}/2`, { percentComplete: 5 }), ['2 InProgress 5']],
  ['PUT of the same', (emulator) => ask(emulator, 'PUT', `${ACHIEVEMENTS}/${SCID}/2`, { percentComplete: 5 }), []],
  ['a revocation, which no event shows', (emulator) => ask(emulator, 'PUT', `${ACHIEVEMENTS}/${SCID}/2`, { percentComplete: 5, isRevoked: true }), []],
  ['DELETE', (emulator) => ask(emulator, 'DELETE', `${ACHIEVEMENTS}/${SCID}/2`), ['2 NotStarted 0']],
  ['the method', (emulator) => emulator.unlock({ xuid: ANN, serviceConfigId: SCID, id: 2, timeUnlocked: '0001-01-01T00:00:00Z' }), ['2 Achieved 100']],
  ['the method that takes back', (emulator) => emulator.resetAchievements(ANN, { serviceConfigId: SCID }), ['1 NotStarted 0,2 NotStarted 0']],
  ['an update of all', (emulator) => update(emulator, { id: '1', percentComplete: 100 }, { id: '2', percentComplete: 100 }), ['1 Achieved 100,2 Achieved 100']],
  ['the player data reset', (emulator) => ask(emulator, 'POST', '/submitJob', { userId: ANN, scid: SCID }, { ...asTitle, 'x-xbl-contract-version': '100' }), ['1 NotStarted 0,2 NotStarted 0']],
  ['PATCH of the world', (emulator) => ask(emulator, 'PATCH', '/_emulator/world', { users: [{ xuid: ANN, achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100 }] }] }), ['[4]']],
  ['PUT of the world', (emulator) => ask(emulator, 'PUT', '/_emulator/world', WORLD), ['[4]']],
  ['a reset', (emulator) => ask(emulator, 'POST', '/_emulator/reset'), ['[4]']],
  ['a reset of everything', (emulator) => emulator.reset({ everything: true }), ['[4]']],
  ['the methods on worlds', (emulator) => { emulator.patchWorld({ users: [] }); emulator.replaceWorld(WORLD as WorldInput) }, ['[4]', '[4]']],
  ['a user who is deleted and made anew', (emulator) => { emulator.deleteUser(BOB); emulator.putUser({ xuid: BOB }) }, ['[4]']]
]

for (const from of ['this process', 'another process']) {
  t.test(`every way on which progress changes, in ${from}, is told by an event, or all is to be fetched anew`, async (t) => {
    const options = { database: join(t.testdir(), 'test.db'), world: { ...WORLD, users: WORLD.users.map((user) => ({ ...user, privacy: 'everyone' })) } as WorldInput, dialect: 'live', crossUser: 'privacy' } as const
    const [one, other] = [await start(t, options), await start(t, options)]
    const changing = from === 'this process' ? one : other
    const { subscribe, next } = await follow(t, one)
    t.equal(await subscribe(), '[1,1,0,0,null]')
    t.equal(await subscribe(resourceOf(BOB)), '[1,1,0,1,null]')
    let percentComplete = 0
    for (const [name, change, expected] of WAYS) {
      await change(changing)
      changing.unlock({ xuid: ANN, serviceConfigId: SCID, id: LAST, percentComplete: ++percentComplete })
      const told: string[] = []
      do told.push(inShort(await next())); while (told.at(-1) !== `${LAST} InProgress ${percentComplete}`)
      t.strictSame(told.slice(0, -1), expected, name)
      changing.resetAchievements(ANN, { serviceConfigId: SCID, id: LAST })
      t.equal(inShort(await next()), `${LAST} NotStarted 0`)
    }
  })
}

t.test('who subscribes while another process holds the database is answered, and told to fetch again once changes are heard', async (t) => {
  const database = join(t.testdir(), 'test.db')
  const emulator = await start(t, { database, world: WORLD as WorldInput })
  const holder = new BetterSqlite3(database)
  t.teardown(() => { holder.close() })
  holder.exec('BEGIN IMMEDIATE')
  const { subscribe, next } = await follow(t, emulator)
  t.equal(await subscribe(), '[1,1,0,0,null]')
  holder.exec('COMMIT')
  t.equal(await next(), '[4]')
  await update(emulator, { id: '2', percentComplete: 100 })
  t.equal(inShort(await next()), '2 Achieved 100')
})
