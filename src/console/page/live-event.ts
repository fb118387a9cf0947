import type { JournalEntry } from '../../control/journal/entry.ts'
import type { LocalChange, Change } from '../../model/change.ts'

/** What the stream of events tells: docs/control.md, "Events". */
export type LiveEvent = (Change | LocalChange | ({ readonly kind: 'request' } & JournalEntry)) & { readonly time: string }
