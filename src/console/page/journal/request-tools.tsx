import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { JournalItem } from '../../text/journal-items.ts'
import { serverFilterOf, type JournalView } from '../../text/journal-view.ts'
import { act } from '../api.ts'
import { setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../toasts.ts'
import { inBackground } from '../undo.ts'
import { hasOlder, known, settings, shownJournal } from './journal-store.ts'
import { PauseButton } from './pause-button.tsx'
import { saveHar } from './request-actions.ts'

/** What can be done with all requests at once. */
export function RequestTools ({ view, items, hasFrames }: { view: JournalView, items: readonly JournalItem[], hasFrames: boolean }): JSX.Element {
  const [isAsked, setAsked] = useState(false)
  const shown = items.filter(({ kind }) => kind === 'request').length
  const keepsAnswers = settings.value?.answers === true
  return (
    <>
      <span class='soft requests-count' role='status'>{countWords(shown)}</span>
      <PauseButton shortcut='p' />
      <Button pressed={hasFrames} title='Show what is said on WebSockets, too' onClick={() => { setQuery({ frames: hasFrames ? 'no' : '' }) }}>Frames</Button>
      <Button pressed={keepsAnswers} title={keepsAnswers ? 'Answers are kept; keep them no longer' : 'Keep answers from now on, as --journal-answers does'} onClick={() => { inBackground(act('PUT', '/_emulator/requests/settings', { answers: !keepsAnswers })) }}>Answers</Button>
      <Button title='Save what is shown as HAR, which browsers open' disabled={shown === 0} onClick={() => { save(view, items).catch((error: Error) => { say({ kind: 'bad', text: error.message }) }) }}>Save as HAR</Button>
      <Button kind='danger' title='Forget all requests' disabled={known.value.entries.length === 0 && known.value.frames.length === 0} onClick={() => { setAsked(true) }}>Clear …</Button>
      {isAsked && <ClearDialog onClose={() => { setAsked(false) }} />}
    </>
  )
}

function countWords (shown: number): string {
  const all = shownJournal.value.entries.length
  const [few, many] = [shown.toLocaleString(), `${all.toLocaleString()}${hasOlder.value ? ' and older' : ''}`]
  return shown === all && !hasOlder.value ? `${few} request${shown === 1 ? '' : 's'}` : `${few} of ${many}`
}

/** Saves what is shown. What the emulator's filters cannot choose, the page leaves out. */
async function save (view: JournalView, items: readonly JournalItem[]): Promise<void> {
  const needsPage = view.q !== '' || view.why !== '' || /\D/.test(view.status.replace('none', '')) || view.path.includes('*')
  const ids = new Set(items.flatMap((item) => item.kind === 'request' ? item.entry.id : []))
  const newest = items.find(({ kind }) => kind === 'request')
  const before = newest?.kind === 'request' ? { before: String(newest.entry.id + 1) } : {}
  await saveHar({ ...serverFilterOf(view), ...before }, needsPage ? (id) => ids.has(id) : undefined)
}

/** The most requests that there can be: the page may not have read all. */
function lossWords (): string {
  const { entries, frames } = known.value
  const newest = entries.at(-1)?.id ?? 0
  const requests = hasOlder.value ? `up to ${Math.min(settings.value?.size ?? newest, newest).toLocaleString()}` : entries.length.toLocaleString()
  return `${requests} request${requests === '1' ? '' : 's'}${frames.length === 0 ? '' : ` and ${frames.length.toLocaleString()} frames of WebSockets`}`
}

function ClearDialog ({ onClose }: { onClose: () => void }): JSX.Element {
  const clear = (): void => {
    inBackground(act('DELETE', '/_emulator/requests').then(() => {
      setQuery({ id: '' })
      onClose()
    }))
  }
  return (
    <Dialog title='Clear the journal?' onClose={onClose} actions={<><Button onClick={onClose}>Keep them</Button><Button kind='danger' onClick={clear}>Clear {lossWords()}</Button></>}>
      <p>The emulator forgets {lossWords()}. That cannot be undone. What the requests have changed in the world stays as it is.</p>
    </Dialog>
  )
}
