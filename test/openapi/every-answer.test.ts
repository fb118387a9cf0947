import { join } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import BetterSqlite3 from 'better-sqlite3'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { LARGEST_WORLD } from '../../src/control/largest-world.ts'
import { FAULT_STATUSES, FaultSpec, REDIRECTS } from '../../src/control/faults/schema.ts'
import { DIALECTS, type Dialect } from '../../src/model/dialect.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { build, GAMER, LARGE_TITLE, listOf, type Emulator } from '../helper.ts'
import { authorize, codeForm, post, userBody, userTokenOf, xstsBody } from '../sign-in/client.ts'
import { deviceBody, deviceTokenOf, sisuBody, sisuStart, titleBody } from '../sign-in/xal-client.ts'
import { askAuthorize, askToken } from '../sign-in/microsoft-client.ts'
import { Conformity } from './conformity.ts'
import { CONTROL_REQUESTS, SCID } from './control-requests.ts'
import { NEIGHBOUR_REQUESTS } from './neighbour-requests.ts'
import { RTA_REQUESTS } from './rta-requests.ts'

/** Fills the journal with entries of every kind. */
async function sendRequests ({ app, get }: Emulator): Promise<void> {
  await get(listOf(GAMER))
  await get('/nope', { session: null })
  await app.inject({ method: 'POST', url: `/users/xuid(${GAMER})/achievements/${SCID}/update`, payload: { any: ['thing'] } })
}

/** A request of each route, whatever its parameters are. */
const requestsOf = (dialect: Dialect) => listOperations(readConfig({ dialect })).map(({ method, path, tag }) => {
  const url = path.replace('{scid}', SCID).replace('{tenant}', 'consumers').replace('{user}', `xuid(${GAMER})`).replace(/\{(id|achievementid)\}/, '1').replaceAll(/\{\w+\}/g, GAMER)
  return { route: `${method} ${path}`, method: method as 'GET', url, group: tag.name }
})

/** The route that takes what a title of many achievements needs. */
const CHANGES_PROGRESS = 'PATCH /_emulator/users/{xuid}/achievements'

/** The routes that take a whole world. */
const TAKES_WORLD = /^((PUT|PATCH) \/_emulator\/world|POST \/_emulator\/world\/(import|restore))$/

/** What is described and not received here, by route and status. */
const ELSEWHERE = [
  // What takes a connection: test/server/app.test.ts.
  / (408|431)$/,
  // test/openapi/answers.test.ts.
  /^GET \/users\/\S+ 200$/,
  // test/openapi/page.test.ts, test/sign-in/authorize.test.ts and test/xbox/routes/show-picture.test.ts, test/neighbours/profile.test.ts.
  /^GET \/(_emulator\/openapi\.json|_emulator\/docs|oauth20_authorize\.srf|pictures\/\S+|colors\/\S+) 200$/,
  // test/console/routes.test.ts.
  /^GET \/_emulator\/(console|docs) (200|304|404)$/,
  // Pages, too: test/sign-in/password.test.ts, authorize.test.ts and device-page.test.ts; test/sign-in/microsoft-authorize.test.ts.
  /^(GET|POST) \/(ppsecure\/post\.srf (200|302)|oauth20_(desktop|remoteconnect)\.srf 200|\{tenant\}\/oauth2\/v2\.0\/authorize 200)$/,
  // test/rta/notify-routes.test.ts.
  /^DELETE \/system\/notifications\/endpoints\/\{endpointId\} 200$/,
  // test/neighbours/eraser.test.ts.
  /^(GET \/jobs\/\{jobId\} 200|POST \/submitJob 404)$/,
  // It has no end: test/control/events/.
  /^GET \/_emulator\/events 200$/,
  // test/rta/connect.test.ts.
  /^GET \/connect 101$/,
  // A list names no service configuration that might not be there: only a fault is answered so.
  /^GET \/users\/\S+\/(achievements|titleachievements|titles) 404$/
]

const NO_FAULT = Value.Create(FaultSpec)
const AS_GAMER = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2', 'user-key': 'demo' }

for (const dialect of DIALECTS) {
  t.test(`${dialect}: every answer that a route can give is as the document says`, async (t) => {
    const conformity = new Conformity(dialect)
    const emulator = build(t, { config: { dialect } })
    await sendRequests(emulator)
    for (const [route, path, body, status] of CONTROL_REQUESTS) {
      const response = await emulator.app.inject({ method: route.split(' ')[0] as 'GET', url: `/_emulator${path}`, ...body !== undefined && { payload: body } })
      t.equal(response.statusCode, status, `${route} ${path}`)
      conformity.check(t, route, response)
    }
    await checkCertificate(t, conformity, dialect)
    await checkRefusals(t, conformity, dialect)
    await checkServiceRefusals(t, conformity, dialect)
    await checkFaults(t, conformity, dialect)
    await checkUpdates(t, conformity, dialect)
    await checkRecords(t, conformity, dialect)
    await checkSignIn(t, conformity, dialect)
    await checkMicrosoft(t, conformity, dialect)
    await checkXal(t, conformity, dialect)
    await checkRealTime(t, conformity, dialect)
    await checkNeighbours(t, conformity, dialect)
    const missing = conformity.missing.filter((answer) => !ELSEWHERE.some((pattern) => pattern.test(answer)))
    if (missing.length > 0) t.fail(`described, but never received: ${missing.join('; ')}`)
  })
}

