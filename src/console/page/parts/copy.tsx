import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { say } from '../toasts.ts'
import { Button } from './button.tsx'

/** A button that copies a text, and says so. `text` may be a function that finds it when it is asked for, e.g. one that mints a token. */
export function Copy ({ text, label = 'Copy', title, shortcut, kind = 'quiet' }: {
  text: string | (() => string | Promise<string>), label?: string | undefined, title?: string | undefined, shortcut?: string | undefined, kind?: 'plain' | 'quiet' | undefined
}): JSX.Element {
  const [isCopied, setCopied] = useState(false)
  const beside = useRef<HTMLSpanElement>(null)
  const copy = async (): Promise<void> => {
    await copyText(typeof text === 'string' ? text : await text(), beside.current ?? document.body)
    setCopied(true)
    setTimeout(() => { setCopied(false) }, 1500)
  }
  return (
    <span class='copy' ref={beside}>
      <Button kind={kind} title={title ?? label} shortcut={shortcut} onClick={() => { copy().catch((error: Error) => { say({ kind: 'bad', text: `Nothing was copied: ${error.message}` }) }) }}>{isCopied ? '✓ Copied' : label}</Button>
      <span class='unseen' role='status'>{isCopied ? 'Copied' : ''}</span>
    </span>
  )
}

/** Puts a text into the clipboard. Pages of another machine over plain HTTP have no clipboard of their own: then by a field, in `beside`. */
async function copyText (text: string, beside: Element): Promise<void> {
  if (navigator.clipboard !== undefined) return await navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  const focused = document.activeElement
  beside.append(field)
  field.select()
  const isDone = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  if (!isDone) throw new Error('the browser does not allow it here.')
}
