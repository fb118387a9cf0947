import { setTimeout } from 'node:timers/promises'
import { sayProgress } from './progress.ts'
import { openConnection, subscribe, type Subscriber } from './real-time-client.ts'
import type { Server } from './server-process.ts'
import { median } from './table.ts'
import { authorizationOf, SCID, TITLE, xuidOf } from './worlds.ts'

/** What bench/real-time.ts measures. Rows: the case, what is measured, its value. */
type Rows = string[][]

/** The emulator to whose port all connect, and the one that is sent the updates: the same, or another on the same database file. */
export interface Measured {
  readonly server: Server
  readonly writer: Server
  readonly count: number
  /** Where the world is, for the lines that say how far the work is. */
  readonly where: string
}

/** How many connections are opened at a time. */
const AT_A_TIME = 50
const UPDATES = 20
/** Connections of whom some do not read. */
const MIXED = 500
const SLEEPERS = 50
/** So many updates of all achievements at once, of 33 kB each: more than the system and the emulator hold for a client. */
const LARGE_UPDATES = 300
const ACHIEVEMENTS = 96
/** After how long an event that has not come is lost, in ms. */
const LOST = 30_000

const portOf = ({ url }: Server): number => Number(new URL(url).port)
const resourceOf = (user: number): string => `https://achievements.xboxlive.com/users/xuid(${xuidOf(user)})/achievements/${SCID}`
const ms = (value: number): string => `${value.toFixed(1)} ms`
const highest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)

/** Connections of as many users, each with a subscription. */
async function openAll (server: Server, count: number, what: string): Promise<Subscriber[]> {
  const all: Subscriber[] = []
  const say = sayProgress(`${what}: connections opened`, count)
  for (let at = 0; at < count; at += AT_A_TIME) {
    all.push(...await Promise.all(Array.from({ length: Math.min(AT_A_TIME, count - at) }, async (_none, index) => {
      const subscriber = await openConnection(portOf(server), authorizationOf(at + index))
      await subscribe(subscriber, resourceOf(0))
      return subscriber
    })))
    say(all.length)
  }
  return all
}

/** Reports progress of a user on achievements. @throws unless it is answered with 200. */
async function update (server: Server, user: number, achievements: ReadonlyArray<{ id: number, percentComplete: number }>): Promise<void> {
  const answer = await fetch(`${server.url}/users/xuid(${xuidOf(user)})/achievements/${SCID}/update`, {
    method: 'POST',
    headers: { authorization: authorizationOf(user), 'x-xbl-contract-version': '2' },
    body: JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: TITLE, userId: xuidOf(user), achievements: achievements.map(({ id, percentComplete }) => ({ id: String(id), percentComplete })) })
  })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`an update was answered with ${answer.status} ${text}`)
}

/**
 * Does something that tells all of some subscribers of a percentage.
 *
 * @returns how long after it was done the last of them had heard of it, in ms; no less than 0.
 */
async function untilAllHear (subscribers: readonly Subscriber[], percentComplete: number, change: () => Promise<void>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  let left = subscribers.length
  for (const subscriber of subscribers) subscriber.onText = (text) => { if (text.includes(`"current":"${percentComplete}"`) && --left === 0) resolve(performance.now()) }
  await change()
  const answered = performance.now()
  const last = await Promise.race([promise, setTimeout(LOST, undefined, { ref: false })])
  if (last === undefined) throw new Error(`${left} of ${subscribers.length} events did not come within ${LOST} ms; ${subscribers.filter((subscriber) => !subscriber.isOpen()).length} connections were ended`)
  return Math.max(0, last - answered)
}

/** What a connection takes, and how soon all of them hear of an update. */
export async function measureConnections ({ server, writer, count, where }: Measured): Promise<Rows> {
  const name = `${where}, ${count} connections`
  // What is loaded and compiled for the first connection is not theirs.
  for (const first of await openAll(server, AT_A_TIME, `${name}, warming up`)) first.leave()
  const [usedBefore, cpuBefore] = [await server.usedMemory(), server.cpu()]
  const all = await openAll(server, count, name)
  const opening = server.cpu() - cpuBefore
  const used = await server.usedMemory()
  const each = (member: keyof NodeJS.MemoryUsage): string => `${((used[member] - usedBefore[member]) / 1024 / count).toFixed(1)} kB`
  const say = sayProgress(`${name}: updates`, UPDATES)
  const times: number[] = []
  const eventsBegin = server.cpu()
  for (let at = 0; at < UPDATES; at++) {
    times.push(await untilAllHear(all, at + 1, async () => await update(writer, 0, [{ id: 50, percentComplete: at + 1 }])))
    say(at + 1)
  }
  const events = server.cpu() - eventsBegin
  for (const subscriber of all) subscriber.leave()
  return [
    [name, 'memory of each: heap; all that the process holds', `${each('heapUsed')}; ${each('rss')}`],
    [name, 'buffers of each', each('external')],
    [name, 'processor time to open and subscribe, each', `${(opening / count).toFixed(0)} µs`],
    [name, `update's answer to last event, median of ${UPDATES}`, ms(median(times))],
    [name, 'the longest', ms(highest(times))],
    [name, 'processor time of an event', `${(events / count / UPDATES).toFixed(1)} µs`],
    [name, 'memory after all events', `${server.memory().toFixed(0)} MB, at most ${server.peakMemory().toFixed(0)} MB`]
  ]
}

/** Updates most achievements of the user 0 at once, after what they had was taken back every other time. */
async function changeMost (server: Server, at: number): Promise<void> {
  if (at % 2 === 0) await (await fetch(`${server.url}/_emulator/users/${xuidOf(0)}/achievements/${SCID}`, { method: 'DELETE' })).text()
  await update(server, 0, Array.from({ length: ACHIEVEMENTS - 10 }, (_none, index) => ({ id: index + 11, percentComplete: percentageOf(at) })))
}

