import { readFileSync } from 'node:fs'
import t from 'tap'
import { worldJsonSchema } from '../../src/world/schema.ts'
import { achievement, problemsOf, SCID, session, title, user } from '../world-parts.ts'

t.test('the published JSON Schema is this one', async (t) => {
  const command = 'npm exec -- node src/bin.ts world schema > fixtures/world.schema.json'
  t.equal(readFileSync('fixtures/world.schema.json', 'utf8'), `${JSON.stringify(worldJsonSchema(), null, 2)}\n`, `or write it anew: ${command}`)
})

const GUID = 'a GUID, e.g. "b5dd9daf-0000-0000-0000-000000000000"'
const UNSIGNED_32 = 'an integer from 0 to 4294967295'
const UNSIGNED_53 = 'an integer from 0 to 9007199254740991'
const INSTANT = 'an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"'
const XUID = 'a XUID: a decimal from "0" to "18446744073709551615", in quotes'
const USER_HASH = 'a string of visible ASCII characters without semicolons, other than "-" and "*"'
const SANDBOX = 'a sandbox id, e.g. "RETAIL"'
const TEXT = 'a string, or an object of locale to string, e.g. {"en-US":"…","fr-FR":"…"}'
const FILLED = 'a string that is not empty'
const GAMERTAG = 'a string that is not empty and has no control characters'

const URL_EXPECTED = 'a URL that begins with http:// or https://'
const COLOR = 'a colour of six hexadecimal digits, e.g. "107c10"'
/** A value as a message has it, in which a long one is cut. */
const cut = (value: string): string => value.length < 80 ? '%' : `"${value.slice(0, 78)}…`

const WINDOW = { startDate: '2013-02-01T00:00:00Z', endDate: '2013-02-02T00:00:00Z' }

