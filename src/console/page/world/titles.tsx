import type { JSX } from 'preact'
import type { ListedTitle } from '../../../model/title.ts'
import { goTo } from '../navigation.ts'
import { Code } from '../parts/code.tsx'
import { Count } from '../parts/count.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { Cell, VirtualRows } from '../parts/rows.tsx'
import { usePages } from '../use-pages.ts'

/** The titles of the world. */
export function TitlesPage (): JSX.Element {
  const pages = usePages<ListedTitle>('/_emulator/titles', { member: 'titles', concerns: () => false })
  if (pages.first === undefined) return <ReadingNotice reading={{ value: undefined, error: pages.error, reload: pages.reload }} /> as JSX.Element
  if (pages.items.length === 0) return <Notice kind='empty'>This world has no titles; import a file that has some.</Notice>
  return (
    <VirtualRows
      class='fill card world-rows world-titles' label='Titles' isMain items={pages.items} onEnd={pages.hasMore ? pages.more : undefined}
      keyOf={({ titleId }) => String(titleId)} onOpen={({ titleId }) => { goTo(['world', 'titles', String(titleId)]) }}
      columns={['Title', 'Title id', { name: 'Count', isEnd: true }, { name: 'G', isEnd: true }, 'Generation', 'Sandboxes', 'Service configuration']}
      template='var(--title-columns)'
      row={(title) => <WorldTitleCells title={title} />}
    />
  )
}

function WorldTitleCells ({ title: { titleId, name, achievementCount, gamerscore, generation, sandboxes, serviceConfigId } }: { title: ListedTitle }): JSX.Element {
  return (
    <>
      <Cell title={name}><a href={`#/world/titles/${titleId}`} dir='auto' tabIndex={-1}>{name}</a></Cell>
      <Cell><Code text={String(titleId)} /></Cell>
      <Cell end><Count value={achievementCount} /></Cell>
      <Cell end><Count value={gamerscore} /></Cell>
      <Cell>{generation === 'xbox360' ? 'Xbox 360' : 'modern'}</Cell>
      <Cell title={sandboxes.join(', ')}>{sandboxes.length === 0 ? 'none' : sandboxes.join(', ')}</Cell>
      <Cell><Code text={serviceConfigId} /></Cell>
    </>
  )
}
