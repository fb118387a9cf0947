import t from 'tap'
import { mergeWorlds } from '../../../src/world/read.ts'
import { problemsOf, title, user } from '../../world-parts.ts'

const USER = 'a.json: /users/0'
const BOB = user({ xuid: '2', gamertag: 'bob' })
const NEVER = '2020-02-30T00:00:00Z'

const titles = (...members: object[]): object => ({ titles: members.map((each, index) => title({ titleId: index + 1, achievements: [], ...each })) })
const friends = (members: object): object => ({ users: [user(members), BOB, user({ xuid: '3', gamertag: 'cat' })] })
const presence = (members: object): object => ({ titles: [title()], users: [user({ presence: members })] })
const stats = (...names: string[]): object => ({ titles: [title()], users: [user({ titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00Z', stats: names.map((name) => ({ name, value: '1' })) }] })] })

const cases: Array<[string, object[], string[]]> = [
  ['client ids', [titles({ clientIds: ['a', 'b'] }, { clientIds: ['c'] })], []],
  ['a client id of two titles, in another letter case', [titles({ clientIds: ['00AB'] }), { titles: [title({ titleId: 9, clientIds: ['x', '00ab'] })] }], [
    'b.json: /titles/0/clientIds/1: client id "00ab" is already at a.json: /titles/0/clientIds/0, expected once'
  ]],
  ['a client id twice in a title', [titles({ clientIds: ['a', 'A'] })], ['a.json: /titles/0/clientIds/1: client id "A" is already at a.json: /titles/0/clientIds/0, expected once']],
  ['package family names, and titles without one', [titles({ titleHub: { pfn: 'a_1' } }, { titleHub: { pfn: 'b_1' } }, { titleHub: {} }, { titleHub: { pfn: null } })], []],
  ['a package family name twice, in another letter case', [titles({ titleHub: { pfn: 'Game_x1' } }, { titleHub: { pfn: 'gAME_X1' } })], [
    'a.json: /titles/1/titleHub/pfn: package family name "gAME_X1" is already at a.json: /titles/0/titleHub/pfn, expected once'
  ]],
  ['a release on a day that does not exist', [titles({ titleHub: { releaseDate: NEVER } })], [`a.json: /titles/0/titleHub/releaseDate: found "${NEVER}", expected a date that exists`]],

  ['favourites', [friends({ friends: ['2', '3'], favorites: ['003', '2'] })], []],
  ['a favourite who is no friend, and one who is nobody', [friends({ friends: ['2'], favorites: ['3', '4'] })], [
    `${USER}/favorites/0: found "3", expected one of the friends of the user`, `${USER}/favorites/1: found "4", expected one of the friends of the user`
  ]],
  ['a favourite twice, in another spelling', [friends({ friends: ['2'], favorites: ['2', '02'] })], [`${USER}/favorites/1: favourite 2 is already at ${USER}/favorites/0, expected once`]],
  ['a favourite that is too large', [friends({ friends: ['2'], favorites: ['18446744073709551616'] })], [
    `${USER}/favorites/0: found "18446744073709551616", expected a XUID of at most 18446744073709551615`,
    `${USER}/favorites/0: found "18446744073709551616", expected one of the friends of the user`
  ]],

  ['a presence in titles of the world and of others', [presence({ titles: [{ titleId: 1 }, { titleId: 9, name: 'Home' }] })], []],
  ['a presence in a title without a name', [presence({ titles: [{ titleId: 9 }] })], [`${USER}/presence/titles/0/name: found null, expected a name because title 9 is not of this world`]],
  ['a presence in a title twice', [presence({ titles: [{ titleId: 1 }, { titleId: 1 }] })], [`${USER}/presence/titles/1/titleId: title 1 is already at ${USER}/presence/titles/0/titleId, expected once`]],
  ['a presence since a day that does not exist', [presence({ timestamp: NEVER })], [`${USER}/presence/timestamp: found "${NEVER}", expected a date that exists`]],

  ['statistics', [stats('Kills', 'Deaths')], []],
  ['a statistic twice, in another letter case', [stats('Kills', 'kILLS')], [`${USER}/titles/0/stats/1/name: statistic "kILLS" is already at ${USER}/titles/0/stats/0/name, expected once`]],
  ['the minutes as a statistic', [stats('minutesPlayed')], [`${USER}/titles/0/stats/0/name: found "minutesPlayed", expected it as minutesPlayed of the title`]]
]

for (const [what, documents, problems] of cases) {
  t.test(what, async (t) => { t.strictSame(problemsOf(...documents), problems) })
}

t.test('the canonical form', async (t) => {
  const world = mergeWorlds([{
    file: 'a.json',
    document: {
      titles: [title({ clientIds: ['B', 'a'], titleHub: { releaseDate: '2020-01-01T00:00:00Z' } })],
      users: [user({ friends: ['02'], favorites: ['002'], presence: { timestamp: '2020-01-01T00:00:00.5Z' }, titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00Z', stats: [{ name: 'Kills', value: '1' }] }] }), BOB]
    }
  }])
  const [one] = world.titles
  const [ann] = world.users
  t.strictSame([one?.clientIds, one?.titleHub?.releaseDate], [['B', 'a'], '2020-01-01T00:00:00.0000000Z'])
  t.strictSame([ann?.friends, ann?.favorites], [['2'], ['2']])
  t.strictSame(ann?.presence, { state: 'Online', deviceType: 'XboxOne', titles: [], timestamp: '2020-01-01T00:00:00.5000000Z' })
  t.strictSame(ann?.titles[0]?.stats, [{ name: 'Kills', type: 'Integer', value: '1' }])
})
