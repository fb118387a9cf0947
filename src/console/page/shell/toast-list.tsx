import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { areRead, dismiss, toasts, type Toast } from '../toasts.ts'

/** What the page says at its edge, above all else. It is read out, and stays while somebody is at it. */
export function ToastList (): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const newest = toasts.value.at(-1)?.id
  useLayoutEffect(() => {
    // What is shown last lies above what was shown before: above a dialog, too.
    list.current?.hidePopover()
    if (newest === undefined) areRead.value = false
    else list.current?.showPopover()
  }, [newest])
  return (
    <div
      class='toasts' ref={list} popover='manual' role='region' aria-label='Messages'
      onMouseEnter={() => { areRead.value = true }} onMouseLeave={() => { areRead.value = false }}
      onFocusIn={() => { areRead.value = true }} onFocusOut={() => { areRead.value = false }}
    >
      {toasts.value.map((toast) => <OneToast key={toast.id} {...toast} />)}
    </div>
  )
}

function OneToast ({ id, kind, text, action }: Toast): JSX.Element {
  return (
    <div class={`toast ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <span class='toast-sign' aria-hidden='true'>{{ bad: '✕', good: '✓', info: 'i' }[kind]}</span>
      <span class='toast-text'>{text}</span>
      {action !== undefined && <button type='button' class='button quiet' title={`${action.label} (z)`} onClick={() => { dismiss(id); action.run() }}>{action.label}</button>}
      <button type='button' class='button quiet' title='Dismiss' aria-label='Dismiss' onClick={() => { dismiss(id) }}>✕</button>
    </div>
  )
}
