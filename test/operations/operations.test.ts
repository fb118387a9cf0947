import t, { type Test } from 'tap'
import { formatInstant } from '../../src/base/instant.ts'
import type { Presence } from '../../src/model/user-details.ts'
import { createOperations, type InputOf, type OperationName, type Operations, type ResultOf } from '../../src/operations/operations.ts'
import { issueToken, LIFETIMES, userHashOf } from '../../src/operations/sign-in.ts'
import { requireWorld } from '../../src/operations/world.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore, type Store, type Transact, type Writes } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import type { World } from '../../src/world/schema.ts'
import { NOW } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { achievement, SCID, session, title, user } from '../world-parts.ts'

const claims = { xuid: '1', titleId: 1, sandbox: 'RETAIL', location: 'US', thirdPartySite: false }
const endOf = (kind: keyof typeof LIFETIMES): string => formatInstant(NOW + LIFETIMES[kind])
/** A row of the table of tokens. */
const stored = (kind: 'code' | 'access' | 'refresh' | 'user', token: string, members: object = {}): object =>
  ({ kind, token, xuid: '1', expires: endOf(kind), client_id: null, scope: null, redirect_uri: null, code_challenge: null, challenge_method: null, ...members })
const GRANT = { clientId: 'app', scope: 'old', redirectUri: 'http://localhost/', codeChallenge: { value: 'secret', method: 'plain' } } as const
const GRANT_COLUMNS = { client_id: 'app', scope: 'old', redirect_uri: 'http://localhost/', code_challenge: 'secret', challenge_method: 'plain' }
const TOKENS = (['code', 'refresh', 'user'] as const).map((kind) => ({ kind, token: `a ${kind}`, xuid: '1', grant: GRANT }))
const NEW_TOKENS = { accessToken: 'new a', refreshToken: 'new r', now: NOW }
const granted = (scope: string) => ({
  user: { xuid: '1', gamertag: 'ann' }, access: { token: 'new a', expires: endOf('access') }, expiresIn: 3600, refresh: { token: 'new r', expires: endOf('refresh') }, scope
})
const newTokens = (scope: string): object[] => [stored('access', 'new a', { client_id: 'APP', scope }), stored('refresh', 'new r', { client_id: 'APP', scope })]
const DEVICE = { clientId: 'app', scope: 'old', deviceCode: 'a device', userCode: 'ABCD2345', now: NOW }
const deviceCode = (members: object): object => ({
  row: 1, deviceCode: 'a device', userCode: 'ABCD2345', clientId: 'app', scope: 'old', expires: formatInstant(NOW + 900_000), state: 'pending', xuid: null, ...members
})
const PROOF_KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const
const xalToken = (kind: 'device' | 'title' | 'xsts', token: string, members: object): object => ({ kind, token, owner: '', title_id: null, proof_key: null, expires: endOf(kind), ...members })
const A_DEVICE = xalToken('device', 'a device', { owner: 'D', proof_key: JSON.stringify(PROOF_KEY) })
const issueDevice = (run: Operations['run']): unknown => run('deviceToken.issue', { deviceId: 'D', proofKey: PROOF_KEY, token: 'a device', now: NOW })
const ANN_HASH = userHashOf({ xuid: '1' })

const ENDPOINT = {
  endpointId: 'an endpoint',
  xuid: '2',
  titleId: 1,
  systemId: 'a system',
  endpointUri: 'uri',
  platform: 'Win32',
  transport: 'RTA',
  locale: 'en-US,en',
  filters: [{ action: 'Include', source: 8, type: 1 }],
  location: null,
  origin: 'https://notify.xboxlive.com',
  now: NOW
} as const
const endpoint = (members: object): object => {
  const { now, ...rest } = ENDPOINT
  return { row: 1, ...rest, created: formatInstant(now), ...members }
}

const ENTRY = { serviceConfigId: SCID, sandbox: null, percentComplete: null, timeUnlocked: null, isRevoked: null, requirements: null, unlockNumber: null } as const
const PLAY = { titleId: 1, sandbox: 'RETAIL', lastPlayed: formatInstant(NOW), sequence: null, minutesPlayed: 7, stats: [] }

