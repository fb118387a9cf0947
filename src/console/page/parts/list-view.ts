import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface Box { readonly current: HTMLDivElement | null }

/** What is seen of a box that scrolls, as it is now. */
export function useView (): { box: { current: HTMLDivElement | null }, view: { scrollTop: number, height: number }, onScroll: () => void } {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ scrollTop: 0, height: 0 })
  const onScroll = (): void => {
    const { scrollTop = 0, clientHeight: height = 0 } = box.current ?? {}
    setView((before) => before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height })
  }
  useLayoutEffect(() => {
    onScroll()
    const observer = new ResizeObserver(onScroll)
    if (box.current !== null) observer.observe(box.current)
    return () => { observer.disconnect() }
  }, [])
  return { box, view, onScroll }
}

/** Keeps what is seen in its place when rows are added above it, unless the very top is seen: there one sees what comes. */
export function useSteady<T> (box: Box, { items, keyOf, rowHeight }: { items: readonly T[], keyOf: (item: T) => string, rowHeight: number }): void {
  const before = useRef<{ items: readonly T[], top: string | undefined, scrollTop: number }>({ items, top: undefined, scrollTop: 0 })
  useLayoutEffect(() => {
    const { current: scroller } = box
    if (scroller === null) return
    const { top, items: old } = before.current
    if (old !== items && top !== undefined && scroller.scrollTop > 0) {
      const [was, is] = [old.findIndex((item) => keyOf(item) === top), items.findIndex((item) => keyOf(item) === top)]
      if (is > -1 && was > -1 && is !== was) scroller.scrollTop += (is - was) * rowHeight
    }
    const seen = items[Math.floor(scroller.scrollTop / rowHeight)]
    before.current = { items, top: seen === undefined ? undefined : keyOf(seen), scrollTop: scroller.scrollTop }
  })
}
