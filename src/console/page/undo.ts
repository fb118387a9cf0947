import { signal } from '@preact/signals'

/** Something that a person has done, and how it is taken back. */
export interface Undoable {
  /** What was done: "Unlocked First light". */
  readonly text: string
  readonly undo: () => Promise<void>
}

/** What was done in this tab, the last one first. */
export const done = signal<readonly Undoable[]>([])

/** Remembers what was done. */
export function didUndoable (action: Undoable): void {
  done.value = [action, ...done.value].slice(0, 100)
}

/** Takes the last action back. */
export async function undoLast (): Promise<void> {
  const [last, ...others] = done.value
  if (last === undefined) return
  done.value = others
  await last.undo()
}
