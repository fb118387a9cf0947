import { achievement, BOTH, DOCUMENTED, history, LIVE, live, ME, page, pageV1, SCID, title, titles, update, version, world, type Row } from './row.ts'

const MANY = world({ titles: [title({ achievements: Array.from({ length: 101 }, (_, index) => achievement({ id: index + 1 })) })] })
const reports = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index + 1), percentComplete: 1 }))
const text = (titleId: string) => `{"action":"progressUpdate","serviceConfigId":"${SCID}","titleId":${titleId},"userId":"${ME}","achievements":[{"id":"1","percentComplete":1}]}`
const accepted = (says: string, source: string, request: Row['request']): Row => ({ says, source, dialects: BOTH, world: world(), request, status: 200, body: undefined })

const claim = { errorCode: 4500, errorMessage: 'The token carries no user claim; expected one of a user.' }

/** Every route of a user, with the path of the caller. */
const ME_ROUTES = [
  { what: 'list', request: { url: '/users/me/achievements' }, body: page([live()]) },
  { what: 'single', request: { url: `/users/me/achievements/${SCID}/1` }, body: page([live()]) },
  { what: 'update', request: { ...update(), url: `/users/me/achievements/${SCID}/update` }, body: undefined },
  { what: 'history', request: { url: '/users/me/history/titles' }, body: titles([]) },
  { what: 'catalogue', request: { url: '/users/me/titleachievements?titleId=1234', headers: version('1') }, body: pageV1([]) }
]

/** Updates, and the user who acts with a token. */
export const UPDATES: readonly Row[] = [
  accepted('an update with numbers in quotes is accepted', '[xau]', update({ titleId: '1234' }, [{ id: '1', percentComplete: '100' }])),
  accepted('an update with an achievement id as a number is accepted', '[raxy]', update({}, [{ id: 1, percentComplete: 100 }])),
  accepted('an update with a user id as a number is accepted', '[decision]', update({ userId: Number(ME) })),
  accepted('an update with more than 100 percent is accepted', '[xsapi]', update({}, [{ id: '1', percentComplete: 250 }])),
  { ...accepted('an update of 100 achievements is accepted', '[xau]', update({}, reports(100))), world: MANY },
  {
    says: 'an update of 101 achievements is refused',
    source: '[xau]',
    dialects: DOCUMENTED,
    world: MANY,
    request: update({}, reports(101)),
    status: 400,
    body: { errorCode: 4000, errorMessage: 'The body, at /achievements: found 101 elements, expected a list of 1 to 100 achievements.' }
  },
  {
    says: 'a refusal repeats a number beyond 2^53 as it was sent',
    source: '[decision]',
    dialects: DOCUMENTED,
    world: world(),
    request: { ...update(), body: text('12345678901234567890') },
    status: 400,
    body: { errorCode: 4000, errorMessage: 'The body, at /titleId: found 12345678901234567890, expected an integer from 0 to 4294967295.' }
  },
  {
    says: 'an update with the present percentage is answered 304',
    source: '[json]',
    dialects: BOTH,
    world: world(),
    before: [update()],
    request: update(),
    status: 304,
    body: undefined
  },
  {
    says: 'an update with 0 percent is answered 304',
    source: '[json]',
    dialects: BOTH,
    world: world(),
    request: update({}, [{ id: '1', percentComplete: 0 }]),
    status: 304,
    body: undefined
  },
  {
    says: 'the user hash - leaves no user claim',
    source: '[multiuser]',
    dialects: DOCUMENTED,
    world: world(),
    request: { url: `/users/xuid(${ME})/achievements`, headers: { authorization: 'XBL3.0 x=-;token' } },
    status: 403,
    body: claim
  },
  {
    says: 'with the user hash * the user in the path acts',
    source: '[multiuser][decision]',
    dialects: BOTH,
    world: world(),
    request: { url: history(), headers: { authorization: 'XBL3.0 x=*;token' } },
    status: 200,
    body: titles([])
  },
  ...ME_ROUTES.map(({ what, request, body }): Row => ({
    says: `users/me is the caller, ${what}`, source: '[decision]', dialects: LIVE, world: world({ session: { titleId: 1234 } }), request, status: 200, body
  }))
]
