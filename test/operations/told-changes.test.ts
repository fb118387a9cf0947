import t, { type Test } from 'tap'
import { formatInstant } from '../../src/base/instant.ts'
import type { Change, ToldProgress } from '../../src/model/change.ts'
import { createFeed } from '../../src/operations/feed.ts'
import { createOperations, type InputOf, type OperationName, type Operations } from '../../src/operations/operations.ts'
import { requireWorld } from '../../src/operations/world.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { NOW } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'

const TIME = formatInstant(NOW)
const WORLD = requireWorld('world', {
  titles: [
    title({ sandboxes: ['RETAIL', 'TEST.1'], achievements: [1, 2, 3].map((id) => achievement({ id, requirements: [{ id: 'r', target: '10' }, { id: 's', target: '1' }] })) }),
    title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, achievements: [achievement()] })
  ],
  users: [
    user({ friends: ['2'], titles: [{ titleId: 1, lastPlayed: TIME }], achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 30 }, { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 20 }] }),
    user({ xuid: '2', gamertag: 'bob', profile: { bio: 'Bio' } })
  ],
  sessions: [session({ xuid: '1', titleId: 1 })]
})

const NONE: ToldProgress = { percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [] }
const at = (percentComplete: number, requirements: ToldProgress['requirements'] = []): ToldProgress => ({ percentComplete, timeUnlocked: percentComplete === 100 ? TIME : null, isRevoked: false, requirements })
const values = (r: string, s: string): ToldProgress['requirements'] => [{ id: 'r', current: r }, { id: 's', current: s }]
const progress = (sandbox: string, serviceConfigId: string, ...steps: ReadonlyArray<readonly [number, ToldProgress, ToldProgress]>): Change =>
  ({ kind: 'progress', xuid: '1', sandbox, serviceConfigId, achievements: steps.map(([id, before, after]) => ({ id, before, after })) })
const changed = (xuid: string, ...all: ReadonlyArray<Extract<Change, { kind: 'user' }>['what']>): Change[] => all.map((what) => ({ kind: 'user', xuid, what }))
const ofSession = (what: 'created' | 'deleted', xuid: string | null, titleId: number | null): Change => ({ kind: 'session', what, xuid, titleId })

const claims = { xuid: '1', titleId: 1, sandbox: 'RETAIL', location: 'US', thirdPartySite: false }
const report = (...achievements: ReadonlyArray<readonly [number, number]>): InputOf<'progress.report'> =>
  ({ claims, xuid: '1', scid: SCID, titleId: 1, achievements: achievements.map(([id, percentComplete]) => ({ id, percentComplete })), now: NOW })
const setting = (members: Partial<InputOf<'progress.set'>>): InputOf<'progress.set'> =>
  ({ xuid: '1', scid: SCID, id: 2, sandbox: 'RETAIL', percentComplete: 50, timeUnlocked: null, isRevoked: false, requirements: null, now: NOW, ...members })
const ENTRY = { serviceConfigId: SCID, id: 2, sandbox: null, percentComplete: null, timeUnlocked: null, isRevoked: null, requirements: null, unlockNumber: null }
const PLAY = { titleId: 1, sandbox: 'RETAIL', lastPlayed: '2019-01-01T00:00:00.0000000Z', sequence: null, minutesPlayed: null, stats: [] }
const changing = (achievements: InputOf<'progress.change'>['achievements'], titles: InputOf<'progress.change'>['titles'] = []): InputOf<'progress.change'> => ({ xuid: '1', achievements, titles, now: NOW })
const put = (members: Partial<InputOf<'user.put'>>): InputOf<'user.put'> => ({ xuid: '2', gamertag: null, privacy: null, profile: null, signInError: null, ...members })
const PRESENCE: InputOf<'presence.set'>['presence'] = { state: 'Online', deviceType: 'XboxOne', titles: [{ titleId: 1, name: null, state: 'Active', placement: 'Full', richPresence: null }], timestamp: null }
const SESSION: InputOf<'session.create'> = { userHash: 'h', token: 't', ...claims, expires: null }
const PROFILE = WORLD.users[1]?.profile ?? null
const TOKEN = { clientId: 'app', scope: 'x', accessToken: 'a', refreshToken: 'r', now: NOW }
const XSTS = { sandbox: 'RETAIL', isForXboxLive: true, dialect: 'documented', proofKey: null, token: 'xsts', now: NOW } as const
const DEVICE = { clientId: 'app', scope: 'x', deviceCode: 'd', userCode: 'ABCD2345', xuid: '1', now: NOW }

