import t from 'tap'
import type { StoredUser } from '../../src/model/user.ts'
import { build, FRIEND, GAMER, STRANGER } from '../helper.ts'
import { prepareWritable } from './writable.ts'

t.test('a user by XUID', async (t) => {
  const { store: { people } } = build(t)
  t.strictSame(people.find(GAMER), { row: 1, xuid: GAMER, privacy: 'friendsOnly' })
  t.strictSame(people.find(FRIEND), { row: 2, xuid: FRIEND, privacy: 'everyone' })
  t.strictSame(people.find(STRANGER), { row: 3, xuid: STRANGER, privacy: 'blocked' })
  for (const xuid of ['2533274790412957', `0${GAMER}`, '', 'gamer']) t.equal(people.find(xuid), undefined, xuid)
})

t.test('XUIDs beyond the integers of JavaScript', async (t) => {
  const xuids = ['18446744073709551614', '18446744073709551615']
  const { store: { people } } = build(t, { world: { users: xuids.map((xuid) => ({ xuid, gamertag: xuid })) } })
  t.strictSame(xuids.map((xuid) => people.find(xuid)?.xuid), xuids)
})

t.test('the friends that users have added', async (t) => {
  const users = [
    { xuid: '1', gamertag: 'ann', friends: ['2', '3'] },
    { xuid: '2', gamertag: 'bob', friends: ['3'] },
    { xuid: '3', gamertag: 'cat' }
  ]
  const { store: { people } } = build(t, { world: { users } })
  const hasFriend = (xuid: string, other: string): boolean => people.hasFriend(people.find(xuid) as StoredUser, other)
  for (const { xuid, friends = [] } of users) {
    for (const other of ['1', '2', '3', '4', '']) t.equal(hasFriend(xuid, other), friends.includes(other), `${xuid} has added ${other}`)
  }
})

t.test('a user is added, changed, and found by gamertag', async (t) => {
  const { store: { people }, write } = prepareWritable(build(t).database)
  t.strictSame(people.findSettings(GAMER), { gamertag: 'gamer', privacy: 'friendsOnly' })
  t.equal(people.findSettings('5'), undefined)
  write.people.put({ xuid: '5', gamertag: 'New One', privacy: 'blocked', profile: null, signInError: null })
  t.strictSame(people.findSettings('5'), { gamertag: 'New One', privacy: 'blocked' })
  const { row } = people.find('5') as StoredUser
  write.people.put({ xuid: '5', gamertag: 'NEW', privacy: 'everyone', profile: null, signInError: null })
  t.strictSame(people.find('5'), { row, xuid: '5', privacy: 'everyone' }, 'the same row')
  for (const [gamertag, xuid] of [['new', '5'], ['Gamer', GAMER], ['New One', undefined], ['', undefined]] as const) t.equal(people.findXuid(gamertag), xuid, gamertag)
  write.people.setPrivacy(people.find('5') as StoredUser, 'friendsOnly')
  t.strictSame(people.findSettings('5'), { gamertag: 'NEW', privacy: 'friendsOnly' })
})

t.test('a friend is added and removed in one direction', async (t) => {
  const { store: { people }, write } = prepareWritable(build(t).database)
  const [gamer, friend, stranger] = [GAMER, FRIEND, STRANGER].map((xuid) => people.find(xuid)) as [StoredUser, StoredUser, StoredUser]
  write.people.addFriend(stranger, gamer, null)
  write.people.addFriend(stranger, gamer, null)
  t.strictSame([people.hasFriend(stranger, GAMER), people.hasFriend(gamer, STRANGER)], [true, false])
  t.strictSame([write.people.removeFriend(stranger, gamer), write.people.removeFriend(stranger, gamer), write.people.removeFriend(gamer, stranger)], [true, false, false])
  t.equal(people.hasFriend(stranger, GAMER), false)
  t.strictSame([people.hasFriend(gamer, FRIEND), people.hasFriend(friend, GAMER)], [true, true], 'others stay')
})

t.test('a removed user leaves nothing behind, and other users keep their data', async (t) => {
  const { store: { people, sessions, world }, write } = prepareWritable(build(t).database)
  const before = world.export()
  write.people.remove(people.find(GAMER) as StoredUser)
  t.equal(people.find(GAMER), undefined)
  t.strictSame(sessions.find({ userHash: 'demo', token: 'gamer' }), [])
  t.strictSame(world.export(), {
    ...before,
    users: before.users.filter(({ xuid }) => xuid !== GAMER).map((user) => ({ ...user, friends: [] })),
    sessions: before.sessions.filter(({ xuid }) => xuid !== GAMER)
  })
})