/** Checks the answer of an emulator that serves HTTPS. */
async function checkCertificate (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app, emulator } = build(t, { config: { dialect } })
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  emulator.addresses.https = { url: 'https://127.0.0.1:5443', trust: join(t.testdir({ 'ca.pem': certificate }), 'ca.pem') }
  const response = await app.inject('/_emulator/ca.pem')
  t.strictSame([response.statusCode, response.body], [200, certificate])
  conformity.check(t, 'GET /_emulator/ca.pem', response)
}

/** Checks the answers of the hosts around the achievements, and of real-time activity, that the examples do not receive. */
async function checkNeighbours (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app } = build(t, { config: { dialect } })
  for (const [route, url, body, version, status] of [...NEIGHBOUR_REQUESTS, ...RTA_REQUESTS]) {
    const response = await app.inject({
      method: route.split(' ')[0] as 'GET', url, headers: { ...AS_GAMER, 'x-xbl-contract-version': version }, ...body !== undefined && { payload: body }
    })
    t.equal(response.statusCode, status, `${route} ${url}`)
    conformity.check(t, route, response)
  }
}

/** Checks the answers of the sign-in hosts. */
async function checkSignIn (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const emulator = build(t, { config: { dialect } })
  for (const query of [{ login_hint: 'gamer' }, { login_hint: 'nobody' }, { redirect_uri: 'x' }]) {
    conformity.check(t, 'GET /oauth20_authorize.srf', await authorize(emulator, query))
  }
  for (const query of ['', '?grant_type=refresh_token&client_id=a&refresh_token=gamer']) conformity.check(t, 'GET /oauth20_token.srf', await emulator.app.inject(`/oauth20_token.srf${query}`))
  const { user_code: userCode } = (await post(emulator, '/oauth20_connect.srf', 'client_id=a')).json()
  conformity.check(t, 'PUT /_emulator/device-codes/{userCode}', await emulator.app.inject({ method: 'PUT', url: `/_emulator/device-codes/${userCode}`, payload: { decision: 'decline' } }))
  const user = await userTokenOf(emulator, 'gamer')
  for (const [url, bodies] of [
    ['/oauth20_token.srf', [codeForm('gamer'), codeForm('nobody')].map((form) => String(new URLSearchParams(form)))],
    ['/oauth20_connect.srf', ['client_id=a']],
    ['/user/authenticate', [userBody('gamer'), userBody('nobody')]],
    ['/xsts/authorize', [xstsBody(user), xstsBody('nobody')]]
  ] as const) {
    for (const body of [...bodies, 'x', 'x'.repeat(100_000)]) conformity.check(t, `POST ${url}`, await post(emulator, url, body))
  }
}

/** Checks the answers of login.microsoftonline.com. */
async function checkMicrosoft (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const emulator = build(t, { config: { dialect } })
  conformity.check(t, 'GET /{tenant}/oauth2/v2.0/authorize', await askAuthorize(emulator, { login_hint: 'gamer' }))
  for (const [path, forms] of [['token', [{ grant_type: 'authorization_code', code: 'gamer' }, {}]], ['devicecode', [{ scope: 'x' }, {}]]] as const) {
    for (const form of [...forms, 'x'.repeat(100_000)]) conformity.check(t, `POST /{tenant}/oauth2/v2.0/${path}`, await askToken(emulator, form, { path }))
  }
  for (const path of ['v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys']) {
    for (const tenant of ['common', 'x']) conformity.check(t, `GET /{tenant}/${path}`, await emulator.app.inject(`/${tenant}/${path}`))
  }
  for (const endpoint of ['https://login.windows.net/common/oauth2/authorize', 'x']) {
    conformity.check(t, 'GET /common/discovery/instance', await emulator.app.inject(`/common/discovery/instance?authorization_endpoint=${endpoint}`))
  }
}

/** Checks the answers of the hosts that devices and titles ask. */
async function checkXal (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const emulator = build(t, { config: { dialect } })
  const device = await deviceTokenOf(emulator)
  for (const [url, bodies] of [
    ['/device/authenticate', [deviceBody()]],
    ['/title/authenticate', [titleBody(device), titleBody('x')]],
    ['/authenticate', [sisuStart(device), sisuStart('x')]],
    ['/authorize', [sisuBody(device), sisuBody('x')]]
  ] as const) {
    for (const body of [...bodies, 'x', 'x'.repeat(100_000)]) conformity.check(t, `POST ${url}`, await post(emulator, url, body))
  }
  for (const [path, url] of [['default', 'default'], ['current', 'current'], ['{titleId}', '3051199919'], ['{titleId}', '1']] as const) {
    for (const session of [null, 'demo;gamer']) conformity.check(t, `GET /titles/${path}/endpoints`, await emulator.get(`/titles/${url}/endpoints`, { session }))
  }
}

