import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ListedUser } from '../../../model/user.ts'
import { useShortcut } from '../keys.ts'
import { goTo, place, setQuery } from '../navigation.ts'
import { PagesNotice } from '../parts/notice.tsx'
import { VirtualRows } from '../parts/rows.tsx'
import { inBackground } from '../undo.ts'
import { usePages, type Pages } from '../use-pages.ts'
import { useRead } from '../use-read.ts'
import { deleteUsers } from '../users/changes.ts'
import { DeviceCodes } from '../users/device-codes.tsx'
import { UserDialogs, type OpenDialog } from '../users/user-dialogs.tsx'
import { NARROW, NarrowUserRow, WIDE, WideUserRow, type UserDialog } from '../users/user-row.tsx'
import { UsersToolbar } from '../users/users-toolbar.tsx'
import { isNarrowWindow } from '../window-width.ts'
import '../styles/users.css'

/** The place "Users": all users of the world, in pages. */
export function UsersPlace (): JSX.Element {
  const search = place.value.query['search'] ?? ''
  const pages = useUsers(search)
  const [current, setCurrent] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlyMap<string, ListedUser>>(new Map())
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const { value: health } = useRead<{ world: { users: number } }>('/_emulator/health', (event) => event.kind === 'user')
  const total = search === '' ? health?.world.users : undefined
  const here = pages.items.find(({ xuid }) => xuid === current)
  const chosen = chosenOf(selected, pages.items)
  const toggle = (user: ListedUser): void => {
    const next = new Map(selected)
    if (!next.delete(user.xuid)) next.set(user.xuid, user)
    setSelected(next)
  }
  const open = (kind: UserDialog, user: ListedUser): void => { setCurrent(user.xuid); setDialog({ kind, user }) }
  const remove = (users: readonly ListedUser[]): void => { inBackground(deleteUsers(users).finally(() => { setSelected(new Map()) })) }
  useRowShortcuts(here, { open, toggle, remove: (user) => { remove(chosen.length > 0 ? chosen : [user]) } })
  return (
    <div class='users-place'>
      <UsersToolbar
        search={search} total={total} shown={pages} chosen={chosen} onDown={useWayDown(pages)} onNew={() => { setDialog({ kind: 'new' }) }}
        onSelectAll={() => { setSelected(new Map(pages.items.map((user) => [user.xuid, user]))) }} onClear={() => { setSelected(new Map()) }} onDelete={() => { remove(chosen) }}
      />
      <DeviceCodes user={here} />
      <UserRows pages={pages} search={search} total={total} current={current} onCurrent={setCurrent} selected={selected} onSelect={toggle} onDialog={open} />
      {dialog !== null && <UserDialogs dialog={dialog} onOpen={setDialog} onDelete={(user) => { remove([user]) }} onAdded={(xuid) => { setQuery({ search: '' }); setCurrent(xuid) }} onClose={() => { setDialog(null) }} />}
    </div>
  )
}

/** What brings a user into the list, out of it, or to another place in it: another gamertag does, too. */
const MOVING: ReadonlySet<string> = new Set(['created', 'settings', 'deleted'])

/** The users who are found. Read again when one of them changes, comes or goes. */
function useUsers (search: string): Pages<ListedUser> {
  // Nobody knows yet who is shown while the first page is on its way.
  const shown = useRef<ReadonlySet<string> | undefined>(undefined)
  const pages = usePages<ListedUser>(`/_emulator/users?${new URLSearchParams(search === '' ? {} : { search })}`, {
    concerns: (event) => (event.kind === 'user' && MOVING.has(event.what)) ||
      ((event.kind === 'user' || event.kind === 'progress') && shown.current?.has(event.xuid) !== false)
  })
  useEffect(() => { shown.current = pages.first === undefined ? undefined : new Set(pages.items.map(({ xuid }) => xuid)) }, [pages.items])
  return pages
}

/** Those who are selected, as they are now, without those who are gone from the list. */
function chosenOf (selected: ReadonlyMap<string, ListedUser>, items: readonly ListedUser[]): readonly ListedUser[] {
  return selected.size === 0 ? [] : items.filter(({ xuid }) => selected.has(xuid))
}

/** The way from the search into the list: that of the last search is not gone into while another is on its way. */
function useWayDown ({ first, items }: Pages<ListedUser>): (when: 'now' | 'found' | 'never') => void {
  const isWanted = useRef(false)
  const goDown = (): void => { document.querySelector<HTMLElement>('.users-rows [role=row][tabindex="0"]')?.focus() }
  useEffect(() => {
    if (first === undefined || !isWanted.current) return
    isWanted.current = false
    if (document.activeElement?.matches('.users-search') === true) goDown()
  }, [first, items])
  return (when) => {
    isWanted.current = when === 'found'
    if (when === 'now') goDown()
  }
}

interface RowActions { readonly open: (kind: UserDialog, user: ListedUser) => void, readonly toggle: (user: ListedUser) => void, readonly remove: (user: ListedUser) => void }

/** The keys that do something with the row that is chosen. */
function useRowShortcuts (user: ListedUser | undefined, { open, toggle, remove }: RowActions): void {
  const key = (name: string): string | undefined => user === undefined ? undefined : name
  const withUser = (action: (user: ListedUser) => void) => () => { if (user !== undefined) action(user) }
  useShortcut(key('t'), 'Tokens of the user', withUser((user) => { open('tokens', user) }))
  useShortcut(key('p'), 'Friends of the user', withUser((user) => { open('friends', user) }))
  useShortcut(key('c'), 'Change the user', withUser((user) => { open('settings', user) }))
  useShortcut(key('x'), 'Select the user', withUser(toggle))
  useShortcut(key('Delete'), 'Delete the user, or those who are selected', withUser(remove))
}

interface UserRowsProps {
  readonly pages: Pages<ListedUser>
  readonly search: string
  readonly total: number | undefined
  readonly current: string | null
  readonly onCurrent: (xuid: string) => void
  readonly selected: ReadonlyMap<string, ListedUser>
  readonly onSelect: (user: ListedUser) => void
  readonly onDialog: (kind: UserDialog, user: ListedUser) => void
}

function UserRows ({ pages, search, total, current, onCurrent, selected, onSelect, onDialog }: UserRowsProps): JSX.Element {
  const { columns, template, rowHeight } = isNarrowWindow.value ? NARROW : WIDE
  const Row = isNarrowWindow.value ? NarrowUserRow : WideUserRow
  if (pages.error !== undefined || pages.items.length === 0) return <PagesNotice pages={pages} empty={search === '' ? 'The world has no users: press n to add one.' : `No gamertag and no XUID begins with “${search}”.`} />
  return (
    <VirtualRows
      class='fill users-rows' items={pages.items} label='Users' keyOf={({ xuid }) => xuid} columns={columns} template={template} rowHeight={rowHeight} total={total} onEnd={() => { pages.more() }} isMain
      current={current} onCurrent={({ xuid }) => { onCurrent(xuid) }} onOpen={({ xuid }) => { goTo(['users', xuid]) }} selected={({ xuid }) => selected.has(xuid)}
      row={(user) => <Row user={user} isSelected={selected.has(user.xuid)} onSelect={() => { onSelect(user) }} onDialog={(kind) => { onDialog(kind, user) }} />}
    />
  )
}
