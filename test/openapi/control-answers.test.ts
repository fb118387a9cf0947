import BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { Value } from '@sinclair/typebox/value'
import { FAULT_STATUSES, FaultSpec, REDIRECTS } from '../../src/control/faults/schema.ts'
import { DIALECTS, type Dialect } from '../../src/model/dialect.ts'
import { readConfig } from '../../src/config/config.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, STRANGER, type Emulator } from '../helper.ts'
import { authorize, codeForm, post, userBody, userTokenOf, xstsBody } from '../sign-in/client.ts'
import { Conformity } from './conformity.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

/** Requests of the control API in an order in which they succeed or fail as listed: route, path below /_emulator, body, status. */
const LIFE: ReadonlyArray<[string, string, object | undefined, number]> = [
  ['GET /_emulator/health', '/health', undefined, 200],
  ['GET /_emulator/ready', '/ready', undefined, 200],
  ['GET /_emulator/world', '/world', undefined, 200],
  ['POST /_emulator/reset', '/reset', {}, 200],
  ['PATCH /_emulator/world', '/world', { users: [{ xuid: '1', gamertag: 'one' }] }, 200],
  ['PATCH /_emulator/world', '/world', { users: 1 }, 400],
  ['PUT /_emulator/world', '/world', [], 400],
  ['POST /_emulator/sessions', '/sessions', {}, 201],
  ['POST /_emulator/sessions', '/sessions', { xuid: GAMER, titleId: LARGE_TITLE, location: 'US', expires: '2030-01-01T00:00:00Z' }, 201],
  ['POST /_emulator/sessions', '/sessions', { xuid: 'me' }, 400],
  ['DELETE /_emulator/sessions/{userHash}/{token}', '/sessions/demo/site', {}, 204],
  ['DELETE /_emulator/sessions/{userHash}/{token}', '/sessions/demo/site', {}, 404],
  ['PUT /_emulator/users/{xuid}', '/users/2', { privacy: 'blocked' }, 201],
  ['PUT /_emulator/users/{xuid}', '/users/2', {}, 204],
  ['PUT /_emulator/users/{xuid}', '/users/me', {}, 400],
  ['PUT /_emulator/users/{xuid}/privacy', '/users/2/privacy', { privacy: 'everyone' }, 204],
  ['PUT /_emulator/users/{xuid}/privacy', '/users/2/privacy', {}, 400],
  ['PUT /_emulator/users/{xuid}/privacy', '/users/99/privacy', { privacy: 'everyone' }, 404],
  ['PUT /_emulator/users/{xuid}/friends/{friend}', `/users/2/friends/${GAMER}`, {}, 204],
  ['PUT /_emulator/users/{xuid}/friends/{friend}', '/users/2/friends/2', {}, 400],
  ['PUT /_emulator/users/{xuid}/friends/{friend}', '/users/2/friends/99', {}, 404],
  ['DELETE /_emulator/users/{xuid}/friends/{friend}', `/users/2/friends/${GAMER}`, {}, 204],
  ['DELETE /_emulator/users/{xuid}/friends/{friend}', `/users/2/friends/${GAMER}`, {}, 404],
  ['DELETE /_emulator/users/{xuid}/friends/{friend}', '/users/2/friends/you', {}, 400],
  ['PUT /_emulator/users/{xuid}/achievements/{scid}/{id}', `/users/2/achievements/${SCID}/10`, {}, 200],
  ['PUT /_emulator/users/{xuid}/achievements/{scid}/{id}', `/users/2/achievements/${SCID}/10`, { percentComplete: 0 }, 200],
  ['PUT /_emulator/users/{xuid}/achievements/{scid}/{id}', `/users/2/achievements/${SCID}/10`, { percentComplete: 101 }, 400],
  ['PUT /_emulator/users/{xuid}/achievements/{scid}/{id}', `/users/2/achievements/${SCID}/999`, {}, 404],
  ['DELETE /_emulator/users/{xuid}', '/users/2', {}, 204],
  ['DELETE /_emulator/users/{xuid}', '/users/2', {}, 404],
  ['DELETE /_emulator/users/{xuid}', '/users/me', {}, 400],
  ['GET /_emulator/clock', '/clock', undefined, 200],
  ['PUT /_emulator/clock', '/clock', { offset: '-P1D' }, 200],
  ['PUT /_emulator/clock', '/clock', {}, 400],
  ['DELETE /_emulator/clock', '/clock', {}, 204],
  ['POST /_emulator/faults', '/faults', { effect: 'truncate', delay: { min: 0, max: 1 }, xuid: STRANGER }, 201],
  ['POST /_emulator/faults', '/faults', { status: 301, location: '/elsewhere', delay: 0, method: 'GET', xuid: FRIEND }, 201],
  ['POST /_emulator/faults', '/faults', {}, 400],
  ['GET /_emulator/faults', '/faults', undefined, 200],
  ['GET /_emulator/requests', '/requests', undefined, 200],
  ['GET /_emulator/requests', '/requests?status=all', undefined, 400],
  ['GET /_emulator/requests/unmatched', '/requests/unmatched', undefined, 200],
  ['GET /_emulator/requests/unmatched', '/requests/unmatched?xuid=me', undefined, 400],
  ['DELETE /_emulator/requests', '/requests', {}, 204],
  ['DELETE /_emulator/faults/{id}', '/faults/2', {}, 204],
  ['DELETE /_emulator/faults/{id}', '/faults/2', {}, 404],
  ['DELETE /_emulator/faults', '/faults', {}, 204],
  ['PUT /_emulator/world', '/world', { titles: [] }, 200],
  ['GET /_emulator/world', '/world', undefined, 200]
]

