import t from 'tap'
import { startEmulator, XblError } from '../../../src/index.ts'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_TITLE } from '../../helper.ts'
import { thrownBy } from '../../thrown-error.ts'
import { command, control, refusal, sentBy } from '../client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const LIST = listOf(GAMER)
const UPDATE = `${LIST}/${SCID}/update`
const BODY = {
  action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete: 60 }, { id: '11', percentComplete: 40 }, { id: '11', percentComplete: 50 }]
}
const NAMES = 'method, path, query, contractVersion, xuid, titleId, status, fault, matched, body, after, before, last'

const json = (value: unknown): string => `?body=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`

t.test('the journal is filtered', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503, path: '/users/xuid(7)/*' })
  await emulator.get(`${LIST}?maxItems=1&titleId=5&titleId=6`)
  await emulator.get(listOf(FRIEND), { session: 'demo;friend', headers: { 'x-xbl-contract-version': undefined } })
  await emulator.get(listOf('x'))
  await emulator.app.inject({ method: 'POST', url: '/nope' })
  await emulator.get('/nope/deeper?code=abc')
  await emulator.app.inject({ method: 'POST', url: UPDATE, headers: sentBy('demo;titleless'), payload: BODY })
  await emulator.app.inject({ method: 'POST', url: UPDATE, headers: sentBy('demo;titleless'), payload: '{"titleId":1e400,"x":12345678901234567890,"list":[1,[2]]}' })
  await emulator.get(listOf('7'))
  const all = [1, 2, 3, 4, 5, 6, 7, 8]
  for (const [query, expected] of [
    ['', all], ['?method=post', [4, 6, 7]], ['?METHOD=GET', [1, 2, 3, 5, 8]], ['/unmatched', [4, 5]], ['/unmatched?method=GET', [5]], ['?matched=false', [4, 5]], ['?matched=TRUE', [1, 2, 3, 6, 7, 8]],
    ['?path=/nope', [4, 5]], [`?path=${LIST}`, [1, 6, 7]], ['?path=/NOPE', []], ['?path=*/update', [6, 7]], ['?path=/users/*/achievements/*-', [6, 7]], ['?path=*e*e', [1, 2, 3, 5, 6, 7, 8]], ['?path=*e*e*eee', []], ['?path=*', all], ['?path=', all], ['?path=/u*/nope', []],
    ['?query=maxItems%3D1', [1]], ['?query=MAXITEMS=1', [1]], ['?query=titleId%3D6%26titleId%3D5', [1]], ['?query=titleId%3D7', []], ['?query=maxItems', []], ['?query=', all], ['?query=code=abc', []], ['?query=code=%E2%80%A6', [5]],
    ['?contractVersion=2', [1, 3, 5, 6, 7, 8]], ['?contractVersion=none', [2, 4]], ['?contractVersion=', []],
    [`?xuid=0${GAMER}`, [1, 3, 6, 7, 8]], [`?xuid=${FRIEND}&status=200`, [2]], ['?xuid=none', [4, 5]],
    [`?titleId=${SAMPLE_TITLE}`, [1, 2, 3, 8]], ['?titleId=none', [4, 5, 6, 7]], ['?titleId=5', []],
    ['?status=404', [4, 5]], ['?status=400', [3, 7]], ['?status=none', []], ['?status=200&method=POST', [6]], ['?fault=1', [8]], ['?fault=none', [1, 2, 3, 4, 5, 6, 7]], ['?fault=2', []],
    [json({ titleId: LARGE_TITLE }), [6]], [json({}), [6, 7]], [json([]), []], [json(null), [1, 2, 3, 4, 5, 8]], [json({ titleId: String(LARGE_TITLE) }), []], [json('{"titleId":1e400}'), [7]], [json('{"x":12345678901234567890}'), [7]], [json('{"x":12345678901234567891}'), []],
    [json({ achievements: [{ id: '11' }] }), [6]], [json({ achievements: [{ id: '9' }, { percentComplete: 50 }] }), [6]], [json({ achievements: [{ percentComplete: 50 }, { id: '9' }] }), []], [json({ achievements: [{ id: '11' }, { id: '11' }, { id: '11' }] }), []], [json({ achievements: [] }), [6]], [json({ achievements: { 0: {} } }), []],
    [json({ list: [[2]] }), [7]], [json({ list: [1, [2]] }), [7]], [json({ list: {} }), []], [json({ nope: null }), []], [json('{"__proto__":{}}'), []], [json({ toString: {} }), []], [json('"x"'), []], [json('1e400'), []],
    ['?after=6', [7, 8]], ['?after=0', all], ['?after=8', []], ['?after=4294967295', []], ['?last=2', [7, 8]], ['?last=100', all], ['?last=1&method=POST', [7]], ['?last=3&after=6', [7, 8]], ['?before=3', [1, 2]], ['?before=0', []], ['?before=1', []], ['?before=9', all], ['?before=4294967295', all], ['?before=7&last=2', [5, 6]], ['?before=8&last=1&method=POST', [7]], ['?before=5&after=2', [3, 4]], ['?before=2&after=5', []], ['/unmatched?last=1', [5]]
  ] as const) {
    const { requests, newest } = await command(emulator, 'GET', `/requests${query}`)
    t.strictSame([requests.map(({ id }: any) => id), newest], [expected, 8], query)
  }
})

