import { signal } from '@preact/signals'

/** Something that the page says for a while, at its edge. */
export interface Toast {
  readonly id: number
  readonly kind: 'good' | 'bad' | 'info'
  readonly text: string
  /** A button of it. */
  readonly action?: { readonly label: string, readonly run: () => void } | undefined
}

/** What is said now, the newest last. */
export const toasts = signal<readonly Toast[]>([])

/** How many are there at a time, and for how long, in ms. What is wrong stays longer. */
const MOST_TOASTS = 4
const LIVES: Readonly<Record<Toast['kind'], number>> = { good: 6000, info: 6000, bad: 12_000 }

let lastId = 0

/** Says something. The same text takes the place of itself. @returns takes it away. */
export function say (toast: Omit<Toast, 'id'>): () => void {
  const id = ++lastId
  toasts.value = [...toasts.peek().filter(({ text }) => text !== toast.text), { ...toast, id }].slice(-MOST_TOASTS)
  const remove = (): void => { dismiss(id) }
  expireAfter(id, LIVES[toast.kind])
  return remove
}

/** Takes something away that was said. */
export function dismiss (id: number): void {
  toasts.value = toasts.peek().filter((other) => other.id !== id)
}

/** Whether somebody is reading them: pointer or focus is there. They stay that long. */
export const areRead = signal(false)

function expireAfter (id: number, ms: number): void {
  setTimeout(() => {
    if (areRead.peek()) expireAfter(id, 1000)
    else dismiss(id)
  }, ms)
}
