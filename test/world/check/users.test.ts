import t from 'tap'
import { achievement, OTHER_SCID, problemsOf, SCID, session, title, user } from '../../world-parts.ts'

const USER = 'a.json: /users/0'
const TOO_LARGE = '18446744073709551616'

const users = (...members: object[]): unknown => ({ users: members.map(user) })

/** A world of one title whose achievement has the requirements r and s, and one user with progress. */
const progress = (...begun: object[]): unknown => ({
  titles: [title({ achievements: [achievement({ requirements: [{ id: 'r', target: '1' }, { id: 's', target: '1' }] }), achievement({ id: 2 })] })],
  users: [user({ achievements: begun.map((members) => ({ serviceConfigId: SCID, id: 1, ...members })) })]
})
/** The same, with the title published in the given sandboxes. */
const inSandboxes = (sandboxes: string[], ...begun: object[]): unknown => ({
  titles: [title({ sandboxes, achievements: [achievement({ requirements: [{ id: 'r', target: '1' }] })] })],
  users: [user({ achievements: begun.map((members) => ({ serviceConfigId: SCID, id: 1, ...members })) })]
})
const current = (...ids: string[]): object => ({ requirements: ids.map((id) => ({ id, current: '1' })) })
const sessions = (...members: object[]): unknown => ({ titles: [title()], users: [user()], sessions: members.map(session) })

