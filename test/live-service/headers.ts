import { catalogue, itemV1, DOCUMENTED, history, list, LIVE, listed, live, ME, page, pageV1, SCID, title, titles, update, version, world, type Row } from './row.ts'

const uncacheable = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1', 'content-type': 'application/json', 'x-content-type-options': 'nosniff' }
const seconds = (count: number) => ({ 'cache-control': `max-age=${count}`, pragma: undefined, expires: String(count), 'content-type': 'application/json', 'x-content-type-options': 'nosniff' })

/** For how long a client may cache an answer. */
export const HEADERS: readonly Row[] = [
  { says: 'no client may cache a list', source: '[recorded]', dialects: LIVE, world: world(), request: { url: list() }, status: 200, headers: uncacheable, body: page([live()]) },
  { says: 'no client may cache a history', source: '[recorded]', dialects: LIVE, world: world(), request: { url: history() }, status: 200, headers: uncacheable, body: titles([]) },
  {
    says: 'no client may cache a list of V1',
    source: '[recorded]',
    dialects: LIVE,
    world: world(),
    request: { url: list(), headers: version('1') },
    status: 200,
    headers: uncacheable,
    body: pageV1([])
  },
  { says: 'a client may cache a single achievement for 15 seconds', source: '[recorded]', dialects: LIVE, world: world({ session: { titleId: 1234 } }), request: { url: `/users/xuid(${ME})/achievements/${SCID}/1` }, status: 200, headers: seconds(15), body: page([live()]) },
  { says: 'a client may cache a catalogue for 30 seconds', source: '[recorded]', dialects: LIVE, world: world({ titles: [title({ generation: 'xbox360' })] }), request: { url: catalogue(), headers: version('1') }, status: 200, headers: seconds(30), body: pageV1([itemV1()]) },
  {
    says: 'the documented dialect has its own cache headers',
    source: '[decision]',
    dialects: DOCUMENTED,
    world: world(),
    request: { url: list() },
    status: 200,
    headers: { 'cache-control': 'no-cache, no-store, must-revalidate', pragma: undefined, expires: undefined, 'content-type': 'application/json; charset=utf-8' },
    body: page([listed()])
  },
  { says: 'an update has no body', source: '[gdk]', dialects: LIVE, world: world(), request: update(), status: 200, headers: { 'content-length': '0', 'content-type': undefined }, body: undefined }
]
