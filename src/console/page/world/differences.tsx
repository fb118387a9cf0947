import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import type { Difference, DifferenceCount, DifferenceCounts, DifferenceKind } from '../../../model/difference.ts'
import { DIFFERENCE_NAMES, totalOf, wordDifference } from '../../text/difference-words.ts'
import { writePlace } from '../../text/place.ts'
import { showInstant, showNumber } from '../../text/shown-values.ts'
import { goTo, place, setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { Cell, VirtualRows } from '../parts/rows.tsx'
import { usePages } from '../use-pages.ts'
import { OutcomeMark } from './foreseen-list.tsx'
import { ResetDialog } from './reset-dialog.tsx'

/** To compare a merged world takes as long as there are users: beyond this many it is done when it is asked for. */
const MOST_COMPARED = 5000

/** What is otherwise than at the start. */
export function DifferencesPage ({ about }: { about: About }): JSX.Element {
  const [isAsked, setAsked] = useState(false)
  if (about.isMerged && about.world.users > MOST_COMPARED && !isAsked) {
    return <Notice kind='empty'>Something was merged into this world of {showNumber(about.world.users)} users: to compare it with the start takes a while, and the emulator answers nobody meanwhile. <Button onClick={() => { setAsked(true) }}>Compare</Button></Notice>
  }
  return <DifferenceTable about={about} />
}

function DifferenceTable ({ about }: { about: About }): JSX.Element {
  const { kind = '', user = '' } = place.value.query
  const query = new URLSearchParams({ ...kind !== '' && { kind }, ...user !== '' && { user } })
  const pages = usePages<Difference>(`/_emulator/world/differences?${query}`, {
    member: 'differences', concerns: (event) => event.kind === 'progress' || event.kind === 'user' || event.kind === 'session'
  })
  const counts = pages.first?.['counts'] as DifferenceCounts | undefined
  if (counts === undefined) return <ReadingNotice reading={{ value: undefined, error: pages.error, reload: pages.reload }} /> as JSX.Element
  return (
    <>
      <DifferenceFilters about={about} counts={counts} kind={kind} user={user} />
      {pages.items.length === 0
        ? <Notice kind='empty'>{totalOf(counts) === 0 ? 'The world is as it was at the start.' : 'Nothing of this has changed.'}</Notice>
        : <DifferenceRows items={pages.items} onEnd={pages.hasMore ? pages.more : undefined} />}
    </>
  )
}

const sum = ({ added, changed, removed }: DifferenceCount): number => added + changed + removed

function DifferenceFilters ({ about, counts, kind, user }: { about: About, counts: DifferenceCounts, kind: string, user: string }): JSX.Element {
  const [isResetting, setResetting] = useState(false)
  const kinds = (Object.keys(counts) as DifferenceKind[]).filter((each) => sum(counts[each]) > 0 || each === kind)
  return (
    <div class='toolbar'>
      <span role='group' aria-label='Kinds of differences' class='world-chips'>
        <Button pressed={kind === ''} onClick={() => { setQuery({ kind: '' }) }}>{`All ${showNumber(totalOf(counts))}`}</Button>
        {kinds.map((each) => <Button key={each} pressed={kind === each} onClick={() => { setQuery({ kind: each }) }}>{`${DIFFERENCE_NAMES[each][1]} ${showNumber(sum(counts[each]))}`}</Button>)}
      </span>
      <input type='search' aria-label='Of a user: gamertag or XUID' placeholder='gamertag or XUID (/)' value={user} onChange={(event) => { setQuery({ user: event.currentTarget.value.trim() }) }} />
      <span class='push'><Button kind='danger' disabled={totalOf(counts) === 0} title='Go back to the start' onClick={() => { setResetting(true) }}>Reset …</Button></span>
      {isResetting && <ResetDialog about={about} onClose={() => { setResetting(false) }} />}
    </div>
  )
}

function DifferenceRows ({ items, onEnd }: { items: readonly Difference[], onEnd: (() => void) | undefined }): JSX.Element {
  const open = (difference: Difference): void => {
    const { path } = wordDifference(difference)
    if (path !== null) goTo(path)
  }
  return (
    <VirtualRows
      class='fill card world-rows world-differences' label='Differences from the start' isMain items={items} onEnd={onEnd} onOpen={open}
      keyOf={(item) => [item.kind, item.what, item.xuid, item.titleId, item.sandbox, item.achievement?.serviceConfigId, item.achievement?.id, item.friend?.xuid, items.indexOf(item)].join('/')}
      columns={['What', 'Kind', 'Of', 'As it was → as it is']} template='var(--difference-columns)'
      row={(item) => <DifferenceCells item={item} />}
    />
  )
}

function DifferenceCells ({ item }: { item: Difference }): JSX.Element {
  const { subject, detail, path } = wordDifference(item, showInstant)
  return (
    <>
      <Cell><OutcomeMark what={item.what} /></Cell>
      <Cell class='soft'>{item.kind}</Cell>
      <Cell title={subject}>{path === null ? <span dir='auto'>{subject}</span> : <a href={writePlace({ path, query: {} })} dir='auto' tabIndex={-1}>{subject}</a>}</Cell>
      <Cell title={wordDifference(item).detail}><span dir='auto'>{detail}</span></Cell>
    </>
  )
}
