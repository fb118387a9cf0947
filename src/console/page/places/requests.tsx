import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { keyOfItem, neighbourOf, type JournalItem } from '../../text/journal-items.ts'
import { countChosen, readView, type JournalView } from '../../text/journal-view.ts'
import { FilterBar } from '../journal/filter-bar.tsx'
import { JournalList, useItems } from '../journal/journal-list.tsx'
import { useJournal } from '../journal/journal-store.ts'
import { RateWindows } from '../journal/rate-windows.tsx'
import { RequestDetails } from '../journal/request-details.tsx'
import { RequestTools } from '../journal/request-tools.tsx'
import { TrafficPlots } from '../journal/traffic-plots.tsx'
import { place, setQuery, usePlaceDetail } from '../navigation.ts'
import { keptForAll } from '../storage.ts'
import '../styles/requests.css'

/** The place "Requests": everything that was asked, as it comes. */
export function RequestsPlace (): JSX.Element {
  useJournal()
  const { query } = place.value
  const view = useMemo(() => readView(query), [JSON.stringify({ ...query, id: '' })])
  const hasFrames = query['frames'] !== 'no'
  const items = useItems(view, hasFrames)
  const id = query['id'] ?? ''
  usePlaceDetail(/^\d+$/.test(id) ? `Request ${id}` : undefined)
  return (
    <div class='requests'>
      <header class='requests-head scrolls'>
        <h1>Requests</h1>
        <RequestTools view={view} items={items} hasFrames={hasFrames} />
      </header>
      <FilterBar view={view} />
      <Pictures view={view} />
      <ListAndDetails view={view} items={items} id={id} />
    </div>
  )
}

const KEPT_PLOTS = 'requestPlots'

/** The plots and the windows of rate limits, until somebody folds them up. */
function Pictures ({ view }: { view: JournalView }): JSX.Element {
  const [isOpen, setOpen] = useState(keptForAll.get(KEPT_PLOTS) !== 'folded' && window.innerHeight >= 600 && window.innerWidth >= 720)
  return (
    <details
      class='requests-pictures' open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== isOpen) keptForAll.set(KEPT_PLOTS, open ? 'open' : 'folded')
        setOpen(open)
      }}
    >
      <summary>Traffic of the last minutes</summary>
      {isOpen && <><TrafficPlots /><RateWindows xuid={view.xuid} /></>}
    </details>
  )
}

/** Frames are shown with the request that has become their connection. */
const detailOf = (item: JournalItem): string => item.kind === 'request' ? keyOfItem(item) : String(item.frame.request ?? '')

function ListAndDetails ({ view, items, id }: { view: JournalView, items: readonly JournalItem[], id: string }): JSX.Element {
  const [own, setOwn] = useState<string | null>(null)
  const frame = own?.startsWith('f') === true && items.find((item) => keyOfItem(item) === own)
  const current = id === '' || (frame !== false && frame !== undefined && detailOf(frame) === id) ? own : id
  const choose = (item: JournalItem): void => {
    setOwn(keyOfItem(item))
    if (id !== '') setQuery({ id: detailOf(item) })
  }
  const step = (by: 1 | -1): void => {
    const next = neighbourOf(items, (item) => keyOfItem(item) === current, by)
    if (next !== undefined) choose(next)
  }
  const empty = countChosen(view) === 0 ? 'Nothing was asked yet. Point a title or a client here: its requests show as they come.' : 'No request is like that. There may be older ones that are not shown yet.'
  return (
    <div class={`requests-main ${id === '' ? '' : 'requests-split'}`}>
      <JournalList isMain isBesideDetails={id !== ''} items={items} current={current} onCurrent={choose} onOpen={(item) => { setOwn(keyOfItem(item)); setQuery({ id: detailOf(item) }) }} empty={empty} />
      {/^\d{1,15}$/.test(id) && <RequestDetails id={Number(id)} onStep={step} />}
    </div>
  )
}
