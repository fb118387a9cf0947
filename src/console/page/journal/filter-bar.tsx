import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { choicesOf, countChosen, EVERYTHING, type Choice, type JournalView } from '../../text/journal-view.ts'
import { OUTCOMES, outcomeOf, type Outcome } from '../../text/journal-words.ts'
import { gamertagOf } from '../gamertags.ts'
import { setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { shownJournal } from './journal-store.ts'

/** What chooses among the requests: words, and a chip for each thing that they have. */
export function FilterBar ({ view }: { view: JournalView }): JSX.Element {
  const { entries } = shownJournal.value
  const choices = useMemo(() => choicesOf(entries), [entries])
  const name = (xuid: string): string => xuid === 'none' ? 'nobody' : gamertagOf(xuid) ?? xuid
  return (
    <div class='toolbar requests-filters scrolls' role='search'>
      <input type='search' aria-label='Words in any part of a request' title='Words in any part of a request; -word leaves out (/)' placeholder='Filter: words, -words' value={view.q} onInput={(event) => { setQuery({ q: event.currentTarget.value }) }} />
      <OutcomeChips view={view} outcomes={choices.outcomes} />
      <WhyChips view={view} />
      <Choose label='Method' value={view.method} choices={choices.methods} onChoose={(method) => { setQuery({ method }) }} />
      <Choose label='User' value={view.xuid} choices={choices.users} write={name} onChoose={(xuid) => { setQuery({ xuid }) }} />
      <Choose label='Title' value={view.titleId} choices={choices.titles} write={(id) => id === 'none' ? 'no title' : id} onChoose={(titleId) => { setQuery({ titleId }) }} />
      <Choose label='Version' value={view.version} choices={choices.versions} onChoose={(version) => { setQuery({ version }) }} />
      <PathChip view={view} />
      {countChosen(view) > 0 && <Button kind='quiet' title='Show everything again' onClick={() => { setQuery(EVERYTHING) }}>✕ Clear filters</Button>}
    </div>
  )
}

/** A chip for each class of statuses. */
function OutcomeChips ({ view, outcomes }: { view: JournalView, outcomes: ReadonlyArray<{ readonly value: Outcome, readonly count: number }> }): JSX.Element {
  const counts = new Map(outcomes.map(({ value, count }) => [value, count]))
  const chosen = /^\d{3}$/.test(view.status) ? outcomeOf(Number(view.status)) : undefined
  const shown = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => counts.has(outcome) || OUTCOMES[outcome].status === view.status)
  return (
    <span class='requests-chips' role='group' aria-label='Status'>
      {shown.map((outcome) => {
        const { sign, word, status } = OUTCOMES[outcome]
        const isOn = view.status === status || chosen === outcome
        const words = `${chosen === outcome ? view.status : status === 'none' ? 'cut' : status} ${(counts.get(outcome) ?? 0).toLocaleString()}`
        return (
          <Button key={outcome} class='requests-chip' title={`${words}: only those ${word}`} pressed={isOn} onClick={() => { setQuery({ status: isOn ? '' : status }) }}>
            <span class={`journal-${outcome}`} aria-hidden='true'>{sign}</span> {words}
          </Button>
        )
      })}
    </span>
  )
}

const WHYS = [['refused', 'Refused', 'Only those that were refused'], ['hint', '⚠ Hint', 'Only those whose empty list has an explanation'], ['fault', '⚡ Fault', 'Only those to which a fault happened']] as const

function WhyChips ({ view }: { view: JournalView }): JSX.Element {
  const isUnmatched = view.matched === 'no'
  return (
    <span class='requests-chips' role='group' aria-label='Why'>
      {WHYS.map(([why, words, title]) => <Button key={why} class='requests-chip' title={title} pressed={view.why === why} onClick={() => { setQuery({ why: view.why === why ? '' : why }) }}>{words}</Button>)}
      <Button class='requests-chip' title='Only those that no route knows' pressed={isUnmatched} onClick={() => { setQuery({ matched: isUnmatched ? '' : 'no' }) }}>? Not served</Button>
    </span>
  )
}

/** How many values a list offers. */
const MOST_OFFERED = 50

function Choose ({ label, value, choices, write = String, onChoose }: {
  label: string, value: string, choices: readonly Choice[], write?: (value: string) => string, onChoose: (value: string) => void
}): JSX.Element {
  const offered = choices.slice(0, MOST_OFFERED)
  const isOffered = value === '' || offered.some((choice) => choice.value === value)
  return (
    <select class={value === '' ? '' : 'requests-chosen'} aria-label={label} title={label} value={value} onChange={(event) => { onChoose(event.currentTarget.value) }}>
      <option value=''>{label}: all</option>
      {!isOffered && <option value={value}>{write(value)}</option>}
      {offered.map((choice) => <option key={choice.value} value={choice.value}>{write(choice.value)} ({choice.count.toLocaleString()})</option>)}
    </select>
  )
}

function PathChip ({ view: { path } }: { view: JournalView }): JSX.Element | null {
  return path === '' ? null : <Button class='requests-chip' title={`${path}…: only paths that begin so; press to choose all again`} pressed onClick={() => { setQuery({ path: '' }) }}><span class='mono'>{path}…</span> <span aria-hidden='true'>✕</span></Button>
}
