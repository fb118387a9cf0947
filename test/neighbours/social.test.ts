import t from 'tap'
import { ANN, BEA, buildSocial, CAL, DAN, EVE, FAY, messageOf, NOBODY } from './social-world.ts'

const person = (xuid: string, isFavorite: boolean, isFollowingCaller: boolean) => ({ xuid, isFavorite, isFollowingCaller })
const OWN = [person(BEA, true, true), person(CAL, false, false), person(DAN, false, true), person(FAY, false, true)] as const

t.test('whom a user has added', async (t) => {
  const { ask } = buildSocial(t)
  for (const [path, people, totalCount] of [
    ['/users/me/people', OWN, 4],
    [`/users/xuid(${ANN})/people?view=All`, OWN, 4],
    ['/users/gt(ANN)/people?view=nothing&StartIndex=1&maxItems=2', [OWN[1], OWN[2]], 4],
    ['/users/me/people?startIndex=4294967295', [], 4],
    ['/users/me/people?maxItems=0', [], 4],
    ['/users/me/people?view=favorite', [OWN[0]], 1],
    ['/users/me/people?view=FRIENDS&startIndex=1', [OWN[2], OWN[3]], 3],
    ['/users/me/people?view=LegacyXboxLiveFriends', [], 0],
    // Another's favourites are its own affair, and so is a view of its list.
    [`/users/xuid(${DAN})/people?view=Favorite`, [person(ANN, false, false), person(EVE, false, false), person(FAY, false, true)], 3],
    [`/users/xuid(${CAL})/people`, [], 0]
  ] as const) {
    const response = await ask(path, { host: 'social.xboxlive.com', version: '1' })
    t.strictSame(response.json(), { people, totalCount }, path)
  }
  const friends = [true, false, true, true]
  t.strictSame((await ask('/users/me/people', { version: '3' })).json(), { people: OWN.map((each, index) => ({ ...each, isFriend: friends[index] })), totalCount: 4 })
})

t.test('whom a user has added, of some', async (t) => {
  const { ask } = buildSocial(t)
  const path = '/users/me/people/xuids'
  t.strictSame((await ask(path, { body: { xuids: [FAY, EVE, NOBODY, `0${BEA}`] } })).json(), { people: [OWN[3], OWN[0]], totalCount: 2 })
  t.strictSame((await ask(path, { body: `{"XUIDS":[${BEA}]}`, version: '3' })).json(), { people: [{ ...OWN[0], isFriend: true }], totalCount: 1 })
  t.strictSame((await ask(`/users/xuid(${CAL})/people/xuids`, { body: { xuids: [EVE] } })).json(), { people: [], totalCount: 0 })
})

t.test('whom the caller has among the favourites is no favourite in the list of another', async (t) => {
  const { ask, run } = buildSocial(t)
  run('friend.add', { xuid: EVE, friend: BEA, isFavorite: null })
  t.strictSame((await ask(`/users/xuid(${EVE})/people`)).json(), { people: [person(BEA, false, true)], totalCount: 1 })
  t.strictSame((await ask(`/users/xuid(${EVE})/people/xuids`, { body: { xuids: [BEA] } })).json(), { people: [person(BEA, false, true)], totalCount: 1 })
})

t.test('the journal says why a list is empty that is hidden', async (t) => {
  const hint = 'The list is empty because the privacy setting of the user in the path does not let the caller see it.'
  for (const path of ['people', 'people/social', 'people/followers', 'people/recommendations', 'profile/settings/people/people', 'groups/People']) {
    for (const [xuid, expected] of [[CAL, hint], [EVE, null]] as const) {
      const { app, ask } = buildSocial(t)
      await ask(`/users/xuid(${xuid})/${path}`)
      const { requests: [entry] } = (await app.inject('/_emulator/requests')).json()
      t.equal(entry.hint, expected, `${xuid} ${path}`)
    }
  }
})

