import type { ComponentChildren, JSX } from 'preact'

/** A label with its field: `<Field label='Gamertag'><input … /></Field>`. `hint` stands below, `error` in its place says what is wrong. */
export function Field ({ label, hint, error, inline = false, children }: {
  label: string, hint?: ComponentChildren, error?: string | undefined, inline?: boolean | undefined, children: ComponentChildren
}): JSX.Element {
  return (
    <label class={`field ${inline ? 'inline' : ''}`}>
      <span class='field-label'>{label}</span>
      {children}
      {error !== undefined
        ? <small class='field-error' role='alert'>{error}</small>
        : hint !== undefined && <small class='field-hint'>{hint}</small>}
    </label>
  )
}
