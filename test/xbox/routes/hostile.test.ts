import t from 'tap'
import { page } from '../../demo-list.ts'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_SCID, singleOf } from '../../helper.ts'

const PAGE = 'an integer from 1 to 2147483647'
const SKIP = 'an integer from 0 to 2147483647'
const TITLES = 'comma-delimited decimal title ids from 0 to 4294967295'
const TYPES = '"Persistent" or "Challenge"'
const BOOLEAN = '"true" or "false"'
const ORDERS = '"Unordered", "Title", "UnlockTime" or "EndingSoon"'
const TOKEN = 'a token that was issued for this user, these filters and this order'
const huge = 'x'.repeat(10_000)

/** A query and its refusal: [parameter, value as it arrived, expected], or null where the query is ignored. */
const HOSTILE: ReadonlyArray<[string, [string, string, string] | null]> = [
  ['', null],
  ['?', null],
  ['?&&&', null],
  ['?=', null],
  ['?=1&=2', null],
  ['?unknown=1&unknown=2', null],
  ['?constructor=1&__proto__=2&toString=3', null],
  [`?${huge}=${huge.slice(0, 100)}`, null],
  ['?%00=%00', null],
  ['?%zz=%zz', null],
  ['?%ED%A0%80=%ED%A0%80', null],
  ['?max%49tems=5', null],
  ['?MAXITEMS=5&SKIPITEMS=0', null],
  ['?maxItems=0', ['maxItems', '0', PAGE]],
  ['?maxItems=', ['maxItems', '', PAGE]],
  ['?maxItems', ['maxItems', '', PAGE]],
  ['?maxItems=1e3', ['maxItems', '1e3', PAGE]],
  ['?maxItems=%205', ['maxItems', ' 5', PAGE]],
  ['?maxItems=+5', ['maxItems', ' 5', PAGE]],
  ['?maxItems=%2B5', ['maxItems', '+5', PAGE]],
  ['?maxItems=-1', ['maxItems', '-1', PAGE]],
  ['?maxItems=1.0', ['maxItems', '1.0', PAGE]],
  ['?maxItems=0x10', ['maxItems', '0x10', PAGE]],
  ['?maxItems=5%00', ['maxItems', '5\u0000', PAGE]],
  ['?maxItems=%2535', ['maxItems', '%35', PAGE]],
  ['?maxItems=%D9%A3', ['maxItems', '٣', PAGE]],
  ['?maxItems=2147483648', ['maxItems', '2147483648', PAGE]],
  ['?maxItems=NaN', ['maxItems', 'NaN', PAGE]],
  ['?maxItems=Infinity', ['maxItems', 'Infinity', PAGE]],
  ['?maxItems=5,5', ['maxItems', '5,5', PAGE]],
  ['?skipItems=-1', ['skipItems', '-1', SKIP]],
  ['?skipItems=2147483648', ['skipItems', '2147483648', SKIP]],
  ['?skipItems=99999999999999999999', ['skipItems', '99999999999999999999', SKIP]],
  ['?skipItems="3"', ['skipItems', '"3"', SKIP]],
  ['?titleId=', ['titleId', '', TITLES]],
  ['?titleId=,', ['titleId', '', TITLES]],
  ['?titleId=1,,2', ['titleId', '', TITLES]],
  ['?titleId=1, 2', ['titleId', ' 2', TITLES]],
  ['?titleId=0xB5DD9DAF', ['titleId', '0xB5DD9DAF', TITLES]],
  ['?titleId=4294967296', ['titleId', '4294967296', TITLES]],
  ['?titleId=1&titleId=x', ['titleId', 'x', TITLES]],
  ['?titleId=%27%20OR%201=1--', ['titleId', "' OR 1=1--", TITLES]],
  ['?types=', ['types', '', TYPES]],
  ['?types=Persistent,', ['types', '', TYPES]],
  ['?types=All', ['types', 'All', TYPES]],
  ['?types=constructor', ['types', 'constructor', TYPES]],
  ['?types=%00', ['types', '\u0000', TYPES]],
  ['?types=%ED%A0%80', ['types', '\uFFFD\uFFFD\uFFFD', TYPES]],
  ['?unlockedOnly=1', ['unlockedOnly', '1', BOOLEAN]],
  ['?unlockedOnly=', ['unlockedOnly', '', BOOLEAN]],
  ['?unlockedOnly=constructor', ['unlockedOnly', 'constructor', BOOLEAN]],
  ['?possibleOnly=yes', ['possibleOnly', 'yes', BOOLEAN]],
  ['?possibleOnly=true%20', ['possibleOnly', 'true ', BOOLEAN]],
  ['?orderBy=', ['orderBy', '', ORDERS]],
  ['?orderBy=TitleId', ['orderBy', 'TitleId', ORDERS]],
  ['?orderBy=a.row;DROP%20TABLE%20achievement', ['orderBy', 'a.row;DROP TABLE achievement', ORDERS]],
  ['?orderBy=__proto__', ['orderBy', '__proto__', ORDERS]],
  ['?continuationToken=', ['continuationToken', '', TOKEN]],
  ['?continuationToken=00', ['continuationToken', '00', TOKEN]],
  ['?continuationToken=32', ['continuationToken', '32', TOKEN]],
  ['?continuationToken=null', ['continuationToken', 'null', TOKEN]],
  ['?continuationToken=%00', ['continuationToken', '\u0000', TOKEN]],
  ['?continuationToken=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', ['continuationToken', 'A'.repeat(32), TOKEN]],
  ['?continuationToken=________________________________', ['continuationToken', '_'.repeat(32), TOKEN]]
]

