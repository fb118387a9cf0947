import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import type { World } from '../../src/world/schema.ts'
import type { Random } from '../random.ts'
import type { Server } from '../server.ts'
import { SCID, USER } from './updates.ts'

/** Clients that follow the changes at processes which share a database file. */

/** How long a change may take until it is told to all, in ms. The machine may be busy. */
const LONGEST_TELLING = 20_000

/** A client that knows a world by what it is told of it, and by what it reads after it was told that it has missed something. */
export interface Follower {
  /** Resolves with true once it knows that an achievement has so many percent; with false when it is not told. */
  readonly knows: (id: number, percent: number) => Promise<boolean>
  /** What was wrong with what it was told; undefined when nothing was. */
  readonly wrong: (after: World) => string | undefined
  readonly missed: () => number
}

interface ToldProgress { readonly achievements: ReadonlyArray<{ readonly id: number, readonly before: { readonly percentComplete: number }, readonly after: { readonly percentComplete: number } }> }

const percentages = (world: World): Map<number, number> =>
  new Map(world.users.find(({ xuid }) => xuid === USER)?.achievements.filter(({ serviceConfigId }) => serviceConfigId === SCID).map(({ id, percentComplete }) => [id, percentComplete]))

/** Begins to follow, and knows the world from then on. Progress only grows in it. */
export async function follow (port: number, before: World, signal: AbortSignal): Promise<Follower> {
  const response = await fetch(`http://127.0.0.1:${port}/_emulator/events?kinds=progress`, { signal })
  const learned = new EventTarget()
  const known = percentages(before)
  /** What it was told last; null: it does not know of what it was told since it has missed something. */
  let told: Map<number, number | null> = new Map(known)
  let missed = 0
  let wrong: string | undefined
  let reading = Promise.resolve()
  const learn = (id: number, percent: number): void => {
    known.set(id, Math.max(percent, known.get(id) ?? 0))
    learned.dispatchEvent(new Event('more'))
  }
  const readAnew = async (): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}/_emulator/world`, { signal })
    for (const [id, percent] of percentages(await answer.json() as World)) learn(id, percent)
  }
  const hear = (event: string, data: string): void => {
    if (event === 'missed') {
      missed++
      told = new Map([...told.keys()].map((id) => [id, null]))
      reading = reading.then(readAnew).catch(() => {})
    }
    if (event !== 'progress') return
    for (const { id, before: { percentComplete: from }, after: { percentComplete: to } } of (JSON.parse(data) as ToldProgress).achievements) {
      const last = told.has(id) ? told.get(id) : missed > 0 ? null : 0
      if (last !== null && last !== from) wrong ??= `achievement ${id} was told at ${last}, and then from ${from} to ${to}`
      told.set(id, to)
      learn(id, to)
    }
  }
  readEvents(response, hear).catch(() => {})
  return {
    missed: () => missed,
    wrong: (after) => wrong ?? [...percentages(after)].map(([id, percent]) => known.get(id) === percent ? undefined : `achievement ${id} is at ${percent}, and a client was told of ${known.get(id)}`).find((line) => line !== undefined),
    async knows (id, percent) {
      const late = AbortSignal.timeout(LONGEST_TELLING)
      while ((known.get(id) ?? 0) < percent) {
        if (late.aborted || signal.aborted) return false
        await Promise.race([once(learned, 'more'), once(late, 'abort'), once(signal, 'abort')])
      }
      await reading
      return true
    }
  }
}

/** Reads server-sent events until the connection ends. */
async function readEvents ({ body }: Response, hear: (event: string, data: string) => void): Promise<void> {
  let rest = ''
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) hear(/^event: (.*)$/m.exec(block)?.[1] ?? '', /^data: (.*)$/m.exec(block)?.[1] ?? '')
  }
}

/** Lets a process stand still some times, and all leases lapse now and then as they do when the machine sleeps. */
export async function disturb (server: Server, file: string, random: Random): Promise<void> {
  const steps = random.times(3, () => ({ pause: random.fraction() * 150, stop: random.fraction() * 200, lapses: random.once(10) }))
  for (const { pause, stop, lapses } of steps) {
    await setTimeout(pause)
    server.signal('SIGSTOP')
    if (lapses) lapse(file)
    await setTimeout(stop)
    server.signal('SIGCONT')
  }
}

function lapse (file: string): void {
  const database = new BetterSqlite3(file)
  database.exec('UPDATE listener SET ends = 0')
  database.close()
}
