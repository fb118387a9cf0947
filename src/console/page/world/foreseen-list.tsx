import type { JSX } from 'preact'
import type { ForeseenChanges } from '../../../control/import.ts'
import type { Difference } from '../../../model/difference.ts'
import { OUTCOME_MARKS, totalOf, wordCounts, wordDifference } from '../../text/difference-words.ts'
import { showNumber } from '../../text/shown-values.ts'

/** What would change: numbers, and the first changes. */
export function ForeseenList ({ changes: { counts, differences, world } }: { changes: ForeseenChanges }): JSX.Element {
  const total = totalOf(counts)
  if (total === 0) return <p role='status'>Nothing would change.</p>
  return (
    <section aria-label='What would change' class='world-foreseen'>
      <p role='status'><strong>{wordCounts(counts, showNumber).join(', ')}.</strong> The world would have {showNumber(world.titles)} titles, {showNumber(world.achievements)} achievements and {showNumber(world.users)} users.</p>
      <ul class='world-changes' tabIndex={0} aria-label='Changes'>{differences.map((difference, index) => <li key={index}><DifferenceLine difference={difference} /></li>)}</ul>
      {total > differences.length && <p class='soft'>and {showNumber(total - differences.length)} more</p>}
    </section>
  )
}

/** A difference as a line: a sign, what it is about, what becomes of it. */
function DifferenceLine ({ difference }: { difference: Difference }): JSX.Element {
  const { subject, detail } = wordDifference(difference)
  return <><OutcomeMark what={difference.what} /> <span dir='auto'>{subject}</span> <span class='soft' dir='auto'>{detail}</span></>
}

/** What has become of something: a sign, a colour, and a word. */
export function OutcomeMark ({ what }: { what: Difference['what'] }): JSX.Element {
  const [sign, word] = OUTCOME_MARKS[what]
  return <span class={`outcome ${what}`}><span aria-hidden='true'>{sign}</span> {word}</span>
}
