import type { JSX } from 'preact'
import { areRead, dismiss, toasts } from '../toasts.ts'

/** What the page says at its edge. It is read out, and stays while somebody is at it. */
export function ToastList (): JSX.Element {
  return (
    <div
      class='toasts' role='status' aria-label='Messages'
      onMouseEnter={() => { areRead.value = true }} onMouseLeave={() => { areRead.value = false }}
      onFocusIn={() => { areRead.value = true }} onFocusOut={() => { areRead.value = false }}
    >
      {toasts.value.map(({ id, kind, text, action }) => (
        <div key={id} class={`toast ${kind}`}>
          <span class='toast-sign' aria-hidden='true'>{kind === 'bad' ? '✕' : kind === 'good' ? '✓' : 'i'}</span>
          <span class='toast-text'>{kind === 'bad' && <span class='unseen'>Refused: </span>}{text}</span>
          {action !== undefined && <button type='button' class='button quiet' title={`${action.label} (z)`} onClick={() => { dismiss(id); action.run() }}>{action.label}</button>}
          <button type='button' class='button quiet' title='Dismiss' aria-label='Dismiss' onClick={() => { dismiss(id) }}>✕</button>
        </div>
      ))}
    </div>
  )
}