/** Fills the journal with entries of every kind. */
async function sendRequests ({ app, get }: Emulator): Promise<void> {
  await get(listOf(GAMER))
  await get('/nope', { session: null })
  await app.inject({ method: 'POST', url: `/users/xuid(${GAMER})/achievements/${SCID}/update`, payload: { any: ['thing'] } })
}

/** A request of each route, whatever its parameters are. */
const requestsOf = (dialect: Dialect) => listOperations(readConfig({ dialect })).map(({ method, path }) => {
  const url = path.replace('{scid}', SCID).replace(/\{(id|achievementid)\}/, '1').replaceAll(/\{\w+\}/g, GAMER)
  return { route: `${method} ${path}`, method: method as 'GET', url }
})

/** The paths of the sign-in hosts, which need no token. */
const SIGN_IN = /^\/(oauth20_|user\/|xsts\/)/

const NO_FAULT = Value.Create(FaultSpec)
const AS_GAMER = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2', 'user-key': 'demo' }

for (const dialect of DIALECTS) {
  t.test(`${dialect}: every answer that a route can give is as the document says`, async (t) => {
    const conformity = new Conformity(dialect)
    const emulator = build(t, { config: { dialect } })
    await sendRequests(emulator)
    for (const [route, path, body, status] of LIFE) {
      const response = await emulator.app.inject({ method: route.split(' ')[0] as 'GET', url: `/_emulator${path}`, ...body !== undefined && { payload: body } })
      t.equal(response.statusCode, status, `${route} ${path}`)
      conformity.check(t, route, response)
    }
    await checkRefusals(t, conformity, dialect)
    await checkFaults(t, conformity, dialect)
    await checkUpdates(t, conformity, dialect)
    await checkRecords(t, conformity, dialect)
    await checkSignIn(t, conformity, dialect)
    // Not checked here: those that take a connection or half a gigabyte (test/server/app.test.ts), and those of page.test.ts and answers.test.ts.
    t.strictSame(conformity.missing.filter((answer) => !/^\w+ \/((_emulator\/|pictures\/).* 408|.* 431)$/.test(answer)), [
      ...['achievements', 'achievements/{scid}/{achievementid}', 'titleachievements', 'history/titles'].map((path) => `GET /users/xuid({xuid})/${path} 200`),
      'GET /oauth20_authorize.srf 200',
      'GET /pictures/{guid}/{file} 200',
      'GET /_emulator/openapi.json 200',
      'GET /_emulator/docs 200',
      'PUT /_emulator/world 413',
      'PATCH /_emulator/world 413'
    ])
  })
}

/** Checks the answers of the sign-in hosts. */
async function checkSignIn (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const emulator = build(t, { config: { dialect } })
  for (const query of [{ login_hint: 'gamer' }, { login_hint: 'nobody' }, { redirect_uri: 'x' }]) {
    conformity.check(t, 'GET /oauth20_authorize.srf', await authorize(emulator, query))
  }
  const user = await userTokenOf(emulator, 'gamer')
  for (const [url, bodies] of [
    ['/oauth20_token.srf', [codeForm('gamer'), codeForm('nobody')].map((form) => String(new URLSearchParams(form)))],
    ['/user/authenticate', [userBody('gamer'), userBody('nobody')]],
    ['/xsts/authorize', [xstsBody(user), xstsBody('nobody')]]
  ] as const) {
    for (const body of [...bodies, 'x', 'x'.repeat(100_000)]) conformity.check(t, `POST ${url}`, await post(emulator, url, body))
  }
}

