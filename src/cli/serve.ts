import type { Server } from 'node:net'
import { relative } from 'node:path'
import { inspect } from 'node:util'
import type { Database } from 'better-sqlite3'
import { systemClock } from '../base/clock.ts'
import { isLoopback } from '../base/loopback.ts'
import { DEMO_WORLD, type Config } from '../config/config.ts'
import { ConfigError } from '../config/read-config.ts'
import { listen, urlAt, urlOf } from '../server/address.ts'
import { buildApp, type EmulatorApp } from '../server/app.ts'
import { closeGracefully } from '../server/close.ts'
import type { SecureService } from '../server/tls/serve-tls.ts'
import { openDatabase, seedIfEmpty } from '../store/open.ts'
import { findWorldReader } from '../world/load.ts'
import type { World } from '../world/schema.ts'
import { worldText } from '../world/world-text.ts'
import { requireOther, requireWritable, printError, writeOut, type CommandProcess } from './output.ts'
import { prepareReadyFile, readyLine, writeReadyFile } from './ready.ts'
import type { Served, ServedWorld } from './served.ts'
import { waitForDatabase, watchSignals, type StopSignals } from './signals.ts'
import { lookAt, watchWorld, type FileState } from './watch.ts'

/** How long output may take to be read once everything else has ended, in ms. */
const LAST_OUTPUT = 1000

/** What a command does with an emulator. */
export interface Work {
  readonly served: Served
  readonly signals: StopSignals
  /** Rejects with the error of a server that fails while it listens. */
  readonly broken: Promise<never>
}

/**
 * Opens and seeds the database, listens, and does some work. Once that has ended, the requests in flight are
 * finished, the world is exported, with --export-on-exit, and the database is closed. When a second signal comes,
 * those requests are cut.
 *
 * @param work resolves with the exit code when the server shall stop, or with nothing: then the code is 0, or
 *   that of the second signal.
 * @returns the exit code.
 * @throws also what the work throws.
 */
export async function serve (config: Config, process: CommandProcess, work: (work: Work) => Promise<number | void>): Promise<number> {
  checkFiles(config)
  const seen = config.watch ? await lookAt(config.world) : undefined
  const read = await findWorldReader(config.world, (lines) => printError(process, lines))
  const database = await waitForDatabase(config.database, process, () => openDatabase(config.database, 0))
  let secondSignal = new Promise<number>(() => {})
  try {
    // Only now does the file exist, and a link to it can be told from another file.
    if (config.exportOnExit !== null) requireOther(config.exportOnExit, database.name.trim(), '--export-on-exit')
    const world = await waitForDatabase(config.database, process, () => prepareWorld(database, config, read))
    if (config.seedOnly) {
      process.stdout.write(`${config.database} holds ${world.source}${world.remark}\n`)
      return 0
    }
    const emulator = buildApp(config, { database, clock: systemClock, logTo: process.stderr, warn: (line) => warn(process, line) })
    const { app, services, connections } = emulator
    // Slow to load, and rarely used.
    const secure = config.tls ? await (await import('../server/tls/serve-tls.ts')).prepareTls(config, { server: app.server, connections, log: app.log }, Date.now()) : undefined
    await listen(app, config)
    // Not before it listens: until then a signal ends the process by itself.
    const signals = watchSignals(process)
    secondSignal = signals.second
    const close = (): Promise<void> => closeGracefully(emulator, { secure, interrupted: secondSignal, report: (line) => printError(process, [`xbl-achievements: ${line}`]) })
    surviveUncaught(process)
    const https = secure && await listenSecurely(secure, { config, process, close })
    warnOfAccess(config, process)
    emulator.addresses.https = https ?? null
    const served = { services, world, url: urlOf(app), https }
    const broken = untilBroken([app.server, ...secure === undefined ? [] : [secure.server]])
    const code = await attend(emulator, { served, seen, process }, () => work({ served, signals, broken })).finally(close)
    if (config.exportOnExit !== null) writeOut(config.exportOnExit, worldText(services.store.world.export()), '--export-on-exit')
    return code ?? await Promise.race([secondSignal, 0])
  } finally {
    database.close()
    endProcess(process, secondSignal)
  }
}

