import { Type, type TSchema } from '@sinclair/typebox'
import { VERSION } from '../../base/version.ts'
import { FrameListSchema, JournalSchema, JournalSettingsSchema } from '../../control/answer-schemas.ts'
import { JournalSettingsBody } from '../../control/body-schemas.ts'
import { HarSchema } from '../../control/har-schema.ts'
import { FILTERS } from '../../control/journal/filter.ts'
import { FRAME_FILTERS } from '../../control/journal/frame-filter.ts'
import { string } from '../../http/answer-schema.ts'
import type { OperationsByRoute } from '../operation.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

/** The members of a filter as parameters: text, and `none` where a member takes null. */
export const JOURNAL_FILTERS: Readonly<Record<string, TSchema>> = Object.fromEntries(Object.entries(FILTERS).map(([name, { description = '', anyOf }]) =>
  [name, string(`${name === 'body' ? 'JSON. ' : ''}${description}${anyOf === undefined ? '' : ' `none`: it has none.'}`)]))

const { matched: _fixed, ...otherFilters } = JOURNAL_FILTERS

const waiting = {
  wait: Type.Number({ minimum: 0, maximum: 60, description: 'Answer once something matches, or after so many seconds of real time, with what matches then: perhaps nothing. At most nine times --request-timeout.' }),
  count: Type.Integer({ minimum: 1, description: 'With wait: how many have to match; 1 when absent.' })
}

const NOTHING = { requests: [], newest: 0 }

/** The operations on the journal. */
export const JOURNAL_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/requests': (dialect) => ({
    id: 'listRequests',
    summary: 'Lists what was asked, or waits for it',
    description: 'The last requests (--journal), but for those of the emulator\'s own paths. A request is there once it is answered.',
    query: { ...JOURNAL_FILTERS, ...waiting },
    answers: { 200: { description: 'Those that match all that is given.', body: JournalSchema }, ...controlRefusals(dialect) },
    exchanges: { unauthorized: { summary: 'Those refused with 401', query: { status: '401' }, status: 200, answer: NOTHING } }
  }),

  'GET /_emulator/requests/unmatched': (dialect) => ({
    id: 'listUnmatchedRequests',
    summary: 'Lists what no route knew, or waits for it',
    query: { ...otherFilters, ...waiting },
    answers: { 200: { description: 'Those that match all that is given.', body: JournalSchema }, ...controlRefusals(dialect) },
    exchanges: { posted: { summary: 'Those with POST', query: { method: 'POST' }, status: 200, answer: NOTHING } }
  }),

  'GET /_emulator/requests/frames': (dialect) => ({
    id: 'listFrames',
    summary: 'Lists what was said on WebSockets',
    description: 'The last frames (as many as --journal says), in both directions. The connection that has the most loses its oldest one first.',
    query: FRAME_FILTERS,
    answers: { 200: { description: 'Those that match all that is given.', body: FrameListSchema }, ...controlRefusals(dialect) },
    exchanges: { events: { summary: 'The events that were sent', query: { direction: 'out', text: '[3,*' }, status: 200, answer: { frames: [], newest: 0 } } }
  }),

  'GET /_emulator/requests.har': (dialect) => ({
    id: 'exportRequests',
    summary: 'Exports what was asked as a HAR',
    description: 'HAR 1.2, which browsers and proxies open; with what was answered if that is kept (--journal-answers).',
    query: JOURNAL_FILTERS,
    answers: { 200: { description: 'Those that match all that is given.', body: HarSchema, headers: { 'Content-Disposition': 'A name for the file.' } }, ...controlRefusals(dialect) },
    exchanges: {
      unauthorized: {
        summary: 'Those refused with 401',
        query: { status: '401' },
        status: 200,
        answer: { log: { version: '1.2', creator: { name: 'xbl-achievements-emulator', version: VERSION }, entries: [] } }
      }
    }
  }),

  'GET /_emulator/requests/settings': (dialect) => ({
    id: 'getJournalSettings',
    summary: 'Tells what the journal keeps',
    answers: { 200: { description: 'What it keeps.', body: JournalSettingsSchema }, ...controlRefusals(dialect) },
    exchanges: { demo: { summary: 'Requests without what was answered', status: 200, answer: { answers: false, size: 1000 } } }
  }),

  'PUT /_emulator/requests/settings': (dialect) => ({
    id: 'putJournalSettings',
    summary: 'Keeps answers, or does so no longer',
    description: 'From now on: --journal-answers while the emulator runs. What is kept stays. A reset with everything goes back to the option.',
    body: { ...JournalSettingsBody, title: 'JournalSettingsRequest' },
    answers: { 200: { description: 'What it keeps now.', body: JournalSettingsSchema }, ...changeRefusals(dialect) },
    exchanges: { answers: { summary: 'Also what is answered', body: { answers: true }, status: 200, answer: { answers: true, size: 1000 } } }
  }),

  'DELETE /_emulator/requests': (dialect) => ({
    id: 'clearRequests',
    summary: 'Empties the journal',
    answers: { 204: { description: 'It is empty.' }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Every entry', status: 204 } }
  })
}
