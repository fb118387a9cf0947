import { Option, type Command } from 'commander'
import { counted } from '../base/counted.ts'
import type { ListedNotificationEndpoint } from '../control/real-time-routes.ts'
import type { RealTimeConnection } from '../http/real-time.ts'
import { askEmulator, naming } from './control-client.ts'
import { findXuid } from './control-paths.ts'
import { addDefault } from './help.ts'
import { addRunning, readInteger, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { addRealTimeFault } from './rta-fault.ts'
import { jsonLines, JSON_OPTION, table } from './table.ts'

const RTA_PATH = '/_emulator/rta'

/** How many connections or endpoints are read at a time. */
const ENTRIES_AT_ONCE = '1000'

interface WhichFlags extends RunningEmulator {
  readonly user?: string
  readonly connection?: number | string
}

/** The flag of each member of the body. */
const WHICH_FLAGS = { connection: '--connection', xuid: '--user', code: '--code', reason: '--reason' }

/** Adds the command `rta`. */
export function addRta (program: Command, process: CommandProcess): void {
  const rta = program.command('rta')
    .description('See and disturb the WebSockets of Real-Time Activity.')
    .addHelpText('after', `
Example: who is connected, and what becomes of a client whose network fails
  xbl-achievements rta
  xbl-achievements rta close --user gamer --cut

Example: the next subscription is throttled, and every event comes late
  xbl-achievements rta fault --refuse 1001 --times 1
  xbl-achievements rta fault --delay 500`)
  addRtaShow(rta, process)
  addEndpoints(rta, process)
  addResync(rta, process)
  addClose(rta, process)
  addRealTimeFault(rta, process)
}

function addRtaShow (rta: Command, process: CommandProcess): void {
  addRunning(addDefault(rta, 'show')
    .description('List the open connections with their subscriptions; so does rta alone.')
    .option('--user <user>', 'only those of this user, a gamertag or XUID')
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
A line has the connection, whose it is, the title, and a subscription with the
number of its events. With --json a line is a connection.

Example:
  xbl-achievements rta show --user gamer`)
    .action(async ({ user, json, ...running }: RunningEmulator & { user?: string, json?: true }) => {
      const of = user === undefined ? '' : `&xuid=${encodeURIComponent(user)}`
      await printPages<{ connections: RealTimeConnection[] }>(process, (query) => askPage(running, `${RTA_PATH}?${query}${of}`, 'connections'), ({ connections }) =>
        json ? jsonLines(connections) : table(connections.flatMap(connectionRows)))
    })
}

/** A row for each subscription, or one for a connection without any. */
function connectionRows ({ id, gamertag, xuid, titleId, subscriptions }: RealTimeConnection): string[][] {
  const connection = [String(id), gamertag ?? xuid ?? '-', titleId === null ? '-' : `title ${titleId}`]
  if (subscriptions.length === 0) return [[...connection, '-', 'no subscription']]
  return subscriptions.map(({ resource, events }) => [...connection, counted(events, 'event'), resource])
}

function addEndpoints (rta: Command, process: CommandProcess): void {
  addRunning(rta.command('endpoints').description('List where clients have notifications of unlocks sent.').option(...JSON_OPTION), process)
    .addHelpText('after', `
A line has the user, the title, the languages and the resource.

Example:
  xbl-achievements rta endpoints`)
    .action(async ({ json, ...running }: RunningEmulator & { json?: true }) => {
      await printPages<{ endpoints: ListedNotificationEndpoint[] }>(process, (query) => askPage(running, `${RTA_PATH}/endpoints?${query}`, 'endpoints'), ({ endpoints }) =>
        json ? jsonLines(endpoints) : table(endpoints.map(({ xuid, titleId, locale, endpointUri }) => [xuid, `title ${titleId}`, locale, endpointUri])))
    })
}

interface Continued {
  readonly next: number | null
}

const askPage = async (running: RunningEmulator, path: string, member: string) => JSON.parse(await askEmulator(running, { method: 'GET', path, member }))

/** Writes page after page, until there is no more, or nobody reads it. @param read reads the page that a query names. */
async function printPages<Shown> (process: CommandProcess, read: (query: string) => Promise<Shown & Continued>, show: (page: Shown) => string): Promise<void> {
  let page = await read(`limit=${ENTRIES_AT_ONCE}`)
  while (await print(process, show(page)) && page.next !== null) page = await read(`limit=${ENTRIES_AT_ONCE}&after=${page.next}`)
}

/** Adds the options that say which connections are meant. */
const addWhich = (command: Command): Command => command
  .option('--user <user>', 'only those of this user, a gamertag or XUID')
  .option('--connection <id>', 'only this one, as rta tells it', readInteger)

function addResync (rta: Command, process: CommandProcess): void {
  addRunning(addWhich(rta.command('resync').description('Tell clients that they may have missed something.')), process)
    .addHelpText('after', `
They fetch anew what they have subscribed to.

Example:
  xbl-achievements rta resync --user gamer`)
    .action(async (flags: WhichFlags) => {
      const { told } = await askAbout(flags, 'resync', 'told')
      await print(process, `told ${counted(told, 'connection')}\n`)
    })
}

function addClose (rta: Command, process: CommandProcess): void {
  addRunning(addWhich(rta.command('close').description('End connections.'))
    .option('--code <number>', 'the code of the close frame; without it 1000', readInteger)
    .option('--reason <text>', 'the reason in the close frame')
    .addOption(new Option('--cut', 'end them without a close frame, as a failing network does').conflicts(['code', 'reason'])), process)
    .addHelpText('after', `
Example: a client that has to connect anew
  xbl-achievements rta close --user gamer --code 4000 --reason 'another session'`)
    .action(async ({ code, reason, cut, ...flags }: WhichFlags & { code?: number | string, reason?: string, cut?: true }) => {
      const { closed } = await askAbout(flags, 'close', 'closed', cut ? { code: null } : { code, reason })
      await print(process, `closed ${counted(closed, 'connection')}\n`)
    })
}

/** Posts which connections are meant, and what else there is to say. @param member how many they were. */
async function askAbout<Member extends string> ({ user, connection, ...running }: WhichFlags, what: string, member: Member, others: object = {}): Promise<Record<Member, number>> {
  const xuid = user === undefined ? undefined : await findXuid(running, user, '--user')
  return JSON.parse(await askEmulator(running, { method: 'POST', path: `${RTA_PATH}/${what}`, body: { connection, xuid, ...others }, member }).catch(naming(WHICH_FLAGS)))
}
