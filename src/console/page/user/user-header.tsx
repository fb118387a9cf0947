import type { JSX } from 'preact'
import type { ListedFriend } from '../../../model/user.ts'
import { serviceRequestOf, USUAL_SANDBOX, type UserView } from '../../text/user-view.ts'
import { SEEN_BY_WORDS, userRoute } from '../../text/user-words.ts'
import { authorizationFor, curlFor } from '../credentials.ts'
import { setQuery } from '../navigation.ts'
import { Code } from '../parts/code.tsx'
import { Copy } from '../parts/copy.tsx'
import { Count } from '../parts/count.tsx'
import { useRead } from '../use-read.ts'
import type { ListedUser, UserTitleDetails } from './user-data.ts'

/** Who the user is, and what to send as that user. */
export function UserHeader ({ user, title, view, sandboxes }: { user: ListedUser, title: UserTitleDetails | undefined, view: UserView, sandboxes: readonly string[] }): JSX.Element {
  const authorize = async (): Promise<string> => await authorizationFor({ xuid: user.xuid, titleId: title?.titleId ?? null, sandbox: view.sandbox })
  return (
    <header class='user-head'>
      <h1 class='user-gamertag' dir='auto'>{user.gamertag}</h1>
      <Code text={user.xuid} title='XUID: one click selects it' />
      <Count value={user.gamerscore} unit='G' title='Gamerscore in all sandboxes' />
      <span class='soft user-seen-by'>seen by {SEEN_BY_WORDS[user.privacy]}</span>
      <Friends user={user} />
      <span class='push' />
      <SandboxPicker view={view} sandboxes={sandboxes} />
      <Copy text={authorize} label='Copy token' title='Copy an Authorization value of this user, title and sandbox' kind='plain' />
      <Copy text={async () => curlFor(serviceRequestOf(user.xuid, title, view), await authorize())} label='Copy curl' title='Copy a curl line that asks the service for this list as this user' kind='plain' />
    </header>
  )
}

function Friends ({ user }: { user: ListedUser }): JSX.Element {
  const { value } = useRead<{ friends: readonly ListedFriend[] }>(user.friendCount > 0 && user.friendCount <= 100 ? userRoute(user.xuid, '/friends') : null, ({ kind }) => kind === 'user')
  if (user.friendCount === 0) return <span class='soft'>no friends</span>
  const words = `${user.friendCount} ${user.friendCount === 1 ? 'friend' : 'friends'}`
  if (value === undefined) return <span class='soft'>{words}</span>
  return (
    <details class='user-friends'>
      <summary>{words}</summary>
      <ul>{value.friends.map(({ xuid, gamertag, isFavorite }) => <li key={xuid}><a href={`#/users/${xuid}`} dir='auto'>{gamertag}</a>{isFavorite && <span title='Favourite'> ★</span>}</li>)}</ul>
    </details>
  )
}

function SandboxPicker ({ view, sandboxes }: { view: UserView, sandboxes: readonly string[] }): JSX.Element {
  const all = [...new Set([USUAL_SANDBOX, ...sandboxes, view.sandbox])].sort()
  return (
    <label class='user-pick'><span>Sandbox</span>
      <select value={view.sandbox} onChange={(event) => { setQuery({ sandbox: event.currentTarget.value === USUAL_SANDBOX ? '' : event.currentTarget.value }) }}>
        {all.map((sandbox) => <option key={sandbox} value={sandbox}>{sandbox}</option>)}
      </select>
    </label>
  )
}
