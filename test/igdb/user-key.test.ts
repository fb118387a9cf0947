import { Writable } from 'node:stream'
import t from 'tap'
import { startEmulator } from '../../src/index.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { SERVICE_HEADERS } from '../control/client.ts'
import { GAMER, listOf } from '../helper.ts'
import { buildView, refusal, WORLD } from './ask.ts'

const MISSING = refusal(403, 'The user-key header is missing; expected one of the world\'s userKeys.')
const UNKNOWN = refusal(403, 'The user key is not known; expected one of the world\'s userKeys.')
const PATHS = ['/achievements', '/achievements/', '/achievements/1234', '/achievements/count', '/achievements/scroll/x', '/achievements/x?limit=x']

for (const dialect of DIALECTS) {
  t.test(`${dialect}: a user key is required`, async (t) => {
    const { app } = buildView(t, { config: { dialect } })
    for (const url of PATHS) {
      for (const [headers, body] of [
        [{}, MISSING], [{ authorization: 'XBL3.0 x=demo;gamer' }, MISSING], [{ 'user-key': '' }, UNKNOWN], [{ 'user-key': 'Demo' }, UNKNOWN], [{ 'user-key': 'x'.repeat(10_000) }, UNKNOWN],
        [{ 'user-key': 'demo, demo' }, UNKNOWN], [{ 'user-key': "' OR 1=1--" }, UNKNOWN], [{ 'user-key': ['demo', 'demo'] }, UNKNOWN]
      ] as const) {
        const response = await app.inject({ url, headers: headers as {} })
        t.strictSame([response.statusCode, response.json()], [403, body], `${url} ${JSON.stringify(headers).slice(0, 50)}`)
      }
    }
  })
}

t.test('every user key of the world is accepted, and no other', async (t) => {
  const view = buildView(t, { world: { ...WORLD, userKeys: ['!', '~'.repeat(1024), 'a,b'] } })
  for (const key of ['!', '~'.repeat(1024), 'a,b']) t.equal((await view.ask('/achievements/11', key)).statusCode, 200)
  t.equal((await view.ask('/achievements/11', 'demo')).statusCode, 403)
  const patch = (userKeys: unknown) => view.app.inject({ method: 'PATCH', url: '/_emulator/world', payload: { userKeys } as object })
  t.equal((await patch(['new'])).statusCode, 200)
  t.strictSame([(await view.ask('/achievements/11', 'new')).statusCode, (await view.ask('/achievements/11', '!')).statusCode], [200, 403], 'a merged list replaces the whole list')
  const { statusCode, body } = await patch(['new', 'old', 'new'])
  t.strictSame([statusCode, JSON.parse(body).errorMessage], [400, 'merged world: /userKeys/2: this user key is already at merged world: /userKeys/0, expected once'])
  await view.app.inject({ method: 'POST', url: '/_emulator/reset' })
  t.strictSame([(await view.ask('/achievements/11', 'new')).statusCode, (await view.ask('/achievements/11', '!')).statusCode], [403, 200])
  t.equal((await buildView(t, { world: {} }).ask('/achievements/')).statusCode, 403)
})

t.test('a key is neither in the log nor in the journal; a query is in both', async (t) => {
  const lines: string[] = []
  const logTo = new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } })
  const { ask, emulator } = buildView(t, { world: { ...WORLD, userKeys: ['s3cret'] }, logTo })
  await ask('/achievements/11?filter[name][eq]=needle', 's3cret')
  await ask('/achievements/?limit=x', 's3cret')
  await ask('/achievements/', 's3cret-of-others')
  const entries = [...emulator.journal.find({})]
  t.strictSame(entries.map(({ path, query, status, claims, matched }) => ({ path, query, status, claims, matched })), [
    { path: '/achievements/11', query: 'filter[name][eq]=needle', status: 200, claims: null, matched: true },
    { path: '/achievements/', query: 'limit=x', status: 400, claims: null, matched: true },
    { path: '/achievements/', query: '', status: 403, claims: null, matched: true }
  ])
  t.equal(lines.length, 3)
  t.strictSame(lines.map((line) => JSON.parse(line).query), ['filter[name][eq]=needle', 'limit=x', undefined])
  t.notMatch(lines.join(''), /s3cret/)
  t.notMatch(JSON.stringify(entries), 's3cret')
})

