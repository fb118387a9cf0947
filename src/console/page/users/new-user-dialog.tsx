import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ListedUser, Privacy } from '../../../model/user.ts'
import { suggestXuid, userRoute } from '../../text/user-words.ts'
import { act, read } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { didUndoable } from '../undo.ts'
import { PrivacySelect } from './privacy-select.tsx'

/** Asks for a new user. `onClose` is told whom there is now; undefined: nobody new. */
export function NewUserDialog ({ onClose }: { onClose: (xuid?: string) => void }): JSX.Element {
  const [gamertag, setGamertag] = useState('')
  const [xuid, setXuid] = useState(() => suggestXuid(Math.random()))
  const [privacy, setPrivacy] = useState<Privacy>('everyone')
  const [error, setError] = useState<string>()
  const add = async (): Promise<void> => {
    try {
      await addUser({ xuid: xuid.trim(), gamertag, privacy })
      onClose(xuid.trim())
    } catch (refused) {
      setError((refused as Error).message)
    }
  }
  const submit = (): void => { add().catch(() => {}) }
  return (
    <Dialog title='New user' onClose={() => { onClose() }} actions={<><Button onClick={() => { onClose() }}>Cancel</Button><Button kind='primary' onClick={submit}>Add</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Field label='Gamertag' hint='Empty: one made of the XUID.' error={error}>
          <input autofocus value={gamertag} onInput={(event) => { setGamertag(event.currentTarget.value) }} autocomplete='off' spellcheck={false} aria-invalid={error !== undefined} />
        </Field>
        <Field label='XUID' hint='An integer of 64 bits; this one is made up.'>
          <input class='mono' value={xuid} inputMode='numeric' onInput={(event) => { setXuid(event.currentTarget.value) }} autocomplete='off' required />
        </Field>
        <Field label='Who may see the achievements'><PrivacySelect value={privacy} onChange={setPrivacy} /></Field>
        <button type='submit' hidden />
      </form>
    </Dialog>
  )
}

/** Adds a user. One who is there is not changed. */
async function addUser ({ xuid, gamertag, privacy }: { xuid: string, gamertag: string, privacy: Privacy }): Promise<void> {
  const { users } = await read<{ users: ListedUser[] }>(`/_emulator/users?${new URLSearchParams({ search: xuid, limit: '1000' })}`)
  const present = users.find((user) => user.xuid === xuid)
  if (present !== undefined) throw new Error(`${present.gamertag} has this XUID.`)
  await act('PUT', userRoute(xuid), { privacy, ...gamertag !== '' && { gamertag } })
  didUndoable({ text: `Added ${gamertag === '' ? `user ${xuid}` : gamertag}`, undo: async () => { await act('DELETE', userRoute(xuid)) } })
}
