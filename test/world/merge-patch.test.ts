import t from 'tap'
import { mergePatch } from '../../src/world/merge-patch.ts'

const world = {
  titles: [
    { titleId: 1, name: 'One', sandboxes: ['RETAIL', 'A'], achievements: [{ id: 1, name: 'a', rewards: [{ value: '1' }] }, { id: 2, name: 'b' }] },
    { titleId: 2, name: 'Two', achievements: [] }
  ],
  users: [{
    xuid: '7', gamertag: 'ann', friends: ['8', '9'], titles: [{ titleId: 1, lastPlayed: 'x' }], achievements: [{ serviceConfigId: 'aa', id: 1, percentComplete: 5, isRevoked: true }]
  }, { xuid: '8', gamertag: 'bob' }],
  sessions: [{ userHash: 'h', token: 't', location: 'US' }]
}
const [one, two] = world.titles
const [ann, bob] = world.users
const [session] = world.sessions

/** What a part makes of the world; members that are not named stay. */
const CASES: ReadonlyArray<[what: string, part: unknown, expected: object]> = [
  ['nothing', {}, {}],
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
  ['lists where there were none', { users: [{ xuid: '8', titles: [{ titleId: 1 }], achievements: [] }] }, { users: [ann, { ...bob, titles: [{ titleId: 1 }], achievements: [] }] }],
  ['a session by both parts', { sessions: [{ userHash: 'h', token: 't', location: 'FR' }, { userHash: 'H', token: 't' }, { userHash: 'h', token: 'T' }] }, {
    sessions: [{ ...session, location: 'FR' }, { userHash: 'H', token: 't' }, { userHash: 'h', token: 'T' }]
  }],
  ['the same entry twice is merged twice', { titles: [{ titleId: 3, name: 'a', version: '1' }, { titleId: 3, name: 'b' }] }, { titles: [one, two, { titleId: 3, name: 'b', version: '1' }] }],
  // What is wrong is kept for the check of the result.
  ['what is no list', { titles: null, users: {}, sessions: 1 }, { titles: null, users: {}, sessions: 1 }],
  ['what is no entry', { titles: [null, 1, []], users: ['7'] }, { titles: [one, two, null, 1, []], users: [ann, bob, '7'] }],
  ['what has no key', { titles: [{ name: 'x' }] }, { titles: [one, two, { name: 'x' }] }],
  ['a key that is no key', { titles: [{ titleId: { toString: 1 } }], sessions: [{ userHash: ['h'], token: 't' }] }, {
    titles: [one, two, { titleId: { toString: 1 } }], sessions: [session, { userHash: ['h'], token: 't' }]
  }],
  ['members that nobody knows', { extra: 1, titles: [{ titleId: 2, extra: [2] }] }, { extra: 1, titles: [one, { ...two, extra: [2] }] }],
  ['members that every object has', { constructor: 1, valueOf: 2, toString: [3] }, { constructor: 1, valueOf: 2, toString: [3] }]
]

t.test('what a part makes of a world', async (t) => {
  for (const [what, part, expected] of CASES) {
    const before = structuredClone(world)
    t.strictSame(mergePatch(world, part), { ...world, ...expected }, what)
    t.strictSame(world, before, `${what}: the world itself stays`)
  }
})

t.test('a member __proto__ is a member', async (t) => {
  const merged = mergePatch(world, JSON.parse('{"__proto__":{"x":1},"users":[{"xuid":"8","__proto__":[2]}]}')) as any
  t.equal(JSON.stringify(merged), JSON.stringify(world).replace('"gamertag":"bob"}', '"gamertag":"bob","__proto__":[2]}').replace(/\}$/, ',"__proto__":{"x":1}}'))
  t.equal(merged.x, undefined)
})

t.test('what is no object takes the place of the world', async (t) => {
  for (const part of [null, undefined, 1, 'x', true, [{ titles: [] }]]) t.equal(mergePatch(world, part), part)
})
