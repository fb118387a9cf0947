import t from 'tap'
import { writeAge } from '../../src/neighbours/person-presence.ts'
import { ANN, BEA, buildSocial, CAL, DAN, EVE, FAY, messageOf, NOBODY, type SocialWorld } from './social-world.ts'

const AROUND = { recommendationSummary: null, friendFinderState: null, accountLinkDetails: null }
const ALL = 'detail,preferredColor,presenceDetail,multiplayerSummary,titlehistory(1),titlepresence(1),suggestion,recentPlayer,follower,presenceTitleIds,socialManager,broadcast,avatar,bio,titleSummary'

async function peopleOf ({ ask }: SocialWorld, path: string, options: Parameters<SocialWorld['ask']>[1] = {}): Promise<any[]> {
  const response = await ask(path, { host: 'peoplehub.xboxlive.com', ...options })
  t.equal(response.statusCode, 200, response.body)
  const { people, ...around } = response.json()
  t.strictSame(around, AROUND)
  return people
}

const xuidsOf = async (emulator: SocialWorld, path: string, options: Parameters<SocialWorld['ask']>[1] = {}): Promise<string[]> =>
  (await peopleOf(emulator, path, options)).map(({ xuid }) => xuid)

/** The members of a person in the order of the recorded answers of 2020. */
const RECORDED_ORDER = [
  'xuid', 'isFavorite', 'isFollowingCaller', 'isFollowedByCaller', 'isIdentityShared', 'addedDateTimeUtc', 'displayName', 'realName', 'displayPicRaw', 'showUserAsAvatar', 'gamertag',
  'gamerScore', 'modernGamertag', 'modernGamertagSuffix', 'uniqueModernGamertag', 'xboxOneRep', 'presenceState', 'presenceText', 'presenceDevices', 'isBroadcasting', 'isCloaked',
  'isQuarantined', 'isXbox360Gamerpic', 'lastSeenDateTimeUtc', 'suggestion', 'recommendation', 'search', 'titleHistory', 'multiplayerSummary', 'recentPlayer', 'follower', 'preferredColor',
  'presenceDetails', 'titlePresence', 'titleSummaries', 'presenceTitleIds', 'detail', 'communityManagerTitles', 'socialManager', 'broadcast', 'tournamentSummary', 'avatar', 'linkedAccounts',
  'colorTheme', 'preferredFlag', 'preferredPlatforms'
]

