import { printable } from '../base/shown-text.ts'
import { CommandError } from '../base/user-error.ts'
import type { WorldProgress } from '../world/schema.ts'
import { askEmulator, followEvents, UnreachableError } from './control-client.ts'
import { findServiceConfig, findXuid, pathOfUser, type TitleFlags } from './control-paths.ts'
import type { RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { stateOf } from './progress-state.ts'
import { jsonLines } from './table.ts'

export interface UnlockWaitFlags extends RunningEmulator, TitleFlags {
  /** In s. */
  readonly timeout: number
  readonly json?: true
}

/**
 * Waits until a user has unlocked an achievement, however that comes about; one that is unlocked already counts.
 *
 * @throws {CommandError} when it is not unlocked in time, or when the emulator ends.
 */
export async function waitForUnlock ({ user, id, flags }: { user: string, id: number | string, flags: UnlockWaitFlags }, process: CommandProcess): Promise<void> {
  if (typeof id === 'string') throw new CommandError(`<id>: found ${JSON.stringify(id)}, expected the id of an achievement`)
  const { timeout, json } = flags
  const scid = await findServiceConfig(flags)
  const query = new URLSearchParams({ kinds: 'progress,user,world', xuid: await findXuid(flags, user, '<user>') })
  const [late, stop] = [AbortSignal.timeout(Math.ceil(timeout * 1000)), new AbortController()]
  const signal = AbortSignal.any([late, stop.signal])
  const events = followEvents(flags, { query, lastEventId: null, signal })
  let percentComplete = 0
  try {
    // What comes first says that it is followed: nothing is missed between that and the first look.
    while (!(await events.next()).done) {
      const { achievements } = JSON.parse(await askEmulator(flags, { method: 'GET', path: `${pathOfUser(user)}?serviceConfigId=${scid}`, member: 'achievements', signal }))
      const progress = (achievements as WorldProgress[]).filter((one) => one.id === id)
      const unlocked = progress.find((one) => one.percentComplete === 100)
      if (unlocked !== undefined) {
        await print(process, json ? jsonLines([unlocked]) : `${printable(`${id}  ${stateOf(unlocked)}`)}\n`)
        return
      }
      percentComplete = Math.max(0, ...progress.map((one) => one.percentComplete))
    }
    throw new UnreachableError(`${flags.url} has ended the stream of events`)
  } catch (error) {
    if (!late.aborted) throw error
  } finally {
    stop.abort()
  }
  throw new CommandError(`${user} has not unlocked achievement ${id} after ${timeout} s, and is at ${percentComplete} percent`)
}
