import type { JSX } from 'preact'
import { STATES, type ShownState } from '../../text/states.ts'

/** The state of an achievement: shape, word and colour; one in progress also with its percent. */
export function StateMark ({ state, percent, compact = false }: { state: ShownState, percent?: number | undefined, compact?: boolean | undefined }): JSX.Element {
  const { sign, word } = STATES[state]
  const words = state === 'inProgress' && percent !== undefined ? `${word}, ${percent} %` : word
  const shown = state === 'inProgress' && percent !== undefined ? `${percent} %` : word
  return (
    <span class={`state-mark ${state}`} title={words}>
      <span aria-hidden='true'>{sign}</span>
      {compact ? <span class='unseen'>{words}</span> : <span>{shown}</span>}
    </span>
  )
}
