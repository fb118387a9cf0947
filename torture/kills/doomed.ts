import { existsSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { launch, startServer, type Server } from '../server.ts'

/** Starts processes and kills them. */

/** An emulator on a file. */
export const startOn = async (file: string, signal: AbortSignal, flags: readonly string[] = []): Promise<Server> => await startServer(['--database', file, ...flags], signal)

/** Kills a process and waits until it has ended. */
export async function kill (server: Pick<Server, 'signal' | 'ended'>): Promise<void> {
  server.signal('SIGKILL')
  await server.ended
}

/**
 * Sends a request and kills the server some time later.
 *
 * @param delay how long after the request was sent, in ms.
 * @returns true when the request had been acknowledged.
 */
export async function killDuring (server: Server, request: { method: string, path: string, body?: string }, delay: number): Promise<boolean> {
  const { method, path, body } = request
  const asked = fetch(`http://127.0.0.1:${server.port}${path}`, { method, ...body !== undefined && { body } })
    .then(async (answer) => { await answer.arrayBuffer(); return answer.status }, () => 0)
  await setTimeout(delay)
  await kill(server)
  const status = await asked
  if (status !== 0 && status !== 200) throw new Error(`${method} ${path} was answered ${status}`)
  return status === 200
}

/**
 * Starts an emulator and kills it some time after a file has appeared.
 *
 * @param trigger the file.
 * @param delay in ms.
 */
export async function killAtStart (flags: readonly string[], { trigger, delay }: { trigger: string, delay: number }, signal: AbortSignal): Promise<void> {
  const watcher = watch(dirname(trigger))
  const { child, ended, printed } = launch(flags, signal)
  const appeared = new Promise<void>((resolve) => {
    // The file may soon be removed again, so its folder is watched.
    watcher.on('change', (_event, name) => { if (name === basename(trigger)) resolve() })
    // When the file does not appear: the emulator listens.
    child.stdout.on('data', () => { if (/\b[Tt]ry:\n/.test(printed())) resolve() })
    if (existsSync(trigger)) resolve()
  })
  await Promise.race([appeared, ended])
  await setTimeout(delay)
  child.kill('SIGKILL')
  await ended
  watcher.close()
}
