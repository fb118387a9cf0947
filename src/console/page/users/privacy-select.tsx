import type { JSX } from 'preact'
import type { Privacy } from '../../../model/user.ts'
import { SEEN_BY_WORDS } from '../../text/user-words.ts'

/** A choice of who may see the achievements. @param empty what stands there while nothing is chosen. */
export function PrivacySelect ({ value, onChange, label, empty }: { value: Privacy | '', onChange: (privacy: Privacy) => void, label?: string | undefined, empty?: string | undefined }): JSX.Element {
  return (
    <select value={value} aria-label={label} onChange={(event) => { if (event.currentTarget.value !== '') onChange(event.currentTarget.value as Privacy) }}>
      {empty !== undefined && <option value=''>{empty}</option>}
      {Object.entries(SEEN_BY_WORDS).map(([privacy, words]) => <option key={privacy} value={privacy}>{words}</option>)}
    </select>
  )
}
