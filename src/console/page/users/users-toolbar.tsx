import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ListedUser } from '../../../model/user.ts'
import { setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Count } from '../parts/count.tsx'
import { inBackground } from '../undo.ts'
import type { Pages } from '../use-pages.ts'
import { MOST_AT_ONCE, setPrivacyOf } from './changes.ts'
import { PrivacySelect } from './privacy-select.tsx'

interface UsersToolbarProps {
  readonly search: string
  /** How many there are; undefined: nobody has counted. */
  readonly total: number | undefined
  readonly shown: Pages<ListedUser>
  readonly chosen: readonly ListedUser[]
  /** Whoever searches goes down into the list, as it is or as it will be when the search is answered; or writes on. */
  readonly onDown: (when: 'now' | 'found' | 'never') => void
  readonly onNew: () => void
  readonly onSelectAll: () => void
  readonly onClear: () => void
  readonly onDelete: () => void
}

/** Above the list: how many there are, the search, and what can be done with those who are selected. */
export function UsersToolbar (props: UsersToolbarProps): JSX.Element {
  const { search, total, shown: { items, hasMore, first }, chosen, onDown, onNew } = props
  return (
    <div class='toolbar users-toolbar'>
      <h1>Users</h1>
      <SearchField search={search} isFound={first !== undefined} onDown={onDown} />
      <span class='soft' role='status'>
        {total !== undefined ? <Count value={total} /> : <><Count value={items.length} />{hasMore && ' and more'} found</>}
      </span>
      <span class='push' />
      {chosen.length > 0 && <SelectedUsers {...props} />}
      <Button kind='primary' title='New user' shortcut='n' onClick={onNew}><span>New user</span></Button>
    </div>
  )
}

function SelectedUsers ({ chosen, shown, onSelectAll, onClear, onDelete }: UsersToolbarProps): JSX.Element {
  const isTooMany = chosen.length > MOST_AT_ONCE
  return (
    <span class='users-selection' role='group' aria-label='Those who are selected'>
      <span><Count value={chosen.length} /> selected</span>
      {chosen.length < shown.items.length && <Button kind='quiet' title='Select all that are loaded' onClick={onSelectAll}><span>All</span></Button>}
      <Button kind='quiet' title='None: select nobody' onClick={onClear}><span>None</span></Button>
      <PrivacySelect value='' label='Who may see those who are selected' empty='Seen by …' onChange={(privacy) => { inBackground(setPrivacyOf(chosen, privacy)) }} />
      <Button
        kind='danger' disabled={isTooMany} onClick={onDelete}
        title={isTooMany ? `At most ${MOST_AT_ONCE} at once, so that they can come back` : 'Delete those who are selected (Delete). Undo brings all of it back but the connections that they had'}
      >
        Delete
      </Button>
    </span>
  )
}

/** How long a person may pause while writing, in ms. */
const PAUSE = 120

function SearchField ({ search, isFound, onDown }: { search: string, isFound: boolean } & Pick<UsersToolbarProps, 'onDown'>): JSX.Element {
  const [text, setText] = useState(search)
  const sent = useRef(search)
  // What comes back of what was typed here is older than what stands here.
  useEffect(() => {
    if (search !== sent.current) setText(search)
    sent.current = search
  }, [search])
  const send = (): void => {
    sent.current = text
    setQuery({ search: text })
  }
  useEffect(() => {
    if (text === search) return
    const timer = setTimeout(send, PAUSE)
    return () => { clearTimeout(timer) }
  }, [text])
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
    event.preventDefault()
    send()
    onDown(isFound && text === search ? 'now' : 'found')
  }
  return (
    <input
      type='search' class='users-search' aria-label='Search users' placeholder='Gamertag or XUID' title='Whose gamertag or XUID begins so (/)' aria-keyshortcuts='/' autocomplete='off' spellcheck={false}
      value={text} onInput={(event) => { setText(event.currentTarget.value); onDown('never') }} onKeyDown={handleKeyDown}
    />
  )
}
