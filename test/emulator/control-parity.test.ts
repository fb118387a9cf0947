import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import type { Emulator } from '../../src/index.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { GAMER, LARGE_TITLE, listOf } from '../helper.ts'
import { start } from '../in-process.ts'

/** All that the control API can do, an emulator in a process does by a method: the same, with the same outcome. */

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const TOKEN = { userHash: 'h', token: 't' }
const ALWAYS = { status: 503, method: 'GET', seed: 7 } as const
const REAL_TIME_FAULT = { on: 'event', drop: true, seed: 7 } as const
const LIMITS = { burst: 1, sustain: 9 }
const LATER = { enabled: false, happened: 2, position: 1 }
const PRESENCE = { state: 'Online', titles: [{ titleId: LARGE_TITLE, richPresence: 'In the menu' }] } as const
const CHANGES = { achievements: [{ serviceConfigId: SCID, id: 1, isRevoked: true }, { serviceConfigId: SCID, id: 9, percentComplete: 100 }] }
const ONE_USER = { users: [{ xuid: GAMER, gamertag: 'gamer' }] }

const PART = { name: 'part.json', text: `{"users":[{"xuid":"${GAMER}","privacy":"blocked"}]}` }

/** What a route does: its request, below /_emulator, and the method that does the same. */
interface Pair {
  readonly path: string | ((emulator: Emulator) => string)
  readonly body?: unknown
  readonly call: (emulator: Emulator) => unknown
  /** The part of the answer that the method returns; by default all of it. */
  readonly of?: (body: any) => unknown
  /** Done before, in both. */
  readonly prepare?: (emulator: Emulator) => unknown
}

/** For a route that answers with what is there now, where the method returns nothing. */
const NOTHING = (): undefined => undefined

/** Gives a device a code. */
async function giveDeviceCode ({ url, clearRequests }: Emulator): Promise<void> {
  await fetch(`${url}/oauth20_connect.srf`, { method: 'POST', body: new URLSearchParams({ client_id: 'my-app' }) })
  clearRequests()
}

/** Sends a request that passes, and one that limits of one refuse; the journal would have the time that each took. */
async function askTwice ({ url, clearRequests }: Emulator): Promise<void> {
  const headers = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
  for (const status of [200, 429]) {
    const response = await fetch(`${url}${listOf(GAMER)}`, { headers })
    await response.text()
    if (response.status !== status) throw new Error(`${response.status} instead of ${status}`)
  }
  clearRequests()
}

const userCodeOf = ({ deviceCodes }: Emulator): string => deviceCodes()[0]?.userCode ?? ''

