import type { ComponentChildren, JSX } from 'preact'
import { Field } from '../parts/field.tsx'
import type { FormErrors } from '../../text/fault-form.ts'

/** A form of texts, as its fields see it. */
export interface FormState<Form> {
  readonly form: Form
  readonly errors: FormErrors
  readonly set: (change: Partial<Form>) => void
}

/** The members of a form that are texts. */
type TextMember<Form> = { [Name in keyof Form]: Form[Name] extends string ? Name : never }[keyof Form] & string

interface TextFieldProps<Form> {
  readonly state: FormState<Form>
  readonly name: TextMember<Form>
  readonly label: string
  readonly hint?: ComponentChildren
  readonly placeholder?: string | undefined
  /** The id of a datalist. */
  readonly list?: string | undefined
  /** More than one line. */
  readonly rows?: number | undefined
  readonly autofocus?: boolean | undefined
}

/** A field of a form, with what is wrong with it. */
export function TextField<Form> ({ state: { form, errors, set }, name, label, hint, placeholder, list, rows, autofocus = false }: TextFieldProps<Form>): JSX.Element {
  const error = errors[name]
  const shared = {
    value: form[name] as string,
    placeholder,
    'aria-invalid': error !== undefined,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => { set({ [name]: currentTarget.value } as unknown as Partial<Form>) }
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {rows === undefined ? <input type='text' autocomplete='off' spellcheck={false} list={list} autofocus={autofocus} {...shared} /> : <textarea rows={rows} spellcheck={false} {...shared} />}
    </Field>
  )
}

/** A choice of a form. */
export function ChoiceField<Form> ({ state: { form, errors, set }, name, label, hint, choices }: {
  state: FormState<Form>, name: TextMember<Form>, label: string, hint?: ComponentChildren, choices: ReadonlyArray<readonly [value: string, words: string]>
}): JSX.Element {
  return (
    <Field label={label} hint={hint} error={errors[name]}>
      <select value={form[name] as string} aria-invalid={errors[name] !== undefined} onChange={(event) => { set({ [name]: event.currentTarget.value } as unknown as Partial<Form>) }}>
        {choices.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
      </select>
    </Field>
  )
}
