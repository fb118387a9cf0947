import { TitleList } from '../../control/answer-schemas.ts'
import { string, titleId } from '../../http/answer-schema.ts'
import { WorldTitle } from '../../world/schema.ts'
import { refusalByStatus } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter } from '../parameters.ts'
import { controlRefusals } from '../refusals.ts'

/** The operations on titles. */
export const TITLE_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/titles': (dialect) => ({
    id: 'listTitles',
    summary: 'Lists the titles',
    query: { limit: limitParameter, after: string('`next` of the page before: a title id.') },
    answers: { 200: { description: 'A page of them.', body: TitleList }, ...controlRefusals(dialect) },
    exchanges: {
      first: {
        summary: 'The first',
        query: { limit: '1' },
        status: 200,
        answer: {
          titles: [{
            titleId: 1297290392, name: 'Turbo Haymaker', serviceConfigId: '2f9a60d8-41b7-4c35-9d0e-e8723fb51a96', generation: 'xbox360', achievementSystem: null, sandboxes: ['RETAIL'], achievementCount: 14, gamerscore: 1000
          }],
          next: 1297290392
        }
      }
    }
  }),

  'GET /_emulator/titles/{titleId}': (dialect) => ({
    id: 'getTitle',
    summary: 'Shows a title with its achievements',
    params: { titleId },
    answers: { 200: { description: 'The title, as a world has it.', body: { ...WorldTitle, title: 'WorldTitle' } }, ...controlRefusals(dialect, 404) },
    exchanges: {
      unknown: { summary: 'None', params: { titleId: '1' }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no title 1.') }
    }
  })
}