const ENDPOINT: InputOf<'endpoint.put'> = {
  endpointId: '00000000-0000-0000-0000-000000000001', xuid: '1', titleId: 1, systemId: 's', endpointUri: 'u', platform: 'Win32', transport: 'RTA', locale: 'en', filters: [], location: null, origin: 'http://localhost', now: NOW
}

type Step<Name extends OperationName> = readonly [input: InputOf<Name>, told: readonly Change[], prepare?: (run: Operations['run']) => unknown]

/** What each operation tells when it is run with one input after the other. */
const STEPS: { readonly [Name in OperationName]: ReadonlyArray<Step<Name>> } = {
  'world.replace': [[{ world: WORLD, source: 'test' }, [{ kind: 'world', what: 'replaced' }]]],
  'world.merge': [[{ part: { userKeys: ['key'] } }, [{ kind: 'world', what: 'merged' }]]],
  'world.restore': [[{ world: WORLD, start: null, source: 'test' }, [{ kind: 'world', what: 'replaced' }]]],
  'world.start': [[{}, []]],
  'world.reset': [[{}, [{ kind: 'world', what: 'reset' }]]],
  'everything.reset': [[{}, [{ kind: 'world', what: 'reset' }]]],
  'user.put': [
    [put({ xuid: '3' }), changed('3', 'created')],
    [put({ xuid: '3' }), []],
    [put({ gamertag: 'Bob' }), changed('2', 'settings')],
    [put({ gamertag: 'Bob', privacy: 'everyone', profile: PROFILE, signInError: 0 }), []],
    [put({ privacy: 'blocked' }), changed('2', 'privacy')],
    [put({ signInError: 5, privacy: 'everyone' }), changed('2', 'settings', 'privacy')],
    [put({ signInError: 5 }), []],
    [put({ profile: { ...PROFILE as object, bio: 'Other' } as typeof PROFILE }), changed('2', 'settings')]
  ],
  'user.delete': [[{ xuid: '1' }, changed('1', 'deleted')]],
  'user.restore': [[{ xuid: '1' }, changed('1', 'created'), (run) => run('user.delete', { xuid: '1' })]],
  'privacy.set': [[{ xuid: '1', privacy: 'blocked' }, changed('1', 'privacy')], [{ xuid: '1', privacy: 'blocked' }, []]],
  'presence.set': [
    [{ xuid: '1', presence: PRESENCE, now: NOW }, changed('1', 'presence')],
    [{ xuid: '1', presence: PRESENCE, now: NOW }, []],
    [{ xuid: '1', presence: PRESENCE, now: NOW + 1 }, changed('1', 'presence')],
    [{ xuid: '1', presence: null, now: NOW }, changed('1', 'presence')],
    [{ xuid: '1', presence: null, now: NOW }, []]
  ],
  'presence.report': [[{ xuid: '1', titles: PRESENCE.titles, now: NOW }, changed('1', 'presence')], [{ xuid: '1', titles: PRESENCE.titles, now: NOW }, []]],
  'presence.end': [
    [{ xuid: '1', titleId: null, now: NOW }, []],
    [{ xuid: '1', titleId: 1, now: NOW }, changed('1', 'presence'), (run) => run('presence.set', { xuid: '1', presence: PRESENCE, now: NOW })]
  ],
  'friend.add': [
    [{ xuid: '1', friend: '2', isFavorite: null }, []],
    [{ xuid: '1', friend: '2', isFavorite: false }, []],
    [{ xuid: '1', friend: '2', isFavorite: true }, changed('1', 'friends')],
    [{ xuid: '1', friend: '2', isFavorite: true }, []],
    [{ xuid: '2', friend: '1', isFavorite: null }, changed('2', 'friends')]
  ],
  'friend.remove': [[{ xuid: '1', friend: '2' }, changed('1', 'friends')]],
  'progress.report': [
    [report([3, 100], [1, 30], [2, 40], [2, 50], [2, 45]), [progress('RETAIL', SCID, [3, NONE, at(100, values('10', '1'))], [2, NONE, at(50, values('5', '0'))])]],
    [report([3, 100], [2, 50]), []],
    [report([2, 60]), [progress('RETAIL', SCID, [2, at(50, values('5', '0')), at(60, values('6', '0'))])]],
    [report(), []]
  ],
  'progress.set': [
    [setting({}), [progress('RETAIL', SCID, [2, NONE, at(50, values('5', '0'))])]],
    [setting({}), []],
    [setting({ requirements: values('5', '0').toReversed() }), []],
    [setting({ sandbox: null, scid: SCID }), [progress('TEST.1', SCID, [2, NONE, at(50, values('5', '0'))])]],
    [setting({ sandbox: null, percentComplete: null }), ['RETAIL', 'TEST.1'].map((sandbox) => progress(sandbox, SCID, [2, at(50, values('5', '0')), at(100, values('10', '1'))]))],
    [setting({ percentComplete: 0, requirements: [] }), [progress('RETAIL', SCID, [2, at(100, values('10', '1')), NONE])]]
  ],
  'progress.change': [
    [changing([{ ...ENTRY, percentComplete: 50 }]), ['RETAIL', 'TEST.1'].map((sandbox) => progress(sandbox, SCID, [2, NONE, at(50, values('5', '0'))]))],
    [changing([{ ...ENTRY, percentComplete: 50 }]), []],
    [
      // Each service configuration and sandbox is told once, in whatever order its achievements are named.
      changing([{ ...ENTRY, isRevoked: true }, { ...ENTRY, serviceConfigId: OTHER_SCID, id: 1, percentComplete: 100 }, { ...ENTRY, id: 3, percentComplete: 10 }]),
      [
        ...['RETAIL', 'TEST.1'].map((sandbox) => progress(sandbox, SCID, [2, at(50, values('5', '0')), { ...at(50, values('5', '0')), isRevoked: true }], [3, NONE, at(10, values('1', '0'))])),
        progress('RETAIL', OTHER_SCID, [1, at(20), at(100)])
      ]
    ],
    [changing([], [PLAY]), changed('1', 'plays')],
    [changing([], [PLAY]), []]
  ],
  'progress.clear': [
    [{ xuid: '1', scid: SCID, id: 2, sandbox: null }, []],
    [{ xuid: '1', scid: SCID, id: 1, sandbox: 'TEST.1' }, [progress('TEST.1', SCID, [1, at(30), NONE])]],
    [
      { xuid: '1', scid: null, id: null, sandbox: null },
      [progress('RETAIL', SCID, [1, at(30), NONE], [2, at(1, values('0', '0')), NONE]), progress('RETAIL', OTHER_SCID, [1, at(20), NONE]), ...changed('1', 'plays')],
      (run) => run('progress.report', report([2, 1]))
    ],
    [{ xuid: '1', scid: null, id: null, sandbox: null }, []]
  ],
  'session.create': [[SESSION, [ofSession('created', '1', 1)]], [SESSION, []], [{ ...SESSION, xuid: null, titleId: null }, [ofSession('deleted', '1', 1), ofSession('created', null, null)]]],
  'session.delete': [[{ userHash: 'hash', token: 'token' }, [ofSession('deleted', '1', 1)]]],
  'oauth.issueCode': [[{ xuid: '1', clientId: 'app', redirectUri: 'http://localhost/', scope: 'x', codeChallenge: null, token: 'c', now: NOW }, []]],
  'oauth.issueTokens': [[{ xuid: '1', ...TOKEN }, []]],
  'oauth.exchangeCode': [[{ code: '1', redirectUri: null, codeVerifier: null, ...TOKEN }, []]],
  'oauth.refresh': [[{ credential: '1', ...TOKEN }, []]],
  'deviceCode.create': [[DEVICE, []]],
  'deviceCode.decide': [[{ userCode: 'ABCD2345', decision: 'decline', xuid: null, now: NOW }, [], (run) => run('deviceCode.create', DEVICE)]],
  'deviceCode.redeem': [[{ deviceCode: 'd', ...TOKEN }, [], (run) => run('deviceCode.create', DEVICE)]],
  'deviceToken.issue': [[{ deviceId: 'D', proofKey: null, token: 'd', now: NOW }, []]],
  'titleToken.issue': [[{ deviceToken: 'd', ticket: null, titleId: 1, dialect: 'live', token: 't', now: NOW }, [], (run) => run('deviceToken.issue', { deviceId: 'D', proofKey: null, token: 'd', now: NOW })]],
  'userToken.issue': [[{ ticket: 'd=ann', token: 'u', now: NOW }, []]],
  'xstsToken.issue': [
    [
      { userTokens: ['u', 'v'], deviceToken: null, titleToken: '1', ...XSTS },
      [ofSession('created', '1', 1), ofSession('created', '2', 1)],
      (run) => [run('userToken.issue', { ticket: 'd=ann', token: 'u', now: NOW }), run('userToken.issue', { ticket: 'd=bob', token: 'v', now: NOW })]
    ],
    [{ userTokens: [], deviceToken: null, titleToken: '1', ...XSTS, isForXboxLive: false, token: 'other' }, []],
    [{ userTokens: [], deviceToken: null, titleToken: '1', ...XSTS, token: 'service' }, [ofSession('created', null, 1)]]
  ],
  'sisu.authorize': [[
    { accessToken: 't=ann', appId: 'app', deviceToken: 'd', titleToken: 't', userToken: 'u', ...XSTS },
    [ofSession('created', '1', null)],
    (run) => run('deviceToken.issue', { deviceId: 'D', proofKey: null, token: 'd', now: NOW })
  ]],
  'endpoint.put': [[ENDPOINT, []]],
  'endpoint.delete': [[{ xuid: '1', endpointId: ENDPOINT.endpointId }, [], (run) => run('endpoint.put', ENDPOINT)]]
}