/** Checks the answers of rta.xboxlive.com. */
async function checkRealTime (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { get } = build(t, { config: { dialect } })
  for (const [route, query, session] of [['/nonce', '', 'demo;gamer'], ['/nonce', '', null], ['/connect', '', 'demo;gamer'], ['/connect', '?nonce=%', null]] as const) {
    conformity.check(t, `GET ${route}`, await get(`${route}${query}`, { session }))
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
  for (const { route, method, url, group } of requestsOf(dialect)) {
    const refusals = [
      [405, await app.inject({ method: 'PROPFIND' as 'GET', url })],
      [500, await broken.inject({ method, url, headers: AS_GAMER })],
      [503, await full.inject({ method, url, headers: AS_GAMER })],
      // The sign-in hosts need no token.
      ...group === 'Sign-in' ? [] : [[401, await locked.inject({ method, url })] as const],
      [403, await app.inject({ method, url, headers: { origin: 'http://evil.example' } })],
      [400, await app.inject({ method, url, headers: { host: 'localhost:99999' } })],
      // Others do not read the body, and one of them answers without an end.
      ...conformity.has(`${route} 413`) ? [[413, await app.inject({ method, url, ...tooLarge(route) })] as const] : []
    ] as const
    for (const [status, response] of refusals.filter(([status]) => conformity.has(`${route} ${status}`))) {
      t.equal(response.statusCode, status, `${route} ${status}`)
      conformity.check(t, route, response)
    }
  }
}

/** A body that a route does not take; half a gigabyte is only announced. */
function tooLarge (route: string): Pick<InjectOptions, 'headers' | 'payload'> {
  const headers = { ...AS_GAMER, 'content-type': 'application/json' }
  if (TAKES_WORLD.test(route)) return { headers: { ...headers, 'content-length': String(LARGEST_WORLD + 1) }, payload: '{}' }
  return { headers, payload: ' '.repeat(route === CHANGES_PROGRESS ? 9_000_000 : 300_000) }
}

/** Checks the refusals of achievements.xboxlive.com that others do not have. */
async function checkServiceRefusals (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app } = build(t, { config: { dialect } })
  const { app: limited } = build(t, { config: { dialect, rateLimit: '0,0' } })
  for (const { route, method, url } of requestsOf(dialect).filter(({ group }) => group === 'Xbox Live')) {
    for (const [status, response] of [
      [406, await app.inject({ method, url, headers: { ...AS_GAMER, 'x-requestedserviceversion': '2' } })],
      [429, await limited.inject({ method, url, headers: AS_GAMER })]
    ] as const) {
      t.equal(response.statusCode, status, `${route} ${status}`)
      conformity.check(t, route, response)
    }
  }
  for (const [members, status, id] of [
    [{ status: 'moved', location: '/elsewhere' }, 301, '1'], [{ status: 'redirected', location: '/elsewhere' }, 307, '1'], [{ status: 'retired' }, 410, '1'], [{}, 404, '2']
  ] as const) {
    const world = {
      titles: [{ titleId: 1, name: 'One', serviceConfigId: SCID, ...members, achievements: [{ id: 1, name: 'a' }] }],
      users: [{ xuid: GAMER, gamertag: 'gamer' }],
      sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 }]
    }
    const { app } = build(t, { world, config: { dialect } })
    const path = `/users/xuid(${GAMER})/achievements/${SCID}`
    const payload = { action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: GAMER, achievements: [{ id, percentComplete: 5 }] }
    for (const [route, response] of [
      ['GET /users/xuid({xuid})/achievements/{scid}/{achievementid}', await app.inject({ url: `${path}/${id}`, headers: AS_GAMER })],
      ['POST /users/xuid({xuid})/achievements/{scid}/update', await app.inject({ method: 'POST', url: `${path}/update`, headers: AS_GAMER, payload })]
    ] as const) {
      t.equal(response.statusCode, status, `${route} ${status}`)
      conformity.check(t, route, response)
    }
  }
}

/** Sends the faults, which any route can have but the emulator's own and its pictures. They do not show that a route itself answers so. */
async function checkFaults (t: Test, conformity: Conformity, dialect: Dialect): Promise<void> {
  const { app, emulator } = build(t, { config: { dialect } })
  await app.ready()
  for (const { route, method, url } of requestsOf(dialect).filter(({ group }) => group !== 'Emulator')) {
    // The sign-in's own 302 has no body, as the document says; that of a fault has one.
    for (const status of FAULT_STATUSES.filter((status) => status !== 302 && conformity.has(`${route} ${status}`))) {
      emulator.faults.add({ ...NO_FAULT, status, location: REDIRECTS.includes(status) ? '/elsewhere' : null, times: 1 })
      const response = await app.inject({ method, url, headers: AS_GAMER })
      t.equal(response.statusCode, status, `${route} ${status}`)
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
