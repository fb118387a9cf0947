import type { JSX } from 'preact'
import type { JournalEntry } from '../../../control/journal/entry.ts'
import type { FrameEntry } from '../../../control/journal/frame.ts'
import type { JournalItem } from '../../text/journal-items.ts'
import { durationText, frameWords, OUTCOMES, outcomeOf, reasonOf, shortPath, type Reason } from '../../text/journal-words.ts'
import { gamertagOf } from '../gamertags.ts'
import { Instant } from '../parts/instant.tsx'
import { Cell } from '../parts/rows.tsx'

/** The columns of the journal. */
export const JOURNAL_COLUMNS = ['Status', 'Time', 'Method', 'Request', 'V', { name: 'Took', isEnd: true }, 'Who', 'Why']
export const JOURNAL_TEMPLATE = '58px 86px 54px minmax(140px, 5fr) 10px 60px minmax(56px, 1fr) minmax(0, 5fr)'
/** Where there is little room, a row has two lines. */
export const NARROW_TEMPLATE = '58px minmax(0, 1fr) auto'
export const [ROW_HEIGHT, NARROW_ROW_HEIGHT] = [26, 44]

/** The cells of a row. */
export function JournalRow ({ item, isNarrow }: { item: JournalItem, isNarrow: boolean }): JSX.Element {
  if (item.kind === 'frame') return <FrameCells frame={item.frame} />
  return isNarrow ? <NarrowCells entry={item.entry} /> : <WideCells entry={item.entry} />
}

const targetOf = ({ path, query }: JournalEntry): string => query === '' ? path : `${path}?${query}`

function WideCells ({ entry }: { entry: JournalEntry }): JSX.Element {
  const { time, method, contractVersion, ms } = entry
  return (
    <>
      <Cell><StatusMark status={entry.status} /></Cell>
      <Cell class='soft'><Instant time={time} form='millis' /></Cell>
      <Cell class='mono'>{method}</Cell>
      <Cell class='mono journal-target' title={targetOf(entry)}><Target entry={entry} /></Cell>
      <Cell class='soft' title={contractVersion === null ? 'No contract version' : `Contract version ${contractVersion}`}>{contractVersion ?? '–'}</Cell>
      <Cell end>{durationText(ms)}</Cell>
      <Cell><Who entry={entry} /></Cell>
      <Cell title={titleOf(reasonOf(entry))}><ReasonWords reason={reasonOf(entry)} /></Cell>
    </>
  )
}

function NarrowCells ({ entry }: { entry: JournalEntry }): JSX.Element {
  const reason = reasonOf(entry)
  return (
    <>
      <Cell class='journal-status'><StatusMark status={entry.status} /></Cell>
      <Cell class='mono journal-target' title={targetOf(entry)}><span class='journal-method'>{entry.method}</span><Target entry={entry} /></Cell>
      <Cell class='journal-second' title={titleOf(reason)}>
        {reason === undefined ? <span class='soft'><Instant time={entry.time} form='millis' /> <Who entry={entry} /></span> : <ReasonWords reason={reason} />}
      </Cell>
      <Cell end class='journal-took soft'>{durationText(entry.ms)}</Cell>
    </>
  )
}

/** The status by shape and colour; its word is there for those who see neither. */
export function StatusMark ({ status }: { status: number | null }): JSX.Element {
  const outcome = outcomeOf(status)
  const { sign, word } = OUTCOMES[outcome]
  return <span class={`journal-mark journal-${outcome}`} title={word}><span aria-hidden='true'>{sign}</span> {status ?? 'cut'}<span class='unseen'> {word}</span></span>
}

/** Where there is little room, what tells requests apart stays: of the path its end, then the query. */
function Target ({ entry: { path, query, scheme } }: { entry: JournalEntry }): JSX.Element {
  return <><span class='journal-path'><bdi dir='ltr'>{shortPath(path)}</bdi></span>{query !== '' && <span class='journal-query soft'>?{query}</span>}{scheme === 'https' && <span class='unseen'> over TLS</span>}</>
}

export function Who ({ entry: { claims } }: { entry: Pick<JournalEntry, 'claims'> }): JSX.Element {
  if (claims === null) return <span class='soft' title='No valid token'>–</span>
  if (claims.xuid === null) return <span class='soft' title='A token that names no user'>nobody</span>
  const gamertag = gamertagOf(claims.xuid)
  return gamertag === undefined ? <span class='mono'>{claims.xuid}</span> : <bdi title={claims.xuid}>{gamertag}</bdi>
}

const SIGNS: Readonly<Record<Reason['kind'], readonly [sign: string, word: string]>> = { refusal: ['', 'Refused: '], hint: ['⚠', 'Empty: '], fault: ['⚡', 'On purpose: '], unmatched: ['?', 'Unknown: '] }

const titleOf = (reason: Reason | undefined): string | undefined => reason === undefined ? undefined : `${reason.text}${reason.instead === null ? '' : `; send ${reason.instead}`}`

/** Why a request ended so. */
function ReasonWords ({ reason }: { reason: Reason | undefined }): JSX.Element | null {
  if (reason === undefined) return null
  const [sign, word] = SIGNS[reason.kind]
  return (
    <span class={`journal-reason journal-${reason.kind}`}>
      {sign !== '' && <span aria-hidden='true'>{sign} </span>}<span class='unseen'>{word}</span>
      {reason.instead !== null && <strong>send {reason.instead}: </strong>}{reason.text}
    </span>
  )
}

function FrameCells ({ frame }: { frame: FrameEntry }): JSX.Element {
  const { sign, word } = frameWords(frame)
  return (
    <>
      <Cell class='soft'><span title={word}><span aria-hidden='true'>{sign}</span> ws<span class='unseen'> {word}</span></span></Cell>
      <Cell class='soft'><Instant time={frame.time} form='millis' /></Cell>
      <Cell class='journal-frame-of soft mono' title={`Connection ${frame.connection}`}>#{frame.connection}</Cell>
      <Cell class='mono' title={frame.text}>{frame.text === '' ? word : frame.text}</Cell>
    </>
  )
}