t.test('a hostile query is ignored, or refused with what arrived and what was expected', async (t) => {
  const { get } = build(t)
  for (const [query, refusal] of HOSTILE) {
    const response = await get(listOf(GAMER, query))
    if (refusal === null) {
      t.equal(response.statusCode, 200, query.slice(0, 40))
      t.equal(response.json().pagingInfo.totalRecords, 56)
    } else {
      const [name, value, expected] = refusal
      t.equal(response.statusCode, 400, query)
      t.strictSame(response.json(), { errorCode: 4000, errorMessage: `${name} is ${JSON.stringify(value)}; expected ${expected}.` })
    }
  }
})

t.test('a value of 10 kB is refused, and shortened in the message', async (t) => {
  const { get } = build(t)
  for (const name of ['maxItems', 'skipItems', 'titleId', 'types', 'unlockedOnly', 'possibleOnly', 'orderBy', 'continuationToken']) {
    const response = await get(listOf(GAMER, `?${name}=${huge}`))
    t.equal(response.statusCode, 400)
    t.ok(response.json().errorMessage.startsWith(`${name} is "${'x'.repeat(78)}…; expected `), name)
  }
})

t.test('a parameter that takes one value is refused when it is given twice', async (t) => {
  const { get } = build(t)
  for (const [name, value] of [['maxItems', '1'], ['skipItems', '1'], ['unlockedOnly', 'true'], ['possibleOnly', 'true'], ['orderBy', 'Title'], ['continuationToken', '0']]) {
    const response = await get(listOf(GAMER, `?${name}=${value}&${name?.toUpperCase()}=${value}`))
    t.equal(response.statusCode, 400)
    t.strictSame(response.json(), { errorCode: 4000, errorMessage: `${name} was given 2 times; expected once.` })
  }
})

t.test('a continuation token is refused for another user, filter or order', async (t) => {
  const { get } = build(t)
  const query = `?titleId=${LARGE_TITLE}&maxItems=5`
  const { pagingInfo: { continuationToken: token } } = await page(get, query)
  const ask = (rest: string, given = token): ReturnType<typeof get> => get(listOf(GAMER, `${rest}&continuationToken=${given}`))

  const possible = await page(get, `${query}&possibleOnly=true`)
  t.equal((await ask(`${query}&possibleOnly=true&unlockedOnly=true`, possible.pagingInfo.continuationToken)).statusCode, 200, 'possibleOnly overrides unlockedOnly: both are the same list')
  for (const same of [query, `?titleId=${LARGE_TITLE}`, `?titleid=${LARGE_TITLE},${LARGE_TITLE}&skipItems=2&unlockedOnly=false&orderBy=unordered`]) {
    t.equal((await ask(same)).statusCode, 200, same)
  }
  for (const other of ['?', '?titleId=1', `?titleId=${LARGE_TITLE},1`, ...['types=Persistent', 'unlockedOnly=true', 'possibleOnly=true', 'orderBy=Title', 'orderBy=UnlockTime', 'orderBy=EndingSoon'].map((rest) => `${query}&${rest}`)]) {
    t.equal((await ask(other)).statusCode, 400, other)
  }
  for (const broken of [token?.slice(0, -1), `${token}A`, token?.toUpperCase(), `${token}=`, ` ${token}`, token?.split('').reverse().join('')]) {
    t.equal((await ask(query, broken ?? '')).statusCode, 400, String(broken))
  }
  const foreign = await get(listOf(FRIEND, `${query}&continuationToken=${token}`), { session: 'demo;friend' })
  t.equal(foreign.statusCode, 400)
})