/** Does the work, and meanwhile what --ready-file and --watch ask for. */
async function attend <T> ({ queue }: EmulatorApp, { served, seen, process }: { served: Served, seen: FileState | undefined, process: CommandProcess }, work: () => Promise<T>): Promise<T> {
  const { config: { readyFile, world: path }, operations: { run } } = served.services
  const removeReadyFile = readyFile === null ? (): void => {} : writeReadyFile(readyFile, readyLine(served, process.pid))
  const stop = new AbortController()
  const watch = seen !== undefined && watchWorld({
    path,
    seen,
    replace: (world) => queue.run(() => run('world.replace', { world, source: shortenPath(path) })),
    tell: (lines) => printError(process, lines),
    signal: stop.signal
  })
  try {
    return await work()
  } finally {
    removeReadyFile()
    stop.abort()
    await watch
  }
}

const warn = (process: CommandProcess, line: string): void => printError(process, [`xbl-achievements: warning: ${line}`])

/** Listens for TLS, too, and says where; when that fails, everything is closed. */
async function listenSecurely (secure: SecureService, { config: { host, tlsPort }, process, close }: { config: Config, process: CommandProcess, close: () => Promise<void> }): Promise<Served['https']> {
  try {
    const address = await secure.listen(host, tlsPort)
    if (secure.warning !== null) warn(process, secure.warning)
    return { url: urlAt('https', address), trust: secure.trust }
  } catch (error) {
    await close()
    throw Object.assign(error as Error, { flag: '--tls-port' })
  }
}

function prepareWorld (database: Database, { world: path, watch }: Config, read: () => World): ServedWorld {
  let remark = ` (was there already; --world is ${watch ? 'read when it changes' : 'not read'})`
  const source = seedIfEmpty(database, shortenPath(path), () => {
    remark = ''
    return read()
  })
  return { source, remark }
}

/** Checks before the start what would fail at the end, when there is something to lose. */
function checkFiles ({ database, seedOnly, exportOnExit, watch, world, readyFile }: Config): void {
  if (seedOnly && database === ':memory:') throw new ConfigError('--seed-only seeds a file, and --database is :memory:, which ends with the command; give --database a file')
  if (watch && world === DEMO_WORLD) throw new ConfigError('--watch is for a world of your own, and the demo world is served; name a file or folder with --world')
  if (exportOnExit !== null) requireWritable(exportOnExit, '--export-on-exit')
  if (readyFile !== null) prepareReadyFile(readyFile)
}

function warnOfAccess ({ control, controlKey, host }: Config, process: CommandProcess): void {
  if (control && controlKey === null && !isLoopback(host)) {
    warn(process, `whoever reaches ${host} can change this world; demand a key with --control-key, or leave the control API out with --no-control`)
  }
}

/** Rejects with the error of a server that fails while it listens. */
function untilBroken (servers: readonly Server[]): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const server of servers) server.on('error', reject)
  })
}

/** An error that nobody foresaw ends the request in which it happened, and no other. */
function surviveUncaught (process: CommandProcess): void {
  process.on('uncaughtException', (error: unknown) => printError(process, [`xbl-achievements: an error that nobody foresaw: ${inspect(error)}`]))
}

/** Ends the process even when something keeps it alive, such as output that nobody reads; after a second signal at once. */
function endProcess (process: CommandProcess, secondSignal: Promise<number>): void {
  setTimeout(() => process.exit(), LAST_OUTPUT).unref()
  // The exit code is set by then, and an error, if there is one, has been written to standard error.
  secondSignal.then(() => setImmediate(() => process.exit()))
}

/** A path as a person would type it here. */
function shortenPath (path: string): string {
  const short = relative('.', path)
  return short.startsWith('..') || short === '' ? path : short
}
