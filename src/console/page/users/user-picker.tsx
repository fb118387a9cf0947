import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { ListedUser } from '../../../model/user.ts'
import { Code } from '../parts/code.tsx'
import { useRead } from '../use-read.ts'

/** How many users are offered. */
const OFFERED = '8'

/** A field in which a user is searched by the beginning of the gamertag or XUID, and chosen from a list. */
export function UserPicker ({ label, onPick, except = [], placeholder = 'Gamertag or XUID', autofocus = false }: {
  label: string, onPick: (user: ListedUser) => void, /** XUIDs that are not offered. */ except?: readonly string[] | undefined, placeholder?: string | undefined, autofocus?: boolean | undefined
}): JSX.Element {
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [index, setIndex] = useState(0)
  const id = useId()
  const { value } = useRead<{ users: ListedUser[] }>(isOpen ? `/_emulator/users?${new URLSearchParams({ search: text.trim(), limit: OFFERED })}` : null, () => false)
  const users = (value?.users ?? []).filter(({ xuid }) => !except.includes(xuid))
  const pick = (user: ListedUser | undefined): void => {
    if (user === undefined) return
    setText('')
    setOpen(false)
    onPick(user)
  }
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      setOpen(true)
      setIndex(isOpen ? Math.min(index + 1, users.length - 1) : 0)
    } else if (event.key === 'ArrowUp') setIndex(Math.max(index - 1, 0))
    else if (event.key === 'Enter') pick(users[index])
    else if (event.key === 'Escape' && isOpen) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isShown = isOpen && users.length > 0
  return (
    <span class='users-picker'>
      <input
        type='text' role='combobox' autofocus={autofocus} aria-label={label} aria-expanded={isShown} aria-controls={id} aria-autocomplete='list' autocomplete='off' spellcheck={false}
        aria-activedescendant={isShown ? `${id}-${index}` : undefined} placeholder={placeholder} value={text}
        onInput={(event) => { setText(event.currentTarget.value); setOpen(true); setIndex(0) }} onBlur={() => { setOpen(false) }} onKeyDown={handleKeyDown}
      />
      <span class='users-offered' role='listbox' id={id} aria-label={label} hidden={!isShown}>
        {users.map((user, place) => (
          <span
            key={user.xuid} id={`${id}-${place}`} role='option' aria-selected={place === index} class={place === index ? 'chosen' : ''}
            onMouseDown={(event) => { event.preventDefault(); pick(user) }}
          >
            <span class='cut' dir='auto'>{user.gamertag}</span> <Code text={user.xuid} class='soft' />
          </span>
        ))}
      </span>
      {isOpen && text !== '' && value !== undefined && users.length === 0 && <small class='soft' role='status'>Nobody begins so.</small>}
    </span>
  )
}
