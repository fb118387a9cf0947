import { printable } from '../base/shown-text.ts'
import { describeChange, type EmulatorChange } from '../control/events/change.ts'
import type { JournalEntry } from '../control/journal/entry.ts'
import type { FrameEntry } from '../control/journal/frame.ts'
import { followEvents, naming } from './control-client.ts'
import { findXuid } from './control-paths.ts'
import { followEmulator, type FollowedEvent } from './events-follow.ts'
import type { RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { frameLine, requestLine } from './requests-line.ts'
import { jsonLines } from './table.ts'

export interface EventFlags extends RunningEmulator {
  readonly kinds?: string
  readonly user?: string
  readonly json?: true
}

/** Writes events as they come. */
export async function showEvents ({ kinds, user, json, ...running }: EventFlags, process: CommandProcess): Promise<void> {
  const query = { ...kinds !== undefined && { kinds }, ...user !== undefined && { xuid: await findXuid(running, user, '--user') } }
  await followEmulator({
    follow: (_parameters, options) => followEvents(running, { query: new URLSearchParams(query), ...options }),
    write: (events) => print(process, json ? jsonLines(events.map(({ kind, data }) => ({ kind, ...data as object }))) : events.map((event) => lineOf(event, process.stdout)).join(''))
  }, { url: running.url, begin: {}, process }).catch(naming({ kinds: '--kinds', xuid: '--user' }))
}

function lineOf ({ kind, data }: FollowedEvent, stdout: NodeJS.WriteStream): string {
  if (kind === 'request') return requestLine(data as JournalEntry, stdout)
  if (kind === 'frame') return frameLine(data as FrameEntry)
  const change = data as EmulatorChange
  return `${printable(`${change.time.slice(11, 23)}  ${kind.padEnd(8)}  ${describeChange(change)}`)}\n`
}
