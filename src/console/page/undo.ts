import { signal } from '@preact/signals'
import { settled } from './api.ts'
import { dismiss, say, toasts } from './toasts.ts'

/** Something that a person has done, and how it is taken back. */
export interface Undoable {
  /** What was done: "Unlocked First light". */
  readonly text: string
  /** @returns what puts back what somebody else had made of it since, if somebody had; undefined if nobody had. */
  readonly undo: () => Promise<(() => Promise<void>) | undefined | void>
}

/** What was done in this tab, the last one first. */
export const done = signal<readonly Undoable[]>([])

/** Remembers what was done, and says it, with a button that takes it back. */
export function didUndoable (action: Undoable): void {
  done.value = [action, ...done.value].slice(0, 100)
  say({ kind: 'good', text: action.text, action: { label: 'Undo', run: () => { inBackground(afterOthers(() => undo(action))) } } })
}

let undoing: Promise<unknown> = Promise.resolve()

/** Takes back one thing after the other, each once what is being done has been answered. */
function afterOthers (work: () => Promise<void>): Promise<void> {
  const turn = undoing.then(settled).then(work)
  undoing = turn.catch(() => {})
  return turn
}

/** Takes the last action back, also one that is still on its way, and says so. What fails can be tried again. */
export async function undoLast (): Promise<void> {
  await afterOthers(async () => {
    const [last] = done.peek()
    if (last !== undefined) await undo(last)
  })
}

async function undo (action: Undoable): Promise<void> {
  if (!done.peek().includes(action)) return
  done.value = done.peek().filter((other) => other !== action)
  try {
    const replaced = await action.undo()
    for (const { id, text } of toasts.peek()) if (text === action.text) dismiss(id)
    if (replaced === undefined) say({ kind: 'info', text: `Undone: ${action.text}` })
    else didUndoable({ text: `Undone: ${action.text}. Somebody else had changed it since: undo brings that back`, undo: replaced })
  } catch (error) {
    done.value = [action, ...done.peek()]
    throw error
  }
}

/** Lets something go on in the background, and says why it fails. A refusal has been said by what was refused. */
export function inBackground (work: Promise<unknown>): void {
  work.catch((error: Error) => { if (error.name !== 'Refused') say({ kind: 'bad', text: error.message }) })
}
