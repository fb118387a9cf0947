import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ListedTitle } from '../../../model/title.ts'
import type { Profile } from '../../../model/user.ts'
import { fillForm, requestsBack, requestsFor, type SettingsForm, type SettingsRequest, type StoredSettings } from '../../text/user-settings.ts'
import { userRoute } from '../../text/user-words.ts'
import { act } from '../api.ts'
import { NO_SCID } from '../gamertags.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { ReadingNotice } from '../parts/notice.tsx'
import { didUndoable } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { PrivacySelect } from './privacy-select.tsx'
import { SignInErrorField } from './sign-in-error-field.tsx'

interface FormProps { readonly form: SettingsForm, readonly onChange: (change: Partial<SettingsForm>) => void }

/** Changes a user: name, privacy, sign-in error, presence, profile. */
export function SettingsDialog ({ user, onClose }: { user: Profile, onClose: () => void }): JSX.Element {
  const reading = useRead<StoredSettings>(userRoute(user.xuid, `?serviceConfigId=${NO_SCID}`), () => false)
  return reading.value === undefined
    ? <Dialog title={`Change ${user.gamertag}`} onClose={onClose}><ReadingNotice reading={reading} /></Dialog>
    : <LoadedDialog user={user} stored={reading.value} onClose={onClose} />
}

function LoadedDialog ({ user, stored, onClose }: { user: Profile, stored: StoredSettings, onClose: () => void }): JSX.Element {
  const [form, setForm] = useState(() => fillForm(stored))
  const [error, setError] = useState<string>()
  const onChange = (change: Partial<SettingsForm>): void => { setForm({ ...form, ...change }) }
  const submit = (): void => { changeUser(user, stored, form).then(onClose, (refused: Error) => { setError(refused.message) }) }
  return (
    <Dialog title={`Change ${user.gamertag}`} onClose={onClose} actions={<><Button onClick={onClose}>Cancel</Button><Button kind='primary' onClick={submit}>Change</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Field label='Gamertag' error={error}><input autofocus value={form.gamertag} onInput={({ currentTarget: { value } }) => { onChange({ gamertag: value }) }} autocomplete='off' spellcheck={false} /></Field>
        <Field label='Who may see the achievements'><PrivacySelect value={form.privacy} onChange={(privacy) => { onChange({ privacy }) }} /></Field>
        <SignInErrorField value={form.signInError} onChange={(signInError) => { onChange({ signInError }) }} />
        <PresenceFields form={form} onChange={onChange} />
        <ProfileFields form={form} onChange={onChange} />
        <button type='submit' hidden />
      </form>
    </Dialog>
  )
}

function PresenceFields ({ form: { presence, titleId, richPresence }, onChange }: FormProps): JSX.Element {
  const { value } = useRead<{ titles: ListedTitle[] }>('/_emulator/titles?limit=1000', () => false)
  const titles = value?.titles ?? []
  return (
    <fieldset class='users-fields'>
      <legend>Where the user is</legend>
      <Field label='Presence'>
        <select value={presence} onChange={({ currentTarget: { value } }) => { onChange({ presence: value }) }}>
          <option value=''>nobody knows</option>{['Online', 'Away', 'Offline'].map((state) => <option key={state}>{state}</option>)}
        </select>
      </Field>
      <Field label='In the title'>
        <select value={titleId} disabled={presence === ''} onChange={({ currentTarget: { value } }) => { onChange({ titleId: value }) }}>
          <option value=''>none</option>
          {titleId !== '' && !titles.some((title) => String(title.titleId) === titleId) && <option value={titleId}>{titleId}</option>}
          {titles.map((title) => <option key={title.titleId} value={title.titleId}>{title.name} ({title.titleId})</option>)}
        </select>
      </Field>
      <Field label='Doing'><input value={richPresence} disabled={presence === '' || titleId === ''} placeholder='On the third island' onInput={({ currentTarget: { value } }) => { onChange({ richPresence: value }) }} /></Field>
    </fieldset>
  )
}

const ProfileFields = ({ form, onChange }: FormProps): JSX.Element => (
  <fieldset class='users-fields'>
    <legend>Profile</legend>
    {([['realName', 'Real name'], ['bio', 'Bio'], ['location', 'Location']] as const).map(([name, label]) =>
      <Field key={name} label={label}><input value={form[name]} onInput={({ currentTarget: { value } }) => { onChange({ [name]: value }) }} autocomplete='off' /></Field>)}
  </fieldset>
)

/** @throws what is refused; what was done before stays, and can be taken back. */
async function changeUser ({ xuid, gamertag }: Profile, stored: StoredSettings, form: SettingsForm): Promise<void> {
  const send = async (requests: readonly SettingsRequest[], done: SettingsRequest[] = []): Promise<void> => {
    for (const request of requests) {
      await act(request.method, userRoute(xuid, request.path), request.body)
      done.push(request)
    }
  }
  const done: SettingsRequest[] = []
  try {
    await send(requestsFor(stored, form), done)
  } finally {
    if (done.length > 0) didUndoable({ text: `Changed ${gamertag}`, undo: () => send(requestsBack(stored, done)) })
  }
}