const PAIRS: Readonly<Record<string, Pair>> = {
  'GET /_emulator/health': { path: '/health', call: ({ health }) => health() },
  // Each has a port of its own.
  'GET /_emulator/about': { path: '/about', of: ({ addresses, ...about }) => ({ ...about, addresses: { ...addresses, http: null } }), call: ({ about }) => ({ ...about(), addresses: { ...about().addresses, http: null } }) },
  'POST /_emulator/reset': { path: '/reset?everything=true', of: NOTHING, prepare: (emulator) => { emulator.deleteUser('gamer'); emulator.fault(ALWAYS); emulator.rta.addFault(REAL_TIME_FAULT) }, call: ({ reset }) => reset({ everything: true }) },
  'GET /_emulator/world': { path: '/world', call: ({ world }) => world() },
  'GET /_emulator/world/differences': { path: '/world/differences?user=gamer', of: ({ differences }) => differences, prepare: ({ resetAchievements }) => resetAchievements('gamer'), call: ({ differences }) => differences({ user: 'gamer' }) },
  'POST /_emulator/world/import': { path: '/world/import', body: { files: [PART] }, of: ({ world, ...done }) => done, call: ({ importFiles }) => importFiles([PART]) },
  'POST /_emulator/world/generate': { path: '/world/generate', body: { users: 3 }, of: ({ world, ...done }) => done, call: ({ generateUsers }) => generateUsers({ users: 3 }) },
  'GET /_emulator/world/start': { path: '/world/start', prepare: ({ deleteUser }) => deleteUser('gamer'), call: ({ startWorld }) => startWorld() },
  'POST /_emulator/world/restore': { path: '/world/restore', body: { world: ONE_USER, start: {} }, of: NOTHING, call: ({ restoreWorld }) => restoreWorld({ world: ONE_USER, start: {} }) },
  'PUT /_emulator/world': { path: '/world', body: ONE_USER, of: NOTHING, call: ({ replaceWorld }) => replaceWorld(ONE_USER) },
  'PATCH /_emulator/world': { path: '/world', body: { users: [{ xuid: GAMER, privacy: 'blocked' }] }, of: NOTHING, call: ({ patchWorld }) => patchWorld({ users: [{ xuid: GAMER, privacy: 'blocked' }] }) },
  'GET /_emulator/titles': { path: '/titles', of: ({ titles }) => titles, call: ({ titles }) => titles() },
  'GET /_emulator/titles/{titleId}': { path: `/titles/${LARGE_TITLE}`, call: ({ title }) => title(LARGE_TITLE) },
  'GET /_emulator/sessions': { path: '/sessions?xuid=friend', of: ({ sessions }) => sessions, call: ({ sessions }) => sessions('friend') },
  'POST /_emulator/sessions': { path: '/sessions', body: { ...TOKEN, xuid: GAMER }, call: ({ createSession }) => createSession({ ...TOKEN, xuid: GAMER }) },
  'DELETE /_emulator/sessions/{userHash}/{token}': { path: '/sessions/h/t', prepare: ({ createSession }) => { createSession(TOKEN) }, call: ({ deleteSession }) => deleteSession(TOKEN) },
  'GET /_emulator/device-codes': { path: '/device-codes', of: ({ deviceCodes }) => deviceCodes, call: ({ deviceCodes }) => deviceCodes() },
  'PUT /_emulator/device-codes/{userCode}': { path: (emulator) => `/device-codes/${userCodeOf(emulator)}`, body: { decision: 'approve', user: 'gamer' }, prepare: giveDeviceCode, call: (emulator) => emulator.approveDeviceCode(userCodeOf(emulator), 'gamer') },
  'GET /_emulator/users': { path: '/users?gamertag=F', of: ({ users }) => users, call: ({ users }) => users({ gamertag: 'F' }) },
  'GET /_emulator/users/{xuid}': { path: `/users/gamer?serviceConfigId=${SCID}`, call: ({ user }) => user('gamer', { serviceConfigId: SCID }) },
  'PUT /_emulator/users/{xuid}': { path: '/users/7', body: { gamertag: 'seven' }, call: ({ putUser }) => putUser({ xuid: '7', gamertag: 'seven' }) },
  'DELETE /_emulator/users/{xuid}': { path: '/users/friend', call: ({ deleteUser }) => deleteUser('friend') },
  'POST /_emulator/users/{xuid}/restore': { path: '/users/Friend/restore', prepare: ({ deleteUser }) => deleteUser('friend'), call: ({ restoreUser }) => restoreUser('Friend') },
  'PUT /_emulator/users/{xuid}/privacy': { path: '/users/gamer/privacy', body: { privacy: 'blocked' }, call: ({ setPrivacy }) => setPrivacy('gamer', 'blocked') },
  'GET /_emulator/users/{xuid}/friends': { path: '/users/gamer/friends', of: ({ friends }) => friends, call: ({ friends }) => friends('gamer') },
  'PUT /_emulator/users/{xuid}/friends/{friend}': { path: '/users/gamer/friends/stranger', body: { isFavorite: true }, call: ({ addFriend }) => addFriend('gamer', 'stranger', { isFavorite: true }) },
  'PUT /_emulator/users/{xuid}/presence': { path: '/users/gamer/presence', body: PRESENCE, call: ({ setPresence }) => setPresence('gamer', PRESENCE) },
  'DELETE /_emulator/users/{xuid}/presence': { path: '/users/gamer/presence', prepare: ({ setPresence }) => setPresence('gamer', PRESENCE), call: ({ setPresence }) => setPresence('gamer', null) },
  'DELETE /_emulator/users/{xuid}/friends/{friend}': { path: '/users/gamer/friends/friend', call: ({ removeFriend }) => removeFriend('gamer', 'friend') },
  'PUT /_emulator/users/{xuid}/achievements/{scid}/{id}': { path: `/users/friend/achievements/${SCID}/9`, body: { timeUnlocked: '2020-01-01T00:00:00Z' }, call: ({ unlock }) => unlock({ gamertag: 'friend', serviceConfigId: SCID, id: 9, timeUnlocked: '2020-01-01T00:00:00Z' }) },
  'DELETE /_emulator/users/{xuid}/achievements': { path: '/users/gamer/achievements', of: NOTHING, call: ({ resetAchievements }) => { resetAchievements('gamer') } },
  'DELETE /_emulator/users/{xuid}/achievements/{scid}': { path: `/users/gamer/achievements/${SCID}?sandbox=RETAIL&answer=before`, call: ({ resetAchievements }) => resetAchievements(GAMER, { serviceConfigId: SCID, sandbox: 'RETAIL' }) },
  'DELETE /_emulator/users/{xuid}/achievements/{scid}/{id}': { path: `/users/gamer/achievements/${SCID}/1`, of: NOTHING, call: ({ resetAchievements }) => { resetAchievements('gamer', { serviceConfigId: SCID, id: 1 }) } },
  'GET /_emulator/users/{xuid}/titles': { path: '/users/gamer/titles?search=a', of: ({ titles }) => titles, call: ({ userTitles }) => userTitles('gamer', { search: 'a' }) },
  'GET /_emulator/users/{xuid}/titles/{titleId}': { path: `/users/gamer/titles/${LARGE_TITLE}`, call: ({ userTitle }) => userTitle('gamer', LARGE_TITLE) },
  'GET /_emulator/users/{xuid}/titles/{titleId}/achievements': { path: `/users/gamer/titles/${LARGE_TITLE}/achievements?state=unlocked&orderBy=UnlockTime&locale=de&rarity=true`, of: ({ achievements }) => achievements, call: ({ userAchievements }) => userAchievements('gamer', LARGE_TITLE, { state: 'unlocked', orderBy: 'UnlockTime', locale: 'de', rarity: true }) },
  'GET /_emulator/users/{xuid}/unlocks': { path: `/users/gamer/unlocks?titleId=${LARGE_TITLE}`, of: ({ unlocks }) => unlocks, call: ({ unlocks }) => unlocks('gamer', { titleId: LARGE_TITLE }) },
  'PATCH /_emulator/users/{xuid}/achievements': { path: '/users/gamer/achievements', body: CHANGES, call: ({ changeProgress }) => changeProgress('gamer', CHANGES) },
  'GET /_emulator/clock': { path: '/clock', call: ({ clock }) => clock.state() },
  'PUT /_emulator/clock': { path: '/clock', body: { now: '2013-02-15T00:00:00Z' }, of: NOTHING, call: ({ clock }) => clock.freeze('2013-02-15T00:00:00Z') },
  'DELETE /_emulator/clock': { path: '/clock', call: ({ clock }) => clock.reset() },
  'POST /_emulator/faults': { path: '/faults', body: ALWAYS, of: NOTHING, call: ({ fault }) => { fault(ALWAYS) } },
  'GET /_emulator/faults': { path: '/faults', of: ({ faults }) => faults, prepare: ({ fault }) => { fault(ALWAYS) }, call: ({ faults }) => faults() },
  'DELETE /_emulator/faults': { path: '/faults', prepare: ({ fault }) => { fault(ALWAYS) }, call: ({ clearFaults }) => clearFaults() },
  'DELETE /_emulator/faults/{id}': { path: '/faults/1', of: () => true, prepare: ({ fault }) => { fault(ALWAYS) }, call: ({ removeFault }) => removeFault(1) },
  'PATCH /_emulator/faults/{id}': { path: '/faults/2', body: LATER, prepare: ({ fault }) => { fault({ delay: 5, seed: 7 }); fault(ALWAYS) }, call: ({ changeFault }) => changeFault(2, LATER) },
  'GET /_emulator/rate-limits': { path: '/rate-limits?full=true', of: ({ callers }) => callers, prepare: async (emulator) => { emulator.rateLimits.set(LIMITS); await askTwice(emulator) }, call: ({ rateLimits }) => rateLimits.callers({ full: true }) },
  'PUT /_emulator/rate-limits': { path: '/rate-limits', body: { limits: LIMITS }, of: NOTHING, call: ({ rateLimits }) => rateLimits.set(LIMITS) },
  'DELETE /_emulator/rate-limits': { path: '/rate-limits', prepare: async (emulator) => { emulator.rateLimits.set(LIMITS); await askTwice(emulator) }, call: ({ rateLimits }) => rateLimits.reset() },
  'GET /_emulator/rta': { path: '/rta?xuid=gamer', of: ({ connections }) => connections, call: ({ rta }) => rta.connections({ xuid: GAMER }) },
  'GET /_emulator/rta/endpoints': { path: '/rta/endpoints', of: ({ endpoints }) => endpoints, call: ({ rta }) => rta.endpoints() },
  'POST /_emulator/rta/resync': { path: '/rta/resync', body: { xuid: GAMER }, of: ({ told }) => told, call: ({ rta }) => rta.resync({ xuid: GAMER }) },
  'POST /_emulator/rta/close': { path: '/rta/close', body: { code: 4000 }, of: ({ closed }) => closed, call: ({ rta }) => rta.close({ code: 4000 }) },
  'POST /_emulator/rta/faults': { path: '/rta/faults', body: REAL_TIME_FAULT, of: NOTHING, call: ({ rta }) => { rta.addFault(REAL_TIME_FAULT) } },
  'GET /_emulator/rta/faults': { path: '/rta/faults', of: ({ faults }) => faults, prepare: ({ rta }) => { rta.addFault(REAL_TIME_FAULT) }, call: ({ rta }) => rta.faults() },
  'PATCH /_emulator/rta/faults/{id}': { path: '/rta/faults/1', body: { enabled: false, times: 4 }, prepare: ({ rta }) => { rta.addFault(REAL_TIME_FAULT) }, call: ({ rta }) => rta.changeFault(1, { enabled: false, times: 4 }) },
  'DELETE /_emulator/rta/faults': { path: '/rta/faults', prepare: ({ rta }) => { rta.addFault(REAL_TIME_FAULT) }, call: ({ rta }) => rta.clearFaults() },
  'DELETE /_emulator/rta/faults/{id}': { path: '/rta/faults/1', of: () => true, prepare: ({ rta }) => { rta.addFault(REAL_TIME_FAULT) }, call: ({ rta }) => rta.removeFault(1) },
  'GET /_emulator/requests': { path: '/requests', of: ({ requests }) => requests, call: ({ requests }) => requests() },
  'GET /_emulator/requests/unmatched': { path: '/requests/unmatched', of: ({ requests }) => requests, call: ({ requests }) => requests({ matched: false }) },
  'GET /_emulator/requests/frames': { path: '/requests/frames', of: ({ frames }) => frames, call: ({ frames }) => frames() },
  'GET /_emulator/requests.har': { path: '/requests.har', call: ({ har }) => har() },
  'GET /_emulator/requests/settings': { path: '/requests/settings', call: ({ journalSettings }) => journalSettings() },
  'PUT /_emulator/requests/settings': { path: '/requests/settings', body: { answers: true }, call: ({ setJournalSettings }) => setJournalSettings({ answers: true }) },
  'DELETE /_emulator/requests': { path: '/requests', call: ({ clearRequests }) => clearRequests() }
}

