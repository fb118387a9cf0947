import t, { type Test } from 'tap'
import { formatInstant } from '../../src/base/instant.ts'
import type { Presence } from '../../src/model/user-details.ts'
import { createOperations, type InputOf, type OperationName, type Operations, type ResultOf } from '../../src/operations/operations.ts'
import { LIFETIMES, userHashOf } from '../../src/operations/sign-in.ts'
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
const TOKENS = (['code', 'refresh', 'user'] as const).map((kind) => ({ kind, token: `a ${kind}`, xuid: '1', expires: endOf(kind) }))
const ANN_HASH = userHashOf({ xuid: '1', gamertag: 'ann' })

const WORLD = requireWorld('world', {
  titles: [title({ achievements: [1, 2, 3].map((id) => achievement({ id })) })],
  users: [user({ friends: ['2'], achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 30 }] }), user({ xuid: '2', gamertag: 'bob' })],
  sessions: [session({ xuid: '1' })]
})
const OTHER = requireWorld('world', { users: [user({ xuid: '9', gamertag: 'zoe' })] })

const PRESENCE: Presence = { state: 'Away', deviceType: 'XboxOne', titles: [{ titleId: 1, name: null, state: 'Active', placement: 'Full', richPresence: 'In the menu' }], timestamp: null }

/** The world, and the tokens of sign-ins beside it. */
interface State {
  world: World
  tokens: object[]
}

/** An operation that succeeds: its whole result, and what it makes of the state. */
interface Case<Name extends OperationName> {
  readonly input: InputOf<Name>
  readonly result: ResultOf<Name>
  readonly change: (state: State) => void
  /** What is done before. */
  readonly prepare?: (run: Operations['run']) => void
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
  'world.reset': {
    prepare: (run) => run('user.delete', { xuid: '1' }),
    input: {},
    result: undefined,
    change: () => {}
  },
  'everything.reset': {
    prepare: (run) => run('user.delete', { xuid: '1' }),
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
    input: { xuid: '1' },
    result: undefined,
    change: (state) => {
      users(state).shift()
      state.world.sessions.pop()
    }
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
  'signInToken.issue': {
    input: { kind: 'access', xuid: '2', token: 'new', now: NOW },
    result: { token: 'new', expires: endOf('access') },
    change: ({ tokens }) => { tokens.push({ kind: 'access', token: 'new', xuid: '2', expires: endOf('access') }) }
  },
  'signInToken.exchange': {
    input: { kind: 'code', credential: 'a code', accessToken: 'new a', refreshToken: 'new r', now: NOW },
    result: { user: { xuid: '1', gamertag: 'ann' }, access: { token: 'new a', expires: endOf('access') }, refresh: { token: 'new r', expires: endOf('refresh') } },
    change: ({ tokens }) => {
      tokens.shift()
      tokens.push({ kind: 'access', token: 'new a', xuid: '1', expires: endOf('access') }, { kind: 'refresh', token: 'new r', xuid: '1', expires: endOf('refresh') })
    }
  },
  'xstsToken.issue': {
    input: { userToken: 'a user', sandbox: 'XDKS.1', titleToken: '1', token: 'new', now: NOW },
    result: { token: 'new', expires: endOf('xsts'), user: { xuid: '1', gamertag: 'ann' } },
    change: ({ world }) => {
      world.sessions.push({ userHash: ANN_HASH, token: 'new', xuid: '1', titleId: 1, sandbox: 'XDKS.1', location: null, thirdPartySite: false, expires: endOf('xsts') })
    }
  }
}

function open (t: Test): { store: Store, transact: Transact, run: Operations['run'], read: () => State } {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, WORLD, 'test')
  const { store, transact } = prepareStore(database)
  const { run } = createOperations(transact)
  for (const { expires, ...token } of TOKENS) run('signInToken.issue', { ...token, now: NOW })
  const findTokens = database.prepare<[], object>('SELECT kind, token, xuid, expires FROM sign_in_token ORDER BY row')
  return { store, transact, run, read: () => ({ world: store.world.export(), tokens: findTokens.all() }) }
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