/** What is not asked for, and what nothing is known of, in the order of the recorded answers. */
const NOT_ASKED = {
  suggestion: null,
  recommendation: null,
  search: null,
  titleHistory: null,
  multiplayerSummary: null,
  recentPlayer: null,
  follower: null,
  preferredColor: null,
  presenceDetails: null,
  titlePresence: null,
  titleSummaries: null,
  presenceTitleIds: null,
  detail: null,
  communityManagerTitles: null,
  socialManager: null,
  broadcast: null,
  avatar: null
}
const LAST = { linkedAccounts: [], colorTheme: 'gamerpicblur', preferredFlag: '', preferredPlatforms: [] }
const LAST_SEEN = 'Last seen 3d ago: One'
const BEA_IDENTITY = {
  xuid: BEA,
  isFavorite: true,
  isFollowingCaller: true,
  isFollowedByCaller: true,
  isIdentityShared: true,
  addedDateTimeUtc: null,
  displayName: 'Bea & Co',
  realName: 'Beatrice',
  displayPicRaw: 'https://images.example/bea.png',
  showUserAsAvatar: '0',
  gamertag: 'Bea & Co',
  gamerScore: '75',
  modernGamertag: 'Béa',
  modernGamertagSuffix: '1234',
  uniqueModernGamertag: 'Béa#1234',
  xboxOneRep: 'Superstar',
  presenceState: 'Offline',
  presenceText: LAST_SEEN,
  presenceDevices: null,
  isBroadcasting: false,
  isCloaked: false,
  isQuarantined: true,
  isXbox360Gamerpic: false,
  lastSeenDateTimeUtc: '2020-06-12T12:00:00.0000000Z'
}
const DETAIL = {
  accountTier: 'Silver',
  bio: 'I play.',
  isVerified: false,
  location: 'Porto',
  tenure: '8',
  watermarks: ['xboxOneTeam', 'launchTeam'],
  blocked: false,
  mute: false,
  followerCount: 1,
  followingCount: 2,
  hasGamePass: false
}
const PRESENCE_DETAIL = { IsBroadcasting: false, Device: 'iOS', PresenceText: LAST_SEEN, State: 'LastSeen', TitleId: '1', TitleType: null, IsPrimary: true, IsGame: true, RichPresenceText: null }
const ASKED = {
  ...NOT_ASKED,
  suggestion: { Type: null, Priority: 0, Reasons: null, TitleId: null },
  titleHistory: { TitleName: 'One', TitleId: 1, LastTimePlayed: '2020-06-12T12:00:00.0000000Z', LastTimePlayedText: '3d ago' },
  multiplayerSummary: { InMultiplayerSession: 0, InParty: 0 },
  recentPlayer: { titles: [], text: null },
  follower: { text: null, followedDateTime: '0001-01-01T00:00:00' },
  preferredColor: { primaryColor: '111111', secondaryColor: '222222', tertiaryColor: '333333' },
  presenceDetails: [PRESENCE_DETAIL],
  titlePresence: { IsCurrentlyPlaying: false, PresenceText: null, TitleName: null, TitleId: null },
  presenceTitleIds: [],
  detail: DETAIL,
  socialManager: { titleIds: [], pages: [] },
  broadcast: [],
  avatar: { updateTimeOffset: '0001-01-01T00:00:00+00:00', spritesheetMetadata: null }
}

t.test('a person under contract 3, with everything and with nothing', async (t) => {
  const emulator = buildSocial(t)
  const path = `/users/me/people/xuids(${BEA})`
  const [bea] = await peopleOf(emulator, `${path}/decoration/${ALL}`, { version: '3' })
  const whole = { ...BEA_IDENTITY, ...ASKED, ...LAST, tournamentSummary: null }
  t.strictSame(bea, whole)
  t.strictSame(Object.keys(bea), RECORDED_ORDER)
  for (const version of [undefined, '0', '1', '4']) t.strictSame(await peopleOf(emulator, `${path}/decoration/${ALL.toUpperCase()}`, version === undefined ? {} : { version }), [whole], version ?? 'none')
  for (const bare of [path, `${path}/decoration/nothing`]) t.strictSame(await peopleOf(emulator, bare), [{ ...BEA_IDENTITY, ...NOT_ASKED, ...LAST, tournamentSummary: null }], bare)
})

t.test('a person under contract 5 and 7', async (t) => {
  const emulator = buildSocial(t)
  const path = `/users/me/people/xuids(${BEA})/decoration/${ALL}`
  const later = {
    ...BEA_IDENTITY,
    ...ASKED,
    multiplayerSummary: { joinableActivities: [], partyDetails: [], inParty: 0 },
    presenceDetails: [{ ...PRESENCE_DETAIL, DeviceSubType: null, GameplayType: null }],
    ...LAST
  }
  for (const version of ['5', '6']) t.strictSame(await peopleOf(emulator, path, { version }), [later])
  const newest = {
    ...later,
    lastSeenDateTimeUtc: '2020-06-12T12:00:00.0000000',
    isFriend: true,
    isFriendRequestReceived: false,
    isFriendRequestSent: false,
    friendedDateTimeUtc: null,
    useAvatar: false,
    favorite: true
  }
  for (const version of ['7', '4294967295']) t.strictSame(await peopleOf(emulator, path, { version }), [newest])
  const [cal] = await peopleOf(emulator, `/users/me/people/xuids(${CAL})`, { version: '7' })
  t.match(cal, { isFriend: false, favorite: false, lastSeenDateTimeUtc: null })
})

