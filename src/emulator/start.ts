import { systemClock } from '../base/clock.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/read-config.ts'
import { listen, urlAt } from '../server/address.ts'
import { buildApp, type EmulatorApp } from '../server/app.ts'
import { closeGracefully } from '../server/close.ts'
import { openDatabase, seedIfEmpty } from '../store/open.ts'
import { retryWhileBusy } from '../store/retry-while-busy.ts'
import { findWorldReader } from '../world/load.ts'
import { WorldError } from '../world/problems.ts'
import { mergeWorlds } from '../world/read.ts'
import { toEmulator, type Emulator, type ListeningSecurely } from './emulator.ts'
import { readOptions, type EmulatorOptions } from './options.ts'
import { copyOf } from './world-methods.ts'

/**
 * Starts an emulator in this process. Several are independent of each other.
 *
 * @throws {ConfigError | WorldError | DatabaseError} when it cannot start; its methods throw an
 *   {@link XblError} that says what arrived and what was expected.
 */
export async function startEmulator (options?: EmulatorOptions): Promise<Emulator> {
  const { config, document } = readOptions(options)
  const read = document === undefined ? await findWorldReader(config.world, () => {}) : () => mergeWorlds([{ file: 'world', document: copyOf(document, (message) => new WorldError([message])) }])
  const database = await retryWhileBusy(() => openDatabase(config.database, 0))
  try {
    await retryWhileBusy(() => seedIfEmpty(database, document === undefined ? config.world : 'startEmulator', read))
    const served = buildApp(config, { database, clock: systemClock })
    const https = await listenEverywhere(served, config)
    return toEmulator(served, { database, https })
  } catch (error) {
    database.close()
    throw error
  }
}

/** Listens, with `tls` for HTTPS, too. When that fails, nothing is left open. */
async function listenEverywhere (served: EmulatorApp, config: Config): Promise<ListeningSecurely | undefined> {
  if (!config.tls) {
    await listen(served.app, config)
    return undefined
  }
  // Slow to load, and rarely used.
  const { prepareTls } = await import('../server/tls/serve-tls.ts')
  const secure = await prepareTls(config, { server: served.app.server, connections: served.connections, log: served.app.log }, Date.now())
    .catch((error: Error) => { throw new ConfigError(error.message, { cause: error }) })
  await listen(served.app, config)
  try {
    const url = urlAt('https', await secure.listen(config.host, config.tlsPort))
    served.addresses.https = { url, trust: secure.trust }
    return { secure, url }
  } catch (error) {
    await closeGracefully(served, { secure })
    throw error
  }
}
