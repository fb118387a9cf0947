/** Which rows of a list are chosen, by their keys, and from which a range is counted. */
export interface RowSelection {
  readonly keys: ReadonlySet<string>
  readonly anchor: string | null
}

export const NO_SELECTION: RowSelection = { keys: new Set(), anchor: null }

/** Chooses a row, or no longer. */
export function toggleRow ({ keys }: RowSelection, key: string): RowSelection {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return { keys: next, anchor: key }
}

/** Chooses all rows between the one that was chosen last and another one, as a click with Shift does. */
export function selectRange (selection: RowSelection, key: string, order: readonly string[]): RowSelection {
  const [from, to] = [order.indexOf(selection.anchor ?? key), order.indexOf(key)]
  if (from < 0 || to < 0) return toggleRow(selection, key)
  return { keys: new Set([...selection.keys, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]), anchor: selection.anchor ?? key }
}
