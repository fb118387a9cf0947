import { Type, type TSchema } from '@sinclair/typebox'
import { string } from '../../http/answer-schema.ts'
import { IgdbCount, IgdbRecords } from '../../igdb/answers.ts'
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../igdb/record-query.ts'
import { RECORD_FIELD_NAMES, SORTABLE_FIELDS } from '../../model/igdb-record.ts'
import { BOSS_KILLER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { igdbRefusals } from '../refusals.ts'

const userKey = { 'user-key': string('One of the world\'s `userKeys`.') }
const withKey = { headers: { 'user-key': 'demo' } }

const FILTER_PARAMETERS: Readonly<Record<string, TSchema>> = {
  search: string('A part of the name, in any letter case.'),
  'filter[rank][gte]': string('One of many: `filter[field][operator]=value` with any field and its operators. All of them must hold.'),
  'filter[tags][any]': string('Another: a comma-delimited list of which the field has one.')
}

const LIST_PARAMETERS: Readonly<Record<string, TSchema>> = {
  fields: string(`What to tell of each record, comma-delimited: \`*\` or any of ${RECORD_FIELD_NAMES.join(', ')}. When absent: id.`),
  ...FILTER_PARAMETERS,
  order: string(`field, field:asc or field:desc, of ${SORTABLE_FIELDS.join(', ')}. When absent: id. What has no value comes last.`),
  limit: Type.Integer({ minimum: 1, maximum: MAX_LIMIT, description: `How many records a page holds: ${DEFAULT_LIMIT} when absent, ${MAX_LIMIT} where the path names records.` }),
  offset: Type.Integer({ minimum: 0, maximum: 2147483647, description: 'How many records to pass over.' }),
  scroll: string('1: tell in headers how many records there are, and where the next page is.')
}

const scrollHeaders = { 'X-Count': 'With scroll=1: how many records the whole list has.', 'X-Next-Page': 'With scroll=1, while something follows: the path of the next page, and of all that follow it.' }

const page = { description: 'A page of records.', body: IgdbRecords, headers: scrollHeaders }

const noKey = { summary: 'No key', status: 403, answer: { status: 403, message: 'The user-key header is missing; expected one of the world\'s userKeys.' } }

/** The operations of the IGDB routes. They only describe: igdb/ reads the requests. */
export const IGDB_OPERATIONS: OperationsByRoute = {
  'GET /achievements/': () => ({
    id: 'listRecords',
    summary: 'Lists records',
    description: 'Every achievement of the world, whatever sandbox its title is in.',
    query: LIST_PARAMETERS,
    headers: userKey,
    answers: { 200: page, ...igdbRefusals() },
    exchanges: {
      story: {
        ...withKey,
        summary: 'Two tags, by name',
        query: { fields: 'name,rank,owners,tags', 'filter[tags][any]': 'Story,Sailing', order: 'name:desc', limit: '2' },
        status: 200,
        answer: [
          { id: 2002, name: 'Tea with Maren', rank: 1, owners: 3, tags: ['Story'] },
          { id: 2003, name: 'Sea Legs', rank: 2, owners: 2, tags: ['Sailing'] }
        ]
      },
      limit: { ...withKey, summary: 'A page that is too long', query: { limit: '51' }, status: 400, answer: { status: 400, message: 'limit is "51"; expected an integer from 1 to 50.' } },
      noKey
    }
  }),

  'GET /achievements/{ids}': () => ({
    id: 'readRecords',
    summary: 'Reads records',
    description: 'Those of the ids that exist.',
    params: { ids: string('Comma-delimited ids.') },
    query: LIST_PARAMETERS,
    headers: userKey,
    answers: { 200: page, ...igdbRefusals() },
    exchanges: {
      documented: { ...withKey, summary: 'The documented one', params: { ids: '1234' }, query: { fields: '*' }, status: 200, answer: [BOSS_KILLER] },
      unknown: { ...withKey, summary: 'One that does not exist', params: { ids: '1' }, status: 200, answer: [] }
    }
  }),

  'GET /achievements/count': () => ({
    id: 'countRecords',
    summary: 'Counts records',
    query: FILTER_PARAMETERS,
    headers: userKey,
    answers: { 200: { description: 'Their number.', body: IgdbCount }, ...igdbRefusals() },
    exchanges: { ranked: { ...withKey, summary: 'Silver or better', query: { 'filter[rank][gte]': '2' }, status: 200, answer: { count: 2 } } }
  }),

  'GET /achievements/scroll/{cursor}': () => ({
    id: 'scrollRecords',
    summary: 'Reads the next page',
    description: 'Of a list that was asked for with `scroll=1`: each request the next one, within 3 minutes. After the last one there is an empty one.',
    params: { cursor: string('As `X-Next-Page` has it.') },
    headers: userKey,
    answers: { 200: page, ...igdbRefusals(404) },
    exchanges: {
      unknown: { ...withKey, summary: 'No such scroll', params: { cursor: 'x' }, status: 404, answer: { status: 404, message: 'There is no scroll "x", or it has ended: its next page has to be asked for within 3 minutes.' } }
    }
  })
}
