import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { CONTROL_REQUESTS, IGDB_REQUESTS, REQUESTS, WORLD_REQUESTS, type Ask, type Growth } from './growth-cases.ts'
import { growthWorld } from './growth-worlds.ts'
import { formatTable, median } from './table.ts'

/**
 * How the time of a request grows with its input: each kind is sent in three sizes, over a connection
 * that stays open, to an emulator in a thread of its own.
 *
 * `node bench/growth.ts [name]` measures all kinds, or those whose name holds the words.
 */
const ROUNDS = 7
/** What is slow is sent less often: no further round begins after so many ms. */
const LONGEST = 5000
const HEAD = ['input', 'sizes', 'status', 'ms', 'CPU ms', 'ratios']
const GROUPS: ReadonlyArray<readonly Growth[]> = [REQUESTS, IGDB_REQUESTS, CONTROL_REQUESTS, WORLD_REQUESTS]

interface Server {
  readonly worker: Worker
  readonly url: string
  readonly authorization: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

async function start (): Promise<Server> {
  const worker = new Worker(new URL('growth-server.ts', import.meta.url), { workerData: growthWorld() })
  const [{ url, authorization }] = await once(worker, 'message')
  return { worker, url, authorization }
}

async function send ({ url, authorization }: Server, { method = 'GET', path, headers = {}, body }: Ask): Promise<number> {
  const call = request(url, { agent, method, path, headers: { authorization, 'user-key': 'bench', 'x-xbl-contract-version': '2', ...headers } })
  call.end(typeof body === 'object' ? JSON.stringify(body) : body)
  const [response] = await once(call, 'response')
  await text(response)
  return response.statusCode
}

interface Figures {
  readonly size: number
  readonly status: number
  /** From the first byte sent to the last one received. */
  readonly ms: number
  /** Processor time of the server's thread: no less than what holds its event loop at once. Others on the machine do not lengthen it. */
  readonly cpu: number
}

async function measure (server: Server, { before, ask }: Growth, size: number): Promise<Figures> {
  for (const first of before?.(size) ?? []) await send(server, first)
  const times: number[] = []
  const cpu: number[] = []
  let status = 0
  const end = performance.now() + LONGEST
  for (let turn = 0; turn <= ROUNDS && (turn < 2 || performance.now() < end); turn++) {
    const sent = ask(size, turn)
    const ready = { ...sent, ...typeof sent.body === 'object' && { body: JSON.stringify(sent.body) } }
    const before = await server.worker.cpuUsage()
    const begun = performance.now()
    status = await send(server, ready)
    times.push(performance.now() - begun)
    const { user, system } = await server.worker.cpuUsage(before)
    cpu.push((user + system) / 1000)
  }
  // The first of each compiles and fills caches.
  return { size, status, ms: median(times.slice(1)), cpu: median(cpu.slice(1)) }
}

const each = (figures: readonly Figures[], show: (one: Figures) => string | number): string => figures.map(show).join(' / ')

async function row (server: Server, growth: Growth): Promise<string[]> {
  const figures: Figures[] = []
  for (const size of growth.sizes) figures.push(await measure(server, growth, size))
  const ratios = figures.slice(1).map(({ cpu }, index) => (cpu / (figures[index] as Figures).cpu).toFixed(1))
  const parts = [each(figures, ({ size }) => size), each(figures, ({ status }) => status), each(figures, ({ ms }) => ms.toFixed(1)), each(figures, ({ cpu }) => cpu.toFixed(1))]
  return [growth.name, ...parts, ratios.join(' / ')]
}

const [, , wanted = ''] = process.argv
for (const group of GROUPS) {
  const kinds = group.filter(({ name }) => name.includes(wanted))
  if (kinds.length === 0) continue
  const server = await start()
  const rows: string[][] = []
  for (const growth of kinds) {
    rows.push(await row(server, growth))
    process.stderr.write(`${rows.at(-1)?.join(', ')}\n`)
  }
  await server.worker.terminate()
  process.stdout.write(`${formatTable(HEAD, rows)}\n`)
}
