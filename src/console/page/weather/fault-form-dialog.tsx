import type { ComponentChildren, JSX } from 'preact'
import type { ReadForm } from '../../text/fault-form.ts'
import type { Preset } from '../../text/fault-presets.ts'
import { Dialog } from '../parts/dialog.tsx'
import { DialogButtons, Presets } from './shared-fields.tsx'
import { useFaultForm, type FaultFormState } from './use-fault-form.ts'
import { addFault, changeFault, type AnyFault, type FaultsPath } from './weather-actions.ts'

/** The faults of requests, or those of real-time activity: where they are, and how one is written, read and said. */
export interface FaultKind<Form, Spec> {
  readonly path: FaultsPath
  /** What follows the word "fault" in the title: ` of real-time activity`. */
  readonly of: string
  readonly presets: ReadonlyArray<Preset<Spec>>
  readonly write: (fault: Partial<Spec>) => Form
  readonly read: (form: Form) => ReadForm<Spec>
  readonly describe: (fault: Partial<Spec>) => string
}

/** What the dialog of a kind is given. */
export interface FaultDialogProps<Spec, Shown> {
  /** What the form begins with. */
  readonly given: Partial<Spec>
  /** The fault that is changed; undefined: a new one. */
  readonly fault?: Shown | undefined
  readonly onClose: () => void
}

/** The dialog of a new fault, or of one that is changed. @param children the fields of its kind. */
export function FaultFormDialog<Form, Spec extends object> ({ kind: { path, of, presets, write, read, describe }, given, fault, onClose, children }: FaultDialogProps<Spec, AnyFault> & {
  readonly kind: FaultKind<Form, Spec>, readonly children: (state: FaultFormState<Form>) => ComponentChildren
}): JSX.Element {
  const state = useFaultForm<Form, Spec>(write(given), {
    read,
    send: async (spec) => {
      if (fault === undefined) await addFault(path, spec, describe)
      else await changeFault(path, fault, { change: editOf(fault, spec), restored: ['happened'], text: `Changed: ${describe(spec)}` })
      onClose()
    }
  })
  const preview = read(state.form)
  return (
    <Dialog title={fault === undefined ? `New fault${of}` : `Fault ${fault.id}${of}`} wide onClose={onClose} actions={<DialogButtons state={state} isNew={fault === undefined} onClose={onClose} />}>
      <form class='weather-form' onSubmit={(event) => { event.preventDefault(); state.submit().catch(() => {}) }}>
        {fault === undefined && <Presets presets={presets} isEmpty={Object.keys(given).length === 0} onChoose={(preset) => { state.set(write(preset)) }} />}
        <p class='weather-sentence' role='status'>{'errors' in preview ? '…' : describe({ ...preview.spec, xuid: preview.user || null })}</p>
        {state.errors[''] !== undefined && <p class='field-error' role='alert'>{state.errors['']}</p>}
        {children(state)}
        <input type='submit' hidden />
      </form>
    </Dialog>
  )
}

/** What a change sends. The seed is sent when it is another one alone: chance begins anew with it. */
function editOf ({ seed }: { readonly seed: number }, spec: object & { readonly seed?: number | null }): object {
  const { seed: wanted, ...change } = spec
  return { ...change, ...wanted !== seed && { seed: wanted } }
}
