/** What is seen of a long list whose rows have one height. Lengths are CSS pixels. */
export interface ListView {
  readonly scrollTop: number
  /** Of what is seen. */
  readonly height: number
  readonly rowHeight: number
  readonly count: number
}

/** Rows above and below what is seen that are there already, so that scrolling shows no gaps. */
const SPARE = 8

/** The rows to show: from `first` on, up to and without `end`. */
export function rowsInView ({ scrollTop, height, rowHeight, count }: ListView): { readonly first: number, readonly end: number } {
  const end = Math.min(count, Math.ceil((Math.max(0, scrollTop) + height) / rowHeight) + SPARE)
  return { first: Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), end) - SPARE), end }
}

/** Where to scroll so that a row is seen whole; where it is already: unchanged. */
export function scrollToRow (index: number, { scrollTop, height, rowHeight }: Omit<ListView, 'count'>): number {
  const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight]
  if (top < scrollTop) return top
  return bottom > scrollTop + height ? bottom - height : scrollTop
}

/** Which row a key moves to from one; undefined: the key moves nowhere. @param page how many rows are seen at once. */
export function rowOfKey (key: string, { index, count, page }: { readonly index: number, readonly count: number, readonly page: number }): number | undefined {
  const moves: Readonly<Record<string, number>> = { j: index + 1, ArrowDown: index + 1, k: index - 1, ArrowUp: index - 1, Home: 0, End: count - 1, PageDown: index + page, PageUp: index - page }
  if (count === 0 || !Object.hasOwn(moves, key)) return undefined
  return Math.max(0, Math.min(count - 1, moves[key] as number))
}
