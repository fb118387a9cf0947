import t from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { buildView, FIELD_LIST, refusal, WORLD } from './ask.ts'

const LIMIT = 'an integer from 1 to 50'
const OFFSET = 'an integer from 0 to 2147483647'
const SORTABLE = 'id, name, category, created_at, updated_at, game, rank, external_id, description, owners, owners_percentage, language'
const ORDER = `a field, or field:asc or field:desc, of ${SORTABLE}`
const FIELDS = `*, or fields of ${FIELD_LIST}`
const NUMBERS = 'eq, not_eq, gt, gte, lt, lte, exists, not_exists, in, not_in, any'
const STRINGS = 'eq, not_eq, prefix, exists, not_exists, in, not_in, any'
const TIME = 'milliseconds since 1970, or a date, e.g. 2018-06-20'
const NOTHING = 'no value, 1 or true'
const huge = 'x'.repeat(10_000)
const shortened = `"${'x'.repeat(78)}…`

const one = (parameter: string, shown: string, expected: string): string => `${parameter} is ${shown}; expected ${expected}.`
const field = (shown: string): string => `A filter has the field ${shown}; expected one of ${FIELD_LIST}.`
const operator = (of: string, shown: string, expected: string): string => `The filter of ${of} has the operator ${shown}; expected one of ${expected}.`
const value = (of: string, shown: string, expected: string): string => `The filter of ${of} has the value ${shown}; expected ${expected}.`
const noFilter = (shown: string): string => `${shown} is no filter; expected filter[field][operator].`

