import { readInstant } from '../base/instant.ts'
import { readUnsigned64 } from '../base/integers.ts'
import type { ListPosition } from '../model/list.ts'
import type { UnlockPosition } from '../model/user-titles.ts'
import { readRow } from './page.ts'

/** Places in lists, as `next` and `after` have them: their parts, with a bar between them. */

export const writeListPosition = ({ snapshot, key, row }: ListPosition): string => [snapshot, key ?? '', row].join('|')

/** A place in a list of achievements; undefined for what is none. */
export function readListPosition (text: string): ListPosition | undefined {
  const [snapshot = '', key = '', row = '', ...others] = text.split('|')
  const position = { snapshot: readPlaceKey(snapshot), key: key === '' ? null : readPlaceKey(key), row: readRow(row) }
  if (position.snapshot === undefined || position.key === undefined || position.row === undefined || others.length > 0) return undefined
  return position as ListPosition
}

export const writeUnlockPosition = ({ time, row }: UnlockPosition): string => `${time}|${row}`

/** A place in a list of unlocks; undefined for what is none. */
export function readUnlockPosition (text: string): UnlockPosition | undefined {
  const [time = '', row = '', ...others] = text.split('|')
  const position = { time: readInstant(time), row: readRow(row) }
  return position.time === undefined || position.row === undefined || others.length > 0 ? undefined : position as UnlockPosition
}

/** An instant or a number; undefined for what is neither. */
const readPlaceKey = (text: string): string | number | undefined => readUnsigned64(text) === undefined ? readInstant(text) : readRow(text)
