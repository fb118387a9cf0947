import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { createFeed } from '../src/operations/feed.ts'
import { createOperations } from '../src/operations/operations.ts'
import { openDatabase } from '../src/store/open.ts'
import { prepareStore } from '../src/store/store.ts'
import { seed } from '../src/store/world/seed.ts'
import { mergeWorlds } from '../src/world/read.ts'

/**
 * What `progress.report` costs, without HTTP, with nobody and with one listener; and how late another process is told of
 * what this one has changed. With no arguments it measures; `listen FILE` is that other process.
 */

const SCID = '11111111-2222-3333-4444-aaaaaaaaaaaa'
const USERS = 1000
const ROUNDS = 5
const DELIVERIES = 100
const WORLD = {
  titles: [{ titleId: 1, name: 'One', serviceConfigId: SCID, achievements: Array.from({ length: 20 }, (_, id) => ({ id, name: `Achievement ${id}` })) }],
  users: Array.from({ length: USERS }, (_, index) => ({ xuid: String(index + 1), gamertag: `user ${index}` }))
}

function open (file: string, isNew: boolean) {
  const database = openDatabase(file)
  if (isNew) seed(database, mergeWorlds([{ file: 'world', document: structuredClone(WORLD) }]), 'bench')
  const { store, transact } = prepareStore(database)
  const feed = createFeed({ now: Date.now }, { log: { changes: store.changes, transact } })
  const { run } = createOperations(transact, feed.transactions)
  let count = 0
  return {
    feed,
    /** A percent more on an achievement of another user each time; never one that is complete. */
    update (): void {
      const [index, round] = [count % USERS, Math.floor(count++ / USERS)]
      const xuid = String(index + 1)
      run('progress.report', { claims: { xuid, titleId: 1, sandbox: 'RETAIL', thirdPartySite: false, location: null }, xuid, scid: SCID, titleId: 1, achievements: [{ id: Math.floor(round / 90) % 20, percentComplete: round % 90 + 1 }], now: Date.now() })
    },
    close (): void {
      feed.close()
      database.close()
    }
  }
}

/** Processor time of an update in µs. */
function measure ({ update }: ReturnType<typeof open>, updates: number): number {
  const before = process.cpuUsage()
  for (let count = 0; count < updates; count++) update()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / updates
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** Processor time of an update with nobody who listens, and with one who does. */
function compare (file: string, updates: number): { nobody: number, one: number } {
  const opened = open(file, true)
  measure(opened, updates)
  const nobody = measure(opened, updates)
  opened.feed.listen(() => {})
  const one = measure(opened, updates)
  opened.close()
  return { nobody, one }
}

function report (name: string, rounds: ReadonlyArray<ReturnType<typeof compare>>): void {
  const [nobody, one] = [median(rounds.map(({ nobody }) => nobody)), median(rounds.map(({ one }) => one))]
  console.log(`${name}: ${nobody.toFixed(1)} µs an update with nobody, ${one.toFixed(1)} µs with one listener`)
}

/** How long it takes from a commit until another process is told, in ms. */
async function measureDelivery (file: string): Promise<void> {
  const opened = open(file, true)
  const other = spawn(process.execPath, [import.meta.filename, 'listen', file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(other.stdout)[Symbol.asyncIterator]()
  await lines.next()
  const delays: number[] = []
  for (let count = 0; count < DELIVERIES; count++) {
    await setTimeout(Math.random() * 50)
    opened.update()
    const committed = Date.now()
    delays.push(Number((await lines.next()).value) - committed)
  }
  other.stdin.end()
  opened.close()
  delays.sort((a, b) => a - b)
  console.log(`another process: told after ${median(delays)} ms, 95 of 100 within ${delays[Math.floor(DELIVERIES * 0.95)]} ms, all within ${delays.at(-1)} ms`)
}

if (process.argv[2] === 'listen') {
  const { feed, close } = open(process.argv[3] as string, false)
  feed.listen(() => { process.stdout.write(`${Date.now()}\n`) })
  process.stdout.write('ready\n')
  process.stdin.on('end', close).resume()
} else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-feed-'))
  try {
    const rounds = [...Array(ROUNDS).keys()]
    report('in memory', rounds.map(() => compare(':memory:', 10_000)))
    report('in a file', rounds.map((round) => compare(join(folder, `${round}.db`), 1000)))
    await measureDelivery(join(folder, 'delivery.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
