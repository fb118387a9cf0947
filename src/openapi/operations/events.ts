import { Type } from '@sinclair/typebox'
import { EVENT_KINDS } from '../../control/events/filter.ts'
import { EVENT_SCHEMAS } from '../../control/events/schema.ts'
import { string } from '../../http/answer-schema.ts'
import type { OperationsByRoute } from '../operation.ts'
import { controlRefusals } from '../refusals.ts'
import { JOURNAL_FILTERS } from './journal.ts'

const EventData = Type.Union(Object.values(EVENT_SCHEMAS), {
  title: 'EventData', description: 'The `data` of an event, which is one line of JSON. Its `event` is the kind; that of a JournalEntry is `request`, that of a FrameEntry `frame`.'
})

const { before: _none, ...ofWhatComes } = JOURNAL_FILTERS

const lastEventId = string('The id of the last event that the client has: what came after it follows.')

/** What happens, as it happens. */
export const EVENT_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/events': (dialect) => ({
    id: 'followEvents',
    summary: 'Follows what happens',
    description: 'Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), without an end: what changes, and what is asked. Filters of the journal choose requests; `xuid` chooses both. `after` and `last` are sent first, of the requests that are there already.',
    query: {
      kinds: string(`Which kinds, delimited by commas, of ${EVENT_KINDS.join(', ')}; all when absent. \`missed\` is always sent.`),
      ...ofWhatComes,
      xuid: string('The user whom it is about, and of a request its caller. What is about no user is sent all the same. `none`: it names none.'),
      lastEventId
    },
    headers: { 'Last-Event-ID': lastEventId },
    answers: {
      200: { description: 'Events, and comments that only keep the connection alive.', body: EventData, type: 'text/event-stream' },
      ...controlRefusals(dialect)
    }
  })
}
