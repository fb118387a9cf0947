import t from 'tap'
import { achievement, SCID, session, title, user } from '../world-parts.ts'
import { build } from '../helper.ts'
import { ANN, BEA, buildSocial } from './social-world.ts'

/** Answers to the letter: the members of the recorded answers of 2018 to 2024 in their order, with their nulls, texts and numbers. */

const LAST_SEEN = 'Last seen 3d ago: One'
const PICTURE = 'https://images.example/bea.png'

t.test('profile', async (t) => {
  const { ask } = buildSocial(t)
  const user = `{"id":"${BEA}","hostId":"${BEA}","settings":[{"id":"TenureLevel","value":"8"},{"id":"Gamerscore","value":"75"},{"id":"ModernGamertagSuffix","value":"1234"},{"id":"IsQuarantined","value":"1"}],"isSponsoredUser":false}`
  const names = ['TenureLevel', 'Gamerscore', 'ModernGamertagSuffix', 'IsQuarantined']
  t.equal((await ask('/users/batch/profile/settings', { body: { userIds: [BEA], settings: names }, version: '3' })).body, `{"profileUsers":[${user}]}`)
  t.equal((await ask(`/users/gt(Bea%20%26%20Co)/profile/settings?settings=${names}`)).body, `{"profileUsers":[${user}]}`)
  t.equal((await ask(`/users/xuid(${BEA})/settings`)).body, `{"profileUsers":[{"id":"${BEA}","hostId":"${BEA}","settings":[],"isSponsoredUser":false}]}`)
})

t.test('presence', async (t) => {
  const { ask } = buildSocial(t)
  const offline = `{"xuid":"${BEA}","state":"Offline","lastSeen":{"deviceType":"iOS","titleId":"1","titleName":"One","timestamp":"2020-06-12T12:00:00.0000000Z"}}`
  t.equal((await ask(`/users/xuid(${BEA})`, { version: '3' })).body, offline)
  t.equal((await ask('/users/batch', { body: { users: [BEA, '9'], onlineOnly: false, level: 'all' }, version: '3' })).body, `[${offline},{"xuid":"9","state":"Offline"}]`)
  const since = '"lastModified":"2020-06-15T11:00:00.0000000Z"'
  t.equal((await ask('/users/me?level=all', { version: '3' })).body, `{"xuid":"${ANN}","state":"Online","devices":[{"type":"Scarlett","titles":[{"id":"750323071","name":"Home","placement":"Background","state":"Active",${since}},` +
    `{"id":"1","name":"One","placement":"Full","state":"Active",${since},"activity":{"richPresence":"On the roof"}}]}]}`)
})

t.test('a presence in a title without a name, as those of PCs and phones are', async (t) => {
  const nameless = { titleId: 328178078, name: '' }
  const world = {
    users: [
      user({ presence: { state: 'Offline', deviceType: 'Android', titles: [nameless], timestamp: '2020-06-12T12:00:00Z' } }),
      user({ xuid: '2', gamertag: 'bob', presence: { titles: [nameless] } })
    ],
    sessions: [session({ xuid: '1' })]
  }
  const { get } = build(t, { world })
  const options = { session: 'hash;token', headers: { 'x-xbl-contract-version': '3' } }
  t.equal((await get('/users/me', options)).body, '{"xuid":"1","state":"Offline","lastSeen":{"deviceType":"Android","titleId":"328178078","titleName":"","timestamp":"2020-06-12T12:00:00.0000000Z"}}')
  t.equal((await get('/users/xuid(2)', options)).body, '{"xuid":"2","state":"Online","devices":[{"type":"XboxOne","titles":[{"id":"328178078","name":"","placement":"Full","state":"Active"}]}]}')
  const { people } = (await get('/users/me/people/xuids(1,2)', options)).json()
  t.strictSame(people.map(({ presenceText }: { presenceText: string }) => presenceText), ['Last seen 3d ago', 'Online'])
})

