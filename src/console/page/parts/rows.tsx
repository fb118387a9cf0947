import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { rowOfKey, rowsInView, scrollToRow } from '../../text/windowing.ts'
import { useShortcut } from '../keys.ts'
import { useSteady, useView } from './list-view.ts'

/** The head of a column: its name, and where it stands. */
export interface ColumnHead {
  readonly name: string
  /** At the right, above numbers. */
  readonly isEnd?: boolean
  /** For those alone who do not see the column: what it has says enough. */
  readonly isUnseen?: boolean
}

/** A list of any length whose rows have one height. */
export interface RowsProps<T> {
  readonly items: readonly T[]
  /** What the list is, for those who do not see it. */
  readonly label: string
  readonly keyOf: (item: T) => string
  /** The cells of a row: {@link Cell}s. */
  readonly row: (item: T, place: { readonly index: number, readonly isCurrent: boolean }) => ComponentChildren
  /** The columns, whose names are shown above the rows and always seen. */
  readonly columns?: ReadonlyArray<string | ColumnHead> | undefined
  /** CSS pixels; 28 unless given. */
  readonly rowHeight?: number | undefined
  /** How many rows there are in all, if more than are there; undefined and `onEnd` given: nobody knows. */
  readonly total?: number | undefined
  /** Called when the last rows are seen: the next page is needed. */
  readonly onEnd?: (() => void) | undefined
  /** Enter, or a click on a row. */
  readonly onOpen?: ((item: T) => void) | undefined
  /** The key of the row that is chosen, kept by who shows the list; undefined: the list keeps it. */
  readonly current?: string | null | undefined
  readonly onCurrent?: ((item: T, index: number) => void) | undefined
  /** Keys of a row besides those that move: called with the row that has the focus. True: the key was taken. */
  readonly onKey?: ((event: KeyboardEvent, item: T) => boolean) | undefined
  /** Whether j and k come here from anywhere in the page: for the one list that a place is about. */
  readonly isMain?: boolean | undefined
  readonly rowClass?: ((item: T) => string) | undefined
  readonly selected?: ((item: T) => boolean) | undefined
  /** The columns' widths, as `grid-template-columns`. */
  readonly template: string
  readonly class?: string | undefined
}

/** A cell of a row. */
export function Cell ({ children, class: more = '', title, end = false }: { children?: ComponentChildren, class?: string | undefined, title?: string | undefined, /** At the right: numbers. */ end?: boolean | undefined }): JSX.Element {
  return <span role='gridcell' class={`cell ${end ? 'end' : ''} ${more}`} title={title}>{children}</span>
}

/** Shows the rows that are seen. One row can have the focus; j, k, arrows, Home, End and the page keys move it. */
export function VirtualRows<T> (props: RowsProps<T>): JSX.Element {
  const { items, label, columns, rowHeight = 28, total, onEnd, template, class: more = '' } = props
  const { box, view, onScroll } = useView()
  const list = useCurrent(props, { box, rowHeight })
  useSteady(box, { items, keyOf: props.keyOf, rowHeight })
  const { first, end } = rowsInView({ ...view, rowHeight, count: items.length })
  // Tab leads to the row that is chosen, and where that is scrolled away to another.
  const tabbed = list.index >= first && list.index < end ? list.index : first
  const isAtEnd = end >= items.length && items.length > 0
  useEffect(() => { if (isAtEnd && view.height > 0) onEnd?.() }, [isAtEnd, items.length, view.height])
  const headed = columns === undefined ? 0 : 1
  return (
    <div
      class={`rows ${more}`} role='grid' aria-label={label} aria-rowcount={total === undefined && onEnd !== undefined ? -1 : (total ?? items.length) + headed}
      ref={box} onScroll={onScroll} onKeyDown={list.handleKeyDown}
    >
      {columns !== undefined && (
        <div class='row head' role='row' aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => <HeadCell key={typeof column === 'string' ? column : column.name} {...typeof column === 'string' ? { name: column } : column} />)}
        </div>
      )}
      <div class='rows-space' role='presentation' style={{ height: `${first * rowHeight}px` }} />
      {items.slice(first, end).map((item, index) => <Row key={props.keyOf(item)} item={item} index={first + index} rows={props} list={list} isTabbed={first + index === tabbed} height={rowHeight} headed={headed} />)}
      <div class='rows-space' role='presentation' style={{ height: `${(items.length - end) * rowHeight}px` }} />
    </div>
  )
}

