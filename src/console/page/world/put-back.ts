import type { About } from '../../../control/about.ts'
import { act, read } from '../api.ts'
import { didUndoable } from '../undo.ts'

/** Up to how many users a world is kept in this tab, so that it can be put back. */
const MOST_USERS = 5000

/** To compare a merged world takes as long as there are users: beyond this many it is done when it is asked for, and not again by itself. */
const MOST_COMPARED = 5000
export const isSlowToCompare = ({ isMerged, world: { users } }: About): boolean => isMerged && users > MOST_COMPARED

/** Whether what is done to the world as a whole can be taken back here. */
export const canPutBack = ({ world: { users, achievements } }: About): boolean => users <= MOST_USERS && achievements <= 50_000

/**
 * Does something to the world as a whole, and remembers how it was: the world, and what a reset goes back to.
 *
 * @param work returns what was done, in words.
 */
export async function doPuttingBack (about: About, work: () => Promise<string>): Promise<void> {
  if (!canPutBack(about)) {
    await work()
    return
  }
  const [world, start] = [await read<object>('/_emulator/world'), await read<object>('/_emulator/world/start')]
  const isSame = JSON.stringify(world) === JSON.stringify(start)
  const text = await work()
  didUndoable({
    text,
    undo: async () => {
      const line = `curl -X POST ${window.location.origin}/_emulator/world/restore -d @before.json`
      await act('POST', '/_emulator/world/restore', { world, start: isSame ? null : start, source: about.source }, line)
    }
  })
}
