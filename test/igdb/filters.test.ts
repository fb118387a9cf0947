import t from 'tap'
import { buildView, WORLD } from './ask.ts'

/** Filters, each with the ids of the records that it finds in WORLD: 11 Alpha, 12 Alphabet, 13 beta, 14 Éclair. */
const FILTERS: ReadonlyArray<[filter: string, found: number[]]> = [
  // A number. 14 has none.
  ['[rank][eq]=3', [12, 13]],
  ['[rank][eq]=3.0', [12, 13]],
  ['[rank][not_eq]=3', [11, 14]],
  ['[rank][gt]=1', [12, 13]],
  ['[rank][gte]=1', [11, 12, 13]],
  ['[rank][lt]=3', [11]],
  ['[rank][lte]=3', [11, 12, 13]],
  ['[rank][gt]=-1.5', [11, 12, 13]],
  ['[rank][exists]', [11, 12, 13]],
  ['[rank][exists]=', [11, 12, 13]],
  ['[rank][exists]=1', [11, 12, 13]],
  ['[rank][exists]=true', [11, 12, 13]],
  ['[rank][not_exists]=1', [14]],
  ['[rank][in]=1,2', [11]],
  ['[rank][in]=1,3', [11, 12, 13]],
  ['[rank][any]=1,3', [11, 12, 13]],
  ['[rank][not_in]=1,2', [12, 13, 14]],
  ['[id][in]=12,14,99', [12, 14]],
  ['[id][gt]=12', [13, 14]],
  ['[id][lt]=99999999999999999999', [11, 12, 13, 14]],
  // The number of owners.
  ['[owners][eq]=2', [11]],
  ['[owners][gte]=1', [11, 12]],
  ['[owners][in]=0,1', [12, 13, 14]],
  ['[owners][exists]', [11, 12, 13, 14]],
  ['[owners_percentage][lt]=50', [12, 13, 14]],
  ['[owners_percentage][gt]=66.6', [11]],
  ['[owners_percentage][not_exists]', []],
  // A time.
  ['[created_at][eq]=1000', [11]],
  ['[created_at][gt]=2018-06-19', [12]],
  ['[created_at][gte]=2018-06-20', [12]],
  ['[created_at][gt]=2018-06-20', []],
  ['[created_at][lt]=1970-01-02', [11, 13, 14]],
  // A string.
  ['[name][eq]=Alpha', [11]],
  ['[name][eq]=alpha', []],
  ['[name][eq]=', []],
  ['[name][eq]=%C3%89clair, 100%25_', [14]],
  ['[name][not_eq]=Alpha', [12, 13, 14]],
  ['[name][prefix]=Alpha', [11, 12]],
  ['[name][prefix]=alpha', []],
  ['[name][prefix]=lpha', []],
  ['[name][prefix]=', [11, 12, 13, 14]],
  ['[name][prefix]=%25', []],
  ['[name][prefix]=%C3%89', [14]],
  ['[name][in]=Alpha,beta', [11, 13]],
  ['[name][any]=Alpha,beta', [11, 13]],
  ['[name][not_in]=Alpha,beta', [12, 14]],
  ['[name][exists]', [11, 12, 13, 14]],
  ['[name][not_exists]', []],
  ['[description][exists]', [11]],
  ['[description][not_eq]=first', [12, 13, 14]],
  ['[description][not_in]=first,second', [12, 13, 14]],
  ['[external_id][prefix]=11111111-2222-3333-4444-aaaaaaaaaaaa/', [11, 12, 13, 14]],
  // An array. 14 has none.
  ['[tags][eq]=red', [11]],
  ['[tags][eq]=Red', []],
  ['[tags][not_eq]=red', [12, 13, 14]],
  ['[tags][prefix]=red', [11, 13]],
  ['[tags][in]=blue', [11, 12, 13]],
  ['[tags][in]=red,blue', [11]],
  ['[tags][in]=blue,yellow', []],
  ['[tags][any]=red,green,yellow', [11, 13]],
  ['[tags][not_in]=red,green', [12, 14]],
  ['[tags][exists]', [11, 12, 13]],
  ['[tags][not_exists]', [14]],
  // An object.
  ['[icon][exists]', [11]],
  ['[icon][not_exists]=true', [12, 13, 14]]
]

t.test('every operator, on a number, a time, a string, an array and an object', async (t) => {
  const { ids, ask } = buildView(t, { world: WORLD })
  for (const [filter, found] of FILTERS) {
    t.strictSame(await ids(`/achievements/?filter${filter}`), found, filter)
    t.strictSame(await ids(`/achievements/?${encodeURIComponent(`filter${filter.split('=')[0]}`)}=${filter.split('=')[1] ?? ''}`), found, `${filter}, its brackets encoded`)
    t.strictSame((await ask(`/achievements/count?filter${filter}`)).json(), { count: found.length }, filter)
  }
})

t.test('several filters must all be fulfilled', async (t) => {
  const { ids } = buildView(t, { world: WORLD })
  for (const [query, found] of [
    ['filter[rank][eq]=3&filter[game][eq]=7', [12]],
    ['filter[rank][gte]=1&filter[rank][lte]=1', [11]],
    ['filter[rank][eq]=1&filter[rank][eq]=3', []],
    ['filter[tags][eq]=blue&filter[tags][eq]=green', [13]],
    ['filter[tags][eq]=blue&filter[tags][eq]=yellow', []],
    ['filter[tags][prefix]=re&filter[tags][prefix]=b&filter[tags][not_eq]=green', [11]],
    ['filter[tags][not_in]=yellow,green&filter[tags][not_eq]=red', [12, 14]],
    ['filter[tags][not_in]=yellow,green&filter[tags][not_eq]=red&filter[tags][exists]', [12]],
    ['filter[tags][in]=blue,blue&filter[tags][any]=green,yellow', [13]],
    ['filter[game][exists]&filter[owners][lt]=2&search=BET', [12]],
    ['search=beta&filter[rank][not_exists]', []]
  ] as const) t.strictSame(await ids(`/achievements/?${query}`), found, query)
})

t.test('search looks in the name, in any letter case', async (t) => {
  const { ids } = buildView(t, { world: WORLD })
  for (const [text, found] of [
    ['ALPHA', [11, 12]], ['bet', [12, 13]], ['BETA', [13]], ['%25_', [14]], ['%C3%89cl', [14]], ['air,%20100', [14]], ['air,+100', [14]], ['first', []], ['%00', []], ['*', []], ["'", []]
  ] as const) t.strictSame(await ids(`/achievements/?search=${text}`), found, text)
})

t.test('unknown parameters are ignored', async (t) => {
  const { ids } = buildView(t, { world: WORLD })
  for (const query of ['expand=game', '__proto__=1', 'constructor=1&toString=2', '=', '%00=%00', 'Field=name', '?', '&&&', 'x=1&x=2']) t.strictSame(await ids(`/achievements/?${query}`), [11, 12, 13, 14], query)
})
