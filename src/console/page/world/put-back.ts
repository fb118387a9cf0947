import type { About } from '../../../control/about.ts'
import { act, read } from '../api.ts'
import { didUndoable } from '../undo.ts'

/** Up to how many users a world is kept in this tab, so that it can be put back. */
const MOST_USERS = 5000

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
  const before = await readBoth()
  const text = await work()
  const after = JSON.stringify((await readBoth()).world)
  didUndoable({
    text,
    undo: async () => {
      const last = await readBoth()
      await putBack(before, about.source)
      return JSON.stringify(last.world) === after ? undefined : async () => { await putBack(last, about.source) }
    }
  })
}

interface Both { readonly world: object, readonly start: object }

const readBoth = async (): Promise<Both> => ({ world: await read<object>('/_emulator/world'), start: await read<object>('/_emulator/world/start') })

async function putBack ({ world, start }: Both, source: string): Promise<void> {
  const line = `curl -X POST ${window.location.origin}/_emulator/world/restore -d @before.json`
  await act('POST', '/_emulator/world/restore', { world, start: JSON.stringify(world) === JSON.stringify(start) ? null : start, source }, line)
}
