import { invalidRequest } from '../../model/refusals.ts'
import type { Journal } from './journal.ts'

/** What the journal keeps. */
export interface JournalSettings {
  /** True: what is answered, too. */
  readonly answers: boolean
  /** How many requests it keeps at most, and how many frames. */
  readonly size: number
}

export const describeSettings = ({ keepsAnswers, size }: Pick<Journal, 'keepsAnswers' | 'size'>): JournalSettings => ({ answers: keepsAnswers(), size })

/**
 * Keeps what is answered from now on, or does so no longer.
 *
 * @throws 400 when the journal keeps nothing at all.
 */
export function changeSettings (journal: Journal, { answers }: Pick<JournalSettings, 'answers'>): void {
  if (answers && journal.size === 0) throw invalidRequest('The journal keeps no request (--journal 0), so it has no place for answers.')
  journal.keepAnswers(answers)
}