const percentageOf = (at: number): number => at % 2 === 0 ? 50 : 60

/** What clients that do not read cost the others. */
export async function measureSleepers ({ server, writer, where }: Measured): Promise<Rows> {
  const figures = async (sleeping: number): Promise<{ times: number[], cpu: number, cut: number, memory: number }> => {
    const what = `${where}, ${sleeping} of ${MIXED} do not read`
    const all = await openAll(server, MIXED, what)
    const say = sayProgress(`${what}: updates`, LARGE_UPDATES)
    const [sleepers, readers] = [all.slice(0, sleeping), all.slice(sleeping)]
    for (const sleeper of sleepers) sleeper.sleep()
    const before = server.cpu()
    const times: number[] = []
    for (let at = 0; at < LARGE_UPDATES; at++) {
      times.push(await untilAllHear(readers, percentageOf(at), async () => await changeMost(writer, at)))
      say(at + 1)
    }
    const cpu = (server.cpu() - before) / 1000 / LARGE_UPDATES
    const { frames } = await (await fetch(`${server.url}/_emulator/requests/frames?type=close&direction=out`)).json() as { frames: unknown[] }
    for (const subscriber of all) subscriber.leave()
    return { times, cpu, cut: frames.length, memory: server.peakMemory() }
  }
  const without = await figures(0)
  const withSome = await figures(SLEEPERS)
  const name = `${where}, ${MIXED} connections, ${LARGE_UPDATES} events of 30 kB`
  const row = (what: string, { times, cpu, cut, memory }: typeof without): Rows => [
    [name, `${what}: answer to last event, median`, ms(median(times))],
    [name, `${what}: the longest`, ms(highest(times))],
    [name, `${what}: processor time of an update`, ms(cpu)],
    [name, `${what}: cut, as unread or without a sign of life; peak memory`, `${cut}; ${memory.toFixed(0)} MB`]
  ]
  return [...row('all read', without), ...row(`${SLEEPERS} do not read`, withSome)]
}

const WRITERS = 50
const SUBSCRIBERS = 500
/** How many users each subscriber follows. */
const FOLLOWED = 4
const CONCURRENT = 200
const ROUNDS = 20

/** Whether events are lost, doubled or out of order while many updates are made at once. */
export async function measureOrder ({ server, writer, where }: Measured): Promise<Rows> {
  const heard = new Map<string, string[]>()
  const subscribers = await Promise.all(Array.from({ length: SUBSCRIBERS }, async (_none, at) => {
    const subscriber = await openConnection(portOf(server), authorizationOf(100 + at))
    const users: number[] = []
    for (let index = 0; index < FOLLOWED; index++) users[await subscribe(subscriber, resourceOf((at + index * 7) % WRITERS), index)] = (at + index * 7) % WRITERS
    subscriber.onText = (text) => {
      const [type, subId, data] = JSON.parse(text)
      if (type !== 3) throw new Error(`came instead of an event: ${text}`)
      const key = `${users[subId]} ${at}`
      heard.set(key, [...heard.get(key) ?? [], ...data.progression.map(({ id, requirements }: { id: string, requirements: Array<{ current: string }> }) => `${id}:${requirements[0]?.current}`)])
    }
    return subscriber
  }))
  const name = `${where}, order`
  const say = sayProgress(`${name}: updates`, ROUNDS)
  const begun = performance.now()
  for (let round = 1; round <= ROUNDS; round++) {
    // Four updates of each user, of an achievement each.
    await Promise.all(Array.from({ length: CONCURRENT }, async (_none, at) => await update(writer, at % WRITERS, [{ id: 80 + Math.floor(at / WRITERS), percentComplete: round }])))
    say(round)
  }
  const updating = performance.now() - begun
  const expected = CONCURRENT / WRITERS * ROUNDS
  for (const deadline = performance.now() + LOST; performance.now() < deadline && [...heard.values()].some(({ length }) => length < expected);) await setTimeout(10)
  // Time for what should not come.
  await setTimeout(500)
  for (const subscriber of subscribers) subscriber.leave()
  return [
    [name, `${CONCURRENT} updates at a time of ${WRITERS} users, ${ROUNDS} times`, `${(CONCURRENT * ROUNDS / updating * 1000).toFixed(0)} updates/s`],
    ...countFaults(heard, expected).map((row) => [name, ...row])
  ]
}

/** @param heard what each subscription has heard, in its order, by `user subscriber`. */
function countFaults (heard: ReadonlyMap<string, readonly string[]>, expected: number): Rows {
  const all = [...heard.entries()]
  const lost = SUBSCRIBERS * FOLLOWED * expected - all.reduce((sum, [, events]) => sum + new Set(events).size, 0)
  const doubled = all.reduce((sum, [, events]) => sum + events.length - new Set(events).size, 0)
  const orders = new Map<string, Set<string>>()
  let backwards = 0
  for (const [key, events] of all) {
    const [user = ''] = key.split(' ')
    orders.set(user, (orders.get(user) ?? new Set()).add(events.join()))
    const last = new Map<string, number>()
    for (const event of events) {
      const [id = '', current] = event.split(':')
      if (Number(current) <= (last.get(id) ?? 0)) backwards++
      last.set(id, Number(current))
    }
  }
  const different = [...orders.values()].reduce((sum, { size }) => sum + size - 1, 0)
  return [
    ['events that came', String(all.reduce((sum, [, events]) => sum + events.length, 0))],
    ['lost, doubled', `${lost}, ${doubled}`],
    ['progress that went back', String(backwards)],
    ['subscriptions of a user that heard another order', String(different)]
  ]
}
