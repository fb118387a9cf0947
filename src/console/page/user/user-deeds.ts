import { changedBy, deedInWords, entryOf, type NamedProgress, type ProgressDeed } from '../../text/progress-entries.ts'
import { userRoute } from '../../text/user-words.ts'
import { act } from '../api.ts'
import { didUndoable, sayFailure } from '../undo.ts'

interface Whose { readonly xuid: string, readonly sandbox: string }

/** Does something to achievements of a user in a sandbox, at once and undoably. What is refused has been said. */
export function doToAchievements (achievements: readonly NamedProgress[], deed: ProgressDeed, { xuid, sandbox }: Whose): void {
  const changed = changedBy(achievements, deed)
  if (changed.length === 0) return
  const path = userRoute(xuid, '/achievements')
  act('PATCH', path, { achievements: changed.map((achievement) => entryOf(achievement, deed, sandbox)) }).then((before) => {
    didUndoable({ text: deedInWords(changed, deed), undo: async () => { await act('PATCH', path, before) } })
  }).catch(sayFailure)
}

/** The player data reset of a title: what the user has done in its service configuration in a sandbox. */
export function resetTitle ({ name, serviceConfigId }: { readonly name: string, readonly serviceConfigId: string }, { xuid, sandbox }: Whose): void {
  const path = userRoute(xuid, '/achievements')
  act('DELETE', `${path}/${serviceConfigId}?${new URLSearchParams({ sandbox, answer: 'before' })}`).then((before) => {
    didUndoable({ text: `Reset ${name}`, undo: async () => { await act('PATCH', path, before) } })
  }).catch(sayFailure)
}
