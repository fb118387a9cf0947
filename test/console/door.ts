import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import type { Test } from 'tap'
import type { Emulator } from '../helper.ts'
import { killEmulator, listenFor } from './browser.ts'

/** An address at which one emulator follows another. */
export interface Door {
  /** Without a slash at its end. */
  readonly url: string
  /** Ends who has answered so far, as a kill does, and lets another one answer; null: nobody. */
  readonly lead: (emulator: Pick<Emulator, 'app' | 'emulator'> | null) => Promise<void>
}

/**
 * Opens an address that stays the test's for as long as it runs: the port of an emulator that has ended is anybody's, and may be
 * another process's before the next emulator listens.
 */
export async function openDoor (t: Test): Promise<Door> {
  let current: Parameters<Door['lead']>[0] = null
  let port: number | null = null
  const server = createServer((outside) => {
    outside.on('error', () => {})
    if (port === null) {
      outside.resetAndDestroy()
      return
    }
    const inside = connect(port, '127.0.0.1').on('error', () => {})
    outside.pipe(inside).pipe(outside)
    outside.once('close', () => { inside.destroy() })
    inside.once('close', () => { outside.destroySoon() })
  })
  t.teardown(() => { server.close() })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: async (emulator) => {
      port = null
      if (current !== null) await killEmulator(current)
      current = emulator
      if (emulator !== null) port = Number(new URL(await listenFor(t, emulator)).port)
    }
  }
}