t.test('a person in several titles', async (t) => {
  const emulator = buildSocial(t)
  const [ann] = await peopleOf(emulator, `/users/xuid(${BEA})/people/xuids(${ANN})/decoration/presencedetail,presencetitleids,titlepresence(1),titlehistory,detail`, { as: 'bea' })
  const detail = { IsBroadcasting: false, Device: 'Scarlett', State: 'Active', TitleType: null }
  t.match(ann, { isFavorite: false, presenceState: 'Online', presenceText: 'On the roof', lastSeenDateTimeUtc: null, titleHistory: { TitleId: 1, LastTimePlayedText: '1d ago' }, detail: { bio: null, location: null, followerCount: 1, followingCount: 4 } })
  t.strictSame(ann.presenceDetails, [
    { ...detail, PresenceText: 'Home', TitleId: '750323071', IsPrimary: false, IsGame: false, RichPresenceText: null },
    { ...detail, PresenceText: 'One', TitleId: '1', IsPrimary: true, IsGame: true, RichPresenceText: 'On the roof' }
  ])
  t.strictSame(ann.presenceTitleIds, ['750323071', '1'])
  t.strictSame(ann.titlePresence, { IsCurrentlyPlaying: true, PresenceText: 'On the roof', TitleName: 'One', TitleId: '1' })
  const [again] = await peopleOf(emulator, `/users/me/people/xuids(${ANN})/decoration/titlepresence(750323071),titlehistory(2)`, { as: 'bea' })
  t.strictSame(again.titlePresence, { IsCurrentlyPlaying: true, PresenceText: 'Home', TitleName: 'Home', TitleId: '750323071' })
  t.equal(again.titleHistory, null, 'a title that was not played')
  const [dan, eve] = await peopleOf(emulator, `/users/me/people/xuids(${DAN},${EVE})/decoration/presencedetail,titlepresence,titlehistory`, { as: 'sandboxed' })
  t.match(dan, { presenceState: 'Away', presenceText: 'Two', titlePresence: { IsCurrentlyPlaying: false }, titleHistory: null })
  t.strictSame(dan.presenceDetails.map(({ PresenceText, State, IsPrimary, IsGame }: any) => [PresenceText, State, IsPrimary, IsGame]),
    [['Two', 'Active', true, false], ['Elsewhere', 'Inactive', false, false]])
  t.match(eve, { presenceState: 'Away', presenceText: 'Away', presenceDetails: [] })
})

t.test('what a person hides is as if it had not been said', async (t) => {
  const emulator = buildSocial(t)
  const show = async (as: string) => (await peopleOf(emulator, `/users/me/people/xuids(${CAL})/decoration/${ALL}`, { as }))[0]
  t.match(await show('cal'), { realName: 'Calvin', gamerScore: '50', presenceState: 'Online', titleHistory: { TitleId: 1 }, detail: { bio: 'Hidden.', location: 'Hidden.', followerCount: 1, followingCount: 1 } })
  t.match(await show('ann'), {
    isFollowedByCaller: true,
    gamertag: 'cal',
    realName: '',
    gamerScore: '0',
    presenceState: 'Offline',
    presenceText: 'Offline',
    lastSeenDateTimeUtc: null,
    presenceDetails: [],
    titleHistory: null,
    titlePresence: { IsCurrentlyPlaying: false },
    detail: { bio: null, location: null, followerCount: 0, followingCount: 0 }
  })
  // Of FAY, who has blocked everybody, ann learns what concerns herself.
  t.match((await peopleOf(emulator, `/users/me/people/xuids(${FAY})`))[0], { isFollowingCaller: true, gamerScore: '0', presenceState: 'Offline' })
})