const WORLD = requireWorld('world', {
  titles: [title({ achievements: [1, 2, 3].map((id) => achievement({ id })) })],
  users: [user({ friends: ['2'], achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 30 }] }), user({ xuid: '2', gamertag: 'bob' })],
  sessions: [session({ xuid: '1' })]
})
const OTHER = requireWorld('world', { users: [user({ xuid: '9', gamertag: 'zoe' })] })

const annsSession = (token: string, titleId: number) => ({ userHash: ANN_HASH, token, xuid: '1', titleId, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: endOf('xsts') })

const PRESENCE: Presence = { state: 'Away', deviceType: 'XboxOne', titles: [{ titleId: 1, name: null, state: 'Active', placement: 'Full', richPresence: 'In the menu' }], timestamp: null }

/** The world, and what is beside it: the tokens of sign-ins, and where notifications are sent. */
interface State {
  world: World
  tokens: object[]
  deviceCodes: object[]
  xalTokens: object[]
  endpoints: object[]
}

/** An operation that succeeds: its whole result, and what it makes of the state. */
interface Case<Name extends OperationName> {
  readonly input: InputOf<Name>
  readonly result: ResultOf<Name>
  readonly change: (state: State) => void
  /** What is done before. */
  readonly prepare?: (run: Operations['run']) => unknown
}

const progress = (id: number, percentComplete: number, timeUnlocked: string | null) => ({ serviceConfigId: SCID, id, sandbox: null, percentComplete, timeUnlocked, isRevoked: false, requirements: [] })
const users = ({ world }: State): any[] => world.users as any[]

