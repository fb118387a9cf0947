import type { Server } from 'node:net'
import { relative } from 'node:path'
import { inspect } from 'node:util'
import type { Database } from 'better-sqlite3'
import { buildApp } from '../server/app.ts'
import { systemClock } from '../base/clock.ts'
import { requireOther, requireWritable, tell, writeOut } from './output.ts'
import { quote } from './quote.ts'
import { waitForDatabase } from './wait-for-database.ts'
import { ConfigError, type Config } from '../config/config.ts'
import { closeGracefully } from '../server/close.ts'
import { formatInstant } from '../base/instant.ts'
import { isLoopback } from '../http/hosts.ts'
import type { Services } from '../http/services.ts'
import { watchSignals } from './signals.ts'
import { openDatabase, seedIfEmpty } from '../store/open.ts'
import type { SecureService } from '../server/tls/serve-tls.ts'
import { listen, urlAt, urlOf } from '../server/address.ts'
import { VERSION } from '../base/version.ts'
import { findWorldReader } from '../world/load.ts'
import type { World } from '../world/schema.ts'
import { worldText } from '../world/text.ts'

/** How long output may take to be read once everything else has ended, in ms. */
const LAST_WORDS = 1000

/**
 * Opens and seeds the database, listens, and says so on standard output. Resolves once SIGTERM, SIGINT
 * or SIGHUP has come, the requests in flight are finished, the world is exported, if that is asked for,
 * and the database is closed. When a signal comes once more, those requests are cut, and the process ends
 * with the signal's exit code, after the export.
 *
 * @throws also what a server fails with once it listens; nothing else ends it then.
 */
export async function startServer (config: Config): Promise<void> {
  checkFiles(config)
  const read = await findWorldReader(config.world, tell)
  const database = await waitForDatabase(config.database, () => openDatabase(config.database, 0))
  let again = new Promise<number>(() => {})
  try {
    // Once it is there: a name that leads to it by a link is the same.
    if (config.exportOnExit !== null) requireOther(config.exportOnExit, database.name.trim(), '--export-on-exit')
    const held = await waitForDatabase(config.database, () => prepareWorld(database, config.world, read))
    if (config.seedOnly) {
      process.stdout.write(`${config.database} holds ${held.source}${held.remark}\n`)
      return
    }
    const built = buildApp(config, { database, clock: systemClock, warn: (line) => process.stderr.write(`xbl-achievements: warning: ${line}\n`) })
    const { app, services } = built
    // Slow to load, and not often asked for.
    const secure = config.tls ? await (await import('../server/tls/serve-tls.ts')).prepareTls(config, { server: app.server, connections: built.connections }, Date.now()) : undefined
    await listen(app, config)
    // Not before it listens: until then a signal ends the process by itself.
    const signals = watchSignals()
    again = signals.again
    const close = (): Promise<void> => closeGracefully(built, { secure, interrupted: again, report: (line) => tell([`xbl-achievements: ${line}`]) })
    outliveErrors()
    process.stdout.write(greeting(services, { held, url: urlOf(app), https: secure && await listenToo(secure, config, close) }))
    warnOfStrangers(config)
    await Promise.race([signals.first, untilBroken([app.server, ...secure === undefined ? [] : [secure.server]])]).finally(close)
    if (config.exportOnExit !== null) writeOut(config.exportOnExit, worldText(services.store.world.export()), '--export-on-exit')
  } finally {
    database.close()
    // What nobody reads keeps no process alive.
    setTimeout(() => process.exit(), LAST_WORDS).unref()
    // After an error, if there is one, has been written to standard error.
    again.then((code) => setImmediate(() => process.exit(process.exitCode || code)))
  }
}

/** Listens for TLS, too, and says where; a server that cannot do both does nothing. */
async function listenToo (secure: SecureService, { host, tlsPort }: Config, close: () => Promise<void>): Promise<string> {
  try {
    const address = await secure.listen(host, tlsPort)
    if (secure.warning !== null) process.stderr.write(`xbl-achievements: warning: ${secure.warning}\n`)
    return `${urlAt('https', address)} (trust ${secure.trust})`
  } catch (error) {
    await close()
    throw Object.assign(error as Error, { flag: '--tls-port' })
  }
}

/** What a database serves. */
interface Held {
  /** Where its world comes from. */
  readonly source: string
  /** Tells who changed a world file, or names another one, why that has no effect. */
  readonly remark: string
}

function prepareWorld (database: Database, path: string, read: () => World): Held {
  let remark = ' (was there already; --world is not read)'
  const source = seedIfEmpty(database, nameOf(path), () => {
    remark = ''
    return read()
  })
  return { source, remark }
}

/** What would be lost is told before there is something to lose. */
function checkFiles ({ database, seedOnly, exportOnExit }: Config): void {
  if (seedOnly && database === ':memory:') throw new ConfigError('--seed-only seeds a file, and --database is :memory:, which ends with the command; give --database a file')
  if (exportOnExit !== null) requireWritable(exportOnExit, '--export-on-exit')
}

function warnOfStrangers ({ control, controlKey, host }: Config): void {
  if (control && controlKey === null && !isLoopback(host)) {
    process.stderr.write(`xbl-achievements: warning: whoever reaches ${host} can change this world; demand a key with --control-key, or leave the control API out with --no-control\n`)
  }
}

/** Rejects with what a server that listens fails with. */
function untilBroken (servers: readonly Server[]): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const server of servers) server.on('error', reject)
  })
}

/** An error that nobody foresaw costs the request in which it happened, and not everybody else's. */
function outliveErrors (): void {
  process.on('uncaughtException', (error: unknown) => tell([`xbl-achievements: an error that nobody foresaw: ${inspect(error)}`]))
}

/** A path as a person would type it here. */
function nameOf (path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') || short === '' ? path : short
}

/** The demo world's token, which README has: of any other world none is printed. */
const PUBLIC = "'Authorization: XBL3.0 x=demo;gamer'"

/** How a shell on this machine runs this command, which is not on its path when it came with `npm ci` or npx. */
const commandLine = (): string => process.argv.slice(0, 2).map(quote).join(' ')

/** How a shell gets the header of a session like the example. */
function authorizationFor ({ userHash, token, xuid, titleId }: { userHash: string, token: string, xuid: string, titleId: number | null }, url: string): string {
  if (`${userHash};${token}` === 'demo;gamer') return PUBLIC
  return `"Authorization: $(${commandLine()} token --url ${url} --xuid ${xuid}${titleId === null ? '' : ` --title-id ${titleId}`})"`
}

function greeting ({ config: { control, database, dialect }, store: { catalogue, sessions } }: Services, { held: { source, remark }, url, https }: { held: Held, url: string, https: string | undefined }): string {
  const { titles, achievements, users } = catalogue.count()
  const example = sessions.findExample(formatInstant(systemClock.now()))
  const query = example?.titleId == null ? '' : `?titleId=${example.titleId}`
  const authorization = example && authorizationFor(example, url)
  const curl = example === undefined || (authorization !== PUBLIC && !control)
    ? `curl '${url}/_emulator/health'`
    : `curl -H ${authorization} -H 'x-xbl-contract-version: 2' '${url}/users/xuid(${example.xuid})/achievements${query}'`
  const secure = https === undefined ? '' : `  https     ${https}\n`
  return `xbl-achievements ${VERSION} serves ${url}
${secure}  world     ${source} (${titles} titles, ${achievements} achievements, ${users} users)
  database  ${database}${remark}
  dialect   ${dialect}

Try:
  ${curl}

`
}