t.test('people', async (t) => {
  const { ask } = buildSocial(t)
  const identity = (seen: string): string => `{"xuid":"${BEA}","isFavorite":true,"isFollowingCaller":true,"isFollowedByCaller":true,"isIdentityShared":true,"addedDateTimeUtc":null,"displayName":"Bea & Co","realName":"Beatrice",` +
    `"displayPicRaw":"${PICTURE}","showUserAsAvatar":"0","gamertag":"Bea & Co","gamerScore":"75","modernGamertag":"Béa","modernGamertagSuffix":"1234","uniqueModernGamertag":"Béa#1234","xboxOneRep":"Superstar",` +
    `"presenceState":"Offline","presenceText":"${LAST_SEEN}","presenceDevices":null,"isBroadcasting":false,"isCloaked":false,"isQuarantined":true,"isXbox360Gamerpic":false,"lastSeenDateTimeUtc":"2020-06-12T12:00:00.0000000${seen}"`
  const presence = (further: string): string => `{"IsBroadcasting":false,"Device":"iOS","PresenceText":"${LAST_SEEN}","State":"LastSeen","TitleId":"1","TitleType":null,"IsPrimary":true,"IsGame":true,"RichPresenceText":null${further}}`
  const asked = (session: string, further: string, tournaments: string): string => '"suggestion":{"Type":null,"Priority":0,"Reasons":null,"TitleId":null},"recommendation":null,"search":null,' +
    `"titleHistory":{"TitleName":"One","TitleId":1,"LastTimePlayed":"2020-06-12T12:00:00.0000000Z","LastTimePlayedText":"3d ago"},"multiplayerSummary":${session},"recentPlayer":{"titles":[],"text":null},` +
    `"follower":{"text":null,"followedDateTime":"0001-01-01T00:00:00"},"preferredColor":{"primaryColor":"111111","secondaryColor":"222222","tertiaryColor":"333333"},"presenceDetails":[${presence(further)}],` +
    '"titlePresence":{"IsCurrentlyPlaying":false,"PresenceText":null,"TitleName":null,"TitleId":null},"titleSummaries":null,"presenceTitleIds":[],' +
    '"detail":{"accountTier":"Silver","bio":"I play.","isVerified":false,"location":"Porto","tenure":"8","watermarks":["xboxOneTeam","launchTeam"],"blocked":false,"mute":false,"followerCount":1,"followingCount":2,"hasGamePass":false},' +
    `"communityManagerTitles":null,"socialManager":{"titleIds":[],"pages":[]},"broadcast":[],${tournaments}"avatar":{"updateTimeOffset":"0001-01-01T00:00:00+00:00","spritesheetMetadata":null},` +
    '"linkedAccounts":[],"colorTheme":"gamerpicblur","preferredFlag":"","preferredPlatforms":[]'
  const [old, later] = ['{"InMultiplayerSession":0,"InParty":0}', '{"joinableActivities":[],"partyDetails":[],"inParty":0}']
  const more = ',"DeviceSubType":null,"GameplayType":null'
  const around = '"recommendationSummary":null,"friendFinderState":null,"accountLinkDetails":null}'
  const decorations = 'detail,preferredColor,presenceDetail,multiplayerSummary,titlehistory(1),titlepresence(1),suggestion,recentPlayer,follower,presenceTitleIds,socialManager,broadcast,avatar'
  for (const [version, person] of [
    ['3', `${identity('Z')},${asked(old, '', '"tournamentSummary":null,')}}`],
    ['5', `${identity('Z')},${asked(later, more, '')}}`],
    ['7', `${identity('')},${asked(later, more, '')},"isFriend":true,"isFriendRequestReceived":false,"isFriendRequestSent":false,"friendedDateTimeUtc":null,"useAvatar":false,"favorite":true}`]
  ] as const) {
    t.equal((await ask(`/users/me/people/xuids(${BEA})/decoration/${decorations}`, { version })).body, `{"people":[${person}],${around}`, version)
    t.equal((await ask(`/users/me/people/batch/decoration/${decorations}`, { version, body: { xuids: [BEA] } })).body, `{"people":[${person}],${around}`, version)
  }
})

t.test('social', async (t) => {
  const { ask } = buildSocial(t)
  const members = '"isCallerFollowingTarget":false,"isTargetFollowingCaller":false,"hasCallerMarkedTargetAsFavorite":false,"hasCallerMarkedTargetAsIdentityShared":false,"hasCallerMarkedTargetAsKnown":false,"legacyFriendStatus":"None"'
  t.equal((await ask('/users/me/summary')).body, `{"targetFollowingCount":4,"targetFollowerCount":3,${members},"availablePeopleSlots":996,"recentChangeCount":0,"watermark":"0"}`)
  t.equal((await ask('/users/me/people?maxItems=1')).body, `{"people":[{"xuid":"${BEA}","isFavorite":true,"isFollowingCaller":true}],"totalCount":4}`)
  t.equal((await ask('/users/me/people?maxItems=1', { version: '3' })).body, `{"people":[{"xuid":"${BEA}","isFavorite":true,"isFollowingCaller":true,"isFriend":true}],"totalCount":4}`)
})

