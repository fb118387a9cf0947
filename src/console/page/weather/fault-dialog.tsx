import type { JSX } from 'preact'
import type { Fault } from '../../../control/faults/faults.ts'
import type { FaultSpec } from '../../../control/faults/schema.ts'
import { describeFault, EFFECT_WORDS } from '../../text/fault-words.ts'
import { readFaultForm, writeFaultForm, type FaultForm } from '../../text/fault-form.ts'
import { FAULT_PATHS, FAULT_PRESETS } from '../../text/fault-presets.ts'
import { STATUS_WORDS } from '../../text/status-words.ts'
import { FaultFormDialog, type FaultDialogProps, type FaultKind } from './fault-form-dialog.tsx'
import { ChoiceField, TextField, type FormState } from './form-fields.tsx'
import { ChanceFields } from './shared-fields.tsx'

const STATUSES: ReadonlyArray<readonly [string, string]> = [['', '– none –'], ...Object.entries(STATUS_WORDS).map(([status, words]) => [status, `${status} ${words}`] as const)]
const EFFECTS: ReadonlyArray<readonly [string, string]> = [['', '– none –'], ...Object.entries(EFFECT_WORDS)]
const METHODS: ReadonlyArray<readonly [string, string]> = [['', 'any'], ...['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].map((method) => [method, method] as const)]

const REQUEST_FAULTS: FaultKind<FaultForm, FaultSpec> = { path: '/_emulator/faults', of: '', presets: FAULT_PRESETS, write: writeFaultForm, read: readFaultForm, describe: (fault) => describeFault(fault) }

/** A new fault, or one that is changed. */
export function FaultDialog (props: FaultDialogProps<FaultSpec, Fault>): JSX.Element {
  return (
    <FaultFormDialog kind={REQUEST_FAULTS} {...props}>
      {(state) => <><HappeningFields state={state} /><MatchFields state={state} /><ChanceFields state={state} every='request' /></>}
    </FaultFormDialog>
  )
}

function HappeningFields ({ state }: { state: FormState<FaultForm> }): JSX.Element {
  const { form: { status, effect } } = state
  const [isRedirect, hasWait] = [['301', '302', '307'].includes(status), ['429', '503'].includes(status)]
  return (
    <fieldset>
      <legend>What happens</legend>
      <div class='weather-fields'>
        <ChoiceField state={state} name='status' label='Answer with' choices={STATUSES} />
        <ChoiceField state={state} name='effect' label='Effect' choices={EFFECTS} />
        <TextField state={state} name='delay' label='Wait first' placeholder='not at all' hint='3 s, or 200 ms - 2 s' />
        {(hasWait || state.form.retryAfter !== '') && <TextField state={state} name='retryAfter' label='Retry-After' placeholder={status === '429' ? '15' : '5'} hint='seconds, or none' />}
        {(isRedirect || state.form.location !== '') && <TextField state={state} name='location' label='Location' placeholder='/elsewhere' />}
      </div>
      <details open={state.form.headers !== '' || state.form.body !== '' || state.errors['headers'] !== undefined || state.errors['body'] !== undefined}>
        <summary>Headers and body of its own</summary>
        <div class='weather-fields two'>
          <TextField state={state} name='headers' label='Headers' rows={3} placeholder='X-Reason: test' hint='one in each line' />
          <TextField state={state} name='body' label='Body' rows={3} placeholder='{"code": 1}' hint='JSON, or text as it is sent' />
        </div>
      </details>
      {effect === 'truncate' && <p class='soft'>The length is that of the whole body, and half of it is sent.</p>}
    </fieldset>
  )
}

function MatchFields ({ state }: { state: FormState<FaultForm> }): JSX.Element {
  return (
    <fieldset>
      <legend>To which requests</legend>
      <div class='weather-fields'>
        <ChoiceField state={state} name='method' label='Method' choices={METHODS} />
        <TextField state={state} name='path' label='Path' placeholder='any' list='weather-paths' hint='* stands for any characters' />
        <TextField state={state} name='user' label='User' placeholder='any' hint='gamertag or XUID' />
        <TextField state={state} name='titleId' label='Title id' placeholder='any' />
      </div>
      <datalist id='weather-paths'>{FAULT_PATHS.map(([path, words]) => <option key={path} value={path}>{words}</option>)}</datalist>
    </fieldset>
  )
}
