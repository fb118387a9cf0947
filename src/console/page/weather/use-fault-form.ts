import { useState } from 'preact/hooks'
import type { FormErrors, ReadForm } from '../../text/fault-form.ts'
import { fieldOfRefusal } from '../../text/fault-form.ts'
import { findXuid } from '../gamertags.ts'
import type { FormState } from './form-fields.tsx'

/** A form that is being filled in, and how it is sent. */
export interface FaultFormState<Form> extends FormState<Form> {
  /** True while it is sent. */
  readonly isBusy: boolean
  /** Reads it and sends the fault; shows at its field what is wrong. */
  readonly submit: () => Promise<void>
}

/** A form for a fault. @param send sends what was read; then the form is done. */
export function useFaultForm<Form, Spec extends object> (first: Form, { read, send }: { readonly read: (form: Form) => ReadForm<Spec>, readonly send: (spec: Partial<Spec> & { readonly xuid: string | null }) => Promise<void> }): FaultFormState<Form> {
  const [form, setForm] = useState(first)
  const [errors, setErrors] = useState<FormErrors>({})
  const [isBusy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    const result = read(form)
    if ('errors' in result) return setErrors(result.errors)
    setBusy(true)
    try {
      const xuid = await findXuid(result.user).catch((error: Error) => { throw Object.assign(error, { field: 'user' }) })
      await send({ ...result.spec, xuid })
    } catch (error) {
      const { message, field = fieldOfRefusal(message) } = error as Error & { field?: string }
      setErrors({ [field]: message })
    } finally {
      setBusy(false)
    }
  }
  return { form, errors, isBusy, submit, set: (change) => { setForm((before) => ({ ...before, ...change })); setErrors({}) } }
}