t.test('titlehub', async (t) => {
  const world = {
    titles: [title({
      titleId: 1670311038,
      name: 'Deep Sea',
      platforms: ['XboxOne', 'Scarlett', 'WindowsOneCore'],
      titleHub: { pfn: 'Example.DeepSea_s751p9cej88mt', images: [{ url: 'https://images.example/tile', type: 'Tile' }], genres: ['Action & adventure'], releaseDate: '2018-03-20T04:00:00Z', minAge: 12, isStreamable: true },
      achievements: [achievement({ rewards: [{ value: '65', type: 'Gamerscore' }] }), achievement({ id: 2, rewards: [{ value: '935', type: 'Gamerscore' }] })]
    })],
    users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, timeUnlocked: '2024-02-03T14:05:43.1679251Z' }] })],
    sessions: [session({ xuid: '1' })]
  }
  const { get, app } = build(t, { world, now: () => Date.UTC(2025, 0) })
  const titleText = ({ scid = '', achievement = 'null', stats = 'null', gamePass = 'null', images = 'null', history = 'null', detail = 'null', alternate = 'null' }): string =>
    `{"titleId":"1670311038","pfn":"Example.DeepSea_s751p9cej88mt","bingId":null,${scid}"windowsPhoneProductId":null,"name":"Deep Sea","type":"Game","devices":["PC","XboxOne","XboxSeries"],"displayImage":"https://images.example/tile",` +
    `"mediaItemType":"Application","modernTitleId":"1670311038","isBundle":false,"achievement":${achievement},"stats":${stats},"gamePass":${gamePass},"images":${images},"titleHistory":${history},"titleRecord":null,"detail":${detail},` +
    `"friendsWhoPlayed":null,"alternateTitleIds":${alternate},"contentBoards":null,"xboxLiveTier":"Full","isStreamable":true}`
  const progress = (currentAchievements: number, total: number, score: number, whole: number, percent: string, source: number): string =>
    `{"currentAchievements":${currentAchievements},"totalAchievements":${total},"currentGamerscore":${score},"totalGamerscore":${whole},"progressPercentage":${percent},"sourceVersion":${source}}`
  const earned = progress(1, 2, 65, 1000, '6.0', 2)
  const history = '{"lastTimePlayed":"2024-02-03T14:05:43.1679251Z","visible":true,"canHide":false}'
  const rich = {
    scid: `"serviceConfigId":"${SCID}",`,
    images: '[{"url":"https://images.example/tile","type":"Tile"}]',
    detail: '{"attributes":[],"availabilities":[],"capabilities":[],"description":"","developerName":"","genres":["Action & adventure"],"publisherName":"","minAge":12,"releaseDate":"2018-03-20T04:00:00Z","shortDescription":"","vuiDisplayName":null,"xboxLiveGoldRequired":false}',
    alternate: '[]'
  }
  const ask = async (path: string): Promise<string> => (await get(path, { session: 'hash;token' })).body
  t.equal(await ask('/users/xuid(1)/titles/titlehistory/decoration/achievement,stats,gamepass'), `{"xuid":"1","titles":[${titleText({ achievement: earned, stats: '{"sourceVersion":2}', gamePass: '{"isGamePass":false}', history })}]}`)
  t.equal(await ask('/users/xuid(1)/titles/titleHistory/decoration/none'), `{"xuid":"1","titles":[${titleText({ history })}]}`)
  t.equal(await ask('/users/me/titles/titleid(1670311038)/decoration/achievement,alternateTitleId,detail,image,scid'), `{"xuid":"1","titles":[${titleText({ ...rich, achievement: earned })}]}`)
  const batch = await app.inject({ method: 'POST', url: '/titles/batch/decoration/achievement,alternateTitleId,detail,image,scid', headers: { authorization: 'XBL3.0 x=hash;token' }, payload: '{"pfns":["Example.DeepSea_s751p9cej88mt"],"windowsPhoneProductIds":[]}' })
  t.equal(batch.body, `{"xuid":null,"titles":[${titleText({ ...rich, achievement: progress(0, 0, 0, 0, '0.0', 0) })}]}`)
})

t.test('privacy and eraser', async (t) => {
  const { ask } = buildSocial(t)
  t.equal((await ask('/users/me/permission/validate?setting=ViewTargetGameHistory&target=xuid(2533274790000006)')).statusCode, 404)
  t.equal((await ask('/users/me/permission/validate?setting=ViewTargetGameHistory&target=xuid(2533274790000003)')).body, '{"isAllowed":false,"reasons":[{"reason":"NotAllowed"}]}')
  t.equal((await ask('/users/me/permission/validate', { body: { users: [{ xuid: BEA }], permissions: ['ViewTargetGameHistory'] } })).body, `{"responses":[{"user":{"xuid":"${BEA}"},"permissions":[{"isAllowed":true}]}]}`)
  const job = await ask('/submitJob', { body: { userId: ANN, Scid: SCID }, version: '100' })
  t.match(job.body, /^"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}"$/)
  const done = ['StatsDelete', 'TitleHistoryDelete', 'AchievementsDelete', 'GoalEngineDelete', 'Leaderboards'].map((provider) => `{"provider":"${provider}","status":"CompletedSuccess"}`)
  t.equal((await ask(`/jobs/${job.json()}`, { version: '100' })).body, `{"jobId":${job.body},"overallStatus":"CompletedSuccess","providerStatus":[${done}]}`)
})