function open (t: Test): { run: Operations['run'], told: () => unknown[] } {
  const database = openDatabase(':memory:')
  seed(database, WORLD, 'test')
  const { transact } = prepareStore(database)
  const feed = createFeed({ now: () => NOW })
  let told: unknown[] = []
  feed.listen(({ change }) => {
    t.equal(database.inTransaction, false, 'told after the transaction')
    told.push(change)
  })
  t.teardown(() => {
    feed.close()
    database.close()
  })
  return {
    run: createOperations(transact, feed.transactions).run,
    told: () => {
      const all = told
      told = []
      return all
    }
  }
}

function check<Name extends OperationName> (t: Test, name: Name): void {
  const { run, told } = open(t)
  for (const [input, expected, prepare = () => {}] of STEPS[name]) {
    prepare(run)
    told()
    run(name, input)
    t.strictSame(told(), expected, JSON.stringify(input))
  }
}

for (const name of Object.keys(STEPS) as OperationName[]) t.test(`what ${name} tells`, async (t) => check(t, name))

t.test('the oldest XSTS tokens of a user are told of when they are deleted', async (t) => {
  const { run, told } = open(t)
  run('userToken.issue', { ticket: 'd=ann', token: 'u', now: NOW })
  const issue = (token: string, titleToken: string): unknown => run('xstsToken.issue', { ...XSTS, userTokens: ['u'], deviceToken: null, titleToken, token })
  issue('first', '2')
  for (let count = 1; count < 1000; count++) issue(`token ${count}`, '1')
  told()
  issue('last', '1')
  t.strictSame(told(), [ofSession('created', '1', 1), ofSession('deleted', '1', 2)])
})

t.test('an operation that is refused tells nothing', async (t) => {
  const { run, told } = open(t)
  t.match(thrownBy(() => run('progress.report', report([1, 50], [9, 1]))), { status: 404 })
  t.match(thrownBy(() => run('friend.remove', { xuid: '2', friend: '1' })), { status: 404 })
  t.match(thrownBy(() => run('world.merge', { part: { users: 5 } })), { status: 400 })
  t.strictSame(told(), [])
})