/** Queries, each with the message of its refusal. */
const HOSTILE: ReadonlyArray<[query: string, message: string]> = [
  ...([['0', '0'], ['51', '51'], ['x', 'x'], ['', ''], ['-1', '-1'], ['1.0', '1.0'], ['1e1', '1e1'], ['0x10', '0x10'], ['%205', ' 5'], ['+5', ' 5'], ['%2B5', '+5'], ['5%00', '5\u0000'], ['%2535', '%35'], ['%D9%A3', '٣'], ['5,5', '5,5'],
    ['99999999999999999999', '99999999999999999999'], ['NaN', 'NaN'], ['__proto__', '__proto__']] as const).map(([text, shown]): [string, string] => [`limit=${text}`, one('limit', JSON.stringify(shown), LIMIT)]),
  ['limit', one('limit', '""', LIMIT)],
  ['limit=1&limit=1', 'limit was given 2 times; expected once.'],
  [`limit=${huge}`, one('limit', shortened, LIMIT)],
  ...['-1', '2147483648', 'x', '', '1.5'].map((text): [string, string] => [`offset=${text}`, one('offset', JSON.stringify(text), OFFSET)]),
  ['offset=0&offset=0', 'offset was given 2 times; expected once.'],
  ...['nope', '', ':', ':desc', 'name:up', 'name:', 'name:desc:min', 'name:DESC', 'Name', 'tags', 'icon', 'icon.url', '*', '__proto__', 'constructor:asc', 'name; DROP TABLE igdb_record', 'name,rank', 'r.id', '1'].map((text): [string, string] =>
    [`order=${encodeURIComponent(text)}`, one('order', JSON.stringify(text), ORDER)]),
  ['order=name&order=rank', 'order was given 2 times; expected once.'],
  ['order=%00', one('order', '"\\u0000"', ORDER)],
  ...['nope', '', 'Name', '__proto__', 'toString', 'icon.url', 'given', 'achievement', '**', ' name', "name' OR 1=1--"].map((text): [string, string] => [`fields=${encodeURIComponent(text)}`, one('fields', JSON.stringify(text), FIELDS)]),
  ['fields=name,', one('fields', '""', FIELDS)],
  ['fields=name,nope,x', one('fields', '"nope"', FIELDS)],
  ['fields=*&fields=x', one('fields', '"x"', FIELDS)],
  [`fields=${huge}`, one('fields', shortened, FIELDS)],
  ['fields=n%C3%A4me', one('fields', '"näme"', FIELDS)],
  ['search=', one('search', '""', 'a part of a name')],
  ['search=a&search=b', 'search was given 2 times; expected once.'],
  ...['', '2', 'true', 'yes', '01'].map((text): [string, string] => [`scroll=${text}`, one('scroll', JSON.stringify(text), '"1" or "0"')]),

  ['filter=1', noFilter('"filter"')],
  ['filters=1', noFilter('"filters"')],
  ['filter[rank]=3', noFilter('"filter[rank]"')],
  ['filter[rank][eq', noFilter('"filter[rank][eq"')],
  ['filter[rank][eq][x]=3', noFilter('"filter[rank][eq][x]"')],
  ['filter%255Brank%255D%255Beq%255D=3', noFilter('"filter%5Brank%5D%5Beq%5D"')],
  ['filter[[rank]][eq]=3', noFilter('"filter[[rank]][eq]"')],
  ['filter[][]=3', field('""')],
  ['filter[nope][eq]=3', field('"nope"')],
  ['filter[Rank][eq]=3', field('"Rank"')],
  ['filter[icon.url][exists]', field('"icon.url"')],
  ['filter[__proto__][eq]=3', field('"__proto__"')],
  ['filter[constructor][exists]', field('"constructor"')],
  ['filter[r.id][eq]=1', field('"r.id"')],
  ['filter[1)%20OR%20(1%3D1][eq]=3', field('"1) OR (1=1"')],
  [`filter[${huge}][eq]=1`, field(shortened)],
  ['filter[%00][eq]=1', field('"\\u0000"')],
  ['filter[rank][]=3', operator('rank', '""', NUMBERS)],
  ['filter[rank][like]=3', operator('rank', '"like"', NUMBERS)],
  ['filter[rank][EQ]=3', operator('rank', '"EQ"', NUMBERS)],
  ['filter[rank][prefix]=3', operator('rank', '"prefix"', NUMBERS)],
  ['filter[rank][__proto__]=3', operator('rank', '"__proto__"', NUMBERS)],
  ['filter[created_at][prefix]=2', operator('created_at', '"prefix"', NUMBERS)],
  ['filter[name][gt]=a', operator('name', '"gt"', STRINGS)],
  ['filter[tags][lte]=a', operator('tags', '"lte"', STRINGS)],
  ['filter[icon][eq]=a', operator('icon', '"eq"', 'exists, not_exists')],
  ...['x', '', ' 3', '3,4', '1e3', '0x3', '--3', '3.', '.5', 'NaN', 'null', '٣', '123456789012345678901', '2018-06-20'].map((text): [string, string] => [`filter[rank][eq]=${encodeURIComponent(text)}`, value('rank', JSON.stringify(text), 'a number')]),
  ['filter[rank][in]=', value('rank', '""', 'a number')],
  ['filter[rank][in]=1,,3', value('rank', '""', 'a number')],
  ['filter[owners][any]=1,x', value('owners', '"x"', 'a number')],
  ['filter[rank][eq]=3%00', value('rank', '"3\\u0000"', 'a number')],
  [`filter[rank][eq]=${huge}`, value('rank', shortened, 'a number')],
  ...['yesterday', '2018-02-30', '2018-6-20', '20180620Z', '0000-01-01', ''].map((text): [string, string] => [`filter[created_at][gt]=${text}`, value('created_at', JSON.stringify(text), TIME)]),
  ...['0', 'false', 'x'].map((text): [string, string] => [`filter[rank][exists]=${text}`, value('rank', JSON.stringify(text), NOTHING)]),
  ['filter[name][not_exists]=no', value('name', '"no"', NOTHING)],
  ['filter[rank][eq]=3&filter[nope][eq]=1', field('"nope"')],
  [`filter[id][in]=${'1,'.repeat(500)}1`, 'The filters have 501 values; expected 500 at most.'],
  ['filter[id][exists]&'.repeat(33), 'There are 33 filters; expected 32 at most.'],
  [Array.from({ length: 40 }, (_none, index) => `filter[${['id', 'tags', 'nope'][index % 3]}][eq]=1`).join('&'), 'There are 40 filters; expected 32 at most.']
]