function HeadCell ({ name, isEnd = false, isUnseen = false }: ColumnHead): JSX.Element {
  return <span role='columnheader' class={`cell ${isEnd ? 'end' : ''}`} title={isUnseen ? undefined : name}>{isUnseen ? <span class='unseen'>{name}</span> : name}</span>
}

interface Current { readonly index: number, readonly choose: (index: number, isFocused?: boolean) => void, readonly handleKeyDown: (event: KeyboardEvent) => void }

function Row<T> ({ item, index, rows, list, isTabbed, height, headed }: { item: T, index: number, rows: RowsProps<T>, list: Current, isTabbed: boolean, height: number, headed: number }): JSX.Element {
  const isCurrent = index === list.index
  return (
    <div
      role='row' aria-rowindex={index + 1 + headed} aria-selected={rows.selected?.(item)} tabIndex={isTabbed ? 0 : -1}
      data-index={index} class={`row ${isCurrent ? 'current' : ''} ${rows.onOpen === undefined ? '' : 'opens'} ${rows.rowClass?.(item) ?? ''}`}
      style={{ gridTemplateColumns: rows.template, height: `${height}px` }}
      onFocus={(event) => { if (event.target === event.currentTarget && !isCurrent) list.choose(index) }}
      onClick={(event) => {
        list.choose(index)
        if (!(event.target as Element).closest('button, a, input, select, code')) rows.onOpen?.(item)
      }}
    >
      {rows.row(item, { index, isCurrent })}
    </div>
  )
}

/** The row that is chosen, and the keys that choose another. */
function useCurrent<T> (props: RowsProps<T>, { box, rowHeight }: { box: { readonly current: HTMLDivElement | null }, rowHeight: number }): Current {
  const { items, keyOf, current, onCurrent, onOpen, onKey, isMain = false } = props
  const [own, setOwn] = useState<string | null>(null)
  const chosen = current === undefined ? own : current
  const index = chosen === null ? -1 : items.findIndex((item) => keyOf(item) === chosen)
  const wantsFocus = useRef(false)
  const choose = (next: number, isFocused = false): void => {
    const [item, scroller] = [items[next], box.current]
    if (item === undefined || scroller === null) return
    setOwn(keyOf(item))
    onCurrent?.(item, next)
    wantsFocus.current = isFocused
    const head = scroller.querySelector<HTMLElement>('.head')?.offsetHeight ?? 0
    if (isFocused) scroller.scrollTop = scrollToRow(next, { scrollTop: scroller.scrollTop, height: scroller.clientHeight - head, rowHeight })
  }
  useLayoutEffect(() => {
    const row = wantsFocus.current ? box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) : null
    if (row === null || row === undefined) return
    wantsFocus.current = false
    row.focus({ preventScroll: true })
  })
  const move = (key: string): boolean => {
    const next = rowOfKey(key, { index, count: items.length, page: Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1) })
    if (next !== undefined) choose(next, true)
    return next !== undefined
  }
  useShortcut(isMain ? 'j' : undefined, 'Next row', () => { move('j') })
  useShortcut(isMain ? 'k' : undefined, 'Previous row', () => { move('k') })
  const handleKeyDown = (event: KeyboardEvent): void => {
    const item = items[index]
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).getAttribute('role') !== 'row') return
    const isTaken = event.key === 'Enter' && onOpen !== undefined && item !== undefined ? (onOpen(item), true) : move(event.key) || (item !== undefined && onKey?.(event, item) === true)
    if (isTaken) event.preventDefault()
  }
  return { index, choose, handleKeyDown }
}
