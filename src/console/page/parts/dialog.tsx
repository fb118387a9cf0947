import type { ComponentChildren, JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

/**
 * A dialog over the page as long as it is rendered. `onClose` is called for Escape, a click outside and the button in its
 * corner; whoever renders it then leaves it out. The focus goes to what has `autofocus`, and afterwards back where it was.
 */
export function Dialog ({ title, onClose, children, actions, wide = false }: {
  title: string, onClose: () => void, children: ComponentChildren, /** Buttons, at the bottom. */ actions?: ComponentChildren, wide?: boolean | undefined
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const before = document.activeElement
    const shown = dialog.current
    if (shown?.open === false) shown.showModal()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog} class={`dialog ${wide ? 'wide' : ''}`} aria-labelledby={id}
      onCancel={(event) => { if (event.target === dialog.current) { event.preventDefault(); onClose() } }}
      onMouseDown={(event) => { if (event.target === dialog.current) onClose() }}
    >
      <div class='dialog-sheet'>
        <header><h2 id={id}>{title}</h2><button type='button' class='button quiet' title='Close (Escape)' aria-label='Close' onClick={onClose}>✕</button></header>
        <div class='dialog-body'>{children}</div>
        {actions !== undefined && <footer>{actions}</footer>}
      </div>
    </dialog>
  )
}
