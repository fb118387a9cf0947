import t, { type Test } from 'tap'
import type { Dialect } from '../../../src/model/dialect.ts'
import { NOW } from '../../helper.ts'
import { CATALOGUE, createHttpCache, headersOf, HISTORY, LIST, report, SCID, SINGLE, start, type Seen } from '../../http-cache.ts'

/** A client, its cache, and their clock. */
function startCached (t: Test, { dialect = 'live', isShared = false }: { dialect?: Dialect, isShared?: boolean } = {}) {
  let now = NOW
  const emulator = start(t, dialect)
  const get = createHttpCache(emulator, { isShared, now: () => now })
  return {
    get,
    pass: (seconds: number): void => { now += seconds * 1000 },
    unlock: async (): Promise<void> => {
      const { statusCode } = await emulator.app.inject({ method: 'POST', url: `/users/xuid(1)/achievements/${SCID}/update`, headers: headersOf('h;ann'), payload: report(100) })
      t.equal(statusCode, 200)
    }
  }
}

const stateOf = ({ body }: Seen): unknown => {
  const { achievement, achievements } = JSON.parse(body)
  return (achievement ?? achievements[0]).progressState
}

t.test('a client with a cache sees a single achievement up to 15 s old, also after an unlock', async (t) => {
  const { get, pass, unlock } = startCached(t)
  const seen = async (): Promise<unknown[]> => {
    const answer = await get(SINGLE)
    return [answer.isFromCache, stateOf(answer)]
  }
  t.strictSame(await seen(), [false, 'NotStarted'])
  await unlock()
  pass(14)
  t.strictSame(await seen(), [true, 'NotStarted'])
  pass(1)
  t.strictSame(await seen(), [false, 'Achieved'])
  pass(14)
  t.strictSame(await seen(), [true, 'Achieved'])
})

t.test('a client with a cache sees an unlock at once in a list and a history', async (t) => {
  const { get, unlock } = startCached(t)
  const seen = async (): Promise<unknown[]> => {
    const [list, history] = [await get(LIST), await get(HISTORY)]
    return [list.isFromCache, stateOf(list), history.isFromCache, JSON.parse(history.body).titles.find(({ titleId }: { titleId: number }) => titleId === 1).earnedAchievements]
  }
  for (let count = 0; count < 2; count++) t.strictSame(await seen(), [false, 'NotStarted', false, 1])
  await unlock()
  t.strictSame(await seen(), [false, 'Achieved', false, 2])
})

t.test('a client with a cache sees a catalogue up to 30 s old', async (t) => {
  const { get, pass } = startCached(t)
  t.equal((await get(CATALOGUE)).isFromCache, false)
  pass(29)
  t.equal((await get(CATALOGUE)).isFromCache, true)
  pass(1)
  t.equal((await get(CATALOGUE)).isFromCache, false)
})

t.test('a client caches an answer by user, language and contract version', async (t) => {
  const { get } = startCached(t)
  const nameOf = ({ body }: Seen): string => JSON.parse(body).achievements[0].name
  t.equal(nameOf(await get(SINGLE)), 'First')
  t.equal((await get(SINGLE)).isFromCache, true)
  const french = { ...SINGLE, headers: { ...SINGLE.headers, 'accept-language': 'fr' } }
  t.equal(nameOf(await get(french)), 'Premier')
  t.strictSame([(await get(french)).isFromCache, (await get(SINGLE)).isFromCache], [true, true])
  for (const [status, headers] of [
    [200, { ...SINGLE.headers, 'x-xbl-contract-version': '4' }],
    [404, { ...SINGLE.headers, 'x-xbl-contract-version': '1' }],
    [406, { ...SINGLE.headers, 'x-requestedserviceversion': '7' }],
    [200, headersOf('h;bob')],
    [401, headersOf('h;other')],
    [401, { 'x-xbl-contract-version': '2' }]
  ] as const) {
    const { body, ...seen } = await get({ ...SINGLE, headers })
    t.strictSame(seen, { status, isFromCache: false })
    t.equal((await get({ ...SINGLE, headers })).isFromCache, status === 200, 'no refusal is kept')
  }
})

t.test('a shared cache stores nothing, and no cache stores anything of the documented dialect', async (t) => {
  for (const options of [{ isShared: true }, { dialect: 'documented' }, { dialect: 'documented', isShared: true }] as const) {
    const { get } = startCached(t, options)
    for (const asked of [SINGLE, LIST, HISTORY, CATALOGUE]) {
      for (let count = 0; count < 2; count++) {
        const { status, isFromCache } = await get(asked)
        t.strictSame([status, isFromCache], [200, false], `${JSON.stringify(options)} ${asked.url}`)
      }
    }
  }
})
