import type { ComponentChildren, JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { JournalEntry } from '../../../control/journal/entry.ts'
import { bodyText, bytesText, durationText, frameWords, parametersOf } from '../../text/journal-words.ts'
import { act } from '../api.ts'
import { goTo } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Copy } from '../parts/copy.tsx'
import { Instant } from '../parts/instant.tsx'
import { inBackground } from '../undo.ts'
import { Who } from './journal-row.tsx'
import { known, settings } from './journal-store.ts'

function Part ({ title, note, children }: { title: string, note?: ComponentChildren, children: ComponentChildren }): JSX.Element {
  return <section class='requests-part'><h3>{title} {note !== undefined && <span class='soft'>{note}</span>}</h3>{children}</section>
}

/** Names and values as a table. */
function Pairs ({ pairs, label }: { pairs: ReadonlyArray<readonly [string, string]>, label: string }): JSX.Element {
  return (
    <table class='requests-pairs' aria-label={label}>
      <tbody>{pairs.map(([name, value], index) => <tr key={index}><th scope='row'><Code text={name} /></th><td><Code text={value} /></td></tr>)}</tbody>
    </table>
  )
}

export function GeneralPart ({ entry }: { entry: JournalEntry }): JSX.Element {
  const { id, time, ms, scheme, host, httpVersion, contractVersion, matched, connection } = entry
  const rows: ReadonlyArray<readonly [string, ComponentChildren]> = [
    ['Request', <Code key='id' text={String(id)} />],
    ['Time', <Instant key='time' time={time} form='millis' />],
    ['Took', durationText(ms)],
    ['Asked', <span key='host'><Code text={`${scheme}://${host ?? '(no host)'}`} /> by HTTP/{httpVersion}</span>],
    ['Contract version', contractVersion === null ? 'none' : <Code key='version' text={contractVersion} />],
    ['Who', <CallerWords key='who' entry={entry} />],
    ...matched ? [] : [['Route', 'none knows this path'] as const],
    ...connection === undefined ? [] : [['Connection', <Code key='connection' text={String(connection)} />] as const]
  ]
  return <dl class='requests-general'>{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
}

function CallerWords ({ entry: { claims } }: { entry: JournalEntry }): JSX.Element {
  if (claims === null) return <>no valid token</>
  const { xuid, titleId, sandbox, location, thirdPartySite } = claims
  return (
    <span class='requests-claims'>
      {xuid === null ? 'nobody' : <><a href={`#/users/${xuid}`}><Who entry={{ claims }} /></a> <Code text={xuid} /></>}
      <span>{titleId === null ? 'no title' : <>title {xuid === null ? <Code text={String(titleId)} /> : <a href={`#/users/${xuid}/titles/${titleId}`}><Code text={String(titleId)} /></a>}</>}</span>
      <span>{sandbox ?? 'no sandbox'}</span>{location !== null && <span>{location}</span>}{thirdPartySite && <span>web site</span>}
    </span>
  )
}

export function QueryPart ({ entry: { query } }: { entry: JournalEntry }): JSX.Element | null {
  const pairs = parametersOf(query)
  return pairs.length === 0 ? null : <Part title='Query' note={pairs.length.toLocaleString()}><Pairs pairs={pairs} label='Query parameters' /></Part>
}

export function HeadersPart ({ headers, title }: { headers: JournalEntry['headers'], title: string }): JSX.Element {
  const pairs = Object.entries(headers)
  return <Part title={title} note={pairs.length.toLocaleString()}><Pairs pairs={pairs} label={title} /></Part>
}

export function BodyPart ({ entry: { body, headers } }: { entry: JournalEntry }): JSX.Element | null {
  const length = Number(headers['content-length'] ?? 0)
  if (body === null) return length === 0 ? null : <Part title='Body' note={bytesText(length)}><p class='soft'>Not in the journal: secret, longer than 16 kB, or no JSON.</p></Part>
  return <Part title='Body' note={length === 0 ? undefined : bytesText(length)}><Shown body={body} label='Body' /></Part>
}

function Shown ({ body, label }: { body: unknown, label: string }): JSX.Element {
  const text = useMemo(() => bodyText(body), [body])
  return <div class='requests-body'><pre tabIndex={0} role='region' aria-label={label}>{text}</pre><Copy text={text} label='Copy' title={`Copy: ${label}`} /></div>
}

export function AnswerPart ({ entry: { answer, status } }: { entry: JournalEntry }): JSX.Element {
  if (answer === null) return <Part title='Answer'>{status === null ? <p class='soft'>The connection ended before one began.</p> : <KeepAnswers />}</Part>
  const { bytes, body, headers } = answer
  return (
    <>
      <Part title='Answer' note={bytesText(bytes)}>
        {body === null ? <p class='soft'>{bytes === 0 ? 'Without a body.' : 'Its body is not in the journal: secret, or longer than 256 kB.'}</p> : <Shown body={body} label='Answer' />}
      </Part>
      <HeadersPart headers={headers} title='Headers of the answer' />
    </>
  )
}

/** Says that answers are not kept, and keeps them. */
function KeepAnswers (): JSX.Element {
  const isKept = settings.value?.answers === true
  if (isKept) return <p class='soft'>Not kept: the request came before answers were.</p>
  return (
    <p class='soft requests-keep'>
      Answers are not kept.{' '}
      <Button title='Keep answers from now on, as --journal-answers does from the start' onClick={() => { inBackground(act('PUT', '/_emulator/requests/settings', { answers: true })) }}>Keep answers from now on</Button>
    </p>
  )
}

/** The longest list of frames. */
const MOST_FRAMES = 200

/** What was said on a WebSocket. */
export function FramesPart ({ connection }: { connection: number }): JSX.Element {
  const frames = known.value.frames.filter((frame) => frame.connection === connection)
  return (
    <Part title='Frames' note={frames.length > MOST_FRAMES ? `the last ${MOST_FRAMES} of ${frames.length.toLocaleString()}` : frames.length.toLocaleString()}>
      {frames.length === 0 ? <p class='soft'>None.</p> : <FrameTable frames={frames.slice(-MOST_FRAMES)} />}
      <Button kind='quiet' onClick={() => { goTo(['weather']) }}>Real-time connections</Button>
    </Part>
  )
}

function FrameTable ({ frames }: { frames: ReadonlyArray<(typeof known)['value']['frames'][number]> }): JSX.Element {
  return (
    <table class='requests-pairs' aria-label='Frames'>
      <tbody>
        {frames.map((frame) => {
          const { sign, word } = frameWords(frame)
          return <tr key={frame.id}><th scope='row'><span title={word}>{sign}</span> <Instant time={frame.time} form='millis' /></th><td><code>{frame.text === '' ? word : frame.text}</code></td></tr>
        })}
      </tbody>
    </table>
  )
}
