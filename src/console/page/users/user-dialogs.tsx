import type { JSX } from 'preact'
import type { ListedUser } from '../../../model/user.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { FriendsDialog } from './friends-dialog.tsx'
import { NewUserDialog } from './new-user-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { TokensDialog } from './tokens-dialog.tsx'
import type { UserDialog } from './user-row.tsx'

/** The dialog that is open. */
export type OpenDialog = { readonly kind: 'new' } | { readonly kind: UserDialog, readonly user: ListedUser }

interface UserDialogsProps {
  readonly dialog: OpenDialog
  readonly onOpen: (dialog: OpenDialog) => void
  readonly onDelete: (user: ListedUser) => void
  /** A new user is there. */
  readonly onAdded: (xuid: string) => void
  readonly onClose: () => void
}

/** Shows the dialog that is open. */
export function UserDialogs ({ dialog, onOpen, onDelete, onAdded, onClose }: UserDialogsProps): JSX.Element {
  switch (dialog.kind) {
    case 'new': return <NewUserDialog onClose={(xuid) => { onClose(); if (xuid !== undefined) onAdded(xuid) }} />
    case 'tokens': return <TokensDialog user={dialog.user} onClose={onClose} />
    case 'friends': return <FriendsDialog user={dialog.user} onClose={onClose} />
    case 'settings': return <SettingsDialog user={dialog.user} onClose={onClose} />
    case 'actions': return <ActionsDialog user={dialog.user} onOpen={(kind) => { onOpen({ kind, user: dialog.user }) }} onDelete={() => { onClose(); onDelete(dialog.user) }} onClose={onClose} />
  }
}

/** What can be done with a user, in a window that is too narrow for buttons in the row. */
function ActionsDialog ({ user, onOpen, onDelete, onClose }: { user: ListedUser, onOpen: (kind: UserDialog) => void, onDelete: () => void, onClose: () => void }): JSX.Element {
  return (
    <Dialog title={user.gamertag} onClose={onClose}>
      <a class='button' href={`#/users/${user.xuid}`}>Achievements</a>
      <Button onClick={() => { onOpen('tokens') }}>Tokens</Button>
      <Button onClick={() => { onOpen('friends') }}>Friends</Button>
      <Button onClick={() => { onOpen('settings') }}>Change</Button>
      <Button kind='danger' onClick={onDelete}>Delete</Button>
    </Dialog>
  )
}
