import { signal } from '@preact/signals'
import { dismiss, say, toasts } from './toasts.ts'

/** Something that a person has done, and how it is taken back. */
export interface Undoable {
  /** What was done: "Unlocked First light". */
  readonly text: string
  readonly undo: () => Promise<void>
}

/** What was done in this tab, the last one first. */
export const done = signal<readonly Undoable[]>([])

/** Remembers what was done, and says it, with a button that takes it back. */
export function didUndoable (action: Undoable): void {
  done.value = [action, ...done.value].slice(0, 100)
  say({ kind: 'good', text: action.text, action: { label: 'Undo', run: () => { undo(action).catch(sayFailure) } } })
}

/** Takes the last action back, and says so. What fails can be tried again. */
export async function undoLast (): Promise<void> {
  const [last] = done.value
  if (last !== undefined) await undo(last)
}

async function undo (action: Undoable): Promise<void> {
  if (!done.peek().includes(action)) return
  done.value = done.peek().filter((other) => other !== action)
  try {
    await action.undo()
  } catch (error) {
    done.value = [action, ...done.peek()]
    throw error
  }
  for (const { id, text } of toasts.peek()) if (text === action.text) dismiss(id)
  say({ kind: 'info', text: `Undone: ${action.text}` })
}

/** A refusal has been said by what was refused. */
export function sayFailure (error: Error): void {
  if (error.name !== 'Refused') say({ kind: 'bad', text: error.message })
}