t.test('other methods and other paths are refused in the same form', async (t) => {
  const { app, ask } = buildView(t)
  for (const url of ['/achievements', '/achievements/1', '/achievements/count', '/achievements/scroll/x']) {
    for (const method of ['POST', 'PUT', 'DELETE', 'PROPFIND', 'OPTIONS']) {
      const { statusCode, headers, body } = await app.inject({ method: method as 'GET', url, ...method === 'POST' && { payload: '{' } })
      t.strictSame([statusCode, headers['allow'], JSON.parse(body)], [405, 'GET, HEAD', refusal(405, `${method} is not supported here; supported: GET, HEAD.`)], `${method} ${url}`)
    }
  }
  for (const [url, status, message] of [
    ['/achievements/1/2', 404, '/achievements/1/2 is not a path of this service.'],
    ['/ACHIEVEMENTS/scroll/x/y', 404, '/ACHIEVEMENTS/scroll/x/y is not a path of this service.'],
    ['/achievements/%zz', 400, '/achievements/%zz cannot be decoded; expected percent-encoded UTF-8.']
  ] as const) t.strictSame((await ask(url)).json(), refusal(status, message), url)
  for (const url of ['/achievement', '/achievementsx', '/pro/achievements/', '/games/']) t.strictSame((await ask(url)).json(), { errorCode: null, errorMessage: `${url} is not a path of this service.` })
})

t.test('the headers that every response has', async (t) => {
  const { app } = buildView(t)
  for (const url of ['/achievements/1234', '/achievements/x']) {
    const { headers } = await app.inject({ url, headers: { 'user-key': 'demo', 'ms-cv': 'abcDEF0123456789.7' } })
    t.match(headers, { ...SERVICE_HEADERS, 'ms-cv': 'abcDEF0123456789.7.0' })
  }
})

t.test('an unexpected error', async (t) => {
  const { app, ask } = buildView(t)
  app.addHook('preHandler', async () => { throw new Error('the disk is on fire') })
  t.strictSame((await ask('/achievements/1234')).json(), refusal(500, 'The emulator failed to answer; its log says why.'))
})

t.test('without the IGDB routes their paths are unknown, and the others the same', async (t) => {
  const { ask, get } = buildView(t, { config: { igdb: false } })
  for (const url of PATHS.slice(0, 5)) {
    const { statusCode, body } = await ask(url)
    t.strictSame([statusCode, JSON.parse(body)], [404, { errorCode: null, errorMessage: `${url} is not a path of this service.` }])
  }
  t.equal((await get(listOf(GAMER))).statusCode, 200)
})

t.test('in a test process', async (t) => {
  const [emulator, without] = [await startEmulator({ world: WORLD }), await startEmulator({ world: WORLD, igdb: false })]
  t.teardown(async () => { await Promise.all([emulator.close(), without.close()]) })
  const ask = async (url: string) => (await fetch(`${url}/achievements/11?fields=owners`, { headers: { 'user-key': 'demo' } })).json()
  t.strictSame(await ask(emulator.url), [{ id: 11, owners: 2 }])
  emulator.unlock({ xuid: '3', serviceConfigId: '11111111-2222-3333-4444-aaaaaaaaaaaa', id: 1 })
  t.strictSame(await ask(emulator.url), [{ id: 11, owners: 3 }])
  t.strictSame(emulator.world().userKeys, ['demo'])
  t.match(await ask(without.url), { errorMessage: '/achievements/11 is not a path of this service.' })
})
