import type { JSX } from 'preact'
import { writePlace } from '../../text/place.ts'
import { placeOfUser, titlesPath, type UserView } from '../../text/user-view.ts'
import { goTo, setQuery } from '../navigation.ts'
import { Bar } from '../parts/bar.tsx'
import { Count } from '../parts/count.tsx'
import { Instant } from '../parts/instant.tsx'
import { Notice } from '../parts/notice.tsx'
import { Cell, VirtualRows } from '../parts/rows.tsx'
import { usePages, type Pages } from '../use-pages.ts'
import { isNarrowWindow } from '../window-width.ts'
import { AchievementIcon } from './achievement-icon.tsx'
import { isAboutUser, type ListedUser, type UserTitle } from './user-data.ts'

export const useTitles = (user: ListedUser | null | undefined, view: UserView): Pages<UserTitle> =>
  usePages<UserTitle>(user == null ? null : titlesPath(user.xuid, view), { concerns: isAboutUser(user?.xuid ?? '') })

function openTitle (user: ListedUser, { titleId }: UserTitle, view: UserView): void {
  const { path, query } = placeOfUser(user.xuid, view, titleId)
  goTo(path, query)
}

const TITLE_HEADS = [{ name: 'Icon', isUnseen: true }, 'Title', 'Progress', { name: 'Unlocked', isEnd: true }, { name: 'Gamerscore', isEnd: true }, { name: 'Last played or unlocked', isEnd: true }]
const NARROW_HEADS = [{ name: 'Icon', isUnseen: true }, 'Title', { name: 'Unlocked', isEnd: true }]

/** The titles of the world with bars: how much of each the user has. */
export function TitleList ({ user, view, titles }: { user: ListedUser, view: UserView, titles: Pages<UserTitle> }): JSX.Element {
  const isNarrow = isNarrowWindow.value
  return (
    <section class='user-titles fill card' aria-label='Titles'>
      <div class='toolbar'>
        <h2>Titles</h2>
        <input type='search' class='push' aria-label='Search titles' placeholder='Name or title id' value={view.q} onInput={(event) => { setQuery({ q: event.currentTarget.value }) }} />
      </div>
      {titles.error !== undefined && <Notice kind='refused' onRetry={() => { titles.reload() }}>{titles.error.message}</Notice>}
      {titles.items.length === 0 && !titles.isLoading && titles.error === undefined && <Notice kind='empty'>No title {view.q === '' ? 'is in this world' : `has “${view.q}” in its name`}.</Notice>}
      {titles.items.length > 0 && (
        <VirtualRows
          class='fill' label='Titles' items={titles.items} keyOf={({ titleId }) => String(titleId)} rowHeight={48} isMain onEnd={() => { titles.more() }} onOpen={(title) => { openTitle(user, title, view) }}
          template={isNarrow ? '36px minmax(0, 1fr) 92px' : '36px minmax(120px, 1.2fr) minmax(120px, 1fr) 110px 110px 170px'}
          columns={isNarrow ? NARROW_HEADS : TITLE_HEADS}
          row={(title) => <UserTitleCells title={title} user={user} view={view} isNarrow={isNarrow} />}
        />
      )}
    </section>
  )
}

function UserTitleCells ({ title, user, view, isNarrow }: { title: UserTitle, user: ListedUser, view: UserView, isNarrow: boolean }): JSX.Element {
  const { name, achievements, unlocked, inProgress, gamerscore, totalGamerscore, lastPlayed, lastUnlock, sandboxes, generation } = title
  const isHere = sandboxes.includes(view.sandbox)
  const words = `${unlocked} of ${achievements} unlocked, ${inProgress} in progress`
  const last = [lastPlayed, lastUnlock].filter((time) => time !== null).sort().at(-1) ?? null
  const bar = isHere ? <Bar value={unlocked} max={achievements} label={`${name}: ${words}`} kind={achievements > 0 && unlocked === achievements ? 'good' : 'accent'} /> : null
  return (
    <>
      <Cell><AchievementIcon url={title.picture} name={name} size={34} dim={!isHere} /></Cell>
      <Cell class='user-title-name'>
        <a href={writePlace(placeOfUser(user.xuid, view, title.titleId))} dir='auto' tabIndex={-1}>{name}</a>
        <small class='soft cut'>{isNarrow && bar !== null ? bar : <>{title.titleId}{generation === 'xbox360' && ' · Xbox 360'}{!isHere && ` · not in ${view.sandbox}, published in ${sandboxes.join(', ') || 'no sandbox'}`}</>}</small>
      </Cell>
      {!isNarrow && <Cell>{bar}</Cell>}
      <Cell end title={words}><Count value={unlocked} /> <span class='soft'>of</span> <Count value={achievements} /></Cell>
      {!isNarrow && <Cell end><Count value={gamerscore} /> <span class='soft'>/</span> <Count value={totalGamerscore} unit='G' /></Cell>}
      {!isNarrow && <Cell end><Instant time={last} none='never' /></Cell>}
    </>
  )
}
