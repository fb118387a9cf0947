import { parseExactJson } from '../base/exact-json.ts'
import { CommandError } from '../base/user-error.ts'
import type { JournalEntry } from '../control/journal/entry.ts'
import type { FrameEntry } from '../control/journal/frame.ts'
import { askEmulator, followEvents, naming } from './control-client.ts'
import { findXuid } from './control-paths.ts'
import { followEmulator, type FollowedEvent } from './events-follow.ts'
import { requireNew } from './new-files.ts'
import type { RunningEmulator } from './options.ts'
import { print, writeOut, type CommandProcess } from './output.ts'
import { frameLine, requestLine } from './requests-line.ts'
import { jsonLines } from './table.ts'

export interface RequestFlags extends RunningEmulator {
  readonly method?: string
  readonly path?: string
  readonly status?: string
  readonly user?: string
  readonly unmatched?: true
  readonly last?: string
  readonly follow?: true
  readonly har?: string
  readonly force?: true
  readonly json?: true
}

/** The flag of each parameter of the query. */
const REQUEST_FLAGS = { method: '--method', path: '--path', status: '--status', xuid: '--user', last: '--last' }

/** Writes what the journal holds, and goes on with what comes, if asked for. */
export async function showRequests ({ url, controlKey, har, force, follow, json, last, ...filters }: RequestFlags, process: CommandProcess): Promise<void> {
  const running: RunningEmulator = { url, ...controlKey !== undefined && { controlKey } }
  if (har === undefined && force) throw new CommandError('--force: found it alone, expected --har beside it')
  if (har !== undefined) requireNew(har, '--har', force)
  const query = await readQuery(running, filters)
  const begin = last === undefined ? {} : { last }
  if (har !== undefined) return saveHar(running, { query: { ...query, ...begin }, file: har })
  if (follow) return await followRequests(running, { query, begin: last === undefined ? { after: '0' } : begin, json, process })
  const entries = await readEntries(running, new URLSearchParams({ ...query, ...begin }))
  await print(process, json ? jsonLines(entries) : journalLines(entries, await readFrames(running, entries), process.stdout))
}

/** Writes requests as they come, and between their lines those of the frames of connections that they have become. */
async function followRequests (running: RunningEmulator, { query, begin, json, process }: {
  query: Record<string, string>, begin: Record<string, string>, json: true | undefined, process: CommandProcess
}): Promise<void> {
  const takesAll = Object.keys(query).every((name) => name === 'xuid')
  const connections = new Set<number>()
  const lineOf = ({ kind, data }: FollowedEvent): string => {
    if (kind === 'request') {
      const entry = data as JournalEntry
      if (entry.connection !== undefined) connections.add(entry.connection)
      return json ? jsonLines([entry]) : requestLine(entry, process.stdout)
    }
    const frame = data as FrameEntry
    return kind === 'frame' && (takesAll || connections.has(frame.connection)) ? frameLine(frame) : ''
  }
  const kinds = json ? 'request' : 'request,frame'
  await followEmulator({
    follow: (parameters, options) => followEvents(running, { query: new URLSearchParams({ kinds, ...query, ...parameters }), ...options }),
    write: (events) => print(process, events.map(lineOf).join(''))
  }, { url: running.url, begin, process }).catch(naming(REQUEST_FLAGS))
}

/** The filters as the query of the journal has them. */
async function readQuery (running: RunningEmulator, { method, path, status, user, unmatched }: Pick<RequestFlags, 'method' | 'path' | 'status' | 'user' | 'unmatched'>): Promise<Record<string, string>> {
  return {
    ...method !== undefined && { method },
    ...path !== undefined && { path },
    ...status !== undefined && { status },
    ...user !== undefined && { xuid: await findXuid(running, user, '--user') },
    ...unmatched && { matched: 'false' }
  }
}

async function readEntries (running: RunningEmulator, query: URLSearchParams): Promise<readonly JournalEntry[]> {
  const text = await askEmulator(running, { method: 'GET', path: `/_emulator/requests?${query}`, member: 'requests' }).catch(naming(REQUEST_FLAGS))
  return (parseExactJson(text) as { requests: readonly JournalEntry[] }).requests
}

/** The frames of the connections that requests have become. */
async function readFrames (running: RunningEmulator, entries: readonly JournalEntry[]): Promise<FrameEntry[]> {
  const connections = new Set(entries.flatMap(({ connection }) => connection ?? []))
  if (connections.size === 0) return []
  const text = await askEmulator(running, { method: 'GET', path: '/_emulator/requests/frames', member: 'frames' })
  const { frames } = parseExactJson(text) as { frames: FrameEntry[] }
  return frames.filter(({ connection }) => connections.has(connection))
}

/** A line for each request, and for each frame after the requests before it. */
function journalLines (entries: readonly JournalEntry[], frames: readonly FrameEntry[], stdout: NodeJS.WriteStream): string {
  const lines = [
    ...entries.map((entry) => ({ at: entry.id, line: requestLine(entry, stdout) })),
    ...frames.map((frame) => ({ at: frame.follows, line: frameLine(frame) }))
  ]
  // The sort is stable: requests come before the frames that follow them.
  return lines.sort((one, other) => one.at - other.at).map(({ line }) => line).join('')
}

async function saveHar (running: RunningEmulator, { query, file }: { query: Record<string, string>, file: string }): Promise<void> {
  const text = await askEmulator(running, { method: 'GET', path: `/_emulator/requests.har?${new URLSearchParams(query)}`, member: 'log' }).catch(naming(REQUEST_FLAGS))
  writeOut(file, text, '--har')
}