t.test('XUIDs that are not unsigned 64-bit integers are refused', async (t) => {
  const { get } = build(t)
  for (const [segment, text] of [
    ['18446744073709551616', '18446744073709551616'], ['-1', '-1'], ['1.0', '1.0'], ['0x1', '0x1'], ['', ''], ['1%292', '1)2'], ['1%2829%29', '1(29)'],
    ['%20', ' '], ['1%20', '1 '], ['1e3', '1e3'], ['+1', '+1'], ['%2B1', '+1'], ['1,2', '1,2'], ['1%2F2', '1/2'], ['1%00', '1\u0000'], ['1%0A', '1\n'],
    ['%2531', '%31'], ['me', 'me'], ['%D9%A3', '٣'], ["1'--", "1'--"], ['99999999999999999999999', '99999999999999999999999']
  ] as const) {
    for (const url of [listOf(segment), singleOf(segment, SAMPLE_SCID, 3)]) {
      const response = await get(url)
      t.equal(response.statusCode, 400, url)
      t.strictSame(response.json(), { errorCode: 4000, errorMessage: `The XUID is ${JSON.stringify(text)}; expected an unsigned 64-bit integer in decimal.` })
    }
  }
  const long = await get(listOf('9'.repeat(10_000)))
  t.equal(long.statusCode, 400)
})

t.test('service configuration ids that are not GUIDs, and achievement ids that are not numbers, are refused', async (t) => {
  const { get } = build(t)
  for (const [scid, text] of [
    ['x', 'x'], [`{${SAMPLE_SCID}}`, `{${SAMPLE_SCID}}`], [SAMPLE_SCID.replaceAll('-', ''), SAMPLE_SCID.replaceAll('-', '')], [`${SAMPLE_SCID}0`, `${SAMPLE_SCID}0`],
    [SAMPLE_SCID.replace('b', 'g'), SAMPLE_SCID.replace('b', 'g')], ['%00', '\u0000'], ['..%2f', '../']
  ] as const) {
    const response = await get(singleOf(GAMER, scid, 3))
    t.equal(response.statusCode, 400, scid)
    t.strictSame(response.json(), { errorCode: 4000, errorMessage: `The service configuration id is ${JSON.stringify(text)}; expected a GUID.` })
  }
  for (const [id, text] of [['-1', '-1'], ['4294967296', '4294967296'], ['1.0', '1.0'], ['0x3', '0x3'], ['three', 'three'], ['3%20', '3 '], ['%33%00', '3\u0000']] as const) {
    const response = await get(singleOf(GAMER, SAMPLE_SCID, id))
    t.equal(response.statusCode, 400, id)
    t.strictSame(response.json(), { errorCode: 4000, errorMessage: `The achievement id is ${JSON.stringify(text)}; expected an unsigned 32-bit integer in decimal.` })
  }
})

t.test('a user with the largest XUID works end to end', async (t) => {
  const xuid = '18446744073709551615'
  const { get } = build(t, {
    world: {
      titles: [{ titleId: 4294967295, name: 'Last', serviceConfigId: SAMPLE_SCID, achievements: [{ id: 4294967295, name: 'Last' }] }],
      users: [{ xuid, gamertag: 'last', achievements: [{ serviceConfigId: SAMPLE_SCID, id: 4294967295, percentComplete: 100, timeUnlocked: '9999-12-31T23:59:59.9999999Z' }] }],
      sessions: [{ userHash: 'demo', token: 'gamer', xuid, titleId: 4294967295 }]
    }
  })
  const list = await get(listOf(xuid, '?titleId=4294967295&orderBy=UnlockTime'))
  t.equal(list.json().achievements[0].progression.timeUnlocked, '9999-12-31T23:59:59.9999999Z')
  const single = await get(singleOf(xuid, SAMPLE_SCID, 4294967295))
  t.equal(single.json().achievement.id, '4294967295')
})
