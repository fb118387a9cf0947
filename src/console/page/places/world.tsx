import type { JSX } from 'preact'
import type { About } from '../../../control/about.ts'
import { place, usePlaceDetail } from '../navigation.ts'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import '../styles/world.css'
import { useRead, type Reading } from '../use-read.ts'
import { ClientsPage } from '../world/clients.tsx'
import { DifferencesPage } from '../world/differences.tsx'
import { DropFiles } from '../world/drop-files.tsx'
import { Overview } from '../world/overview.tsx'
import { TitleDetail } from '../world/title-detail.tsx'
import { TitlesPage } from '../world/titles.tsx'

const TABS = [['', 'Overview'], ['differences', 'Since the start'], ['titles', 'Titles'], ['clients', 'Clients']] as const

/** The place "World": what is served and from where, what has changed, what there is to play, and how clients come here. */
export function WorldPlace (): JSX.Element {
  const about = useRead<About>('/_emulator/about', ({ kind }) => kind === 'user' || kind === 'session')
  const [, tab = '', detail] = place.value.path
  usePlaceDetail(TABS.find(([path]) => path === tab && path !== '')?.[1])
  return (
    <div class='world'>
      <header class='world-head'>
        <h1>World</h1>
        <nav aria-label='Parts of the world' class='world-tabs'>
          {TABS.map(([path, words]) => <a key={path} href={`#/world${path === '' ? '' : `/${path}`}`} aria-current={path === tab ? 'page' : undefined}>{words}</a>)}
        </nav>
      </header>
      <WorldTab tab={tab} detail={detail} about={about} />
      {about.value !== undefined && <DropFiles about={about.value} />}
    </div>
  )
}

function WorldTab ({ tab, detail, about }: { tab: string, detail: string | undefined, about: Reading<About> }): JSX.Element {
  if (tab === 'titles') return detail === undefined ? <TitlesPage /> : <TitleDetail titleId={detail} />
  if (about.value === undefined) return <ReadingNotice reading={about} /> as JSX.Element
  if (tab === 'differences') return <DifferencesPage about={about.value} />
  if (tab === 'clients') return <ClientsPage about={about.value} />
  return tab === '' ? <Overview about={about.value} /> : <Notice kind='empty'>There is no such part of the world; <a href='#/world'>all of it</a>.</Notice>
}
