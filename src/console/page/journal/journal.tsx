import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { keyOfItem } from '../../text/journal-items.ts'
import { readView } from '../../text/journal-view.ts'
import { goTo } from '../navigation.ts'
import { JournalList, useItems } from './journal-list.tsx'
import { useJournal } from './journal-store.ts'
import { PauseButton } from './pause-button.tsx'

/** The live journal, in the lower pane of every place. What it shows of a request in detail is in the place Requests. */
export function Journal (): JSX.Element {
  useJournal()
  const [q, setWords] = useState('')
  const view = useMemo(() => readView({ q }), [q])
  const items = useItems(view, true)
  return (
    <div class='journal'>
      <div class='journal-bar'>
        <PauseButton />
        <input type='search' aria-label='Only requests with these words' placeholder='Filter' value={q} onInput={(event) => { setWords(event.currentTarget.value) }} />
      </div>
      <JournalList items={items} empty={q === '' ? 'Nothing was asked yet. Requests show here as they come.' : 'No request has these words.'} onOpen={(item) => { goTo(['requests'], { id: keyOfItem(item) }) }} />
    </div>
  )
}
