import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { READY } from '../wait.ts'
import type { PortFacts } from './facts.ts'

/** How long an answer may take, in ms. */
export const PATIENCE = 2000

/** Where a client of this machine finds what listens on all addresses. */
const CLIENT_ADDRESSES: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** Looks at a port of an address of this machine. */
export async function findPortFacts (host: string, port: number, { use, flag }: Pick<PortFacts, 'use' | 'flag'>): Promise<PortFacts> {
  const error = await listenOnce(host, port)
  const isEmulator = error === 'EADDRINUSE' && (await answersAsEmulator('http', host, port) || await answersAsEmulator('https', host, port))
  return { use, flag, port, error, isEmulator, holder: error === 'EADDRINUSE' && !isEmulator ? findHolder(port) : null }
}

/** The code of the error of listening there; null when there is none. */
function listenOnce (host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => resolve(code))
      .listen(port, host, () => server.close(() => resolve(null)))
  })
}

/** Whether an emulator answers on a port of this machine. It is asked for nothing but its health, so its certificate does not matter. */
function answersAsEmulator (scheme: 'http' | 'https', host: string, port: number): Promise<boolean> {
  const request = scheme === 'http' ? requestHttp : requestHttps
  return new Promise((resolve) => {
    const asked = request({ host: CLIENT_ADDRESSES[host] ?? host, port, path: '/_emulator/ready', rejectUnauthorized: false, agent: false, signal: AbortSignal.timeout(PATIENCE) }, (response) => {
      response.once('data', (piece) => {
        resolve(String(piece).startsWith(READY))
        asked.destroy()
      }).once('end', () => resolve(false))
    })
    asked.once('error', () => resolve(false)).end()
  })
}

/** Who listens on a port, where the system tells it: Linux does of the processes of this user. */
export function findHolder (port: number, proc = '/proc'): string | null {
  const inodes = ['tcp', 'tcp6'].flatMap((name) => listenersIn(readOrEmpty(join(proc, 'net', name)), port))
  if (inodes.length === 0) return null
  const links = new Set(inodes.map((inode) => `socket:[${inode}]`))
  for (const pid of entriesIn(proc).filter((name) => /^\d+$/.test(name))) {
    const folder = join(proc, pid, 'fd')
    if (entriesIn(folder).some((name) => links.has(linkOf(join(folder, name))))) return `${readOrEmpty(join(proc, pid, 'comm')).trim()} (process ${pid})`
  }
  return null
}

/** The inodes of the sockets that listen on a port: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html */
const listenersIn = (table: string, port: number): string[] => table.split('\n').slice(1).flatMap((line) => {
  const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
  return state === '0A' && parseInt(local.split(':')[1] ?? '', 16) === port ? [inode] : []
})

const orElse = <T>(work: () => T, otherwise: T): T => {
  try {
    return work()
  } catch {
    return otherwise
  }
}

const readOrEmpty = (file: string): string => orElse(() => readFileSync(file, 'utf8'), '')
const entriesIn = (folder: string): string[] => orElse(() => readdirSync(folder), [])
const linkOf = (file: string): string => orElse(() => readlinkSync(file), '')