t.test('a summary', async (t) => {
  const { ask } = buildSocial(t)
  const show = async (path: string, as = 'ann') => (await ask(path, { as, host: 'social.xboxlive.com', version: '2' })).json()
  const summary = (following: number, followers: number, isCallerFollowingTarget: boolean, isTargetFollowingCaller: boolean, isFavorite = false) => ({
    targetFollowingCount: following,
    targetFollowerCount: followers,
    isCallerFollowingTarget,
    isTargetFollowingCaller,
    hasCallerMarkedTargetAsFavorite: isFavorite,
    hasCallerMarkedTargetAsIdentityShared: isCallerFollowingTarget,
    hasCallerMarkedTargetAsKnown: isCallerFollowingTarget,
    legacyFriendStatus: 'None'
  })
  for (const path of ['/users/me/summary', `/users/xuid(${ANN})/summary`, '/users/gt(ann)/summary']) {
    t.strictSame(await show(path), { ...summary(4, 3, false, false), availablePeopleSlots: 996, recentChangeCount: 0, watermark: '0' })
  }
  t.strictSame(await show(`/users/xuid(${BEA})/summary`), summary(2, 1, true, true, true))
  t.strictSame(await show(`/users/xuid(${EVE})/summary`), summary(0, 2, false, false), 'who hides having added somebody does not count')
  t.strictSame(await show(`/users/xuid(${EVE})/summary`, 'cal'), summary(0, 2, true, false), 'but oneself')
  t.strictSame(await show(`/users/xuid(${CAL})/summary`), summary(0, 0, true, false), 'hidden')
  t.strictSame(await show(`/users/xuid(${BEA})/summary`, 'cal'), summary(2, 1, false, false))
  t.match(await show(`/users/xuid(${ANN})/summary`, 'site'), { targetFollowerCount: 1, isCallerFollowingTarget: false, hasCallerMarkedTargetAsKnown: false, isTargetFollowingCaller: true }, 'a site')
  t.match(await show('/users/me/summary', 'site'), { targetFollowingCount: 0, targetFollowerCount: 0, availablePeopleSlots: 1000 })
})

t.test('who has added more people than can be added has no slot left', async (t) => {
  const { ask, run } = buildSocial(t)
  for (let id = 1; id <= 1001; id++) {
    run('user.put', { xuid: String(id), gamertag: `crowd ${id}`, privacy: null, profile: null, signInError: null })
    run('friend.add', { xuid: ANN, friend: String(id), isFavorite: null })
  }
  t.match((await ask('/users/me/summary')).json(), { targetFollowingCount: 1005, availablePeopleSlots: 0 })
  const { people, totalCount } = (await ask('/users/me/people?maxItems=2000')).json()
  t.strictSame([people.length, totalCount], [1000, 1000])
})

t.test('what is wrong with a request is said', async (t) => {
  const { ask } = buildSocial(t)
  const NO_USER = '403 The token carries no user claim; expected one of a user.'
  for (const [path, message, options] of [
    ['/users/me/people', NO_USER, { as: 'nobody' }],
    [`/users/xuid(${BEA})/summary`, NO_USER, { as: 'nobody' }],
    [`/users/xuid(${BEA})/people/xuids`, NO_USER, { as: 'nobody', body: { xuids: [] } }],
    [`/users/xuid(${NOBODY})/summary`, '404 No user has the XUID "9".'],
    ['/users/gt(zed)/people', '404 No user has the gamertag "zed".'],
    ['/users/xuid(x)/people', '400 The XUID is "x"; expected an unsigned 64-bit integer in decimal.'],
    ['/users/me/people?startIndex=-1', '400 startIndex is "-1"; expected an unsigned 32-bit integer.'],
    ['/users/me/people?maxItems=1&maxItems=2', '400 maxItems was given 2 times; expected once.'],
    ['/users/me/people', '400 x-xbl-contract-version is ""; expected an unsigned 32-bit integer.', { version: '' }],
    ['/users/me/people/xuids', '400 The body: missing, expected an object with xuids.', { method: 'POST' }],
    ['/users/me/people/xuids', '400 The body, at /xuids: found "1", expected a list of at most 1100 XUIDs.', { body: { xuids: '1' } }]
  ] as const) {
    t.equal(messageOf(await ask(path, options)), message, message)
  }
})