t.test('a web site learns nothing of what its user, and who has added it, hide from it', async (t) => {
  const emulator = buildSocial(t)
  const relationsOf = async (): Promise<unknown> => (await peopleOf(emulator, `/users/me/people/xuids(${ANN},${DAN})`, { as: 'site' }))
    .map(({ isFavorite, isFollowedByCaller, isFollowingCaller, isIdentityShared }: any) => [isFavorite, isFollowedByCaller, isFollowingCaller, isIdentityShared])
  emulator.run('friend.add', { xuid: FAY, friend: ANN, isFavorite: true })
  t.strictSame(await relationsOf(), [[false, false, true, true], [false, false, false, false]])
  emulator.run('privacy.set', { xuid: FAY, privacy: 'everyone' })
  t.strictSame(await relationsOf(), [[true, true, true, true], [false, false, false, false]])
  t.strictSame(await xuidsOf(emulator, '/users/me/people/followers', { as: 'site' }), [ANN])
  t.match((await peopleOf(emulator, '/users/me/people/xuids(18446744073709551615)/decoration/detail', { as: 'site' }))[0], { detail: { followerCount: 1, followingCount: 1 } })
})

t.test('an offline person of whom nobody knows in what it was', async (t) => {
  const emulator = buildSocial(t)
  emulator.run('presence.set', { xuid: EVE, presence: { state: 'Offline', deviceType: 'PC', titles: [], timestamp: '2020-06-15T11:59:00Z' }, now: 0 })
  const [eve] = await peopleOf(emulator, `/users/me/people/xuids(${EVE})/decoration/presencedetail`)
  t.match(eve, { presenceText: 'Offline', lastSeenDateTimeUtc: '2020-06-15T11:59:00.0000000Z', presenceDetails: [] })
  t.strictSame([-5, 59_999, 60_000, 3_599_999, 3_600_000, 86_399_999, 86_400_000, 59 * 86_400_000].map(writeAge), ['0m', '0m', '1m', '59m', '1h', '23h', '1d', '59d'])
})

t.test('lists of people', async (t) => {
  const emulator = buildSocial(t)
  for (const [path, xuids, options] of [
    ['/users/me/people/social', [BEA, CAL, DAN, FAY]],
    [`/users/xuid(${ANN})/people/SOCIAL/decoration/detail`, [BEA, CAL, DAN, FAY]],
    ['/users/me/people/friends', [BEA, DAN, FAY]],
    ['/users/me/people/followers', [BEA, DAN, FAY]],
    ['/users/me/people/friendRequests(received)', []],
    ['/users/me/people/friendrequests(sent)', []],
    ['/users/me/people/recentplayers', []],
    ['/users/gt(bea%20%26%20co)/people/social', [ANN, EVE]],
    // Cal hides whom he has added, and so does Fay; Eve and Dan do not hide who has added them, but that is not theirs to tell.
    [`/users/xuid(${EVE})/people/followers`, [BEA, DAN]],
    [`/users/xuid(${EVE})/people/followers`, [BEA, CAL], { as: 'cal' }],
    [`/users/xuid(${ANN})/people/followers`, [BEA], { as: 'bea' }],
    [`/users/xuid(${ANN})/people/friends`, [BEA], { as: 'bea' }],
    [`/users/xuid(${ANN})/people/friends`, [BEA, DAN, FAY], { as: 'fay' }],
    [`/users/xuid(${CAL})/people/social`, []],
    [`/users/xuid(${CAL})/people/followers`, []],
    [`/users/xuid(${CAL})/people/friends`, []],
    // Whoever is asked for by XUID is nobody's list.
    [`/users/xuid(${CAL})/people/xuids(${FAY},%20${ANN},${NOBODY},0${FAY})`, [FAY, ANN]],
    // Of those whom Bea and Dan have added. Cal hides them.
    ['/users/me/people/recommendations', [EVE]],
    ['/users/me/people/recommendations', [BEA, CAL, DAN], { as: 'fay' }],
    ['/users/me/people/recommendations', [], { as: 'site' }],
    ['/users/me/people/search?q=BEA', [BEA, FAY]],
    ['/users/me/people/search/decoration/detail,preferredColor?q=bea&maxItems=1', [BEA]],
    ['/users/me/people/search?q=b%25', []],
    ['/users/me/people/search?q=zed&maxItems=4294967295', []]
  ] as const) {
    t.strictSame(await xuidsOf(emulator, path, options), xuids, path)
  }
  t.strictSame((await peopleOf(emulator, '/users/me/people/recommendations'))[0].recommendation, { Type: 'FriendOfFriend', Reasons: [] })
})