/** Checks the refusals that any route may give. */
async function checkRefusals (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app } = build(t, { config: { dialect } })
  const { app: locked } = build(t, { config: { dialect, controlKey: 'secret' } })
  const { app: broken } = build(t, { config: { dialect } })
  broken.addHook('onRequest', async () => { throw new Error('the disk is on fire') })
  const { app: full } = build(t, { config: { dialect } })
  full.addHook('onRequest', async () => { throw new BetterSqlite3.SqliteError('database or disk is full', 'SQLITE_FULL') })
  for (const { route, method, url } of requestsOf(dialect)) {
    const refusals = [
      [405, await app.inject({ method: 'PROPFIND' as 'GET', url })],
      [500, await broken.inject({ method, url, headers: AS_GAMER })],
      [503, await full.inject({ method, url, headers: AS_GAMER })],
      ...SIGN_IN.test(url) ? [] : [[401, await locked.inject({ method, url })] as const],
      [403, await app.inject({ method, url, headers: { origin: 'http://evil.example' } })],
      [400, await app.inject({ method, url, headers: { host: 'localhost:99999' } })],
      [413, await app.inject({ method, url, headers: { ...AS_GAMER, 'content-type': 'application/json' }, payload: ' '.repeat(300_000) })]
    ] as const
    const isWorld = url === '/_emulator/world'
    for (const [status, response] of refusals.filter(([status]) => conformity.has(`${route} ${status}`) && !(isWorld && status === 413))) {
      t.equal(response.statusCode, status, `${route} ${status}`)
      conformity.check(t, route, response)
    }
  }
}

/** Checks the answers of faults, which any route can have but the emulator's own and its pictures. */
async function checkFaults (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app, emulator } = build(t, { config: { dialect } })
  await app.ready()
  for (const { route, method, url } of requestsOf(dialect).filter(({ url }) => !/^\/(_emulator|pictures)\//.test(url))) {
    // The sign-in's own 302 has no body, as the document says; that of a fault has one.
    for (const status of FAULT_STATUSES.filter((status) => status !== 302 && conformity.has(`${route} ${status}`))) {
      emulator.faults.add({ ...NO_FAULT, status, location: REDIRECTS.includes(status) ? '/elsewhere' : null, times: 1 })
      const response = await app.inject({ method, url, headers: AS_GAMER })
      t.equal(response.statusCode, status, `${route} ${status}`)
      conformity.check(t, route, response)
    }
  }
}

/** Checks the pages and refusals of the IGDB routes. */
async function checkRecords (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app } = build(t, { config: { dialect } })
  const ask = async (route: string, url: string, status: number, key = 'demo'): Promise<string> => {
    const response = await app.inject({ url, headers: { 'user-key': key } })
    t.equal(response.statusCode, status, url)
    conformity.check(t, `GET /achievements/${route}`, response)
    return String(response.headers['x-next-page'])
  }
  const next = await ask('', '/achievements/?fields=*&limit=50&scroll=1', 200)
  await ask('scroll/{cursor}', next, 200)
  await ask('scroll/{cursor}', '/achievements/scroll/x', 404)
  await ask('{ids}', '/achievements/1234,1?fields=*', 200)
  await ask('count', '/achievements/count', 200)
  for (const route of ['', '{ids}', 'count']) await ask(route, `/achievements/${route.replace('{ids}', '1234')}?filter[nope][eq]=1`, 400)
  for (const route of ['', '{ids}', 'count', 'scroll/{cursor}']) await ask(route, `/achievements/${route.replace(/[{}]/g, '')}`, 403, 'x')
}

/** Checks the answers to progress updates. */
async function checkUpdates (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app } = build(t, { config: { dialect } })
  const update = (percentComplete: number | string) => app.inject({
    method: 'POST',
    url: `/users/xuid(${GAMER})/achievements/${SCID}/update`,
    headers: { authorization: 'XBL3.0 x=demo;titleless', 'x-xbl-contract-version': '2' },
    payload: { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete }] }
  })
  for (const [percent, status] of [[75, 200], [75, 304], ['x'.repeat(300_000), 413]] as const) {
    const response = await update(percent)
    t.equal(response.statusCode, status)
    conformity.check(t, 'POST /users/xuid({xuid})/achievements/{scid}/update', response)
  }
}
