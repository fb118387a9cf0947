import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { authorizationOf, crowd, SCID, xuidOf } from '../../bench/worlds.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { inspect } from '../kills/database.ts'
import { findLost, keepReporting } from '../kills/updates.ts'
import type { Part, Run } from '../part.ts'
import { startServer, type Server } from '../server.ts'
import { attach, type Client } from './clients.ts'
import { KINDS, limitsOf, LONGEST_STOP, type Kind } from './limits.ts'

/** The share of each kind among the clients. */
const SHARES: ReadonlyArray<readonly [Kind, number]> = [['idle', 5 / 7], ['slow to send', 1 / 7], ['reads nothing', 0.5 / 7], ['slow to read', 0.5 / 7]]
/** How many clients connect at a time. */
const AT_A_TIME = 100
/** How often a probe is sent, in ms. */
const PROBE_INTERVAL = 100
const LOOK_INTERVAL = 250
/** The longest that a probe waits for its answer, in ms. */
const LONGEST_PROBE = 5000
const PROBED = `/users/xuid(${xuidOf(1)})/achievements/${SCID}/2`

/** How long the emulator and this program wait. A test waits longer, because the machine may be busy. */
export interface Patience {
  /** `--request-timeout`, in ms. */
  readonly requestTimeout: number
  /** Added to every limit, in ms. */
  readonly more: number
}

/** Clients that hold connections and do little: all are closed in time, others are answered meanwhile, SIGTERM ends with all of them. */
export async function slow (run: Run, patience: Patience = { requestTimeout: 3000, more: 0 }): Promise<void> {
  const count = run.to - run.from
  const { server, file } = await start(run, patience)
  const probe = probing(server, run, patience)
  await waitForAll(run, await attachAll(server, count), patience)
  const attached = await attachAll(server, count)
  await probe.stop()
  await stopWithAll(run, { server, file, patience })
  for (const client of attached) client.leave()
  if (!run.signal.aborted) run.reached(run.to)
}

export const slowPart: Part = {
  name: 'slow',
  what: '5,000 idle, 1,000 slow, 1,000 slow readers; SIGTERM with all of them attached',
  goal: 'all closed within stated limits, others unaffected; ends within 10 s, nothing acknowledged lost',
  unit: 'connections',
  amount: 7000,
  isWhole: true,
  run: slow
}

async function start ({ folder, signal }: Run, { requestTimeout }: Patience): Promise<{ server: Server, file: string }> {
  const demo = JSON.parse(readFileSync(fileURLToPath(new URL('../../fixtures/demo.json', import.meta.url)), 'utf8'))
  const world = mergeWorlds([{ file: 'demo', document: demo }, { file: 'crowd', document: crowd(10) }])
  const [path, file] = [join(folder, 'world.json'), join(folder, 'world.db')]
  writeFileSync(path, JSON.stringify(world))
  const flags = ['--world', path, '--database', file, '--request-timeout', String(requestTimeout), '--tls', '--tls-port', '0', '--tls-dir', join(folder, 'tls')]
  return { server: await startServer(flags, signal), file }
}

async function attachAll (server: Server, count: number): Promise<Client[]> {
  const kinds = SHARES.flatMap(([kind, share]) => Array.from({ length: Math.max(1, Math.round(count * share)) }, () => kind))
  const clients: Client[] = []
  for (let at = 0; at < kinds.length; at += AT_A_TIME) {
    clients.push(...await Promise.all(kinds.slice(at, at + AT_A_TIME).map(async (kind, index) => await attach(kind, server, at + index))))
  }
  return clients
}

/** Waits until each client's connection is closed, or the limit of its kind is over. */
async function waitForAll ({ book, signal }: Run, clients: readonly Client[], { requestTimeout, more }: Patience): Promise<void> {
  const limits = limitsOf(requestTimeout)
  const isLate = ({ kind, began }: Client): boolean => performance.now() - began > limits[kind] + more
  while (!signal.aborted && clients.some((client) => client.ended === null && !isLate(client))) await setTimeout(LOOK_INTERVAL)
  for (const kind of KINDS) {
    const own = clients.filter((client) => client.kind === kind)
    book.count(kind, own.length)
    for (const client of own) {
      if (client.ended !== null && client.ended - client.began <= limits[kind] + more) book.highest(`${kind}: closed after at most ms`, Math.round(client.ended - client.began))
      else if (!signal.aborted) book.fail(`${kind}: not closed within ${limits[kind]} ms`, client.ended === null ? 'still open' : `closed after ${Math.round(client.ended - client.began)} ms`)
      client.leave()
    }
  }
}

/** Requests an achievement at a steady pace, and checks each answer. */
function probing (server: Server, { book, signal }: Run, { more }: Patience): { stop: () => Promise<void> } {
  let right: string | undefined
  const ask = async (): Promise<void> => {
    const begun = performance.now()
    book.count('probes')
    try {
      const answer = await fetch(`http://127.0.0.1:${server.port}${PROBED}`, { headers: { authorization: authorizationOf(1), 'x-xbl-contract-version': '2' }, signal: AbortSignal.timeout(LONGEST_PROBE + more) })
      const body = `${answer.status} ${await answer.text()}`
      right ??= body
      if (!body.startsWith('200 ') || body !== right) book.fail('a probe was answered something else', body.slice(0, 300))
      book.highest('slowest probe, ms', Math.round(performance.now() - begun))
    } catch (error) {
      if (!signal.aborted) book.fail('a probe was not answered', String((error as Error).cause ?? error))
    }
  }
  const all: Array<Promise<void>> = []
  const timer = setInterval(() => all.push(ask()), PROBE_INTERVAL)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(all)
    }
  }
}

/** Sends SIGTERM while titles report progress and all clients are connected. */
async function stopWithAll ({ book, signal }: Run, { server, file, patience: { more } }: { server: Server, file: string, patience: Patience }): Promise<void> {
  const before = inspect(file).world
  if (before === null) throw new Error('the database holds no world')
  let begun = 0
  let left = 20
  const reporting = keepReporting(server.port, { before, titles: 4 }, async () => {
    if (--left !== 0) return
    begun = performance.now()
    server.signal('SIGTERM')
  })
  const late = AbortSignal.timeout(LONGEST_STOP + more)
  const code = await Promise.race([server.ended, new Promise<'late'>((resolve) => late.addEventListener('abort', () => resolve('late')))])
  if (signal.aborted) return
  if (code === 'late') book.fail(`SIGTERM does not end it within ${LONGEST_STOP} ms`, server.printed())
  else if (code !== 0) book.fail(`SIGTERM ends it with ${code}`, server.printed())
  else book.highest('SIGTERM: ended after ms', Math.round(performance.now() - begun))
  server.signal('SIGKILL')
  await server.ended
  const writers = await reporting
  book.count('updates acknowledged at SIGTERM', writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0))
  const { wrong, world } = inspect(file)
  const lost = wrong ?? (world === null ? 'the world is gone' : findLost(writers, before, world))
  if (lost !== undefined) book.fail(lost, `${writers.length} titles were reporting`)
}
