import { bareEntriesOf, changedBy, deedInWords, entryOf, isSameProgress, type NamedProgress, type ProgressBefore, type ProgressDeed } from '../../text/progress-entries.ts'
import { userRoute } from '../../text/user-words.ts'
import { act, actNow, change, inTurn } from '../api.ts'
import { didUndoable, inBackground } from '../undo.ts'

interface Whose { readonly xuid: string, readonly sandbox: string }

/** What is on its way: the same once more, as by a double click, changes nothing. */
const onItsWay = new Set<string>()

/** Does something to achievements of a user in a sandbox, at once and undoably. What is refused has been said. */
export function doToAchievements (achievements: readonly NamedProgress[], deed: ProgressDeed, { xuid, sandbox }: Whose): void {
  const changed = changedBy(achievements, deed)
  if (changed.length === 0) return
  const path = userRoute(xuid, '/achievements')
  const body = { achievements: changed.map((achievement) => entryOf(achievement, deed, sandbox)) }
  const key = path + JSON.stringify(body)
  if (onItsWay.has(key)) return
  onItsWay.add(key)
  inBackground(doUndoably(path, { work: async () => await actNow('PATCH', path, body), text: deedInWords(changed, deed) }).finally(() => { onItsWay.delete(key) }))
}

/** The player data reset of a title: what the user has done in its service configuration in a sandbox. */
export function resetTitle ({ name, serviceConfigId }: { readonly name: string, readonly serviceConfigId: string }, { xuid, sandbox }: Whose): void {
  const path = userRoute(xuid, '/achievements')
  inBackground(doUndoably(path, { work: async () => await actNow('DELETE', `${path}/${serviceConfigId}?${new URLSearchParams({ sandbox, answer: 'before' })}`), text: `Reset ${name}` }))
}

/**
 * Changes progress, and remembers how it was before. To undo it tells what was there last: where that is not what the change
 * has made, a client or another window has changed it since.
 */
async function doUndoably (path: string, { work, text }: { readonly work: () => Promise<ProgressBefore>, readonly text: string }): Promise<void> {
  const { before, after } = await inTurn(async () => {
    const before = await work()
    // Entries that say nothing change nothing, and are answered with what is there.
    return { before, after: await change<ProgressBefore>('PATCH', path, bareEntriesOf(before)).catch(() => undefined) }
  })
  didUndoable({
    text,
    undo: async () => {
      const last = await act<ProgressBefore>('PATCH', path, before)
      return after === undefined || isSameProgress(last, after) ? undefined : async () => { await act('PATCH', path, last) }
    }
  })
}
