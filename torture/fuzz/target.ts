import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer, type Server } from '../server.ts'
import type { Dialect } from './judge.ts'
import { worldWithCanaries } from './pieces.ts'

/** How long the emulator waits for the rest of a request, in ms: shorter than a client waits for an answer. */
const REQUEST_TIMEOUT = '3000'
const LONGEST = 10_000

/** What is attacked: an emulator of a dialect, over HTTP and HTTPS. */
export interface Target {
  readonly dialect: Dialect
  readonly port: number
  readonly tlsPort: number
  /** How long an answer or the closing of a connection may take, in ms. */
  readonly longest: number
  readonly hasEnded: () => boolean
  /** How the process ended, and its last output. */
  readonly obituary: () => Promise<string>
  readonly stop: () => void
}

/** Starts an emulator of a world with canaries in a process of its own. */
export async function startTarget (dialect: Dialect, folder: string, signal: AbortSignal): Promise<Target> {
  const world = join(folder, 'world.json')
  writeFileSync(world, JSON.stringify(worldWithCanaries()))
  const flags = ['--world', world, '--dialect', dialect, '--request-timeout', REQUEST_TIMEOUT, '--tls', '--tls-port', '0', '--tls-dir', join(folder, 'tls')]
  return targetOf(dialect, await startServer(flags, signal))
}

const targetOf = (dialect: Dialect, server: Server): Target => ({
  dialect,
  port: server.port,
  tlsPort: server.tlsPort,
  longest: LONGEST,
  hasEnded: server.hasEnded,
  obituary: async () => `ended with ${await server.ended}: ${server.printed().split('\n').slice(-12).join(' | ')}`,
  stop: () => server.signal('SIGKILL')
})

/** Resets the world, the clock and the faults of a target. */
export async function restore ({ port }: Target): Promise<void> {
  for (const [method, path, body] of [['DELETE', 'clock'], ['DELETE', 'faults'], ['DELETE', 'requests'], ['PUT', 'world', JSON.stringify(worldWithCanaries())]] as const) {
    const answer = await fetch(`http://127.0.0.1:${port}/_emulator/${path}`, { method, ...body !== undefined && { body } })
    if (!answer.ok) throw new Error(`${method} /_emulator/${path}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}

/** True when it answers. */
export async function isReady ({ port }: Target): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/_emulator/ready`, { signal: AbortSignal.timeout(10_000) })
    return answer.status === 200 && await answer.text() === '{"status":"ready"}'
  } catch {
    return false
  }
}
