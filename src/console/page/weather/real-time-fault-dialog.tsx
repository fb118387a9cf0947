import type { JSX } from 'preact'
import type { RealTimeFault, RealTimeFaultSpec } from '../../../http/real-time-fault.ts'
import { REAL_TIME_PRESETS } from '../../text/fault-presets.ts'
import { describeRealTimeFault, REFUSAL_WORDS } from '../../text/fault-words.ts'
import { readRealTimeFaultForm, writeRealTimeFaultForm, type RealTimeFaultForm } from '../../text/real-time-fault-form.ts'
import { FaultFormDialog, type FaultDialogProps, type FaultKind } from './fault-form-dialog.tsx'
import { ChoiceField, TextField, type FormState } from './form-fields.tsx'
import { ChanceFields } from './shared-fields.tsx'

const WHATS: ReadonlyArray<readonly [string, string]> = [['refuse', 'A subscription is refused'], ['drop', 'An event is lost'], ['delay', 'An event is late']]
const CODES: ReadonlyArray<readonly [string, string]> = Object.entries(REFUSAL_WORDS).map(([code, words]) => [code, `${code} ${words}`] as const)

const REAL_TIME_FAULTS: FaultKind<RealTimeFaultForm, RealTimeFaultSpec> = {
  path: '/_emulator/rta/faults', of: ' of real-time activity', presets: REAL_TIME_PRESETS, write: writeRealTimeFaultForm, read: readRealTimeFaultForm, describe: (fault) => describeRealTimeFault(fault)
}

/** A new fault of real-time activity, or one that is changed. */
export function RealTimeFaultDialog (props: FaultDialogProps<RealTimeFaultSpec, RealTimeFault>): JSX.Element {
  return <FaultFormDialog kind={REAL_TIME_FAULTS} {...props}>{(state) => <RealTimeFields state={state} />}</FaultFormDialog>
}

function RealTimeFields ({ state }: { state: FormState<RealTimeFaultForm> }): JSX.Element {
  const { form: { what } } = state
  return (
    <>
      <fieldset>
        <legend>What happens</legend>
        <div class='weather-fields'>
          <ChoiceField state={state} name='what' label='What' choices={WHATS} />
          {what === 'refuse' && <ChoiceField state={state} name='code' label='Code' choices={CODES} />}
          {what === 'delay' && <TextField state={state} name='delay' label='How late' placeholder='3 s, 500 ms' hint='those after it wait' />}
        </div>
      </fieldset>
      <fieldset>
        <legend>To which subscriptions</legend>
        <div class='weather-fields'>
          <TextField state={state} name='user' label='User' placeholder='any' hint='gamertag or XUID' />
          <TextField state={state} name='resource' label='Resource' placeholder='any' hint='* stands for any characters' />
        </div>
      </fieldset>
      <ChanceFields state={state} every={what === 'refuse' ? 'subscription' : 'event'} />
    </>
  )
}
