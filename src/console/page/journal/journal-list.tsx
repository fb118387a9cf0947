import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { itemsOf, keyOfItem, type JournalItem } from '../../text/journal-items.ts'
import { createViewTest, frameTest, type JournalView } from '../../text/journal-view.ts'
import { OUTCOMES, outcomeOf } from '../../text/journal-words.ts'
import { gamertagOf, gamertags } from '../gamertags.ts'
import { Notice } from '../parts/notice.tsx'
import { VirtualRows } from '../parts/rows.tsx'
import { JOURNAL_COLUMNS, JOURNAL_TEMPLATE, JournalRow, NARROW_ROW_HEIGHT, NARROW_TEMPLATE, ROW_HEIGHT } from './journal-row.tsx'
import { hasOlder, isLoaded, loadError, loadOlder, settings, shownJournal } from './journal-store.ts'
import '../styles/journal.css'
import { isNarrowWindow } from '../window-width.ts'

/** What is shown of the journal, newest first. @param hasFrames whether the frames of WebSockets are, too. */
export function useItems (view: JournalView, hasFrames: boolean): JournalItem[] {
  const names = gamertags.value
  const test = useMemo(() => createViewTest(view, gamertagOf), [view, view.q === '' ? undefined : names])
  const isFrameShown = useMemo(() => frameTest(view), [view])
  const { entries, frames } = shownJournal.value
  const isCut = hasOlder.value
  return useMemo(() => {
    const first = isCut ? entries[0]?.id ?? 0 : 0
    return itemsOf({ entries: entries.filter(test), frames: hasFrames ? frames.filter((frame) => frame.follows >= first && isFrameShown(frame)) : [] })
  }, [entries, frames, test, isFrameShown, hasFrames, isCut])
}

interface ListProps {
  readonly items: readonly JournalItem[]
  readonly current?: string | null
  readonly onCurrent?: (item: JournalItem) => void
  readonly onOpen: (item: JournalItem) => void
  readonly isMain?: boolean
  /** Whether there is little room beside it. */
  readonly isBesideDetails?: boolean
  /** Said in the place of a list without a row. */
  readonly empty: string
}

/** The journal as rows. */
export function JournalList ({ items, current, onCurrent, onOpen, isMain = false, isBesideDetails = false, empty }: ListProps): JSX.Element {
  const isNarrow = isNarrowWindow.value || isBesideDetails
  const more = hasOlder.value ? () => { loadOlder().catch((error: Error) => { loadError.value = error }) } : undefined
  if (items.length === 0) return <EmptyList empty={empty} />
  return (
    <VirtualRows
      class={`journal-rows ${isNarrow ? 'journal-narrow' : ''} fill`} label='Requests, the newest first' items={items} keyOf={keyOfItem} total={items.length} isMain={isMain} onEnd={more}
      columns={isNarrow ? undefined : JOURNAL_COLUMNS} template={isNarrow ? NARROW_TEMPLATE : JOURNAL_TEMPLATE} rowHeight={isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
      onOpen={onOpen} current={current} onCurrent={onCurrent} rowClass={classOf}
      row={(item) => <JournalRow item={item} isNarrow={isNarrow} />}
    />
  )
}

const classOf = (item: JournalItem): string => item.kind === 'frame' ? 'journal-row-frame' : `journal-row-${OUTCOMES[outcomeOf(item.entry.status)].status}`

function EmptyList ({ empty }: { empty: string }): JSX.Element {
  if (loadError.value !== undefined) return <Notice kind='refused'>{loadError.value.message}</Notice>
  if (!isLoaded.value) return <Notice kind='loading'>Loading …</Notice>
  if (settings.value?.size === 0) return <Notice kind='empty'>The journal keeps no requests: the emulator was started with --journal 0.</Notice>
  return <Notice kind='empty'>{empty}</Notice>
}