/** For each object of a world: a member, a wrong value of it, and the message (% stands for the value). */
const cases: Array<[place: string, document: (members: object) => object, Array<[member: string, value: unknown, message: string]>]> = [
  ['', (members) => members, [
    ['name', 1, 'unknown member; known are $schema, titles, users, sessions, userKeys'],
    ['__proto__', 1, 'unknown member; known are $schema, titles, users, sessions, userKeys'],
    ['titles', 'x', 'found %, expected a list'],
    ['titles', null, 'found %, expected a list'],
    ['titles', {}, 'found %, expected a list'],
    ['users', { 0: user() }, 'found %, expected a list'],
    ['sessions', 5, 'expected a list'],
    ['userKeys', 'demo', 'expected a list']
  ]],
  ['/titles/0', (members) => ({ titles: [title(members)] }), [
    ['id', 1, 'unknown member; known are titleId, name, version, generation, achievementSystem, refusesUpdates, titleType, platform, platforms, productId, serviceConfigId, public, sandboxes, defaultLocale, xbox360, status, location, clientIds, titleHub, achievements'],
    ['titleId', undefined, `missing, expected ${UNSIGNED_32}`],
    ...['1', -1, 1.5, 4294967296, null].map((value): [string, unknown, string] => ['titleId', value, `found %, expected ${UNSIGNED_32}`]),
    ['name', undefined, `missing, expected ${FILLED}`],
    ['name', '', `found %, expected ${FILLED}`],
    ['version', 1, `found %, expected ${FILLED}, or null`],
    ['generation', 'Modern', 'found %, expected one of "modern", "xbox360"'],
    ['titleType', null, 'found %, expected a string'],
    ['platform', 1, 'found %, expected a string'],
    ['platforms', 'Durango', 'found %, expected a list of strings'],
    ['productId', '12345678-1234', `found %, expected ${GUID}, or null`],
    ['serviceConfigId', undefined, `missing, expected ${GUID}`],
    ['serviceConfigId', `{${SCID}}`, `found %, expected ${GUID}`],
    ['public', 'true', 'found %, expected true or false'],
    ['sandboxes', ['A.1', 'A.1'], 'found %, expected a list of sandbox ids, each once'],
    ['sandboxes', 'RETAIL', 'found %, expected a list of sandbox ids, each once'],
    ['defaultLocale', 'english', 'found %, expected a locale, e.g. "fr-FR"'],
    ['status', 'gone', 'found %, expected one of "active", "moved", "redirected", "retired"'],
    ['location', 'a b', 'found %, expected a URI, or null'],
    ['clientIds', 'x', 'found %, expected a list of client ids'],
    ['titleHub', 'x', 'found %, expected an object, or null'],
    ['achievements', {}, 'found %, expected a list']
  ]],
  ['/titles/0/achievements/0', (members) => ({ titles: [title({ achievements: [achievement(members)] })] }), [
    ['secret', true, 'unknown member; known are id, name, description, lockedDescription, isSecret, achievementType, participationType, timeWindow, requirements, mediaAssets, rewards, estimatedTime, deeplink, xbox360, igdb'],
    ['id', '3', `found %, expected ${UNSIGNED_32}`],
    ['name', null, `found %, expected ${TEXT}`],
    ['name', {}, `found %, expected ${TEXT}`],
    ['description', 5, `found %, expected ${TEXT}, or null`],
    ['lockedDescription', false, `found %, expected ${TEXT}, or null`],
    ['isSecret', 1, 'found %, expected true or false'],
    ['achievementType', 'challenge', 'found %, expected one of "Persistent", "Challenge"'],
    ['participationType', 'Team', 'found %, expected one of "Individual", "Group"'],
    ['timeWindow', 'always', 'found %, expected null or an object with startDate and endDate'],
    ['requirements', 'none', 'found %, expected a list'],
    ['mediaAssets', 1, 'found %, expected a list'],
    ['rewards', true, 'found %, expected a list'],
    ['estimatedTime', '6:12', 'found %, expected a duration, e.g. "06:12:14", or null'],
    ['deeplink', '', `found %, expected ${FILLED}, or null`],
    ['igdb', 1234, 'found %, expected an object, or null']
  ]],
  ['/titles/0/achievements/0/igdb', (igdb) => ({ titles: [title({ achievements: [achievement({ igdb })] })] }), [
    ['name', 'n', 'unknown member; known are id, category, rank, game, tags, language, icon, externalId, createdAt, updatedAt, owners, ownersPercentage'],
    ...['1', 0, -1, 1.5, 4294967296].map((value): [string, unknown, string] => ['id', value, 'found %, expected an integer from 1 to 4294967295, or null']),
    ['category', null, `found %, expected ${UNSIGNED_53}`],
    ...['rank', 'game', 'language', 'updatedAt', 'owners'].map((member): [string, unknown, string] => [member, 9007199254740992, `found %, expected ${UNSIGNED_53}, or null`]),
    ['createdAt', '2018-06-20T13:18:43Z', `found %, expected ${UNSIGNED_53}`],
    ['tags', null, 'found %, expected a list of strings that are not empty, each once'],
    ['tags', ['a', 'a'], 'found %, expected a list of strings that are not empty, each once'],
    ['externalId', '', `found %, expected ${FILLED}, or null`],
    ['ownersPercentage', 100.1, 'found %, expected a number from 0 to 100, or null'],
    ['icon', '/x', 'found %, expected an object, or null']
  ]],
  ['/titles/0/achievements/0/igdb/icon', (icon) => ({ titles: [title({ achievements: [achievement({ igdb: { icon: { url: '/x', ...icon } } })] })] }), [
    ['url', undefined, `missing, expected ${FILLED}`],
    ['cloudinary_id', 'x', 'unknown member; known are url, cloudinaryId, width, height'],
    ['width', -1, `found %, expected ${UNSIGNED_32}, or null`]
  ]],
  ['/titles/0/achievements/0/name', (name) => ({ titles: [title({ achievements: [{ id: 1, name }] })] }), [
    ['en-US', 5, 'found %, expected a string'],
    ['en_US', 'x', 'unknown member']
  ]],
  ['/titles/0/achievements/0/timeWindow', (members) => ({ titles: [title({ achievements: [achievement({ timeWindow: { ...WINDOW, ...members } })] })] }), [
    ['from', '2013-02-01T00:00:00Z', 'unknown member; known are startDate, endDate'],
    ['endDate', null, `found %, expected ${INSTANT}`],
    ['startDate', '2013-02-01', `found %, expected ${INSTANT}`],
    ['startDate', undefined, `missing, expected ${INSTANT}`]
  ]],
  ['/titles/0/achievements/0/requirements/0', (members) => ({ titles: [title({ achievements: [achievement({ requirements: [{ id: 'r', target: '1', ...members }] })] })] }), [
    ['id', undefined, `missing, expected ${FILLED}`],
    ['target', 100, 'found %, expected a string'],
    ['operationType', '', 'found %, expected a string that is not empty, or null'],
    ['operationType', 1, 'found %, expected a string that is not empty, or null'],
    ['valueType', 'Int', 'found %, expected one of "Integer", "Double", "DateTime", "String"'],
    ['ruleParticipationType', null, 'found %, expected one of "Individual", "Group"'],
    ['current', '1', 'unknown member; known are id, target, operationType, valueType, ruleParticipationType']
  ]],
  ['/titles/0/achievements/0/rewards/0', (members) => ({ titles: [title({ achievements: [achievement({ rewards: [{ value: '1', type: 'InApp', ...members }] })] })] }), [
    ['value', 10, 'found %, expected a string'],
    ['type', 'Money', 'found %, expected one of "Gamerscore", "InApp", "Art"'],
    ['valueType', 'Integer', 'found %, expected one of "Int", "String", "Uri", or null'],
    ['name', 1, `found %, expected ${TEXT}, or null`]
  ]],
  ['/titles/0/achievements/0/mediaAssets/0', (members) => ({ titles: [title({ achievements: [achievement({ mediaAssets: [{ name: 'n', type: 'Icon', url: '/x', ...members }] })] })] }), [
    ['name', undefined, 'missing, expected a string'],
    ['type', '', 'found %, expected a string that is not empty'],
    ['type', null, 'found %, expected a string that is not empty'],
    ['url', '', `found %, expected ${FILLED}`]
  ]],
  ['/users/0', (members) => ({ users: [user(members)] }), [
    ['xuid', undefined, `missing, expected ${XUID}`],
    ['xuid', '-1', `found %, expected ${XUID}`],
    ['gamertag', '', `found %, expected ${GAMERTAG}`],
    ['gamertag', 'a\u0000', `found %, expected ${GAMERTAG}`],
    ['gamertag', '\u007fa', `found %, expected ${GAMERTAG}`],
    ['privacy', 'friends', 'found %, expected one of "everyone", "friendsOnly", "blocked"'],
    ['friends', '2', 'found %, expected a list'],
    ['favorites', '2', 'found %, expected a list'],
    ['profile', [], 'found %, expected an object, or null'],
    ['presence', 'Online', 'found %, expected an object, or null'],
    ...[0, -1, 1.5, 4294967296, '2148916238'].map((value): [string, unknown, string] => ['signInError', value, 'found %, expected an integer from 1 to 4294967295, or null'])
  ]],
  ['/users/0/profile', (profile) => ({ users: [user({ profile })] }), [
    ['name', 'x', 'unknown member; known are realName, bio, location, accountTier, tenureLevel, xboxOneRep, displayPic, preferredColor, watermarks, modernGamertag, modernGamertagSuffix, isQuarantined'],
    ...['realName', 'bio', 'location'].map((member): [string, unknown, string] => [member, null, 'found %, expected a string']),
    ['accountTier', 'gold', 'found %, expected one of "Gold", "Silver", "FamilyGold"'],
    ['tenureLevel', '8', `found %, expected ${UNSIGNED_32}`],
    ['xboxOneRep', '', `found %, expected ${FILLED}`],
    ...['', 'ftp://x', 'https://', 'javascript:alert(1)', 'https://a b', 5].map((value): [string, unknown, string] => ['displayPic', value, `found %, expected ${URL_EXPECTED}, or null`]),
    ['preferredColor', '107c10', 'found %, expected an object, or null'],
    ['watermarks', 'x', 'found %, expected a list of strings'],
    ['modernGamertag', '\u0000', `found %, expected ${GAMERTAG}, or null`],
    ['modernGamertagSuffix', '#1953', 'found %, expected a string of at most 12 digits'],
    ['isQuarantined', 0, 'found %, expected true or false']
  ]],
  ['/users/0/profile/preferredColor', (color) => ({ users: [user({ profile: { preferredColor: { primaryColor: '107c10', secondaryColor: 'ABCDEF', tertiaryColor: '000000', ...color } } })] }), [
    ['primaryColor', undefined, `missing, expected ${COLOR}`],
    ...['#107c10', '107c1', '107c100', 'green!', 0x107C10].map((value): [string, unknown, string] => ['tertiaryColor', value, `found %, expected ${COLOR}`])
  ]],
  ['/users/0/presence', (presence) => ({ users: [user({ presence })] }), [
    ['device', 'x', 'unknown member; known are state, deviceType, titles, timestamp'],
    ['state', 'online', 'found %, expected one of "Online", "Away", "Offline"'],
    ['deviceType', '', `found %, expected ${FILLED}`],
    ['titles', {}, 'found %, expected a list'],
    ['timestamp', 'now', `found %, expected ${INSTANT}, or null`]
  ]],
  ['/users/0/presence/titles/0', (members) => ({ users: [user({ presence: { titles: [{ titleId: 9, name: 'Nine', ...members }] } })] }), [
    ['titleId', '9', `found %, expected ${UNSIGNED_32}`],
    ['name', 1, 'found %, expected a string, or null'],
    ['state', 'Playing', 'found %, expected one of "Active", "Inactive"'],
    ['placement', 'full', 'found %, expected one of "Full", "Fill", "Snapped", "Background"'],
    ['richPresence', 1, `found %, expected ${FILLED}, or null`]
  ]],
  ['/users/0/titles/0', (members) => ({ titles: [title()], users: [user({ titles: [{ titleId: 1, lastPlayed: '2013-02-01T00:00:00Z', ...members }] })] }), [
    ['minutesPlayed', -1, `found %, expected ${UNSIGNED_32}, or null`],
    ['minutesPlayed', '5', `found %, expected ${UNSIGNED_32}, or null`],
    ['stats', {}, 'found %, expected a list']
  ]],
  ['/users/0/titles/0/stats/0', (members) => ({ titles: [title()], users: [user({ titles: [{ titleId: 1, lastPlayed: '2013-02-01T00:00:00Z', stats: [{ name: 'Kills', value: '1', ...members }] }] })] }), [
    ['name', '', `found %, expected ${FILLED}`],
    ['type', 'integer', 'found %, expected one of "Integer", "Double", "String", "DateTime"'],
    ['value', 1, 'found %, expected a string']
  ]],
  ['/titles/0/titleHub', (titleHub) => ({ titles: [title({ titleHub })] }), [
    ['scid', 'x', 'unknown member; known are pfn, productId, type, mediaItemType, devices, displayImage, images, description, shortDescription, developerName, publisherName, releaseDate, minAge, genres, isBundle, isGamePass, isStreamable, xboxLiveTier, modernTitleId, alternateTitleIds, hidesTotal'],
    ...['', 'a b', 'ä', 'x'.repeat(256)].map((value): [string, unknown, string] => ['pfn', value, `found ${cut(value)}, expected a package family name, e.g. "Example.Game_8wekyb3d8bbwe", or null`]),
    ...['productId', 'mediaItemType'].map((member): [string, unknown, string] => [member, '', `found %, expected ${FILLED}, or null`]),
    ['type', 'App', 'found %, expected one of "Game", "Application", or null'],
    ['devices', 'PC', 'found %, expected a list of strings that are not empty, or null'],
    ['displayImage', '/x.png', `found %, expected ${URL_EXPECTED}, or null`],
    ['images', {}, 'found %, expected a list'],
    ...['description', 'shortDescription', 'developerName', 'publisherName'].map((member): [string, unknown, string] => [member, 1, 'found %, expected a string, or null']),
    ['releaseDate', '2013-02-01', `found %, expected ${INSTANT}, or null`],
    ['minAge', -1, `found %, expected ${UNSIGNED_32}, or null`],
    ['genres', 'x', 'found %, expected a list of strings that are not empty'],
    ...['isBundle', 'isGamePass', 'hidesTotal'].map((member): [string, unknown, string] => [member, null, 'found %, expected true or false']),
    ['isStreamable', 1, 'found %, expected true or false, or null'],
    ['xboxLiveTier', '', `found %, expected ${FILLED}`],
    ['modernTitleId', '1', `found %, expected ${UNSIGNED_32}, or null`],
    ['alternateTitleIds', 1, 'found %, expected a list of title ids']
  ]],
  ['/titles/0/titleHub/images/0', (members) => ({ titles: [title({ titleHub: { images: [{ url: 'https://x', type: 'Tile', ...members }] } })] }), [
    ['url', undefined, `missing, expected ${URL_EXPECTED}`],
    ['type', '', `found %, expected ${FILLED}`]
  ]],
  ['/users/0/achievements/0', (members) => ({ titles: [title()], users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, ...members }] })] }), [
    ['serviceConfigId', 5, `found %, expected ${GUID}`],
    ['id', undefined, `missing, expected ${UNSIGNED_32}`],
    ['percentComplete', 101, 'found %, expected an integer from 0 to 100'],
    ['percentComplete', '50', 'found %, expected an integer from 0 to 100'],
    ['timeUnlocked', 'yesterday', `found %, expected ${INSTANT}, or null`],
    ['isRevoked', 'no', 'found %, expected true or false'],
    ['requirements', null, 'found %, expected a list']
  ]],
  ['/sessions/0', (members) => ({ sessions: [session(members)] }), [
    ['userHash', 'a;b', `found %, expected ${USER_HASH}`],
    ['userHash', '-', `found %, expected ${USER_HASH}`],
    ['userHash', '*', `found %, expected ${USER_HASH}`],
    ['token', 'a b', 'expected a string of visible ASCII characters'],
    ['xuid', 1, `found %, expected ${XUID}, or null`],
    ['titleId', '1', `found %, expected ${UNSIGNED_32}, or null`],
    ['sandbox', 'a b', `found %, expected ${SANDBOX}, or null`],
    ['location', 'us', 'found %, expected an ISO 3166 country, e.g. "US", or null'],
    ['thirdPartySite', null, 'found %, expected true or false'],
    ['expires', 'never', `found %, expected ${INSTANT}, or null`]
  ]]
]

