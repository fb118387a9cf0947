import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { SIGN_IN_ERRORS } from '../../text/user-words.ts'
import { Field } from '../parts/field.tsx'

const OTHER = 'other'

/** A choice of the number with which signing in is refused: a known one by its words, or any other. Empty: it is not. */
export function SignInErrorField ({ value, onChange }: { value: string, onChange: (value: string) => void }): JSX.Element {
  const isKnown = value === '' || SIGN_IN_ERRORS.some(({ code }) => String(code) === value)
  const [isOther, setOther] = useState(!isKnown)
  const choose = (chosen: string): void => {
    setOther(chosen === OTHER)
    if (chosen !== OTHER) onChange(chosen)
  }
  return (
    <>
      <Field label='Signing in' hint='The XErr that a sign-in of this user is refused with.'>
        <select value={isOther ? OTHER : value} onChange={(event) => { choose(event.currentTarget.value) }}>
          <option value=''>works</option>
          {SIGN_IN_ERRORS.map(({ code, words }) => <option key={code} value={String(code)}>{code}: {words}</option>)}
          <option value={OTHER}>another number …</option>
        </select>
      </Field>
      {isOther && <Field label='XErr'><input class='mono' inputMode='numeric' value={value} onInput={(event) => { onChange(event.currentTarget.value) }} /></Field>}
    </>
  )
}