const CASES: { readonly [Name in OperationName]: Case<Name> } = {
  'world.replace': {
    input: { world: OTHER, source: 'test' },
    result: undefined,
    change: (state) => { state.world = OTHER }
  },
  'world.merge': {
    input: { part: { users: [{ xuid: '2', gamertag: 'rob' }], userKeys: ['key'] } },
    result: undefined,
    change: (state) => {
      users(state)[1].gamertag = 'rob'
      state.world.userKeys.push('key')
    }
  },
  'world.restore': {
    input: { world: OTHER, start: WORLD, source: 'test' },
    result: undefined,
    change: (state) => { state.world = OTHER }
  },
  'world.start': {
    prepare: (run) => {
      run('world.restore', { world: WORLD, start: OTHER, source: 'test' })
    },
    input: {},
    result: OTHER,
    change: () => {}
  },
  'world.reset': {
    prepare: (run) => run('user.delete', { xuid: '1' }),
    input: {},
    result: undefined,
    change: () => {}
  },
  'everything.reset': {
    prepare: (run) => {
      run('user.delete', { xuid: '1' })
      run('deviceCode.create', { ...DEVICE, xuid: null })
      run('endpoint.put', ENDPOINT)
    },
    input: {},
    result: undefined,
    change: (state) => { state.tokens = [] }
  },
  'user.put': {
    input: { xuid: '3', gamertag: null, privacy: 'blocked', profile: null, signInError: 2148916238 },
    result: { isNew: true },
    change: (state) => { users(state).push({ xuid: '3', gamertag: 'user 3', privacy: 'blocked', friends: [], favorites: [], profile: null, presence: null, signInError: 2148916238, titles: [], achievements: [] }) }
  },
  'user.delete': {
    prepare: (run) => {
      run('endpoint.put', ENDPOINT)
      run('endpoint.put', { ...ENDPOINT, xuid: '1', endpointId: 'of ann' })
    },
    input: { xuid: '1' },
    result: undefined,
    change: (state) => {
      users(state).shift()
      state.world.sessions.pop()
      state.endpoints.push(endpoint({}))
    }
  },
  'user.restore': {
    prepare: (run) => {
      run('endpoint.put', { ...ENDPOINT, xuid: '1' })
      run('user.delete', { xuid: '1' })
    },
    input: { xuid: '1' },
    result: undefined,
    change: (state) => { state.endpoints.push(endpoint({ xuid: '1' })) }
  },
  'privacy.set': {
    input: { xuid: '2', privacy: 'friendsOnly' },
    result: undefined,
    change: (state) => { users(state)[1].privacy = 'friendsOnly' }
  },
  'presence.set': {
    input: { xuid: '2', presence: PRESENCE, now: NOW },
    result: undefined,
    change: (state) => { users(state)[1].presence = { ...PRESENCE, timestamp: formatInstant(NOW) } }
  },
  'presence.report': {
    input: { xuid: '2', titles: PRESENCE.titles, now: NOW },
    result: undefined,
    change: (state) => { users(state)[1].presence = { ...PRESENCE, state: 'Online', timestamp: formatInstant(NOW) } }
  },
  'presence.end': {
    prepare: (run) => { run('presence.set', { xuid: '2', presence: PRESENCE, now: 0 }) },
    input: { xuid: '2', titleId: 1, now: NOW },
    result: undefined,
    change: (state) => { users(state)[1].presence = { ...PRESENCE, state: 'Offline', timestamp: formatInstant(NOW) } }
  },
  'friend.add': {
    input: { xuid: '2', friend: '1', isFavorite: true },
    result: undefined,
    change: (state) => { Object.assign(users(state)[1], { friends: ['1'], favorites: ['1'] }) }
  },
  'friend.remove': {
    input: { xuid: '1', friend: '2' },
    result: undefined,
    change: (state) => { users(state)[0].friends = [] }
  },
  'progress.report': {
    input: { claims, xuid: '1', scid: SCID, titleId: 1, achievements: [{ id: 3, percentComplete: 100 }, { id: 1, percentComplete: 30 }, { id: 2, percentComplete: 1 }, { id: 2, percentComplete: 7 }], now: NOW },
    result: { changed: [3, 2] },
    change: (state) => { users(state)[0].achievements.push(progress(2, 7, null), progress(3, 100, formatInstant(NOW))) }
  },
  'progress.set': {
    input: { xuid: '2', scid: SCID, id: 2, sandbox: null, percentComplete: null, timeUnlocked: null, isRevoked: false, requirements: null, now: NOW },
    result: progress(2, 100, formatInstant(NOW)),
    change: (state) => { users(state)[1].achievements = [progress(2, 100, formatInstant(NOW))] }
  },
  'progress.change': {
    input: { xuid: '1', achievements: [{ ...ENTRY, id: 1, isRevoked: true }, { ...ENTRY, id: 2, percentComplete: 100 }], titles: [PLAY], now: NOW },
    result: {
      achievements: [
        { ...ENTRY, id: 1, sandbox: 'RETAIL', percentComplete: 30, isRevoked: false, requirements: [] },
        { ...ENTRY, id: 2, sandbox: 'RETAIL', percentComplete: 0, isRevoked: false, requirements: [] }
      ],
      titles: [{ ...PLAY, lastPlayed: null, minutesPlayed: null }]
    },
    change: (state) => {
      const [ann] = users(state)
      ann.titles = [{ ...PLAY, sandbox: null }]
      ann.achievements = [{ ...progress(1, 30, null), isRevoked: true }, progress(2, 100, formatInstant(NOW))]
    }
  },
  'progress.clear': {
    input: { xuid: '1', scid: SCID, id: null, sandbox: null },
    result: undefined,
    change: (state) => { users(state)[0].achievements = [] }
  },
  'session.create': {
    input: { userHash: 'h', token: 't', ...claims, expires: endOf('access') },
    result: { authorization: 'XBL3.0 x=h;t', userHash: 'h', token: 't', ...claims, expires: endOf('access') },
    change: (state) => { state.world.sessions.push({ userHash: 'h', token: 't', ...claims, expires: endOf('access') }) }
  },
  'session.delete': {
    input: { userHash: 'hash', token: 'token' },
    result: undefined,
    change: (state) => { state.world.sessions.pop() }
  },
  'oauth.issueCode': {
    input: { xuid: '1', ...GRANT, token: 'new', now: NOW },
    result: { token: 'new', expires: endOf('code') },
    change: ({ tokens }) => { tokens.push(stored('code', 'new', GRANT_COLUMNS)) }
  },
  'oauth.issueTokens': {
    input: { xuid: '1', clientId: 'APP', scope: 'x', ...NEW_TOKENS },
    result: granted('x'),
    change: ({ tokens }) => { tokens.push(...newTokens('x')) }
  },
  'oauth.exchangeCode': {
    input: { code: 'a code', clientId: 'APP', redirectUri: 'http://localhost/', codeVerifier: 'secret', scope: null, ...NEW_TOKENS },
    result: granted('old'),
    change: ({ tokens }) => {
      tokens.shift()
      tokens.push(...newTokens('old'))
    }
  },
  'oauth.refresh': {
    input: { credential: 'a refresh', clientId: 'APP', scope: 'new', ...NEW_TOKENS },
    result: granted('new'),
    change: ({ tokens }) => { tokens.push(...newTokens('new')) }
  },
  'deviceCode.create': {
    input: { ...DEVICE, xuid: null },
    result: { clientId: 'app', scope: 'old', deviceCode: 'a device', userCode: 'ABCD2345', xuid: null, state: 'pending', expires: formatInstant(NOW + 900_000) },
    change: ({ deviceCodes }) => { deviceCodes.push(deviceCode({})) }
  },
  'deviceCode.decide': {
    prepare: (run) => run('deviceCode.create', { ...DEVICE, xuid: null }),
    input: { userCode: 'abcd2345', decision: 'approve', xuid: '2', now: NOW },
    result: undefined,
    change: ({ deviceCodes }) => { deviceCodes.push(deviceCode({ state: 'approved', xuid: '2' })) }
  },
  'deviceCode.redeem': {
    prepare: (run) => run('deviceCode.create', { ...DEVICE, xuid: '1' }),
    input: { deviceCode: 'a device', clientId: 'APP', ...NEW_TOKENS },
    result: { ...granted('old') },
    change: ({ tokens, deviceCodes }) => {
      deviceCodes.push(deviceCode({ state: 'used', xuid: '1' }))
      tokens.push(...newTokens('old'))
    }
  },
  'deviceToken.issue': {
    input: { deviceId: 'D', proofKey: PROOF_KEY, token: 'new', now: NOW },
    result: { token: 'new', expires: endOf('device') },
    change: ({ xalTokens }) => { xalTokens.push(xalToken('device', 'new', { owner: 'D', proof_key: JSON.stringify(PROOF_KEY) })) }
  },
  'titleToken.issue': {
    prepare: issueDevice,
    input: { deviceToken: 'a device', ticket: 't=1', titleId: null, dialect: 'live', token: 'new', now: NOW },
    result: { token: 'new', expires: endOf('title'), titleId: 1 },
    change: ({ xalTokens }) => { xalTokens.push(A_DEVICE, xalToken('title', 'new', { owner: 'D', title_id: 1 })) }
  },
  'userToken.issue': {
    input: { ticket: 'd=bob', token: 'new', now: NOW },
    result: { user: { xuid: '2', gamertag: 'bob' }, clientId: null, token: 'new', expires: endOf('user') },
    change: ({ tokens }) => { tokens.push(stored('user', 'new', { xuid: '2' })) }
  },
  'xstsToken.issue': {
    prepare: issueDevice,
    input: { userTokens: ['a user'], deviceToken: 'a device', titleToken: '1', sandbox: 'RETAIL', isForXboxLive: true, dialect: 'documented', proofKey: null, token: 'new', now: NOW },
    result: { token: 'new', expires: endOf('xsts'), users: [{ xuid: '1', gamertag: 'ann' }] },
    change: ({ world, xalTokens }) => {
      world.sessions.push(annsSession('new', 1))
      xalTokens.push(A_DEVICE, xalToken('xsts', 'new', { owner: ANN_HASH, proof_key: JSON.stringify(PROOF_KEY) }))
    }
  },
  'sisu.authorize': {
    prepare: issueDevice,
    input: { accessToken: 't=ann', appId: '000000004C20A908', deviceToken: 'a device', sandbox: 'RETAIL', isForXboxLive: true, dialect: 'documented', proofKey: null, titleToken: 'new t', userToken: 'new u', token: 'new', now: NOW },
    result: {
      user: { xuid: '1', gamertag: 'ann' },
      titleToken: { token: 'new t', expires: endOf('title'), titleId: 1016898439 },
      userToken: { token: 'new u', expires: endOf('user') },
      xstsToken: { token: 'new', expires: endOf('xsts') }
    },
    change: ({ world, tokens, xalTokens }) => {
      world.sessions.push(annsSession('new', 1016898439))
      tokens.push(stored('user', 'new u', { client_id: '000000004C20A908' }))
      xalTokens.push(A_DEVICE, xalToken('title', 'new t', { owner: 'D', title_id: 1016898439 }), xalToken('xsts', 'new', { owner: ANN_HASH, proof_key: JSON.stringify(PROOF_KEY) }))
    }
  },
  'endpoint.put': {
    prepare: (run) => run('endpoint.put', { ...ENDPOINT, endpointId: 'the one before' }),
    input: { ...ENDPOINT, endpointId: 'new', now: NOW + 1 },
    result: undefined,
    change: ({ endpoints }) => { endpoints.push(endpoint({ row: 2, endpointId: 'new', created: formatInstant(NOW + 1) })) }
  },
  'endpoint.delete': {
    prepare: (run) => {
      run('endpoint.put', ENDPOINT)
      run('endpoint.put', { ...ENDPOINT, endpointId: 'other', systemId: 'other' })
    },
    input: { xuid: '2', endpointId: 'an endpoint' },
    result: undefined,
    change: ({ endpoints }) => { endpoints.push(endpoint({ row: 2, endpointId: 'other', systemId: 'other' })) }
  }
}

