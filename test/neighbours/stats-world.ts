export const ONE = '2533274790000001'
export const FRIEND_OF_ONE = '2533274790000002'
export const HIDDEN = '2533274790000003'
export const ABSENT = '2533274790000009'
export const FIRST = 'aaaaaaaa-0000-0000-0000-000000000001'
export const SHARED = 'aaaaaaaa-0000-0000-0000-000000000002'

const kills = { name: 'Kills', type: 'Integer', value: '92173' }
const ratio = { name: 'KDRatio', type: 'Double', value: '2.23' }

const played = [
  { titleId: 11, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 1220, stats: [kills, ratio] },
  { titleId: 11, sandbox: 'XDKS.1', lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 7 },
  { titleId: 12, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 99, stats: [{ name: 'Deaths', value: '3' }] },
  { titleId: 13, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 0 },
  { titleId: 14, lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 5 }
]

/** A user with statistics in two sandboxes, of titles that share a service configuration, and of one that is not published in RETAIL. */
export const STATS_WORLD = {
  titles: [
    { titleId: 11, name: 'One', serviceConfigId: FIRST, sandboxes: ['RETAIL', 'XDKS.1'] },
    { titleId: 13, name: 'Three', serviceConfigId: SHARED },
    { titleId: 12, name: 'Two', serviceConfigId: SHARED },
    { titleId: 14, name: 'Four', serviceConfigId: FIRST, sandboxes: ['XDKS.1'] }
  ],
  users: [
    { xuid: ONE, gamertag: 'one', privacy: 'friendsOnly', friends: [FRIEND_OF_ONE], titles: played },
    { xuid: FRIEND_OF_ONE, gamertag: 'Friend Of One', privacy: 'everyone' },
    { xuid: HIDDEN, gamertag: 'hidden', privacy: 'blocked', titles: played.slice(0, 1) }
  ],
  sessions: [
    { userHash: 'u', token: 'one', xuid: ONE },
    { userHash: 'u', token: 'one-in-xdks', xuid: ONE, sandbox: 'XDKS.1' },
    { userHash: 'u', token: 'friend', xuid: FRIEND_OF_ONE },
    { userHash: 'u', token: 'hidden', xuid: HIDDEN },
    { userHash: 'u', token: 'site', xuid: FRIEND_OF_ONE, thirdPartySite: true }
  ]
}

/** The headers of a request with a token. */
export const headersOf = (token: string, version: string | undefined = '2'): Record<string, string> => ({
  authorization: `XBL3.0 x=u;${token}`, ...version !== undefined && { 'x-xbl-contract-version': version }
})
