import { useEffect, useRef, useState } from 'preact/hooks'
import { read } from './api.ts'
import type { LiveEvent } from './live.ts'
import { keepFresh } from './refresh.ts'
import { useWhenMended } from './use-read.ts'

/** The pages of a list of the control API that are there so far. */
export interface Pages<T> {
  readonly items: readonly T[]
  /** The body of the first page, for what stands beside the list; undefined before it is there. */
  readonly first: Record<string, unknown> | undefined
  /** Whether the list goes on. */
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly error: Error | undefined
  /** Asks for the next page; nothing while one is on its way. */
  readonly more: () => void
  readonly reload: () => void
}

/** How a list is read. */
export interface PagesOptions {
  readonly concerns: (event: LiveEvent) => boolean
  /** Entries a page; 100 unless given. */
  readonly limit?: number | undefined
  /** The member of the answer that has the entries; its first list unless given. */
  readonly member?: string | undefined
}

interface Loaded<T> { readonly path: string, readonly items: readonly T[], readonly next: string | null, readonly first: Record<string, unknown> }

/** The largest page that the control API gives. */
const LARGEST_PAGE = 1000

/**
 * Reads a list in pages, and what is there of it again when an event concerns it: the list is replaced at once.
 *
 * @param path with its query, without `limit` and `after`; null: nothing is read.
 */
export function usePages<T> (path: string | null, { concerns, limit = 100, member }: PagesOptions): Pages<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>()
  const [error, setError] = useState<Error>()
  const [isLoading, setLoading] = useState(false)
  const now = useRef<{ wanted: number, concerns: PagesOptions['concerns'], again: () => void }>({ wanted: limit, concerns, again: () => {} })
  now.current.concerns = concerns
  useEffect(() => {
    if (path === null) return
    now.current.wanted = limit
    const fresh = keepFresh(async (signal) => {
      setLoading(true)
      try {
        setLoaded({ path, ...await readUpTo<T>(path, { wanted: now.current.wanted, member, signal }) })
        setError(undefined)
      } catch (error) {
        if (!signal.aborted) setError(error as Error)
      }
      if (!signal.aborted) setLoading(false)
    }, (event) => now.current.concerns(event))
    now.current.again = fresh.again
    return fresh.end
  }, [path, limit, member])
  useWhenMended(error, () => { now.current.again() })
  const shown = loaded?.path === path ? loaded : undefined
  const more = (): void => {
    if (shown === undefined || shown.next === null || isLoading || path === null) return
    setLoading(true)
    readPage<T>(path, { limit, after: shown.next, member }).then(({ items, next }) => {
      now.current.wanted = shown.items.length + items.length
      setLoaded((latest) => latest === shown ? { ...shown, items: [...shown.items, ...items], next } : latest)
    }, setError).finally(() => { setLoading(false) })
  }
  return { items: shown?.items ?? [], first: shown?.first, hasMore: shown !== undefined && shown.next !== null, isLoading: isLoading || (path !== null && shown === undefined && error === undefined), error, more, reload: () => { now.current.again() } }
}

interface OnePage<T> { readonly items: readonly T[], readonly next: string | null, readonly body: Record<string, unknown> }

/** Reads a list whole, now. @param path as {@link usePages} takes it. */
export const readWhole = async <T>(path: string): Promise<readonly T[]> => (await readUpTo<T>(path, { wanted: Infinity })).items

/** Reads as many entries as are wanted, in the largest pages there are. */
async function readUpTo<T> (path: string, { wanted, member, signal }: { wanted: number, member?: string | undefined, signal?: AbortSignal }): Promise<Omit<Loaded<T>, 'path'>> {
  let page = await readPage<T>(path, { limit: Math.min(wanted, LARGEST_PAGE), member, signal })
  const items = [...page.items]
  const first = page.body
  while (page.next !== null && items.length < wanted) {
    page = await readPage<T>(path, { limit: Math.min(wanted - items.length, LARGEST_PAGE), after: page.next, member, signal })
    items.push(...page.items)
  }
  return { items, next: page.next, first }
}

async function readPage<T> (path: string, { limit, after, member, signal }: { limit: number, after?: string, member?: string | undefined, signal?: AbortSignal | undefined }): Promise<OnePage<T>> {
  const query = new URLSearchParams({ limit: String(limit), ...after !== undefined && { after } })
  const body = await read<Record<string, unknown>>(`${path}${path.includes('?') ? '&' : '?'}${query}`, signal)
  const list = member === undefined ? Object.values(body).find(Array.isArray) : body[member]
  return { items: list as T[], next: body['next'] as string | null, body }
}
