import type { JSX } from 'preact'
import type { RealTimeFault, RealTimeFaultSpec } from '../../../http/real-time-fault.ts'
import { REAL_TIME_PRESETS } from '../../text/fault-presets.ts'
import { describeRealTimeFault, REFUSAL_WORDS } from '../../text/fault-words.ts'
import { readRealTimeFaultForm, writeRealTimeFaultForm, type RealTimeFaultForm } from '../../text/real-time-fault-form.ts'
import { Dialog } from '../parts/dialog.tsx'
import { editOf } from './fault-dialog.tsx'
import { ChoiceField, TextField } from './form-fields.tsx'
import { ChanceFields, DialogButtons, Presets } from './shared-fields.tsx'
import { useFaultForm } from './use-fault-form.ts'
import { addFault, changeFault } from './weather-actions.ts'

const RTA_PATH = '/_emulator/rta/faults'
const WHATS: ReadonlyArray<readonly [string, string]> = [['refuse', 'A subscription is refused'], ['drop', 'An event is lost'], ['delay', 'An event is late']]
const CODES: ReadonlyArray<readonly [string, string]> = Object.entries(REFUSAL_WORDS).map(([code, words]) => [code, `${code} ${words}`] as const)

/** A new fault of real-time activity, or one that is changed. */
export function RealTimeFaultDialog ({ given, fault, onClose }: { given: Partial<RealTimeFaultSpec>, fault?: RealTimeFault | undefined, onClose: () => void }): JSX.Element {
  const state = useFaultForm<RealTimeFaultForm, RealTimeFaultSpec>(writeRealTimeFaultForm(given), {
    read: readRealTimeFaultForm,
    send: async (spec) => {
      if (fault === undefined) await addFault(RTA_PATH, spec, (added) => describeRealTimeFault(added as RealTimeFault))
      else await changeFault(RTA_PATH, fault, { change: editOf(fault, spec), restored: ['happened'], text: `Changed: ${describeRealTimeFault(spec)}` })
      onClose()
    }
  })
  const { form, set } = state
  const preview = readRealTimeFaultForm(form)
  return (
    <Dialog title={fault === undefined ? 'New fault of real-time activity' : `Fault ${fault.id} of real-time activity`} wide onClose={onClose} actions={<DialogButtons state={state} isNew={fault === undefined} onClose={onClose} />}>
      <form class='weather-form' onSubmit={(event) => { event.preventDefault(); state.submit().catch(() => {}) }}>
        {fault === undefined && <Presets presets={REAL_TIME_PRESETS} isEmpty={Object.keys(given).length === 0} onChoose={(preset) => { set(writeRealTimeFaultForm(preset)) }} />}
        <p class='weather-sentence' role='status'>{'errors' in preview ? '…' : describeRealTimeFault({ ...preview.spec, xuid: preview.user || null })}</p>
        {state.errors[''] !== undefined && <p class='field-error' role='alert'>{state.errors['']}</p>}
        <fieldset>
          <legend>What happens</legend>
          <div class='weather-fields'>
            <ChoiceField state={state} name='what' label='What' choices={WHATS} />
            {form.what === 'refuse' && <ChoiceField state={state} name='code' label='Code' choices={CODES} />}
            {form.what === 'delay' && <TextField state={state} name='delay' label='How late' placeholder='3 s, 500 ms' hint='those after it wait' />}
          </div>
        </fieldset>
        <fieldset>
          <legend>To which subscriptions</legend>
          <div class='weather-fields'>
            <TextField state={state} name='user' label='User' placeholder='any' hint='gamertag or XUID' />
            <TextField state={state} name='resource' label='Resource' placeholder='any' hint='* stands for any characters' />
          </div>
        </fieldset>
        <ChanceFields state={state} every={form.what === 'refuse' ? 'subscription' : 'event'} />
        <input type='submit' hidden />
      </form>
    </Dialog>
  )
}
