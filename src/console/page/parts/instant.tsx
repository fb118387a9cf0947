import type { JSX } from 'preact'
import { showInstant, type InstantForm } from '../../text/shown-values.ts'

/** An instant in the reader's zone; what stood on the wire shows on hover. `time` null: a dash, or `none` in words. */
export function Instant ({ time, form = 'full', none = '–' }: { time: string | null | undefined, form?: InstantForm | undefined, none?: string | undefined }): JSX.Element {
  if (time === null || time === undefined) return <span class='instant soft'>{none}</span>
  return <time class='instant' dateTime={time} title={time}>{showInstant(time, form)}</time>
}
