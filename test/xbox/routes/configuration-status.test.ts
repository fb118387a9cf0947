import t from 'tap'
import { build, GAMER, listOf, singleOf } from '../../helper.ts'

const SCID = 'aaaaaaaa-0000-0000-0000-000000000001'
const world = (status: object): object => ({
  titles: [{ titleId: 1, name: 'One', serviceConfigId: SCID, public: true, ...status, achievements: [{ id: 7, name: 'Seven' }] }],
  users: [{ xuid: GAMER, gamertag: 'gamer' }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }]
})
const TEMPLATE = 'https://there.example/{xuid}/{scid}/{achievementid}?{xuid}'
const FILLED = `https://there.example/${GAMER}/${SCID}/7?${GAMER}`

t.test('a service configuration that is moved, redirected or retired is answered 301, 307 or 410', async (t) => {
  for (const [members, status, message, location] of [
    [{ status: 'active' }, 200, '', undefined],
    [{ status: 'moved', location: '/elsewhere' }, 301, 'The service configuration has moved to /elsewhere.', '/elsewhere'],
    [{ status: 'moved', location: TEMPLATE }, 301, `The service configuration has moved to ${FILLED}.`, FILLED],
    [{ status: 'redirected', location: TEMPLATE }, 307, `The service configuration is for the moment at ${FILLED}.`, FILLED],
    [{ status: 'retired' }, 410, 'The service configuration is retired.', undefined]
  ] as const) {
    const { get } = build(t, { world: world(members) })
    const response = await get(singleOf(GAMER, SCID, 7))
    t.equal(response.statusCode, status)
    t.equal(response.headers.location, location)
    if (status !== 200) t.strictSame(response.json(), { errorCode: null, errorMessage: message })

    const unknown = await get(singleOf(GAMER, SCID, 8))
    t.equal(unknown.statusCode, 404, '404 comes before the status')

    const list = await get(listOf(GAMER))
    t.equal(list.json().pagingInfo.totalRecords, 1, 'a list does not depend on the status')
  }
})

t.test('a service configuration of the demo world that has moved is found at its new location', async (t) => {
  const { get } = build(t)
  const moved = await get(singleOf(GAMER, 'e3196a4c-785f-4d0b-a92d-c40f8b61e735', 1))
  t.equal(moved.statusCode, 301)
  const found = await get(String(moved.headers.location))
  t.equal(found.statusCode, 200)
  t.equal(found.json().achievement.id, '1')
  const retired = await get(singleOf(GAMER, '5be07f91-d2a8-43cc-86f3-19e4b70a5d2e', 1))
  t.equal(retired.statusCode, 410)
  const hidden = await get(singleOf(GAMER, 'a4d83c57-0e6b-4928-b1f4-6c95d27e083b', 1))
  t.equal(hidden.statusCode, 403)
})
