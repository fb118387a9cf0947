import t from 'tap'
import { fillDefaults } from '../../../src/base/validation.ts'
import { createFaults } from '../../../src/control/faults/faults.ts'
import { FaultSpec } from '../../../src/control/faults/schema.ts'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_SCID, SAMPLE_TITLE, singleOf } from '../../helper.ts'
import { command, control, refusal, sentBy } from '../client.ts'

const NOTHING = { method: null, path: null, xuid: null, titleId: null, status: null, location: null, retryAfter: null, headers: null, body: null, effect: null, delay: null, enabled: true, times: null, probability: 1 }
const LIST = listOf(GAMER)
const SINGLE = singleOf(GAMER, SAMPLE_SCID, 3)

t.test('a fault happens to matching requests only', async (t) => {
  const emulator = build(t)
  const requests = {
    list: [LIST, 'demo;gamer'], query: [`${LIST}?maxItems=1`, 'demo;gamer'], slash: [`${LIST}/`, 'demo;gamer'], upper: [LIST.toUpperCase(), 'demo;gamer'], encoded: [LIST.replace('(', '%28').replace(')', '%29'), 'demo;gamer'], single: [SINGLE, 'demo;gamer'], history: [`/users/xuid(${GAMER})/history/titles`, 'demo;gamer'], titleless: [LIST, 'demo;titleless'], friend: [listOf(FRIEND), 'demo;friend']
  } as const
  const all = Object.keys(requests)
  const lists = ['list', 'query', 'slash', 'upper', 'encoded', 'titleless']
  const cases: Array<[fault: object, hit: readonly string[]]> = [
    [{}, all],
    [{ method: 'get' }, all],
    [{ method: 'POST' }, []],
    [{ path: LIST }, lists],
    [{ path: `${LIST}/` }, ['slash']],
    [{ path: LIST.toUpperCase() }, lists],
    [{ path: LIST.replace('(', '%28').replace(')', '%29') }, lists],
    [{ path: '/users/*/achievements' }, [...lists, 'friend']],
    [{ path: '/users/*' }, all],
    [{ path: '/*' }, all],
    [{ path: '/*/*/*/*' }, ['slash', 'single', 'history']],
    [{ path: '/u*s/x*d(*)/a*' }, [...lists, 'single', 'friend']],
    [{ path: '/users/xuid(.*)/achievements' }, []],
    [{ path: '/users/x*xuid*' }, []],
    [{ path: `/users/xuid(${GAMER})*titles` }, ['history']],
    [{ xuid: FRIEND }, ['friend']],
    [{ xuid: `00${GAMER}` }, all.filter((name) => name !== 'friend')],
    [{ xuid: '5' }, []],
    [{ titleId: SAMPLE_TITLE }, all.filter((name) => name !== 'titleless')],
    [{ titleId: LARGE_TITLE }, []],
    [{ method: 'GET', path: '*/history/*', xuid: GAMER, titleId: SAMPLE_TITLE }, ['history']],
    [{ method: 'GET', path: '/*/history/*', xuid: FRIEND }, []]
  ]
  for (const [fault, hit] of cases) {
    await command(emulator, 'DELETE', '/faults')
    await command(emulator, 'POST', '/faults', { ...fault, status: 503 })
    const met: string[] = []
    for (const [name, [url, session]] of Object.entries(requests)) {
      if ((await emulator.get(url, { session })).statusCode === 503) met.push(name)
    }
    t.strictSame(met, all.filter((name) => hit.includes(name)), JSON.stringify(fault))
    t.equal((await emulator.get('/_emulator/health')).statusCode, 200)
  }
})

t.test('a pattern of many stars is matched in linear time', async (t) => {
  const { app } = build(t)
  const { status } = await control({ app }, 'POST', '/faults', { path: `/${'*a'.repeat(30)}z`, status: 503 })
  t.equal(status, 201)
  const response = await app.inject({ url: `/users/xuid(${'a'.repeat(300)})/achievements`, headers: sentBy() })
  t.equal(response.statusCode, 400)
})

