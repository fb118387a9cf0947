import type { JSX } from 'preact'
import type { FaultForm } from '../../text/fault-form.ts'
import type { Preset } from '../../text/fault-presets.ts'
import { Button } from '../parts/button.tsx'
import { TextField, type FormState } from './form-fields.tsx'
import type { FaultFormState } from './use-fault-form.ts'

type ChanceForm = Pick<FaultForm, 'times' | 'probability' | 'seed' | 'enabled'>

/** How often and how likely. */
export function ChanceFields<Form extends ChanceForm> ({ state, every }: { state: FormState<Form>, every: string }): JSX.Element {
  // The members of the form that are meant here have the same names in each form.
  const chance = state as unknown as FormState<ChanceForm>
  return (
    <fieldset>
      <legend>How often</legend>
      <div class='weather-fields'>
        <TextField state={chance} name='times' label='Times' placeholder={`every ${every}`} />
        <TextField state={chance} name='probability' label='Percent' placeholder='100' hint={`of the ${every}s that match`} />
        <TextField state={chance} name='seed' label='Seed' placeholder='a fresh one' hint='the same seed, the same sequence' />
        <label class='weather-check'><input type='checkbox' checked={chance.form.enabled} onChange={(event) => { chance.set({ enabled: event.currentTarget.checked }) }} /> Switched on</label>
      </div>
    </fieldset>
  )
}

/** What one often wants, by a click; by a key, too, where the form `isEmpty` and a preset takes the place of nothing. */
export function Presets<Spec> ({ presets, isEmpty, onChoose }: { presets: ReadonlyArray<Preset<Spec>>, isEmpty: boolean, onChoose: (fault: Partial<Spec>) => void }): JSX.Element {
  return (
    <div class='weather-presets' role='group' aria-label='Begin with'>
      {presets.map(({ name, hint, fault }, index) => <Button key={name} title={hint} autofocus={isEmpty && index === 0} onClick={() => { onChoose(fault) }}>{name}</Button>)}
    </div>
  )
}

/** The buttons of a form's dialog. */
export function DialogButtons<Form> ({ state, isNew, onClose }: { state: FaultFormState<Form>, isNew: boolean, onClose: () => void }): JSX.Element {
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind='primary' disabled={state.isBusy} onClick={() => { state.submit().catch(() => {}) }}>{isNew ? 'Let it happen' : 'Save'}</Button>
    </>
  )
}