for (const [place, document, members] of cases) {
  t.test(`a wrong member of ${place || 'the world'}`, async (t) => {
    for (const [member, value, message] of members) {
      // JSON.parse makes __proto__ an own member, too.
      const object = Object.defineProperty({}, member, { value, enumerable: true })
      const whole = document(object)
      const expected = message.replace('%', () => JSON.stringify(value))
      t.strictSame(problemsOf(whole), [`a.json: ${place}/${member}: ${expected}`], `${member}: ${JSON.stringify(value)}`)
    }
  })
}

t.test('a document that is no object', async (t) => {
  for (const document of ['x', 5, null, true, []]) {
    t.strictSame(problemsOf(document), [`a.json: /: found ${JSON.stringify(document)}, expected an object with titles, users and sessions`])
  }
})

t.test('a wrong item of a list', async (t) => {
  const cases: Array<[object, string]> = [
    [{ titles: ['x'] }, '/titles/0: found "x", expected an object'],
    [{ titles: [title({ platforms: ['Durango', ''] })] }, `/titles/0/platforms/1: found "", expected ${FILLED}`],
    [{ titles: [title({ sandboxes: ['RETAIL', 'A B'] })] }, `/titles/0/sandboxes/1: found "A B", expected ${SANDBOX}`],
    [{ users: [user({ friends: ['2', 3] })] }, `/users/0/friends/1: found 3, expected ${XUID}`],
    ...['', 'a b', 'ä', 'x'.repeat(65)].map((clientId): [object, string] => [{ titles: [title({ clientIds: ['b', clientId] })] }, `/titles/0/clientIds/1: found ${JSON.stringify(clientId)}, expected a client id: 1 to 64 visible ASCII characters`]),
    [{ users: [user({ favorites: [2] })] }, `/users/0/favorites/0: found 2, expected ${XUID}`],
    ...['', 'a|b', 'a\n'].map((mark): [object, string] => [{ users: [user({ profile: { watermarks: [mark] } })] }, `/users/0/profile/watermarks/0: found ${JSON.stringify(mark)}, expected a name that is not empty, without a bar and without control characters`]),
    [{ titles: [title({ titleHub: { devices: [''] } })] }, `/titles/0/titleHub/devices/0: found "", expected ${FILLED}`],
    [{ titles: [title({ titleHub: { alternateTitleIds: [-1] } })] }, `/titles/0/titleHub/alternateTitleIds/0: found -1, expected ${UNSIGNED_32}`],
    [{ titles: [title({ titleHub: { genres: [''] } })] }, `/titles/0/titleHub/genres/0: found "", expected ${FILLED}`],
    [{ sessions: [session(), null] }, '/sessions/1: expected an object'],
    [{ sessions: [session(), 'SECRET'] }, '/sessions/1: expected an object'],
    [{ sessions: { token: 'SECRET' } }, '/sessions: expected a list'],
    [{ userKeys: ['k', 'a b'] }, '/userKeys/1: expected a string of visible ASCII characters'],
    [{ titles: [title({ achievements: [achievement({ igdb: { tags: [''] } })] })] }, `/titles/0/achievements/0/igdb/tags/0: found "", expected ${FILLED}`]
  ]
  for (const [document, problem] of cases) t.strictSame(problemsOf(document), [`a.json: ${problem}`])
})