const cases: Array<[string, unknown[], string[]]> = [
  ['no problem', [users({}, { xuid: '2', gamertag: 'bob' })], []],
  ['the largest XUID', [users({ xuid: '18446744073709551615' })], []],
  ['a XUID that is too large', [users({ xuid: TOO_LARGE })], [`${USER}/xuid: found "${TOO_LARGE}", expected a XUID of at most 18446744073709551615`]],
  ['a XUID that is a number', [users({ xuid: 2533274790412952 })], [
    `${USER}/xuid: found 2533274790412952, expected a XUID: a decimal from "0" to "18446744073709551615", in quotes`
  ]],
  ['a user twice', [users({}, { gamertag: 'bob' })], ['a.json: /users/1/xuid: user 1 is already at a.json: /users/0/xuid, expected once']],
  ['a user in two files, written in another way', [users({ xuid: '01' }), users({ xuid: '001', gamertag: 'bob' })], [
    'b.json: /users/0/xuid: user 1 is already at a.json: /users/0/xuid, expected once'
  ]],
  ['a gamertag twice, in another letter case', [users({ gamertag: 'Ann' }), users({ xuid: '2', gamertag: 'aNN' })], [
    'b.json: /users/0/gamertag: gamertag "aNN" is already at a.json: /users/0/gamertag, expected once'
  ]],

  ['a friend who comes later, in another file', [users({ friends: ['002'] }), users({ xuid: '2', gamertag: 'bob', friends: ['1'] })], []],
  ['a friend who does not exist', [users({ friends: ['2'] })], [`${USER}/friends/0: found "2", expected the XUID of a user of this world`]],
  ['a friend of itself', [users({ friends: ['01'] })], [`${USER}/friends/0: found "1", expected another user than the user itself`]],
  ['a friend twice', [users({ friends: ['2', '02'] }, { xuid: '2', gamertag: 'bob' })], [`${USER}/friends/1: friend 2 is already at ${USER}/friends/0, expected once`]],
  ['a friend of two users', [users({ friends: ['3'] }, { xuid: '2', gamertag: 'bob', friends: ['3'] }, { xuid: '3', gamertag: 'cat' })], []],

  ['progress on two achievements', [progress({ serviceConfigId: SCID.toUpperCase(), ...current('s', 'r') }, { id: 2 })], []],
  ['progress in a configuration that does not exist', [progress({ serviceConfigId: OTHER_SCID, ...current('r') })], [
    `${USER}/achievements/0/serviceConfigId: found "${OTHER_SCID}", expected the service configuration of a title of this world`
  ]],
  ['progress on an achievement that does not exist', [progress({ id: 3, ...current('r') })], [
    `${USER}/achievements/0/id: found 3, expected an achievement of service configuration ${SCID}`
  ]],
  ['progress twice', [progress({}, { serviceConfigId: SCID.toUpperCase() })], [
    `${USER}/achievements/1: progress on achievement 1 of service configuration ${SCID} is already at ${USER}/achievements/0, expected once`
  ]],
  ['progress in every sandbox, and in one', [inSandboxes(['A', 'B'], {}, { sandbox: 'B' })], [
    `${USER}/achievements/1: progress on achievement 1 of service configuration ${SCID} in sandbox B is already at ${USER}/achievements/0, expected once`
  ]],
  ['progress in one sandbox, and in every one: one problem', [inSandboxes(['A', 'B', 'C'], { sandbox: 'B' }, { sandbox: 'C', ...current('r') }, { sandbox: null, ...current('r', 'r') })], [
    `${USER}/achievements/2: progress on achievement 1 of service configuration ${SCID} is already at ${USER}/achievements/0, expected once`,
    `${USER}/achievements/2/requirements/1/id: requirement "r" is already at ${USER}/achievements/2/requirements/0/id, expected once`
  ]],
  ['progress in one sandbox twice', [inSandboxes(['A'], { sandbox: 'B' }, { sandbox: 'B' })], [
    `${USER}/achievements/1: progress on achievement 1 of service configuration ${SCID} in sandbox B is already at ${USER}/achievements/0, expected once`
  ]],
  ['progress in each sandbox, in another letter case, and in one in which the title is not published', [
    inSandboxes(['A', 'B'], { sandbox: 'A', ...current('r') }, { sandbox: 'B', ...current('r') }, { sandbox: 'b' }, { sandbox: 'C' })
  ], []],
  ['progress in every sandbox, and in one of another title of the service configuration', [{
    titles: [title({ sandboxes: ['A'] }), title({ titleId: 2, sandboxes: ['B'], achievements: [] })],
    users: [user({ achievements: [{ serviceConfigId: SCID, id: 1 }, { serviceConfigId: SCID, id: 1, sandbox: 'B' }] })]
  }], [`${USER}/achievements/1: progress on achievement 1 of service configuration ${SCID} in sandbox B is already at ${USER}/achievements/0, expected once`]],
  ['progress in no sandbox of a title that is published nowhere is in RETAIL', [inSandboxes([], {}, { sandbox: 'RETAIL' })], [
    `${USER}/achievements/1: progress on achievement 1 of service configuration ${SCID} in sandbox RETAIL is already at ${USER}/achievements/0, expected once`
  ]],
  ['progress in a sandbox with an impossible id', [progress({ sandbox: 'a b' })], [`${USER}/achievements/0/sandbox: found "a b", expected a sandbox id, e.g. "RETAIL", or null`]],
  ['progress twice on achievements that do not exist', [progress({ id: 3 }, { id: 3 }, { serviceConfigId: OTHER_SCID }, { serviceConfigId: OTHER_SCID })], [
    `${USER}/achievements/0/id: found 3, expected an achievement of service configuration ${SCID}`,
    `${USER}/achievements/1/id: found 3, expected an achievement of service configuration ${SCID}`,
    `${USER}/achievements/1: progress on achievement 3 of service configuration ${SCID} is already at ${USER}/achievements/0, expected once`,
    `${USER}/achievements/2/serviceConfigId: found "${OTHER_SCID}", expected the service configuration of a title of this world`,
    `${USER}/achievements/3/serviceConfigId: found "${OTHER_SCID}", expected the service configuration of a title of this world`,
    `${USER}/achievements/3: progress on achievement 1 of service configuration ${OTHER_SCID} is already at ${USER}/achievements/2, expected once`
  ]],
  ['a requirement that does not exist', [progress(current('r', 'x'))], [`${USER}/achievements/0/requirements/1/id: found "x", expected a requirement of the achievement`]],
  ['a requirement twice', [progress(current('r', 'r'))], [
    `${USER}/achievements/0/requirements/1/id: requirement "r" is already at ${USER}/achievements/0/requirements/0/id, expected once`
  ]],
  ['an unlock at a time that does not exist', [progress({ timeUnlocked: '2013-02-30T00:00:00Z' })], [
    `${USER}/achievements/0/timeUnlocked: found "2013-02-30T00:00:00Z", expected a date that exists`
  ]],
  ['two users have progress on the same requirement', [
    progress(current('r')), users({ xuid: '2', gamertag: 'bob', achievements: [{ serviceConfigId: SCID, id: 1, ...current('r') }] })
  ], []],

  ['a title that was played', [{ titles: [title()] }, users({ titles: [{ titleId: 1, lastPlayed: '2013-02-28T00:00:00Z' }] })], []],
  ['a played title that does not exist', [users({ titles: [{ titleId: 2, lastPlayed: '2013-02-30T00:00:00Z' }] })], [
    `${USER}/titles/0/titleId: found 2, expected the id of a title of this world`,
    `${USER}/titles/0/lastPlayed: found "2013-02-30T00:00:00Z", expected a date that exists`
  ]],
  ['a title played twice', [{ titles: [title()] }, users({ titles: [{ titleId: 1, lastPlayed: '2013-02-28T00:00:00Z' }, { titleId: 1, lastPlayed: '2014-02-28T00:00:00Z' }] })], [
    'b.json: /users/0/titles/1: title 1 is already at b.json: /users/0/titles/0, expected once'
  ]],
  ['a title played in every sandbox, and in one; in two; in none', [
    { titles: [title({ sandboxes: ['A', 'B'] }), title({ titleId: 2, serviceConfigId: OTHER_SCID, sandboxes: [] })] },
    users(...[['A', null], ['A', 'B', 'C', 'A']].map((sandboxes, index) => ({
      xuid: `${index + 1}`, gamertag: `user ${index}`, titles: sandboxes.map((sandbox) => ({ titleId: 1, sandbox, lastPlayed: '2013-02-28T00:00:00Z' }))
    })), { xuid: '3', gamertag: 'three', titles: [null, 'RETAIL'].map((sandbox) => ({ titleId: 2, sandbox, lastPlayed: '2013-02-28T00:00:00Z' })) })
  ], [
    'b.json: /users/0/titles/1: title 1 is already at b.json: /users/0/titles/0, expected once',
    'b.json: /users/1/titles/3: title 1 in sandbox A is already at b.json: /users/1/titles/0, expected once',
    'b.json: /users/2/titles/1: title 2 in sandbox RETAIL is already at b.json: /users/2/titles/0, expected once'
  ]],
  ['a sequence that is not an unsigned 32-bit integer', [{ titles: [title()] }, users({ titles: [-1, 4294967296, '1', 1.5].map((sequence) => ({ titleId: 1, sequence, lastPlayed: '2013-02-28T00:00:00Z' })) })],
    [-1, 4294967296, '"1"', 1.5].map((found, index) => `b.json: /users/0/titles/${index}/sequence: found ${found}, expected an integer from 0 to 4294967295, or null`)],

  ['sessions of a user and a title that exist', [sessions({ xuid: '01', titleId: 1 }, { userHash: 'other' }, { token: 'other' })], []],
  ['a session twice', [sessions({}), { sessions: [session({ location: 'US' })] }], [
    'b.json: /sessions/0: session "hash" with this token is already at a.json: /sessions/0, expected once'
  ]],
  ['a session of a user who does not exist', [sessions({ xuid: '2' })], ['a.json: /sessions/0/xuid: found "2", expected the XUID of a user of this world']],
  ['a session of a title that does not exist', [sessions({ titleId: 2 })], ['a.json: /sessions/0/titleId: found 2, expected the id of a title of the world, or of a published application such as the Xbox app (328178078)']],
  ['a session that ends at a time that does not exist', [sessions({ expires: '2013-13-01T00:00:00Z' })], [
    'a.json: /sessions/0/expires: found "2013-13-01T00:00:00Z", expected a date that exists'
  ]]
]

for (const [what, documents, problems] of cases) {
  t.test(what, async (t) => {
    t.strictSame(problemsOf(...documents), problems)
  })
}