function open (t: Test): { store: Store, transact: Transact, run: Operations['run'], read: () => State } {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, WORLD, 'test')
  const { store, transact } = prepareStore(database)
  const { run } = createOperations(transact)
  transact((transaction) => { for (const token of TOKENS) issueToken(transaction, { ...token, now: NOW }) })
  const findTokens = database.prepare<[], object>('SELECT kind, token, xuid, expires, client_id, scope, redirect_uri, code_challenge, challenge_method FROM sign_in_token ORDER BY row')
  const findXalTokens = database.prepare<[], object>('SELECT kind, token, owner, title_id, proof_key, expires FROM xal_token ORDER BY row')
  return { store, transact, run, read: () => ({ world: store.world.export(), tokens: findTokens.all(), deviceCodes: store.deviceCodes.list({ after: 0, limit: 100 }), xalTokens: findXalTokens.all(), endpoints: store.notificationEndpoints.list({ after: 0, limit: 100 }) }) }
}

function check<Name extends OperationName> (t: Test, name: Name): void {
  const { input, result, change, prepare = () => {} } = CASES[name]
  const { run, read } = open(t)
  const expected = read()
  change(expected)
  prepare(run)
  const given: InputOf<Name> = JSON.parse(JSON.stringify(input))
  const found = run(name, given)
  t.strictSame(found, result)
  if (found !== undefined) t.strictSame(JSON.parse(JSON.stringify(found)), found, 'the result is JSON')
  t.strictSame(given, JSON.parse(JSON.stringify(input)), 'the input is as it was')
  t.strictSame(read(), expected)
}