t.test('faults are listed, counted and deleted', async (t) => {
  const emulator = build(t)
  const first = await control(emulator, 'POST', '/faults', { status: 503, times: 2, seed: 7 })
  t.strictSame([first.status, first.body], [201, { ...NOTHING, id: 1, status: 503, times: 2, seed: 7, happened: 0 }])
  const second = await command(emulator, 'POST', '/faults', { path: '/users/*', method: 'POST', status: 307, location: '/b', delay: { min: 1, max: 2 }, xuid: '1', titleId: 2, probability: 0.5, effect: 'truncate' })
  t.strictSame({ ...second, seed: 0 }, { ...NOTHING, id: 2, path: '/users/*', method: 'POST', status: 307, location: '/b', delay: { min: 1, max: 2 }, xuid: '1', titleId: 2, probability: 0.5, effect: 'truncate', seed: 0, happened: 0 })
  t.ok(Number.isInteger(second.seed) && second.seed >= 0 && second.seed < 2 ** 32)
  t.strictSame([(await emulator.get(LIST)).statusCode, (await emulator.get(LIST)).statusCode, (await emulator.get(LIST)).statusCode], [503, 503, 200], 'times')
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [{ ...first.body, happened: 2 }, second] })
  const removed = await control(emulator, 'DELETE', '/faults/1')
  t.strictSame([removed.status, removed.body], [204, null])
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [second] })
  for (const id of ['1', '0', '-1', 'x', '99999999999']) {
    const { status, body } = await control(emulator, 'DELETE', `/faults/${id}`)
    t.strictSame([status, body], [404, refusal(null, `There is no fault ${id}.`)])
  }
  const cleared = await control(emulator, 'DELETE', '/faults')
  t.strictSame([cleared.status, cleared.body], [204, null])
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [] })
  t.equal((await command(emulator, 'POST', '/faults', { status: 500 })).id, 3, 'no id is used twice')
})

t.test('of several matching faults the first one happens', async (t) => {
  const emulator = build(t)
  for (const fault of [{ status: 500, probability: 0 }, { status: 404, xuid: FRIEND }, { status: 503, times: 1 }, { status: 410 }]) await command(emulator, 'POST', '/faults', fault)
  t.strictSame([(await emulator.get(LIST)).statusCode, (await emulator.get(LIST)).statusCode], [503, 410])
  t.strictSame((await command(emulator, 'GET', '/faults')).faults.map(({ happened }: any) => happened), [0, 0, 1, 1])
})

t.test('the same seed gives the same sequence of faults', async (t) => {
  const sequence = async (fault: object): Promise<string> => {
    const emulator = build(t)
    await command(emulator, 'POST', '/faults', { status: 503, probability: 0.5, ...fault })
    let met = ''
    for (let n = 0; n < 64; n++) met += (await emulator.get(SINGLE)).statusCode === 503 ? '1' : '0'
    return met
  }
  const sequences = [await sequence({ seed: 1 }), await sequence({ seed: 1 }), await sequence({ seed: 2 }), await sequence({ seed: 4294967295 })] as const
  t.equal(sequences[0], sequences[1])
  t.equal(new Set(sequences).size, 3)
  t.ok(sequences.every((met) => met.includes('0') && met.includes('1')))
  t.equal(await sequence({ probability: 0 }), '0'.repeat(64))
  t.equal(await sequence({ probability: 1 }), '1'.repeat(64))
  t.equal(await sequence({ probability: 1, times: 5 }), '1'.repeat(5) + '0'.repeat(59))
  t.equal((await sequence({ seed: 1, times: 3 })).replaceAll('0', ''), '111')
})

t.test('no fault happens to a request without a valid token, to an unknown path, or to the emulator\'s own paths', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503 })
  t.equal((await emulator.get(LIST, { session: 'demo;nobody' })).statusCode, 401)
  t.equal((await emulator.get('/nope')).statusCode, 404)
  for (const path of ['/health', '/ready', '/world', '/requests', '/clock', '/faults']) t.equal((await control(emulator, 'GET', path)).status, 200, path)
  t.strictSame((await command(emulator, 'GET', '/faults')).faults.map(({ happened }: any) => happened), [0])
})