t.test('a list ends, and so do recommendations', async (t) => {
  const emulator = buildSocial(t)
  for (let id = 1; id <= 1050; id++) {
    emulator.run('user.put', { xuid: String(id), gamertag: `crowd ${id}`, privacy: null, profile: null, signInError: null })
    emulator.run('friend.add', { xuid: EVE, friend: String(id), isFavorite: null })
    if (id < 60) emulator.run('friend.add', { xuid: BEA, friend: String(id), isFavorite: null })
  }
  t.equal((await xuidsOf(emulator, `/users/xuid(${EVE})/people/social`)).length, 1000)
  t.equal((await xuidsOf(emulator, '/users/me/people/search?q=crowd')).length, 100)
  t.equal((await xuidsOf(emulator, '/users/me/people/recommendations')).length, 50)
})

t.test('a batch', async (t) => {
  const emulator = buildSocial(t)
  const path = '/users/me/people/batch'
  t.strictSame(await xuidsOf(emulator, path, { body: { xuids: [FAY, NOBODY, BEA, `0${FAY}`] } }), [FAY, BEA])
  t.strictSame(await xuidsOf(emulator, `/users/xuid(${ANN})/people/batch/decoration/detail`, { body: `{"Xuids":[${FAY},"${BEA}"]}`, version: '7' }), [FAY, BEA])
  t.strictSame(await xuidsOf(emulator, path, { body: { xuids: [] } }), [])
})

t.test('what is wrong with a request is said', async (t) => {
  const { ask } = buildSocial(t)
  const NO_USER = '403 The token carries no user claim; expected one of a user.'
  const BATCH = '/users/me/people/batch'
  for (const [path, message, options] of [
    ['/users/me/people/social', NO_USER, { as: 'nobody' }],
    [`/users/xuid(${BEA})/people/social`, NO_USER, { as: 'nobody' }],
    [`/users/xuid(${NOBODY})/people/social`, '404 No user has the XUID "9".'],
    ['/users/gt(zed)/people/xuids(1)', '404 No user has the gamertag "zed".'],
    ['/users/me/people/pals', '400 The people are "pals"; expected social, friends, followers, search, recommendations or xuids(…).'],
    ['/users/me/people/batch', '400 The people are "batch"; expected social, friends, followers, search, recommendations or xuids(…).'],
    ['/users/me/people/xuids()', '400 The XUID is ""; expected an unsigned 64-bit integer in decimal.'],
    ['/users/me/people/xuids(1,x)', '400 The XUID is "x"; expected an unsigned 64-bit integer in decimal.'],
    [`/users/me/people/xuids(${Array(1101).fill('1').join(',')})`, '400 The path names 1101 people; expected 1100 at most.'],
    ['/users/me/people/search', '400 q is missing; expected how a gamertag begins.'],
    ['/users/me/people/search?q=', '400 q is ""; expected how a gamertag begins.'],
    ['/users/me/people/search?q=a&q=b', '400 q was given 2 times; expected once.'],
    ['/users/me/people/search?q=a&maxItems=0', '400 maxItems is "0"; expected an integer from 1.'],
    ['/users/me/people/social', '400 x-xbl-contract-version is "three"; expected an unsigned 32-bit integer.', { version: 'three' }],
    [BATCH, '400 The body: missing, expected an object with xuids.', { method: 'POST' }],
    [BATCH, '400 The body, at /xuids: missing, expected a list of at most 1100 XUIDs.', { body: {} }],
    [BATCH, '400 The XUID is "-1"; expected an unsigned 64-bit integer in decimal.', { body: { xuids: [-1] } }]
  ] as const) {
    t.equal(messageOf(await ask(path, options)), message, message)
  }
})
