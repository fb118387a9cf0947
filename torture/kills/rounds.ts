import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { crowd } from '../../bench/worlds.ts'
import { requireWorld } from '../../src/operations/world.ts'
import type { Random } from '../random.ts'
import { change, foresee, inspect, schemaOf, type Work } from './database.ts'
import { kill, killAtStart, killDuring, startOn } from './doomed.ts'
import { disturb, follow, type Follower } from './listeners.ts'
import { findLost, keepReporting, updateUntilKilled } from './updates.ts'

/** What a round uses. */
export interface Round {
  readonly random: Random
  /** A folder for this round alone. */
  readonly folder: string
  /** Files that are prepared once for all rounds: the demo world, a crowd of users, the same in the schema of the first version, and as a document. */
  readonly prepared: { readonly demo: string, readonly crowd: string, readonly old: string, readonly world: string }
  readonly signal: AbortSignal
  /** Counts an outcome. */
  readonly note: (what: string) => void
}

/** Runs a round, and returns what is wrong with the file; undefined when nothing is. */
type Play = (round: Round) => Promise<string | undefined>

/** A crowd that takes some milliseconds to write. */
export const smallCrowd = (users = 300): object => crowd(users)

/** Requires that the world of a file is the one before or after the change; after an acknowledgement, the one after it. */
function compare ({ note }: Round, file: string, { before, after, isAcknowledged }: { before: object | null, after: object, isAcknowledged: boolean }): string | undefined {
  const { wrong, world } = inspect(file)
  if (wrong !== undefined) return wrong
  const held = JSON.stringify(world)
  if (held === JSON.stringify(after)) {
    note(isAcknowledged ? 'acknowledged' : 'done')
    return undefined
  }
  if (held !== JSON.stringify(before)) return 'half a state is left'
  note('not done')
  return isAcknowledged ? 'an acknowledged write is lost' : undefined
}

function copied ({ folder }: Round, template: string): string {
  const file = join(folder, 'world.db')
  copyFileSync(template, file)
  return file
}

/** Changes the world over HTTP, and kills the server at a random moment during the change or soon after it. */
async function killChange (round: Round, file: string, { request, work }: { request: { method: string, path: string, body?: string }, work: Work }): Promise<string | undefined> {
  const foreseen = foresee(file, work)
  const server = await startOn(file, round.signal)
  // Reading the request and writing to the disk take longer than the change in memory.
  const isAcknowledged = await killDuring(server, request, round.random.fraction() * (2 * foreseen.ms + 8))
  return compare(round, file, { ...foreseen, isAcknowledged })
}

const update: Play = async (round) => {
  const file = copied(round, round.prepared.demo)
  const { before } = foresee(file, () => {})
  const writers = await updateUntilKilled(await startOn(file, round.signal), before, round.random)
  const { wrong, world } = inspect(file)
  return wrong ?? (world === null ? 'the world is gone' : findLost(writers, before, world))
}

const put: Play = async (round) => {
  const document = smallCrowd(50 + round.random.below(500))
  return await killChange(round, copied(round, round.prepared.demo), {
    request: { method: 'PUT', path: '/_emulator/world', body: JSON.stringify(document) }, work: (run) => run('world.replace', { world: requireWorld('world', document), source: 'torture' })
  })
}

const patch: Play = async (round) => {
  const users = round.random.times(1 + round.random.below(200), () => 0).map((_none, index) => ({ xuid: String(9_000_000 + index), gamertag: `patched ${index}`, privacy: 'blocked' }))
  return await killChange(round, copied(round, round.prepared.demo), {
    request: { method: 'PATCH', path: '/_emulator/world', body: JSON.stringify({ users }) }, work: (run) => run('world.merge', { part: { users } })
  })
}

const reset: Play = async (round) => {
  const file = copied(round, round.prepared.crowd)
  change(file, (run, store) => {
    for (let count = round.random.below(300); count > 0; count--) run('user.put', { xuid: String(9_000_000 + count), gamertag: `new ${count}`, privacy: null, profile: null, signInError: null })
    for (const { xuid } of store.world.export().users.slice(0, round.random.below(150))) run('user.delete', { xuid })
  })
  return await killChange(round, file, { request: { method: 'POST', path: '/_emulator/reset' }, work: (run) => run('world.reset', {}) })
}

const seeding: Play = async (round) => {
  const file = join(round.folder, 'world.db')
  const after = foresee(round.prepared.crowd, () => {}).before
  await killAtStart(['--database', file, '--world', round.prepared.world], { trigger: file, delay: round.random.fraction() * 250 }, round.signal)
  return compare(round, file, { before: null, after, isAcknowledged: false })
}

const migration: Play = async (round) => {
  const file = copied(round, round.prepared.old)
  const { before } = foresee(round.prepared.crowd, () => {})
  await killAtStart(['--database', file], { trigger: `${file}-journal`, delay: round.random.fraction() * 40 }, round.signal)
  round.note(`schema ${schemaOf(file)} was left`)
  return compare(round, file, { before, after: before, isAcknowledged: true })
}

/** Three processes on one file, a client that follows each: one is killed while it writes, one writes on, and one stands still at times. */
const listeners: Play = async (round) => {
  const { random, signal, note } = round
  const file = copied(round, round.prepared.demo)
  const { before } = foresee(file, () => {})
  const [doomed, writing, halting] = await Promise.all([startOn(file, signal), startOn(file, signal), startOn(file, signal)])
  const followers: Follower[] = []
  // One after the other: one that begins while another does so for long is told that it may have missed something.
  for (const { port } of [doomed, writing, halting]) followers.push(await follow(port, before, signal))
  // The client of what is killed ends with it.
  followers.shift()
  const [reports, killed] = await Promise.all([
    keepReporting(writing.port, { before, titles: 3, skip: 4, most: 10 + random.below(30) }),
    updateUntilKilled(doomed, before, random),
    disturb(halting, file, random)
  ])
  // Whoever is told of this has been told of all before it.
  const last = await keepReporting(writing.port, { before, titles: 1, skip: 7, most: 1 })
  const isTold = (await Promise.all(followers.map(async (follower) => await follower.knows(last[0]?.id ?? 0, 1)))).every(Boolean)
  await Promise.all([writing, halting].map(kill))
  note(followers.some(({ missed }) => missed() > 0) ? 'some may have been missed' : 'all told')
  const { wrong, world } = inspect(file)
  if (wrong !== undefined) return wrong
  if (world === null) return 'the world is gone'
  if (!isTold) return 'a change was not told'
  return findLost([...reports, ...killed, ...last], before, world) ?? followers.map((follower) => follower.wrong(world)).find((each) => each !== undefined)
}

export const PLAYS: ReadonlyArray<readonly [weight: number, play: readonly [name: string, play: Play]]> = [
  [22, ['updates', update]],
  [8, ['listeners', listeners]],
  [16, ['PUT of a world', put]],
  [16, ['PATCH of a world', patch]],
  [14, ['reset', reset]],
  [12, ['seed', seeding]],
  [12, ['migration', migration]]
]
