import t from 'tap'
import { totalOf, wordCounts, wordDifference, wordLosses } from '../../../src/console/text/difference-words.ts'
import { countDifferences, differenceOf, type Difference, type DifferenceSubject, type DifferenceMembers } from '../../../src/model/difference.ts'

const difference = (subject: DifferenceSubject, before: DifferenceMembers | null, after: DifferenceMembers | null): Difference => differenceOf({ xuid: '1', gamertag: 'ann', ...subject }, before, after) as Difference
const ACHIEVEMENT = { serviceConfigId: 's', id: 3, name: 'Third' }
const done = (members: DifferenceMembers): DifferenceMembers => ({ percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [], ...members })
const IN_TITLE = { titleId: 7, title: 'Seven', sandbox: 'RETAIL', achievement: ACHIEVEMENT }
const claims = { titleId: 7, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: null }

const CASES: ReadonlyArray<readonly [Difference, subject: string, detail: string, path: readonly string[] | null]> = [
  [difference({ kind: 'user' }, { privacy: 'everyone', gamertag: 'ann' }, { privacy: 'blocked', gamertag: 'ann' }), 'ann', 'privacy: everyone → blocked', ['users', '1']],
  [difference({ kind: 'user' }, { presence: null }, { presence: { state: 'Online', titles: 'x'.repeat(60) } }), 'ann', `presence: none → {"state":"Online","titles":"${'x'.repeat(32)}…`, ['users', '1']],
  [difference({ kind: 'user' }, null, { privacy: 'everyone' }), 'ann', 'privacy everyone', ['users', '1']],
  [difference({ kind: 'user', gamertag: null }, { privacy: 'everyone' }, null), '1', 'privacy everyone', null],
  [difference({ kind: 'friend', friend: { xuid: '2', gamertag: 'bob' } }, null, { isFavorite: true }), 'ann → bob', 'favourite', ['users', '1']],
  [difference({ kind: 'friend', friend: { xuid: '2', gamertag: 'bob' } }, { isFavorite: false }, null), 'ann → bob', 'no friend any more', ['users', '1']],
  [difference({ kind: 'friend', friend: { xuid: '2', gamertag: 'bob' } }, { isFavorite: true }, { isFavorite: false }), 'ann → bob', 'favourite → friend', ['users', '1']],
  [difference({ kind: 'play', ...IN_TITLE, sandbox: 'XDKS.1' }, null, { lastPlayed: '2020' }), 'ann: Seven (XDKS.1)', 'played 2020', ['users', '1', 'titles', '7']],
  [difference({ kind: 'play', ...IN_TITLE, title: null }, { lastPlayed: '2020' }, null), 'ann: 7', 'not played any more', ['users', '1', 'titles', '7']],
  [difference({ kind: 'play', ...IN_TITLE }, { minutesPlayed: null }, { minutesPlayed: 5 }), 'ann: Seven', 'minutesPlayed: none → 5', ['users', '1', 'titles', '7']],
  [difference({ kind: 'progress', ...IN_TITLE }, null, done({ percentComplete: 30 })), 'ann: Third', 'not begun → locked, 30 %', ['users', '1', 'titles', '7']],
  [difference({ kind: 'progress', ...IN_TITLE }, done({ percentComplete: 30 }), done({ percentComplete: 100, timeUnlocked: '2020' })), 'ann: Third', 'locked, 30 % → unlocked 2020', ['users', '1', 'titles', '7']],
  [difference({ kind: 'progress', ...IN_TITLE }, done({}), done({ isRevoked: true })), 'ann: Third', 'not revoked → revoked', ['users', '1', 'titles', '7']],
  [difference({ kind: 'progress', ...IN_TITLE }, done({}), done({ requirements: [{ id: 'r', current: '4' }] })), 'ann: Third', 'nothing → value 4', ['users', '1', 'titles', '7']],
  [difference({ kind: 'progress', ...IN_TITLE }, done({ percentComplete: 1 }), done({ percentComplete: 2 })), 'ann: Third', '1 % → 2 %', ['users', '1', 'titles', '7']],
  [difference({ kind: 'session' }, null, claims), 'token of ann', 'title 7, sandbox RETAIL', ['users', '1']],
  [difference({ kind: 'session', xuid: null, gamertag: null }, { ...claims, titleId: null, sandbox: null }, null), 'token of nobody', 'title none, sandbox none', null],
  [difference({ kind: 'title', xuid: null, gamertag: null, titleId: 7, title: 'Seven' }, null, { name: 'Seven' }), 'Seven', 'title 7', ['world', 'titles', '7']],
  [difference({ kind: 'title', xuid: null, gamertag: null, titleId: 7 }, { name: 'Seven' }, null), '7', 'title 7', null],
  [difference({ kind: 'achievement', xuid: null, gamertag: null, ...IN_TITLE, sandbox: null }, null, { isSecret: true }), 'Seven: Third', '', ['world', 'titles', '7']]
]

t.test('a difference is worded, and has its place', async (t) => {
  for (const [each, subject, detail, path] of CASES) t.strictSame(wordDifference(each), { subject, detail, path })
})

t.test('instants are written as the reader has them', async (t) => {
  const shown = (before: DifferenceMembers | null, after: DifferenceMembers, kind: 'play' | 'progress'): string => wordDifference(difference({ kind, ...IN_TITLE }, before, after), (wire) => `[${wire.length}]`).detail
  const wire = '2020-01-02T03:04:05.6789012Z'
  t.equal(shown(null, { lastPlayed: wire }, 'play'), 'played [28]')
  t.equal(shown({ lastPlayed: wire }, { lastPlayed: '2020-01-02T03:04:05Z' }, 'play'), 'lastPlayed: [28] → [20]')
  t.equal(shown(null, done({ percentComplete: 100, timeUnlocked: wire }), 'progress'), 'not begun → unlocked [28]')
})

t.test('nothing differs between the same members', async (t) => {
  t.equal(differenceOf({ kind: 'user' }, { privacy: 'everyone' }, { privacy: 'everyone' }), undefined)
  t.equal(differenceOf({ kind: 'user' }, null, null), undefined)
})

t.test('differences are counted, and what a reset does is worded', async (t) => {
  const counts = countDifferences(CASES.map(([each]) => each))
  t.equal(totalOf(counts), CASES.length)
  t.strictSame(wordCounts(counts), [
    '1 title added', '1 title removed', '1 achievement added', '1 user added', '2 users changed', '1 user removed', '1 friendship added', '1 friendship changed', '1 friendship removed',
    '1 played title added', '1 played title changed', '1 played title removed', '1 progress of an achievement added', '4 progress of achievements changed', '1 token added', '1 token removed'
  ])
  t.strictSame(wordLosses(countDifferences(CASES.slice(0, 4).map(([each]) => each)), (value) => `<${value}>`), ['<1> user is deleted', '<2> users become as they were', '<1> user comes back'])
  const [first, second] = [CASES[2]?.[0], CASES[3]?.[0]] as [Difference, Difference]
  t.strictSame(wordLosses(countDifferences([first, first, second, second, CASES[0]?.[0] as Difference])), ['2 users are deleted', '1 user becomes as it was', '2 users come back'])
})