for (const name of Object.keys(CASES) as OperationName[]) t.test(`${name}, out of JSON`, async (t) => check(t, name))

t.test('an operation that is refused in the middle has changed nothing', async (t) => {
  const { run, read } = open(t)
  const before = read()
  const challenge = requireWorld('world', {
    titles: [title({ achievements: [achievement(), achievement({ id: 2, achievementType: 'Challenge', timeWindow: { startDate: '2000-01-01T00:00:00Z', endDate: '2001-01-01T00:00:00Z' } })] })],
    users: [user()]
  })
  run('world.replace', { world: challenge, source: 'test' })
  const replaced = read()
  const report = { claims, xuid: '1', scid: SCID, titleId: 1, achievements: [{ id: 1, percentComplete: 5 }, { id: 2, percentComplete: 5 }], now: NOW }
  t.match(thrownBy(() => run('progress.report', report)), { status: 400 })
  t.strictSame(read(), replaced)
  t.notSame(replaced.world, before.world)
})

t.test('the store that routes read from has no method that writes', async (t) => {
  const { store, transact } = open(t)
  const write: Writes = transact(({ write }) => write)
  const writing = Object.entries(write).flatMap(([part, methods]) => Object.keys(methods).map((method) => [part, method] as const))
  t.ok(writing.length > 10)
  const readers: Record<string, object | undefined> = { ...store }
  for (const [part, method] of writing) t.notOk(Object.hasOwn(readers[part] ?? {}, method), `store.${part}.${method}`)
  // Nor do the types, or this does not compile.
  type Writing = { [Part in keyof Writes]: Part extends keyof Store ? keyof Store[Part] & keyof Writes[Part] : never }[keyof Writes]
  const none: Writing[] = []
  t.strictSame(none satisfies never[], [])
})

t.test('only what is wrong with a world document becomes a refusal', async (t) => {
  const broken = { get titles (): never { throw new Error('broken') } }
  const error = thrownBy(() => requireWorld('world', broken))
  t.equal(error.name, 'Error')
  t.equal(error.message, 'broken')
})
