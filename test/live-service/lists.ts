import { achievement, DOCUMENTED, list, LIVE, listed, live, page, progress, scidOf, title, update, world, type Row } from './row.ts'

const named = (id: number) => achievement({ id, name: `Number ${id}` })
const UNORDERED = world({ titles: [title({ achievements: [10, 9, 1].map(named) })] })
const item = (id: number, members: object = {}) => live({ id: String(id), name: `Number ${id}`, ...members })
const SEVERAL = world({
  titles: [
    title({ titleId: 7, serviceConfigId: scidOf(7), achievements: [named(2), named(1)] }),
    title({ titleId: 5, serviceConfigId: scidOf(5), achievements: [named(3)] })
  ]
})
const of = (titleId: number, id: number) =>
  item(id, { serviceConfigId: scidOf(titleId), productId: scidOf(titleId), titleAssociations: [{ name: 'T', id: titleId }] })
const earlier = [progress({ id: 10, timeUnlocked: '2020-01-02T00:00:00Z' }), progress({ id: 9, timeUnlocked: '2020-01-01T00:00:00Z' })]
const achieved = (id: number, timeUnlocked: string) => item(id, { progressState: 'Achieved', progression: { requirements: [], timeUnlocked } })

/** The orders of lists, and their pages. */
export const LISTS: readonly Row[] = [
  { says: 'without orderBy a list is ordered by achievement id', source: '[recorded][topcyber][gowon][oakesja]', dialects: LIVE, world: UNORDERED, request: { url: list() }, status: 200, body: page([item(1), item(9), item(10)]) },
  { says: 'without orderBy a list of the documented dialect has the order of definition', source: '[decision]', dialects: DOCUMENTED, world: UNORDERED, request: { url: list() }, status: 200, body: page([10, 9, 1].map((id) => listed({ id: String(id), name: `Number ${id}` }))) },
  { says: 'a list of several titles has one service configuration after the other', source: '[decision]', dialects: LIVE, world: SEVERAL, request: { url: list() }, status: 200, body: page([of(7, 1), of(7, 2), of(5, 3)]) },
  { says: 'a token is the number of items before the page', source: '[recorded][topcyber]', dialects: LIVE, world: UNORDERED, request: { url: list('?maxItems=2') }, status: 200, body: page([item(1), item(9)], { continuationToken: '2', totalRecords: 3 }) },
  { says: 'the page of a token follows that many items', source: '[recorded][topcyber]', dialects: LIVE, world: UNORDERED, request: { url: list('?maxItems=2&continuationToken=2') }, status: 200, body: page([item(10)], { totalRecords: 3 }) },
  { says: 'skipItems is added to the offset of a token', source: '[list]', dialects: LIVE, world: UNORDERED, request: { url: list('?maxItems=1&continuationToken=1&skipItems=1') }, status: 200, body: page([item(10)], { totalRecords: 3 }) },
  { says: 'a token beyond the end yields an empty page', source: '[decision]', dialects: LIVE, world: UNORDERED, request: { url: list('?continuationToken=9999999999') }, status: 200, body: page([], { totalRecords: 3 }) },
  {
    says: 'an unlock between two pages by time shifts the pages after it, so that an item is repeated',
    source: '[decision]',
    dialects: LIVE,
    world: world({ titles: [title({ achievements: [10, 9, 1].map(named) })], me: { achievements: earlier } }),
    before: [{ url: list('?orderBy=UnlockTime&maxItems=1') }, update({}, [{ id: '1', percentComplete: 100 }])],
    request: { url: list('?orderBy=UnlockTime&maxItems=1&continuationToken=1') },
    status: 200,
    body: page([achieved(10, '2020-01-02T00:00:00.0000000Z')], { continuationToken: '2', totalRecords: 3 })
  },
  {
    says: 'unlockedOnly leaves out achievements in progress',
    source: '[list]',
    dialects: LIVE,
    world: world({ me: { achievements: [progress({ percentComplete: 50, timeUnlocked: null })] } }),
    request: { url: list('?unlockedOnly=true') },
    status: 200,
    body: page([])
  },
  {
    says: 'contract version 2 lists nothing of an Xbox 360 title',
    source: '[x360-notes][bot][oxbl-x360]',
    dialects: LIVE,
    world: world({ titles: [title({ generation: 'xbox360' })] }),
    request: { url: list('?titleId=1234') },
    status: 200,
    body: page([])
  }
]
