import t from 'tap'
import { mergePatch } from '../../src/world/merge-patch.ts'
import type { World } from '../../src/world/schema.ts'

/** A world with the members that the merge reads. */
const world = {
  titles: [
    { titleId: 1, name: 'One', serviceConfigId: 'aa', sandboxes: ['RETAIL', 'A'], achievements: [{ id: 1, name: 'a', rewards: [{ value: '1' }] }, { id: 2, name: 'b' }] },
    { titleId: 2, name: 'Two', serviceConfigId: 'aa', sandboxes: ['B'], achievements: [] }
  ],
  users: [{
    xuid: '7', gamertag: 'ann', friends: ['8', '9'], titles: [{ titleId: 1, lastPlayed: 'x' }], achievements: [{ serviceConfigId: 'aa', id: 1, percentComplete: 5, isRevoked: true }]
  }, { xuid: '8', gamertag: 'bob' }],
  sessions: [{ userHash: 'h', token: 't', location: 'US' }]
}
const [one, two] = world.titles
const [ann, bob] = world.users
const [session] = world.sessions
const begun = world.users[0]?.achievements?.[0]

/** Patches, and the lists of the world that they change. */
const CASES: ReadonlyArray<[what: string, patch: unknown, expected: object]> = [
  ['an empty patch', {}, {}],
  ['empty lists', { titles: [], users: [], sessions: [] }, {}],
  ['a member of a title', { titles: [{ titleId: 2, name: 'Zwei' }] }, { titles: [one, { ...two, name: 'Zwei' }] }],
  ['a member that was not there', { titles: [{ titleId: 2, version: '1' }] }, { titles: [one, { ...two, version: '1' }] }],
  ['a new title comes last', { titles: [{ titleId: 0 }, { titleId: 1, name: 'Eins' }] }, { titles: [{ ...one, name: 'Eins' }, two, { titleId: 0 }] }],
  ['achievements by id', { titles: [{ titleId: 1, achievements: [{ id: 3 }, { id: 2, name: 'B' }] }] }, {
    titles: [{ ...one, achievements: [one?.achievements[0], { id: 2, name: 'B' }, { id: 3 }] }, two]
  }],
  ['rewards and sandboxes as a whole', { titles: [{ titleId: 1, sandboxes: ['B'], achievements: [{ id: 1, rewards: [] }] }] }, {
    titles: [{ ...one, sandboxes: ['B'], achievements: [{ id: 1, name: 'a', rewards: [] }, one?.achievements[1]] }, two]
  }],
  ['a user, whatever its leading zeros', { users: [{ xuid: '007', privacy: 'blocked' }] }, { users: [{ ...ann, xuid: '007', privacy: 'blocked' }, bob] }],
  ['the user 0 is not the user without digits', { users: [{ xuid: '0' }, { xuid: '00' }, { xuid: '' }] }, { users: [ann, bob, { xuid: '00' }, { xuid: '' }] }],
  ['friends as a whole', { users: [{ xuid: '7', friends: ['8'] }] }, { users: [{ ...ann, friends: ['8'] }, bob] }],
  ['played titles by id', { users: [{ xuid: '7', titles: [{ titleId: 2, lastPlayed: 'z' }, { titleId: 1, lastPlayed: 'y' }] }] }, {
    users: [{ ...ann, titles: [{ titleId: 1, lastPlayed: 'y' }, { titleId: 2, lastPlayed: 'z' }] }, bob]
  }],
  ['progress by service configuration, in any letter case, and id', {
    users: [{ xuid: '7', achievements: [{ serviceConfigId: 'AA', id: 1, percentComplete: 6 }, { serviceConfigId: 'aa', id: 2 }, { serviceConfigId: 'b', id: 1 }] }]
  }, {
    users: [{ ...ann, achievements: [{ serviceConfigId: 'AA', id: 1, percentComplete: 6, isRevoked: true }, { serviceConfigId: 'aa', id: 2 }, { serviceConfigId: 'b', id: 1 }] }, bob]
  }],
  ['progress without a sandbox, where there is progress without one', {
    users: [{ xuid: '7', achievements: [{ serviceConfigId: 'aa', id: 1, sandbox: null, percentComplete: 6 }] }]
  }, { users: [{ ...ann, achievements: [{ ...begun, sandbox: null, percentComplete: 6 }] }, bob] }],
  ['progress in a sandbox, where it was the same in every one', {
    users: [{ xuid: '7', achievements: [{ serviceConfigId: 'aa', id: 1, sandbox: 'A', percentComplete: 6 }] }]
  }, { users: [{ ...ann, achievements: [{ ...begun, sandbox: 'RETAIL' }, { ...begun, sandbox: 'A', percentComplete: 6 }, { ...begun, sandbox: 'B' }] }, bob] }],
  ['progress in a sandbox in which the title is not published', {
    users: [{ xuid: '7', achievements: [{ serviceConfigId: 'AA', id: 1, sandbox: 'C', percentComplete: 6 }] }]
  }, { users: [{ ...ann, achievements: [...['RETAIL', 'A', 'B'].map((sandbox) => ({ ...begun, sandbox })), { serviceConfigId: 'AA', id: 1, sandbox: 'C', percentComplete: 6 }] }, bob] }],
  ['progress in sandboxes, one by one, of which each has its own', {
    users: [{ xuid: '7', achievements: [{ serviceConfigId: 'aa', id: 2, sandbox: 'A', percentComplete: 1, isRevoked: true }, { serviceConfigId: 'aa', id: 2, sandbox: 'B' }, { serviceConfigId: 'aa', id: 2, sandbox: 'A', percentComplete: 2 }] }]
  }, { users: [{ ...ann, achievements: [begun, { serviceConfigId: 'aa', id: 2, sandbox: 'A', percentComplete: 2, isRevoked: true }, { serviceConfigId: 'aa', id: 2, sandbox: 'B' }] }, bob] }],
  ['progress without a sandbox takes the place of all that have one', {
    users: [{ xuid: '7', achievements: [...['A', 'B'].map((sandbox) => ({ serviceConfigId: 'aa', id: 2, sandbox, isRevoked: true })), { serviceConfigId: 'aa', id: 2, percentComplete: 9 }] }]
  }, { users: [{ ...ann, achievements: [begun, { serviceConfigId: 'aa', id: 2, percentComplete: 9 }] }, bob] }],
  ['progress on what the world does not have yet, without and with a sandbox: the result is refused', {
    users: [{ xuid: '7', achievements: [{ serviceConfigId: 'b', id: 1 }, { serviceConfigId: 'b', id: 1, sandbox: 'A' }] }]
  }, { users: [{ ...ann, achievements: [begun, { serviceConfigId: 'b', id: 1, sandbox: null }, { serviceConfigId: 'b', id: 1, sandbox: 'A' }] }, bob] }],
  ['a title played in a sandbox, where it was the same in every one', { users: [{ xuid: '7', titles: [{ titleId: 1, sandbox: 'A', lastPlayed: 'y' }] }] }, {
    users: [{ ...ann, titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: 'x' }, { titleId: 1, sandbox: 'A', lastPlayed: 'y' }] }, bob]
  }],
  ['sandboxes that are no strings', { users: [{ xuid: '7', titles: [{ titleId: 2, sandbox: 5 }, { titleId: 3, sandbox: {} }] }] }, {
    users: [{ ...ann, titles: [{ titleId: 1, lastPlayed: 'x' }, { titleId: 2, sandbox: 5 }, { titleId: 3, sandbox: {} }] }, bob]
  }],
  ['lists where there were none', { users: [{ xuid: '8', titles: [{ titleId: 1 }], achievements: [] }] }, { users: [ann, { ...bob, titles: [{ titleId: 1 }], achievements: [] }] }],
  ['a session by both parts', { sessions: [{ userHash: 'h', token: 't', location: 'FR' }, { userHash: 'H', token: 't' }, { userHash: 'h', token: 'T' }] }, {
    sessions: [{ ...session, location: 'FR' }, { userHash: 'H', token: 't' }, { userHash: 'h', token: 'T' }]
  }],
  ['the same entry twice is merged twice', { titles: [{ titleId: 3, name: 'a', version: '1' }, { titleId: 3, name: 'b' }] }, { titles: [one, two, { titleId: 3, name: 'b', version: '1' }] }],
  ['items that are not objects, twice', { users: [{ xuid: '9', titles: [null], achievements: 1 }, { xuid: '9', titles: [2, { titleId: 1 }], achievements: [3] }, { xuid: '9', titles: [{ titleId: 1, lastPlayed: 'y' }] }] }, {
    users: [ann, bob, { xuid: '9', titles: [{ titleId: 1, lastPlayed: 'y' }, null, 2], achievements: [3] }]
  }],
  // A patch that is wrong stays wrong in the result, where the check finds it.
  ['friends: those favourites stay who are still friends', { users: [{ xuid: '7', favorites: ['1', '02', '3'], friends: [] }, { xuid: '7', friends: ['002', '0003', 4] }] }, {
    users: [{ ...ann, favorites: ['02', '3'], friends: ['002', '0003', 4] }, bob]
  }],
  ['friends and favourites', { users: [{ xuid: '7', favorites: ['1'] }, { xuid: '7', friends: ['2'], favorites: ['2'] }] }, { users: [{ ...ann, favorites: ['2'], friends: ['2'] }, bob] }],
  ['friends that are no list, and favourites that are none', { users: [{ xuid: '7', favorites: ['1'], friends: 1 }, { xuid: '8', favorites: 1 }, { xuid: '8', friends: [] }] }, {
    users: [{ ...ann, favorites: ['1'], friends: 1 }, { ...bob, favorites: 1, friends: [] }]
  }],
  ['no lists', { titles: null, users: {}, sessions: 1 }, { titles: null, users: {}, sessions: 1 }],
  ['items that are not objects', { titles: [null, 1, []], users: ['7'] }, { titles: [one, two, null, 1, []], users: [ann, bob, '7'] }],
  ['an entry without a key', { titles: [{ name: 'x' }] }, { titles: [one, two, { name: 'x' }] }],
  ['a key that is no string or number', { titles: [{ titleId: { toString: 1 } }], sessions: [{ userHash: ['h'], token: 't' }] }, {
    titles: [one, two, { titleId: { toString: 1 } }], sessions: [session, { userHash: ['h'], token: 't' }]
  }],
  ['unknown members', { extra: 1, titles: [{ titleId: 2, extra: [2] }] }, { extra: 1, titles: [one, { ...two, extra: [2] }] }],
  ['members that every object inherits', { constructor: 1, valueOf: 2, toString: [3] }, { constructor: 1, valueOf: 2, toString: [3] }]
]

t.test('a patch changes entries by key', async (t) => {
  for (const [what, patch, expected] of CASES) {
    const before = structuredClone(world)
    t.strictSame(mergePatch(world as unknown as World, patch), { ...world, ...expected }, what)
    t.strictSame(world, before, `${what}: the world itself stays`)
  }
})

t.test('a member __proto__ is a member', async (t) => {
  const merged = mergePatch(world as unknown as World, JSON.parse('{"__proto__":{"x":1},"users":[{"xuid":"8","__proto__":[2]}]}')) as any
  t.equal(JSON.stringify(merged), JSON.stringify(world).replace('"gamertag":"bob"}', '"gamertag":"bob","__proto__":[2]}').replace(/\}$/, ',"__proto__":{"x":1}}'))
  t.equal(merged.x, undefined)
})

t.test('a patch that is no object replaces the world', async (t) => {
  for (const patch of [null, undefined, 1, 'x', true, [{ titles: [] }]]) t.equal(mergePatch(world as unknown as World, patch), patch)
})
