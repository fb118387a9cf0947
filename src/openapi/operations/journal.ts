import { JournalSchema } from '../../control/answer-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import type { OperationsByRoute } from '../operation.ts'
import { xuidParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const filters = {
  method: string('An HTTP method.'),
  path: string('The beginning of a path.'),
  status: string('The status of the answer.'),
  xuid: { ...xuidParameter, description: 'The XUID of the caller.' }
}

/** The operations on the journal. */
export const JOURNAL_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/requests': (dialect) => ({
    id: 'listRequests',
    summary: 'Lists what was asked',
    description: 'The last requests (--journal), but for those of the emulator\'s own paths.',
    query: filters,
    answers: { 200: { description: 'Those that match all that is given.', body: JournalSchema }, ...controlRefusals(dialect) },
    exchanges: { unauthorized: { summary: 'Those refused with 401', query: { status: '401' }, status: 200, answer: { requests: [] } } }
  }),

  'GET /_emulator/requests/unmatched': (dialect) => ({
    id: 'listUnmatchedRequests',
    summary: 'Lists what no route knew',
    query: filters,
    answers: { 200: { description: 'Those that match all that is given.', body: JournalSchema }, ...controlRefusals(dialect) },
    exchanges: { posted: { summary: 'Those with POST', query: { method: 'POST' }, status: 200, answer: { requests: [] } } }
  }),

  'DELETE /_emulator/requests': (dialect) => ({
    id: 'clearRequests',
    summary: 'Empties the journal',
    answers: { 204: { description: 'It is empty.' }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Every entry', status: 204 } }
  })
}
