import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ListedTitle } from '../../../model/title.ts'
import type { Profile } from '../../../model/user.ts'
import { sandboxesFor, type WantedClaims } from '../../text/session-claims.ts'
import { authorizationFor, curlFor } from '../credentials.ts'
import { Copy } from '../parts/copy.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { ReadingNotice } from '../parts/notice.tsx'
import { useRead } from '../use-read.ts'
import { SessionTable } from './session-table.tsx'

/** A token of a user for a choice of claims, and the tokens that the user has. */
export function TokensDialog ({ user, onClose }: { user: Profile, onClose: () => void }): JSX.Element {
  const reading = useRead<{ titles: ListedTitle[] }>('/_emulator/titles?limit=1000', () => false)
  return (
    <Dialog title={`Tokens of ${user.gamertag}`} onClose={onClose} wide>
      <ReadingNotice reading={reading} />
      {reading.value !== undefined && <TokenForm user={user} titles={reading.value.titles} />}
      <h3>Those that there are</h3>
      <SessionTable user={user} />
    </Dialog>
  )
}

type Claims = Omit<WantedClaims, 'xuid'>

function TokenForm ({ user, titles }: { user: Profile, titles: readonly ListedTitle[] }): JSX.Element {
  const [claims, setClaims] = useState<Claims>(() => ({ titleId: titles[0]?.titleId ?? null, sandbox: titles[0]?.sandboxes[0] ?? 'RETAIL', thirdPartySite: false }))
  const title = titles.find(({ titleId }) => titleId === claims.titleId)
  const find = (): Promise<string> => authorizationFor({ xuid: user.xuid, ...claims })
  const curl = async (): Promise<string> => curlFor({
    method: 'GET',
    path: `/users/xuid(${user.xuid})/achievements${claims.titleId === null ? '' : `?titleId=${claims.titleId}`}`,
    headers: { 'x-xbl-contract-version': title?.generation === 'xbox360' ? '1' : '2' }
  }, await find())
  return (
    <>
      <ClaimFields claims={claims} titles={titles} onChange={(change) => { setClaims({ ...claims, ...change }) }} />
      <div class='toolbar'>
        <Copy kind='plain' label='Copy Authorization' title='Copy what to send as the Authorization header' text={find} />
        <Copy kind='plain' label='Copy curl' title='Copy a curl line that asks for the achievements' text={curl} />
        <small class='soft'>A token with these claims that has not ended is taken; otherwise one is made.</small>
      </div>
    </>
  )
}

function ClaimFields ({ claims, titles, onChange }: { claims: Claims, titles: readonly ListedTitle[], onChange: (change: Partial<Claims>) => void }): JSX.Element {
  const { titleId, sandbox, location, thirdPartySite = false } = claims
  const first = useRef<HTMLSelectElement>(null)
  // It comes after the dialog, which looks for what has `autofocus` when it opens.
  useLayoutEffect(() => { first.current?.focus() }, [])
  return (
    <div class='users-claims'>
      <Field label='Title'>
        <select value={titleId ?? ''} ref={first} onChange={({ currentTarget: { value } }) => { onChange({ titleId: value === '' ? null : Number(value) }) }}>
          {titles.map((title) => <option key={title.titleId} value={title.titleId}>{title.name} ({title.titleId})</option>)}
          <option value=''>no title</option>
        </select>
      </Field>
      <Field label='Sandbox'>
        <select value={sandbox ?? ''} onChange={({ currentTarget: { value } }) => { onChange({ sandbox: value === '' ? null : value }) }}>
          {sandboxesFor(titles, titleId).map((each) => <option key={each} value={each}>{each}</option>)}
          <option value=''>no sandbox: sees RETAIL</option>
        </select>
      </Field>
      <Field label='Country'>
        <input class='mono' value={location ?? ''} maxLength={2} placeholder='any' onInput={({ currentTarget: { value } }) => { onChange({ location: value === '' ? undefined : value.toUpperCase() }) }} autocomplete='off' />
      </Field>
      <label class='users-check'><input type='checkbox' checked={thirdPartySite} onChange={({ currentTarget: { checked } }) => { onChange({ thirdPartySite: checked }) }} />Web site</label>
    </div>
  )
}
