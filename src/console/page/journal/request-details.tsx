import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { JournalEntry } from '../../../control/journal/entry.ts'
import { reasonOf } from '../../text/journal-words.ts'
import { goTo, setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { Notice } from '../parts/notice.tsx'
import { isWrite, newFaultQuery, obstacleOf, repetitionOf } from '../../text/journal-actions.ts'
import { inBackground } from '../undo.ts'
import { AnswerPart, BodyPart, FramesPart, GeneralPart, HeadersPart, QueryPart } from './details-parts.tsx'
import { StatusMark } from './journal-row.tsx'
import { known, readEntry } from './journal-store.ts'
import { curlLike, repeat } from './request-actions.ts'

/** One request whole. @param onStep goes to the one before or after. */
export function RequestDetails ({ id, onStep }: { id: number, onStep: (step: 1 | -1) => void }): JSX.Element {
  const entry = useEntry(id)
  return (
    <section class='requests-details' aria-label={`Request ${id}`}>
      <header class='requests-details-head'>
        <h2 tabIndex={0}>{entry == null ? `Request ${id}` : <><StatusMark status={entry.status} /> {entry.method} <span class='mono'>{entry.path}</span></>}</h2>
        <Button kind='quiet' title='The one before in the list (k)' onClick={() => { onStep(-1) }}>↑</Button>
        <Button kind='quiet' title='The next one in the list (j)' onClick={() => { onStep(1) }}>↓</Button>
        <Button kind='quiet' title='Close' shortcut='Escape' onClick={() => { setQuery({ id: '' }) }}>✕</Button>
      </header>
      {entry === undefined && <Notice kind='loading'>Loading …</Notice>}
      {entry === null && <Notice kind='empty'>Request {id} is not in the journal: it was cleared, or newer ones have taken its place.</Notice>}
      {entry != null && <WholeEntry key={entry.id} entry={entry} />}
    </section>
  )
}

/** The entry with an id; undefined while it is looked for, null when there is none. */
function useEntry (id: number): JournalEntry | null | undefined {
  const [found, setFound] = useState<{ id: number, entry: JournalEntry | null }>()
  const here = known.value.entries.find((entry) => entry.id === id)
  useEffect(() => {
    if (here !== undefined || found?.id === id) return
    let isOver = false
    readEntry(id).then((entry) => { if (!isOver) setFound({ id, entry: entry ?? null }) }, () => { if (!isOver) setFound({ id, entry: null }) })
    return () => { isOver = true }
  }, [id, here === undefined])
  // What was shown once stays while newer ones take its place in the list.
  useEffect(() => { if (here !== undefined) setFound({ id, entry: here }) }, [here])
  return here ?? (found?.id === id ? found.entry : undefined)
}

function WholeEntry ({ entry }: { entry: JournalEntry }): JSX.Element {
  return (
    <div class='requests-details-body'>
      <Actions entry={entry} />
      <WhyPart entry={entry} />
      <GeneralPart entry={entry} />
      <QueryPart entry={entry} />
      <BodyPart entry={entry} />
      <AnswerPart entry={entry} />
      <HeadersPart headers={entry.headers} title='Headers' />
      {entry.connection !== undefined && <FramesPart connection={entry.connection} />}
    </div>
  )
}

function Actions ({ entry }: { entry: JournalEntry }): JSX.Element {
  const [isBusy, setBusy] = useState(false)
  const obstacle = obstacleOf(entry)
  const { missing } = repetitionOf(entry)
  const again = (): void => {
    setBusy(true)
    inBackground(repeat(entry).finally(() => { setBusy(false) }))
  }
  return (
    <>
      <div class='toolbar'>
        <Copy kind='plain' label='Copy as curl' title='Copy as curl, with a token of the same claims' shortcut='c' text={async () => await curlLike(entry)} />
        <Button title={obstacle ?? (isWrite(entry) ? 'Send it again: it may change the world once more' : 'Send it again')} shortcut='s' disabled={obstacle !== null || isBusy} onClick={again}>Send again</Button>
        <Button title='Make a fault for requests like this one' onClick={() => { goTo(['weather'], newFaultQuery(entry)) }}>Make a fault …</Button>
      </div>
      {obstacle !== null && <p class='soft'>It cannot be sent again: {obstacle}</p>}
      {obstacle === null && missing.length > 0 && <p class='soft'>Sent again without {missing.join('; ')}.</p>}
    </>
  )
}

const TITLES = { refusal: 'Refused', hint: 'The list is empty', fault: 'On purpose', unmatched: 'Not served' } as const

function WhyPart ({ entry }: { entry: JournalEntry }): JSX.Element | null {
  const reason = reasonOf(entry)
  if (reason === undefined) return null
  return (
    <Notice kind='warning'>
      <strong>{TITLES[reason.kind]}.</strong> {reason.text}{reason.instead !== null && <>. <strong>Send {reason.instead}.</strong></>}
      {entry.fault !== null && <> <a href={`#/weather?edit=${entry.fault}`}>Fault {entry.fault}</a></>}
      {reason.kind === 'fault' && entry.hint !== null && <> {entry.hint}</>}
    </Notice>
  )
}