t.test('an invalid fault is refused', async (t) => {
  const emulator = build(t)
  const MS = 'an integer from 0 to 3600000, in ms'
  const LOCATION = 'location goes with the statuses 301, 302, 307, and with them alone.'
  const cases: Array<[fault: unknown, message: string]> = [
    [{}, 'The fault does nothing; expected status, effect or delay.'],
    [{ method: 'GET', times: 1 }, 'The fault does nothing; expected status, effect or delay.'],
    [{ status: 503, effect: 'reset' }, 'The fault has status and the effect "reset"; expected one of them.'],
    [{ status: 503, effect: 'drop' }, 'The fault has status and the effect "drop"; expected one of them.'],
    [{ status: 503, effect: 'hang' }, 'The fault has status and the effect "hang"; expected one of them.'],
    [{ delay: 5, effect: 'hang' }, 'The fault has delay and the effect "hang"; expected one of them.'],
    [{ status: 301 }, LOCATION],
    [{ delay: 1, location: '/' }, LOCATION],
    [{ status: 503, location: '/' }, LOCATION],
    [{ delay: { min: 2, max: 1 } }, 'delay is from 2 to 1; expected max to be no less than min.'],
    [{ status: 503, xuid: '18446744073709551616' }, 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.'],
    [{ status: 503, path: '/%zz' }, 'path is "/%zz"; expected one that can be decoded.'],
    [{ status: 200 }, 'The body, at /status: found 200, expected one of 301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 416, 429, 500, 501, 502, 503, 504, or null.'],
    [{ effect: 'slow' }, 'The body, at /effect: found "slow", expected one of "reset", "truncate", "drop", "hang", or null.'],
    [{ delay: -1 }, 'The body, at /delay: found -1, expected milliseconds, an object with min and max, or null.'],
    [{ delay: { min: -1, max: 1 } }, `The body, at /delay/min: found -1, expected ${MS}.`],
    [{ status: 503, times: 0 }, 'The body, at /times: found 0, expected an integer from 1, or null.'],
    [{ status: 503, probability: 1.5 }, 'The body, at /probability: found 1.5, expected a number from 0 to 1.'],
    [{ status: 503, seed: -1 }, 'The body, at /seed: found -1, expected an integer from 0 to 4294967295, or null.'],
    [{ status: 503, seed: 4294967296 }, 'The body, at /seed: found 4294967296, expected an integer from 0 to 4294967295, or null.'],
    [{ status: 503, titleId: -1 }, 'The body, at /titleId: found -1, expected a title id, or null.'],
    [{ status: 503, titleId: 4294967296 }, 'The body, at /titleId: found 4294967296, expected a title id, or null.'],
    [{ status: 503, path: 'users' }, 'The body, at /path: found "users", expected a path of at most 256 characters that starts with "/" or "*" and has no query, or null.'],
    [{ status: 503, path: '/users?titleId=1' }, 'The body, at /path: found "/users?titleId=1", expected a path of at most 256 characters that starts with "/" or "*" and has no query, or null.'],
    [{ status: 503, path: '/users#x' }, 'The body, at /path: found "/users#x", expected a path of at most 256 characters that starts with "/" or "*" and has no query, or null.'],
    [{ status: 503, xuid: 1 }, 'The body, at /xuid: found 1, expected a XUID in quotes, or null.'],
    [undefined, 'The body: missing, expected an object.']
  ]
  for (const [fault, message] of cases) {
    const { status, body } = await control(emulator, 'POST', '/faults', fault)
    t.strictSame([status, body], [400, refusal(4000, message)], JSON.stringify(fault))
  }
  t.strictSame(await command(emulator, 'GET', '/faults'), { faults: [] })
})

t.test('the largest and the smallest title id and seed are accepted', async (t) => {
  const emulator = build(t)
  for (const number of [0, 4294967295]) {
    const { titleId, seed } = await command(emulator, 'POST', '/faults', { status: 503, titleId: number, seed: number })
    t.strictSame([titleId, seed], [number, number])
  }
})

t.test('the parts of a pattern do not overlap in a path', async (t) => {
  const met = (path: string, asked: string): boolean => {
    const faults = createFaults()
    faults.addRoute({ methods: ['GET'], path: '/:', hasClaims: true })
    faults.add(fillDefaults(FaultSpec, { status: 503, path }) as FaultSpec)
    return faults.trigger({ method: 'GET', paths: [asked], xuid: null, titleId: null }) !== null
  }
  for (const [path, asked, expected] of [
    ['/ab*b', '/ab', false], ['/ab*b', '/abb', true], ['/ab*b', '/abxb', true], ['/ab*bc*c', '/abc', false], ['/ab*bc*c', '/abbcc', true],
    ['*', '/', true], ['/*', '/', true], ['/**', '/', true], ['/a*', '/', false]
  ] as const) t.equal(met(path, asked), expected, `${path} ${asked}`)
})
