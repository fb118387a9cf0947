import type { JSX } from 'preact'
import { showNumber } from '../../text/shown-values.ts'

/** A number in the reader's locale, with its unit behind it: `<Count value={1240} unit='G' />`. */
export function Count ({ value, unit, title }: { value: number, unit?: string | undefined, title?: string | undefined }): JSX.Element {
  return <data class='count' value={String(value)} title={title}>{showNumber(value)}{unit === undefined ? '' : ` ${unit}`}</data>
}