for (const dialect of DIALECTS) {
  t.test(`${dialect}: a malformed query is refused with a message that says why`, async (t) => {
    const { ask } = buildView(t, { world: WORLD, config: { dialect } })
    for (const [query, message] of HOSTILE) {
      for (const path of ['', '11,12']) {
        const { statusCode, headers, body } = await ask(`/achievements/${path}?${query}`)
        t.strictSame([statusCode, headers['content-type'], JSON.parse(body)], [400, 'application/json; charset=utf-8', refusal(400, message)], `${path} ${query.slice(0, 100)}`)
      }
      if (!/^(filter|search)/.test(query)) continue
      t.strictSame((await ask(`/achievements/count?${query}`)).json(), refusal(400, message), `count ${query.slice(0, 100)}`)
    }
  })
}

t.test('the limits of filters and values', async (t) => {
  const { ids } = buildView(t, { world: WORLD })
  t.strictSame(await ids(`/achievements/?${'filter[id][gt]=11&'.repeat(32)}`), [12, 13, 14])
  t.strictSame(await ids(`/achievements/?${'filter[owners_percentage][gte]=1&'.repeat(32)}order=owners_percentage`), [12, 11])
  t.strictSame(await ids(`/achievements/?filter[id][in]=${'12,'.repeat(499)}13`), [12, 13])
  t.strictSame(await ids(`/achievements/?filter[tags][in]=${'blue,'.repeat(499)}red`), [11])
  t.strictSame(await ids(`/achievements/?${'filter[tags][prefix]=r&filter[tags][in]=blue&'.repeat(16)}`), [11, 13])
  t.strictSame(await ids(`/achievements/?filter[name][not_in]=${`${huge},`.repeat(9)}beta`), [11, 12, 14])
  t.strictSame(await ids(`/achievements/${Array.from({ length: 500 }, (_, index) => index).join()}`), [11, 12, 13, 14])
})

t.test('malformed ids are refused with a message that says why', async (t) => {
  const { ask } = buildView(t, { world: WORLD })
  const expected = 'expected comma-delimited ids, unsigned integers in decimal.'
  for (const [path, shown] of [
    ['x', 'x'], ['11,', ''], [',11', ''], ['11,,12', ''], ['11,x', 'x'], ['-1', '-1'], ['1.0', '1.0'], ['1e3', '1e3'], ['0x1', '0x1'], ['%2011', ' 11'], ['11%00', '11\u0000'], ['%2531', '%31'], ['%D9%A3', '٣'],
    ['__proto__', '__proto__'], ['counts', 'counts'], ['123456789012345678901', '123456789012345678901'], ["1'--", "1'--"], ['*', '*']
  ] as const) {
    const { statusCode, body } = await ask(`/achievements/${path}`)
    t.strictSame([statusCode, JSON.parse(body)], [400, refusal(400, `The id is ${JSON.stringify(shown)}; ${expected}`)], path)
  }
  t.strictSame((await ask(`/achievements/${huge}`)).json(), refusal(400, `The id is ${shortened}; ${expected}`))
  t.strictSame((await ask(`/achievements/${Array.from({ length: 501 }, (_, index) => index).join()}`)).json(), refusal(400, 'The path names 501 ids; expected 500 at most.'))
})

t.test('records with hostile texts are found by these texts', async (t) => {
  const texts = ['\u0000', 'a\u0000b', "'; DROP TABLE user_key;--", '%', '_', '\\', '"', '😀', '[x]', '__proto__']
  const { records } = buildView(t, {
    world: {
      titles: [{ titleId: 1, name: 'One', serviceConfigId: '11111111-2222-3333-4444-aaaaaaaaaaaa', achievements: texts.map((name, index) => ({ id: index, name, igdb: { id: index + 1, tags: [name], externalId: `x${name}`, icon: { url: name } } })) }],
      userKeys: ['demo']
    }
  })
  for (const [index, text] of texts.entries()) {
    const expected = [{ id: index + 1, name: text, icon: { url: text }, external_id: `x${text}`, tags: [text] }]
    const encoded = encodeURIComponent(text)
    for (const filter of [`[name][eq]=${encoded}`, `[tags][eq]=${encoded}`, `[external_id][in]=x${encoded}`, `[tags][any]=${encoded}`, `[tags][in]=${encoded},${encoded}`]) {
      t.strictSame(await records(`/achievements/?fields=name,icon,tags,external_id&filter${filter}`), expected, `${filter} of ${JSON.stringify(text)}`)
    }
  }
})
