import type { JSX } from 'preact'
import { ORDERS_IN_WORDS, STATE_FILTERS, type StateFilter, type UserView } from '../../text/user-view.ts'
import { useShortcut } from '../keys.ts'
import { Button } from '../parts/button.tsx'
import { changeView, type AchievementsPane } from './use-achievements.ts'
import type { UserTitleDetails } from './user-data.ts'

/** Which achievements are shown, in which order and language. */
export function TitleToolbar ({ title, view, isRevealing }: { title: UserTitleDetails, view: UserView, isRevealing: boolean }): JSX.Element {
  const counts: Readonly<Record<StateFilter, number>> = { ...title, all: title.achievements }
  return (
    <div class='toolbar user-tools'>
      <div class='user-filters scrolls' role='group' aria-label='Show'>
        {(Object.keys(STATE_FILTERS) as StateFilter[]).map((state) => (
          <Button key={state} kind='quiet' pressed={view.state === state} title={`${STATE_FILTERS[state]}: ${counts[state]}`} onClick={() => { changeView({ state: state === 'all' ? '' : state }) }}><span>{STATE_FILTERS[state]}</span> <small>{counts[state]}</small></Button>
        ))}
      </div>
      <span class='push' />
      <input type='search' aria-label='Search achievements' placeholder='Search (/)' value={view.q} onInput={(event) => { changeView({ q: event.currentTarget.value }) }} />
      <label class='user-pick' title='Sort'><span>Sort</span>
        <select value={view.orderBy} onChange={({ currentTarget: { value } }) => { changeView({ orderBy: value === 'Unordered' ? '' : value }) }}>
          {Object.entries(ORDERS_IN_WORDS).map(([order, words]) => <option key={order} value={order} title={`orderBy=${order}`}>{words}</option>)}
        </select>
      </label>
      <label class='user-pick' title='Locale'><span>Locale</span>
        <select value={view.locale} onChange={({ currentTarget: { value } }) => { changeView({ locale: value }) }}>
          <option value=''>default</option>
          {[...new Set([...title.locales, ...view.locale === '' ? [] : [view.locale]])].map((locale) => <option key={locale} value={locale}>{locale}</option>)}
        </select>
      </label>
      <Button kind='quiet' pressed={isRevealing} title='Show the texts of secret achievements' onClick={() => { changeView({ reveal: isRevealing ? '' : '1' }) }}><span>▒ texts</span></Button>
    </div>
  )
}

/** What is selected, and what can be done to all of it. */
export function SelectionBar ({ pane }: { pane: AchievementsPane }): JSX.Element {
  const { selectedCount, total, performOnChosen } = pane
  useShortcut('u', 'Unlock or lock what is selected, or the current achievement', () => { performOnChosen('toggle') })
  useShortcut('x', 'Select the current achievement, or no longer', () => { if (pane.current !== undefined) pane.select(pane.current, false) })
  const isNone = selectedCount === 0
  return (
    <div class='toolbar user-selection scrolls' role='group' aria-label='Selected achievements'>
      <span role='status'>{isNone ? `${total} shown` : `${selectedCount} of ${total} selected`}</span>
      <Button kind='quiet' disabled={total === 0} onClick={() => { pane.selectAll() }}>{`Select all ${total}`}</Button>
      <Button kind='quiet' disabled={isNone} onClick={() => { pane.selectNone() }}>Select none</Button>
      <Button disabled={isNone} title='Unlock what is selected (u)' onClick={() => { performOnChosen('unlock') }}><span>Unlock</span></Button>
      <Button disabled={isNone} title='Lock what is selected' onClick={() => { performOnChosen('lock') }}><span>Lock</span></Button>
      <Button disabled={isNone} title='Revoke what is selected' onClick={() => { performOnChosen('revoke') }}><span>Revoke</span></Button>
      <Button disabled={isNone} title='Un-revoke what is selected' onClick={() => { performOnChosen('unrevoke') }}><span>Un-revoke</span></Button>
    </div>
  )
}
