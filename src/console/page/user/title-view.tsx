import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { percentAfterKey } from '../../text/percent-keys.ts'
import { writePlace } from '../../text/place.ts'
import { placeOfUser, STATE_FILTERS, USUAL_SANDBOX, type StateFilter, type UserView } from '../../text/user-view.ts'
import { Bar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Count } from '../parts/count.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Notice } from '../parts/notice.tsx'
import { VirtualRows } from '../parts/rows.tsx'
import { isNarrowWindow, isSingleColumn } from '../window-width.ts'
import { ACHIEVEMENT_HEADS, AchievementCells, NARROW_COLUMNS, WIDE_COLUMNS } from './achievement-cells.tsx'
import { AchievementDetails } from './achievement-details.tsx'
import { AchievementIcon } from './achievement-icon.tsx'
import { SelectionBar, TitleToolbar } from './title-toolbar.tsx'
import { UnlockPlot } from './unlock-plot.tsx'
import { changeView, useAchievements, type AchievementsPane } from './use-achievements.ts'
import { keyOfAchievement, type ListedUser, type UserTitleDetails } from './user-data.ts'
import { resetTitle } from './user-deeds.ts'

interface TitleProps { readonly user: ListedUser, readonly title: UserTitleDetails, readonly view: UserView, readonly isRevealing: boolean }

/** A title of a user: what is done there, and what can be done. */
export function TitleView (props: TitleProps): JSX.Element {
  const { user, title, view, isRevealing } = props
  const pane = useAchievements({ xuid: user.xuid, title, view, isRevealing })
  const isNarrow = isNarrowWindow.value
  const isSingle = isSingleColumn.value
  return (
    <div class='user-title fill'>
      <TitleHead {...props} />
      {title.sandboxes.includes(view.sandbox) ? null : <ForeignSandbox title={title} view={view} />}
      <TitleToolbar title={title} view={view} isRevealing={isRevealing} />
      <SelectionBar pane={pane} />
      <div class='user-columns fill'>
        <Achievements pane={pane} isNarrow={isNarrow} isSingle={isSingle} view={view} title={title} />
        {!isSingle && (
          <aside class='user-aside card' aria-label='The current achievement, and unlocks over time' tabIndex={0}>
            {pane.current === undefined ? <p class='soft'>Choose an achievement (j, k) to see all of it.</p> : <AchievementDetails achievement={pane.current} pane={pane} />}
            <UnlockPlot xuid={user.xuid} titleId={String(title.titleId)} view={view} />
          </aside>
        )}
      </div>
      {isSingle && <details class='user-line-fold'><summary>Unlocks over time</summary><UnlockPlot xuid={user.xuid} titleId={String(title.titleId)} view={view} /></details>}
    </div>
  )
}

function TitleHead ({ user, title, view }: TitleProps): JSX.Element {
  const { name, titleId, achievements, unlocked, gamerscore, totalGamerscore, generation, picture } = title
  const begun = title.unlocked + title.inProgress
  return (
    <div class='user-title-head'>
      <a href={writePlace(placeOfUser(user.xuid, view))}>← Titles</a>
      <AchievementIcon url={picture} name={name} size={30} />
      <h2 dir='auto'>{name}</h2>
      <Code text={String(titleId)} />
      {generation === 'xbox360' && <span class='soft'>Xbox 360</span>}
      <span class='user-score'><Count value={unlocked} /> of <Count value={achievements} /> · <Count value={gamerscore} /> / <Count value={totalGamerscore} unit='G' /></span>
      <Bar value={unlocked} max={achievements} label={`${unlocked} of ${achievements} achievements unlocked`} kind={achievements > 0 && unlocked === achievements ? 'good' : 'accent'} />
      <Button kind='danger' disabled={begun === 0 && title.revoked === 0 && title.lastPlayed === null} title={`Player data reset in ${view.sandbox}: takes back ${unlocked} unlocks, ${gamerscore} G, and when the title was played; z brings it back`} onClick={() => { resetTitle(title, { xuid: user.xuid, sandbox: view.sandbox }) }}><span>Reset</span></Button>
    </div>
  )
}

/** Nothing is shown where the title is not published: why, and what shows it. */
function ForeignSandbox ({ title: { sandboxes, name }, view }: { title: UserTitleDetails, view: UserView }): JSX.Element {
  return (
    <Notice kind='warning'>
      <span dir='auto'>{name}</span> is not published in {view.sandbox}: a client with a token of that sandbox is told of no achievements. {sandboxes.length === 0 ? 'It is published in no sandbox.' : 'It is published in '}
      {sandboxes.map((sandbox) => <Button key={sandbox} title={`Show ${sandbox}`} onClick={() => { changeView({ sandbox: sandbox === USUAL_SANDBOX ? '' : sandbox }) }}><span>{sandbox}</span></Button>)}
    </Notice>
  )
}

function Achievements ({ pane, isNarrow, isSingle, view, title }: { pane: AchievementsPane, isNarrow: boolean, isSingle: boolean, view: UserView, title: UserTitleDetails }): JSX.Element {
  const { pages, current } = pane
  const [isOpen, setOpen] = useState(false)
  return (
    <section class='user-list card' aria-label='Achievements'>
      {pages.error !== undefined && <Notice kind='refused' onRetry={() => { pages.reload() }}>{pages.error.message}</Notice>}
      {pages.items.length === 0 && pages.isLoading && <Notice kind='loading'>Loading …</Notice>}
      {pages.items.length === 0 && !pages.isLoading && pages.error === undefined && <Notice kind='empty'>{emptyWords(title, view)}</Notice>}
      {pages.items.length > 0 && (
        <VirtualRows
          class='fill' label={`Achievements of ${title.name}`} items={pages.items} keyOf={keyOfAchievement} rowHeight={52} isMain total={pane.total} onEnd={() => { pages.more() }}
          template={isNarrow ? NARROW_COLUMNS : WIDE_COLUMNS} columns={isNarrow ? undefined : ACHIEVEMENT_HEADS}
          current={current === undefined ? null : keyOfAchievement(current)} onCurrent={(achievement) => { pane.setCurrent(achievement) }} selected={pane.isSelected}
          onOpen={isSingle ? (achievement) => { pane.setCurrent(achievement); setOpen(true) } : undefined}
          onKey={({ key }, achievement) => {
            const next = percentAfterKey(key, pane.percents.of(achievement))
            if (next === undefined || key === 'Home' || key === 'End') return false
            pane.percents.move(achievement, next)
            return true
          }}
          row={(achievement, { isCurrent }) => <AchievementCells achievement={achievement} pane={pane} isNarrow={isNarrow} isCurrent={isCurrent} />}
        />
      )}
      {isOpen && isSingle && current !== undefined && <Dialog title='Achievement' onClose={() => { setOpen(false) }}><AchievementDetails achievement={current} pane={pane} /></Dialog>}
    </section>
  )
}

function emptyWords ({ achievements, sandboxes }: UserTitleDetails, { state, q, sandbox }: UserView): string {
  if (!sandboxes.includes(sandbox)) return `Nothing in ${sandbox}.`
  if (achievements === 0) return 'The title has no achievements.'
  const filter = state === 'all' ? '' : ` that are ${STATE_FILTERS[state as StateFilter].toLowerCase()}`
  return `No achievements${filter}${q === '' ? '' : ` with “${q}” in their texts`}.`
}
