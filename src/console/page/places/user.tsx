import type { JSX } from 'preact'
import { readUserView } from '../../text/user-view.ts'
import { place, usePlaceDetail } from '../navigation.ts'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { TitleList, useTitles } from '../user/title-list.tsx'
import { TitleView } from '../user/title-view.tsx'
import { UnlockPlot } from '../user/unlock-plot.tsx'
import { useTitle, useUser } from '../user/user-data.ts'
import { UserHeader } from '../user/user-header.tsx'
import '../styles/user.css'

/** A user: titles and achievements. */
export function UserPlace ({ xuid: name, titleId }: { xuid: string, titleId: string | undefined }): JSX.Element {
  const { query } = place.value
  const view = readUserView(query)
  const reading = useUser(name)
  const { user } = reading
  const titles = useTitles(titleId === undefined ? user : undefined, view)
  const title = useTitle(user, titleId, view)
  usePlaceDetail(user == null ? undefined : title.value === undefined ? user.gamertag : `${user.gamertag} · ${title.value.name}`)
  if (user === undefined) return <><h1 class='unseen'>User</h1><ReadingNotice reading={reading} /></>
  if (user === null) return <><h1>Nobody here</h1><Notice kind='empty'>There is no user {name}. <a href='#/users'>All users</a></Notice></>
  return (
    <div class='user fill'>
      <UserHeader user={user} title={title.value} view={view} sandboxes={title.value?.sandboxes ?? titles.items.flatMap(({ sandboxes }) => sandboxes)} />
      {titleId === undefined
        ? <><TitleList user={user} view={view} titles={titles} /><div class='card'><UnlockPlot xuid={user.xuid} titleId={undefined} view={view} height={90} /></div></>
        : title.value === undefined ? <ReadingNotice reading={title} /> : <TitleView key={`${user.xuid}/${titleId}`} user={user} title={title.value} view={view} isRevealing={query['reveal'] === '1'} />}
    </div>
  )
}
