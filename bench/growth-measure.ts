import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import type { Ask, Growth } from './growth-cases.ts'
import { growthWorld } from './growth-worlds.ts'
import { median } from './table.ts'

const ROUNDS = 7
/** No further round begins after this time, in ms, so that slow requests are sent less often. */
const LONGEST = 5000

/** An emulator in a thread of its own, and a client of it. */
export interface Server {
  readonly worker: Worker
  readonly url: string
  readonly authorization: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

export async function startServer (): Promise<Server> {
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

export interface Figures {
  readonly size: number
  readonly status: number
  /** From the first byte sent to the last one received. */
  readonly ms: number
  /** Processor time of the server's thread. It is at least as long as the event loop was blocked, and does not depend on other processes. */
  readonly cpu: number
}

/** Sends a kind of request in one size, over a connection that stays open. */
export async function measure (server: Server, { before, ask }: Growth, size: number): Promise<Figures> {
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
  // The first request of each size compiles code and fills caches.
  return { size, status, ms: median(times.slice(1)), cpu: median(cpu.slice(1)) }
}
