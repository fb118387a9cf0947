import type { JSX } from 'preact'
import { Field } from '../parts/field.tsx'

/** What Partner Center's documents do not say of a title, as it is typed. */
export interface TitleEntries {
  readonly titleId: string
  readonly serviceConfigId: string
  readonly name: string
  readonly sandbox: string
  readonly user: string
}

/** Asks what a title.json would say. */
export function TitleForm ({ entries, change }: { entries: TitleEntries, change: (entries: TitleEntries) => void }): JSX.Element {
  const field = (member: keyof TitleEntries, label: string, hint: string, isFirst = false): JSX.Element => (
    <Field label={label} hint={hint}><input value={entries[member]} onInput={(event) => { change({ ...entries, [member]: event.currentTarget.value }) }} spellcheck={false} autofocus={isFirst} /></Field>
  )
  return (
    <fieldset>
      <legend>What Partner Center's documents do not say</legend>
      <div class='world-fields'>
        {field('titleId', 'Title id', 'decimal, or hexadecimal with 0x before it', true)}
        {field('serviceConfigId', 'Service configuration (SCID)', 'on the page Xbox Settings')}
        {field('name', 'Name', 'Title and its id, unless given')}
        {field('sandbox', 'Sandbox', 'RETAIL, unless given')}
        {field('user', 'A user to play with', 'a gamertag; none, unless given')}
      </div>
    </fieldset>
  )
}
