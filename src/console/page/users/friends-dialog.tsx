import type { JSX } from 'preact'
import type { ListedFriend, Profile } from '../../../model/user.ts'
import { userRoute } from '../../text/user-words.ts'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { inBackground } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { dropFriend, putFriend } from './changes.ts'
import { UserPicker } from './user-picker.tsx'

/** Whom a user has added: add, remove, favourites. */
export function FriendsDialog ({ user, onClose }: { user: Profile, onClose: () => void }): JSX.Element {
  const reading = useRead<{ friends: ListedFriend[] }>(userRoute(user.xuid, '/friends'), (event) => event.kind === 'user')
  const friends = reading.value?.friends ?? []
  return (
    <Dialog title={`Friends of ${user.gamertag}`} onClose={onClose}>
      <p class='soft'>Whom {user.gamertag} has added: they may see what {user.gamertag} shows to friends. Their own lists do not change.</p>
      <UserPicker autofocus label='Add a friend' placeholder='Add: gamertag or XUID' except={[user.xuid, ...friends.map(({ xuid }) => xuid)]} onPick={(friend) => { inBackground(putFriend(user, friend, { isFavorite: false, before: null })) }} />
      <ReadingNotice reading={reading} />
      {reading.value !== undefined && friends.length === 0 && <Notice kind='empty'>{user.gamertag} has added nobody.</Notice>}
      <ul class='users-friends' aria-label={`Friends of ${user.gamertag}`}>
        {friends.map((friend) => <Friend key={friend.xuid} user={user} friend={friend} />)}
      </ul>
    </Dialog>
  )
}

function Friend ({ user, friend }: { user: Profile, friend: ListedFriend }): JSX.Element {
  const { gamertag, xuid, isFavorite } = friend
  return (
    <li>
      <Button kind='quiet' title={`Favourite: ${gamertag}`} pressed={isFavorite} onClick={() => { inBackground(putFriend(user, friend, { isFavorite: !isFavorite, before: { isFavorite } })) }}>
        <span aria-hidden='true'>{isFavorite ? '★' : '☆'}</span>
      </Button>
      <a class='cut' dir='auto' href={`#/users/${xuid}`}>{gamertag}</a>
      <Code text={xuid} class='soft' />
      <Button kind='quiet' title={`Remove ${gamertag}`} onClick={() => { inBackground(dropFriend(user, friend)) }}><span aria-hidden='true'>✕</span></Button>
    </li>
  )
}
