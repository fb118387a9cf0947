import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { counted } from '../../../base/counted.ts'
import type { RealTimeConnection } from '../../../http/real-time.ts'
import { CLOSE_CODES } from '../../text/close-codes.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { say } from '../toasts.ts'

/** Asks with which code connections are ended. @param connection null: all of them. */
export function CloseDialog ({ connection, onClose }: { connection: RealTimeConnection | null, onClose: () => void }): JSX.Element {
  const [code, setCode] = useState('1000')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const isCut = code === 'cut'
  const send = async (): Promise<void> => {
    try {
      const { closed } = await act<{ closed: number }>('POST', '/_emulator/rta/close', {
        ...connection !== null && { connection: connection.id }, code: isCut ? null : Number(code), ...!isCut && reason !== '' && { reason }
      })
      say({ kind: 'good', text: `Ended ${counted(closed, 'connection')}` })
      onClose()
    } catch (error) {
      setError((error as Error).message)
    }
  }
  const submit = (): void => { send().catch(() => {}) }
  return (
    <Dialog
      title={connection === null ? 'Close all connections' : `Close connection ${connection.id}`} onClose={onClose}
      actions={<><Button onClick={onClose}>Cancel</Button><Button kind='danger' onClick={submit}>{isCut ? 'Cut' : 'Close with this code'}</Button></>}
    >
      <form class='weather-form' onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Field label='Code' error={error}>
          <input type='text' autocomplete='off' list='weather-close-codes' value={code} aria-invalid={error !== undefined} autofocus onInput={(event) => { setCode(event.currentTarget.value.trim()); setError(undefined) }} />
        </Field>
        <datalist id='weather-close-codes'>{CLOSE_CODES.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</datalist>
        <Field label='Reason' hint={isCut ? 'A connection that is cut has none.' : 'At most 123 bytes'}><input type='text' autocomplete='off' value={reason} disabled={isCut} onInput={(event) => { setReason(event.currentTarget.value) }} /></Field>
        <p class='soft'>“cut” ends it without a close frame, as when a network fails: clients see 1006.</p>
        <input type='submit' hidden />
      </form>
    </Dialog>
  )
}