/** Routes without a method, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  'GET /_emulator/events': 'onChange and waitForRequest: test/emulator/change-methods.test.ts',
  'GET /_emulator/ca.pem': 'ca names the file',
  'GET /_emulator/ready': 'startEmulator resolves once it is',
  'GET /_emulator/openapi.json': 'for readers of HTTP',
  'GET /_emulator/console': 'for browsers',
  'GET /_emulator/docs': 'for browsers'
}

const ROUTES = listOperations(readConfig()).filter(({ path }) => path.startsWith('/_emulator/')).map(({ method, path }) => `${method} ${path}`)

async function startFrozen (t: Test): Promise<Emulator> {
  const emulator = await start(t)
  emulator.clock.freeze('2020-06-15T12:00:00Z')
  return emulator
}

/** All that a test can see of an emulator, but for fresh tokens. */
const stateOf = ({ world, deviceCodes, faults, rta, clock, requests, journalSettings, rateLimits }: Emulator): unknown => ({ journal: journalSettings(), rateLimits: [rateLimits.get(), rateLimits.callers()], world: world(), deviceCodes: deviceCodes().map(({ state, xuid }) => [state, xuid]), faults: faults(), realTimeFaults: rta.faults(), isFrozen: clock.state().isFrozen, requests: requests() })

t.test('every control route has a method', async (t) => {
  t.ok(ROUTES.length > 30)
  t.strictSame([...Object.keys(PAIRS), ...Object.keys(WITHOUT)].sort(), ROUTES.toSorted())
})

for (const [route, { path, body, call, of = (sent: unknown) => sent, prepare = () => {} }] of Object.entries(PAIRS)) {
  t.test(`${route} and its method have the same outcome`, async (t) => {
    const [byHttp, byMethod] = [await startFrozen(t), await startFrozen(t)]
    for (const emulator of [byHttp, byMethod]) await prepare(emulator)
    const [method = ''] = route.split(' ')
    const response = await fetch(`${byHttp.url}/_emulator${typeof path === 'string' ? path : path(byHttp)}`, { method, ...body !== undefined && { body: JSON.stringify(body) } })
    t.ok(response.ok, String(response.status))
    const sent = await response.text()
    t.strictSame(await call(byMethod), of(sent === '' ? undefined : JSON.parse(sent)))
    t.strictSame(stateOf(byMethod), stateOf(byHttp))
  })
}
