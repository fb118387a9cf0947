import t from 'tap'
import type { Person } from '../../src/model/user.ts'
import { build, FRIEND, GAMER, STRANGER } from '../helper.ts'

t.test('a user by XUID', async (t) => {
  const { store: { people } } = build(t)
  t.strictSame(people.find(GAMER), { row: 1, xuid: GAMER, privacy: 'friendsOnly' })
  t.strictSame(people.find(FRIEND), { row: 2, xuid: FRIEND, privacy: 'everyone' })
  t.strictSame(people.find(STRANGER), { row: 3, xuid: STRANGER, privacy: 'blocked' })
  for (const xuid of ['2533274790412955', `0${GAMER}`, '', 'gamer']) t.equal(people.find(xuid), undefined, xuid)
})

t.test('a XUID that no JavaScript number holds', async (t) => {
  const xuids = ['18446744073709551614', '18446744073709551615']
  const { store: { people } } = build(t, { world: { users: xuids.map((xuid) => ({ xuid, gamertag: xuid })) } })
  t.strictSame(xuids.map((xuid) => people.find(xuid)?.xuid), xuids)
})

t.test('whom a user has added', async (t) => {
  const users = [
    { xuid: '1', gamertag: 'ann', friends: ['2', '3'] },
    { xuid: '2', gamertag: 'bob', friends: ['3'] },
    { xuid: '3', gamertag: 'cat' }
  ]
  const { store: { people } } = build(t, { world: { users } })
  const hasFriend = (xuid: string, other: string): boolean => people.hasFriend(people.find(xuid) as Person, other)
  for (const { xuid, friends = [] } of users) {
    for (const other of ['1', '2', '3', '4', '']) t.equal(hasFriend(xuid, other), friends.includes(other), `${xuid} has added ${other}`)
  }
})

t.test('a user that is written, described, and found by gamertag', async (t) => {
  const { store: { people } } = build(t)
  t.strictSame(people.describe(GAMER), { gamertag: 'gamer', privacy: 'friendsOnly' })
  t.equal(people.describe('5'), undefined)
  people.write({ xuid: '5', gamertag: 'New One', privacy: 'blocked' })
  t.strictSame(people.describe('5'), { gamertag: 'New One', privacy: 'blocked' })
  const { row } = people.find('5') as Person
  people.write({ xuid: '5', gamertag: 'NEW', privacy: 'everyone' })
  t.strictSame(people.find('5'), { row, xuid: '5', privacy: 'everyone' }, 'the same row')
  for (const [gamertag, xuid] of [['new', '5'], ['Gamer', GAMER], ['New One', undefined], ['', undefined]] as const) t.equal(people.findGamertag(gamertag), xuid, gamertag)
  people.setPrivacy(people.find('5') as Person, 'friendsOnly')
  t.strictSame(people.describe('5'), { gamertag: 'NEW', privacy: 'friendsOnly' })
})

t.test('friends come and go, one way', async (t) => {
  const { store: { people } } = build(t)
  const [gamer, friend, stranger] = [GAMER, FRIEND, STRANGER].map((xuid) => people.find(xuid)) as [Person, Person, Person]
  people.addFriend(stranger, gamer)
  people.addFriend(stranger, gamer)
  t.strictSame([people.hasFriend(stranger, GAMER), people.hasFriend(gamer, STRANGER)], [true, false])
  t.strictSame([people.removeFriend(stranger, gamer), people.removeFriend(stranger, gamer), people.removeFriend(gamer, stranger)], [true, false, false])
  t.equal(people.hasFriend(stranger, GAMER), false)
  t.strictSame([people.hasFriend(gamer, FRIEND), people.hasFriend(friend, GAMER)], [true, true], 'others stay')
})

t.test('a user that is removed leaves nothing, and takes nothing of others', async (t) => {
  const { store: { people, sessions, world } } = build(t)
  const before = world.export()
  people.remove(people.find(GAMER) as Person)
  t.equal(people.find(GAMER), undefined)
  t.strictSame(sessions.find({ userHash: 'demo', token: 'gamer' }), [])
  t.strictSame(world.export(), {
    ...before,
    users: before.users.filter(({ xuid }) => xuid !== GAMER).map((user) => ({ ...user, friends: [] })),
    sessions: before.sessions.filter(({ xuid }) => xuid !== GAMER)
  })
})