t.test('what is no filter is refused', async (t) => {
  const emulator = build(t)
  for (const [query, message] of [
    ['?status=x', 'status is "x"; expected an HTTP status, or none.'],
    ['/unmatched?status=', 'status is ""; expected an HTTP status, or none.'],
    ['?xuid=-1', 'xuid is "-1"; expected an unsigned 64-bit integer in decimal, or none.'],
    ['?titleId=4294967296', 'titleId is "4294967296"; expected an unsigned 32-bit integer in decimal, or none.'],
    ['?fault=1.5', 'fault is "1.5"; expected the id of a fault, or none.'],
    ['?matched=yes', 'matched is "yes"; expected true or false.'],
    ['?after=-1', 'after is "-1"; expected the id of an entry.'],
    ['?before=x', 'before is "x"; expected the id of an entry.'],
    ['?last=0', 'last is "0"; expected an integer from 1.'],
    ['?body=%7B', 'body is "{"; expected JSON.'],
    [`?body=${'['.repeat(15_000)}`, `body is "${'['.repeat(78)}…; expected JSON.`],
    ['?method=GET&method=PUT', 'method was given 2 times; expected once.'],
    ['?state=200', `"state" is no parameter of this path; known are ${NAMES}, wait, count.`],
    ['?__proto__=1', `"__proto__" is no parameter of this path; known are ${NAMES}, wait, count.`],
    ['/unmatched?matched=true', `"matched" is no parameter of this path; known are ${NAMES.replace('matched, ', '')}, wait, count.`],
    ['.har?wait=1', `"wait" is no parameter of this path; known are ${NAMES}.`],
    ['.har?status=x', 'status is "x"; expected an HTTP status, or none.']
  ] as const) {
    const { status, body } = await control(emulator, 'GET', `/requests${query}`)
    t.strictSame([status, body], [400, refusal(4000, message)], query.slice(0, 50))
  }
})

t.test('a program filters by the same members', async (t) => {
  const emulator = await startEmulator()
  t.teardown(emulator.close)
  const authorization = emulator.authorization({ xuid: GAMER })
  for (const [path, init] of [[LIST, {}], ['/nope', {}], [UPDATE, { method: 'POST', body: JSON.stringify({ ...BODY, x: 1 }).replace('"x":1', '"x":12345678901234567890') }]] as const) {
    await (await fetch(`${emulator.url}${path}`, { headers: { authorization, 'x-xbl-contract-version': '2' }, ...init })).text()
  }
  for (const [filter, expected] of [
    [undefined, [1, 2, 3]], [{}, [1, 2, 3]], [{ method: undefined, status: undefined }, [1, 2, 3]], [{ method: 'post' }, [3]], [{ xuid: `0${GAMER}` }, [1, 3]], [{ xuid: null }, [2]], [{ matched: false }, [2]], [{ status: null }, []],
    [{ body: { titleId: LARGE_TITLE } }, [3]], [{ body: { x: 12345678901234567890n } }, [3]], [{ body: { x: 12345678901234567891n } }, []], [{ body: { titleId: BigInt(LARGE_TITLE) } }, [3]], [{ body: { action: 1n } }, []], [{ body: { x: 12345678901234567000 } }, [3]], [{ body: null }, [1, 2]], [{ after: 1, last: 1 }, [3]], [{ path: '*/update' }, [3]]
  ] as const) {
    t.strictSame(emulator.requests(filter).map(({ id }) => id), expected)
    t.strictSame(emulator.har(filter).log.entries.length, expected.length)
  }
  for (const [filter, message] of [
    [{ state: 200 }, `The filter, at /state: unknown member; known are ${NAMES}.`],
    [{ status: '200' }, 'The filter, at /status: found "200", expected an HTTP status, or null.'],
    [{ xuid: 5 }, 'The filter, at /xuid: found 5, expected a XUID in quotes, or null.'],
    [{ last: 0 }, 'The filter, at /last: found 0, expected an integer from 1.'],
    [null, 'The filter: missing, expected an object.'],
    [7, 'The filter: found 7, expected an object.']
  ] as const) {
    for (const attempt of [() => emulator.requests(filter as object), () => emulator.har(filter as object)]) {
      const error = thrownBy(attempt)
      t.ok(error instanceof XblError)
      t.equal(error.message, message)
    }
    await t.rejects(emulator.waitForRequest(filter as object), { name: 'XblError', message })
  }
  emulator.clearRequests()
  t.strictSame(emulator.requests(), [])
})
