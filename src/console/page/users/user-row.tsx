import type { JSX } from 'preact'
import type { ListedUser } from '../../../model/user.ts'
import { describeScore, describeSignInError, SEEN_BY_WORDS } from '../../text/user-words.ts'
import { Bar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Count } from '../parts/count.tsx'
import { Cell } from '../parts/rows.tsx'

/** What can be opened of a user. */
export type UserDialog = 'tokens' | 'friends' | 'settings' | 'actions'

export interface UserRowProps {
  readonly user: ListedUser
  readonly isSelected: boolean
  readonly onSelect: () => void
  readonly onDialog: (dialog: UserDialog) => void
}

/** The names of the columns and their widths. */
export const WIDE = {
  columns: [{ name: 'Selected', isUnseen: true }, 'Gamertag', 'XUID', { name: 'Gamerscore', isEnd: true }, 'Progress', { name: 'Titles', isEnd: true }, { name: 'Friends', isEnd: true }, 'Seen by', { name: 'Actions', isUnseen: true }],
  template: '20px minmax(120px, 3fr) 168px 84px minmax(60px, 1fr) 48px 56px 92px 204px',
  rowHeight: 30
}
export const NARROW = { columns: undefined, template: '26px minmax(0, 1fr) auto 34px', rowHeight: 46 }

/** The cells of a user in a wide window. */
export function WideUserRow ({ user, isSelected, onSelect, onDialog }: UserRowProps): JSX.Element {
  const { gamertag, xuid, gamerscore, titlesPlayed, friendCount, privacy } = user
  return (
    <>
      <Cell><SelectBox gamertag={gamertag} isSelected={isSelected} onSelect={onSelect} /></Cell>
      <Cell title={gamertag}><UserLink user={user} /></Cell>
      <Cell><Code text={xuid} /></Cell>
      <Cell end><Count value={gamerscore} unit='G' /></Cell>
      <Cell><ScoreBar user={user} /></Cell>
      <Cell end><Count value={titlesPlayed} /></Cell>
      <Cell end><Count value={friendCount} /></Cell>
      <Cell class={privacy === 'everyone' ? 'soft' : ''}>{SEEN_BY_WORDS[privacy]}</Cell>
      <Cell class='users-actions'>
        <Button kind='quiet' title={`Tokens of ${gamertag} (t)`} onClick={() => { onDialog('tokens') }}><span>Tokens</span></Button>
        <Button kind='quiet' title={`Friends of ${gamertag} (p)`} onClick={() => { onDialog('friends') }}><span>Friends</span></Button>
        <Button kind='quiet' title={`Change ${gamertag} (c)`} onClick={() => { onDialog('settings') }}><span>Change</span></Button>
      </Cell>
    </>
  )
}

/** The same in a narrow one: two lines, and a button for what else can be done. */
export function NarrowUserRow ({ user, isSelected, onSelect, onDialog }: UserRowProps): JSX.Element {
  const { gamertag, xuid, gamerscore, privacy } = user
  return (
    <>
      <Cell><SelectBox gamertag={gamertag} isSelected={isSelected} onSelect={onSelect} /></Cell>
      <Cell class='users-two'><UserLink user={user} /><Code text={xuid} class='soft' /></Cell>
      <Cell class='users-two' end><Count value={gamerscore} unit='G' /><span class='soft'>{SEEN_BY_WORDS[privacy]}</span></Cell>
      <Cell><Button kind='quiet' title={`More for ${gamertag}`} onClick={() => { onDialog('actions') }}><span aria-hidden='true'>⋯</span></Button></Cell>
    </>
  )
}

const SelectBox = ({ gamertag, isSelected, onSelect }: { gamertag: string, isSelected: boolean, onSelect: () => void }): JSX.Element =>
  <input type='checkbox' tabIndex={-1} aria-label={`Select ${gamertag}`} title={`Select ${gamertag} (x)`} checked={isSelected} onChange={onSelect} />

function UserLink ({ user: { xuid, gamertag, signInError } }: { user: ListedUser }): JSX.Element {
  const refused = signInError === null ? null : `Signing in is refused: ${describeSignInError(signInError)}`
  return (
    <span class='users-name'>
      <a class='cut' dir='auto' tabIndex={-1} href={`#/users/${xuid}`}>{gamertag}</a>
      {refused !== null && <span class='users-refused' role='img' aria-label={refused} title={refused}>⚠</span>}
    </span>
  )
}

const ScoreBar = ({ user }: { user: ListedUser }): JSX.Element | null =>
  user.titlesPlayed === 0 ? null : <Bar value={user.gamerscore} max={user.possibleGamerscore} label={describeScore(user)} kind={user.gamerscore >= user.possibleGamerscore ? 'good' : 'accent'} />
