import type { ComponentChildren, JSX } from 'preact'
import type { Pages } from '../use-pages.ts'
import type { Reading } from '../use-read.ts'
import { Button } from './button.tsx'

/** In the place of a list or a form: nothing there, not there yet, or refused, with a way to try again. */
export function Notice ({ kind, children, onRetry }: { kind: 'empty' | 'loading' | 'refused' | 'warning', children: ComponentChildren, onRetry?: (() => void) | undefined }): JSX.Element {
  return (
    <div class={`notice ${kind}`} role={kind === 'refused' ? 'alert' : kind === 'loading' ? 'status' : undefined}>
      {kind === 'refused' && <span aria-hidden='true'>✕ </span>}{kind === 'warning' && <span aria-hidden='true'>⚠ </span>}
      <span>{children}</span>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}

/** The notice of something that is being read: nothing once there is a value. */
export function ReadingNotice ({ reading: { value, error, reload } }: { reading: Pick<Reading<unknown>, 'value' | 'error' | 'reload'> }): JSX.Element | null {
  if (error !== undefined) return <Notice kind='refused' onRetry={reload}>{error.message}</Notice>
  return value === undefined ? <Notice kind='loading'>Loading …</Notice> : null
}

/** The notice of a list that is read in pages: refused, loading, or `empty` as words; nothing where there are rows. */
export function PagesNotice ({ pages: { items, isLoading, error, reload }, empty }: { pages: Pages<unknown>, empty: ComponentChildren }): JSX.Element | null {
  if (error !== undefined) return <Notice kind='refused' onRetry={reload}>{error.message}</Notice>
  if (items.length > 0) return null
  return isLoading ? <Notice kind='loading'>Loading …</Notice> : <Notice kind='empty'>{empty}</Notice>
}
