import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { shorten } from '../../base/shown-text.ts'
import { UserError } from '../../base/user-error.ts'
import { formatValue } from '../../base/validation.ts'
import { toEntry } from './entry.ts'
import { demandsOf, type JournalFilter } from './filter.ts'
import type { Journal } from './journal.ts'

/** How many requests are compared before other work may run. */
const COMPARED_AT_ONCE = 200
/** How many requests the message of a wait that was in vain names. */
const MOST_NEAREST = 3
/** How many characters of a path or refusal it shows: either may be as long as the headers of a request. */
const LONGEST_NAMED = 200

/** No request came for which a program has waited; the message says which came instead. */
export class WaitError extends UserError {
  override name = 'WaitError'
}

interface WaitOptions {
  /** How many entries have to match at a time. */
  readonly count: number
  readonly signal: AbortSignal
}

/**
 * Waits until so many entries of a journal match a filter, those that are there already included.
 *
 * @returns the id of the first of them.
 * @throws {Error} an AbortError once the signal is aborted.
 */
export async function waitForEntries (journal: Journal, { last: _all, ...filter }: JournalFilter, { count, signal }: WaitOptions): Promise<number> {
  let seen = filter.after ?? 0
  let found: number[] = []
  signal.throwIfAborted()
  for (;;) {
    if (journal.newest() <= seen) await once(journal.events, 'add', { signal })
    // In one turn of the event loop, so that nothing is recorded in between.
    const entries = journal.iterate({ ...filter, after: seen })
    seen = Math.max(seen, journal.newest())
    let compared = 0
    for (const entry of entries) {
      if (entry !== undefined) found.push(entry.id)
      if (++compared % COMPARED_AT_ONCE === 0) await setImmediate(undefined, { signal })
    }
    // Those that have left the journal do not count: it was emptied, or others took their place.
    found = found.filter((id) => id >= journal.oldest())
    if (found.length >= count) return found[0] as number
  }
}

/** Says that nothing matched a filter, and which requests came nearest to it: those that fail in the fewest of its members. */
export function describeNearest (journal: Journal, filter: JournalFilter): string {
  const demands = demandsOf(filter)
  const others = journal.after(filter.after ?? 0).map((recorded) => ({
    recorded, failed: demands.filter(([, holds]) => !holds(recorded.request)).map(([name]) => name)
  }))
  const nearest = others
    .toSorted((one, other) => one.failed.length - other.failed.length || other.recorded.id - one.recorded.id)
    .slice(0, MOST_NEAREST)
  const lines = nearest.map(({ recorded, failed }) => {
    const { id, method, path, status, refusal } = toEntry(recorded, String)
    return `\n  #${id} ${method} ${shorten(path, LONGEST_NAMED)} ${status ?? 'not answered'}, other than the filter in ${failed.join(', ')}${refusal === null ? '' : ` (${shorten(refusal, LONGEST_NAMED)})`}`
  })
  const came = others.length > MOST_NEAREST ? `${others.length} came, the nearest:` : others.length === 0 ? 'none came.' : `${others.length} came:`
  return `no request matches ${formatValue(filter)}; ${came}${lines.join('')}`
}
