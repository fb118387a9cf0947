import t, { type Test } from 'tap'
import { build, FRIEND, GAMER, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'
import { command, control, refusal } from './client.ts'

/** Ann has everything that a user can have; she stands between two others, and both have added her. */
const WORLD = {
  titles: [
    title({ sandboxes: ['RETAIL', 'XDKS.1'], achievements: [1, 2, 3, 4].map((id) => achievement({ id, requirements: [{ id: 'r', target: '10' }] })) }),
    title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, achievements: [achievement()] })
  ],
  users: [
    user({ xuid: '2', gamertag: 'bob', friends: ['1', '3'], favorites: ['1'] }),
    user({
      gamertag: 'Ann',
      privacy: 'friendsOnly',
      friends: ['3', '2'],
      favorites: ['3'],
      profile: { bio: 'Here I am' },
      presence: { titles: [{ titleId: 1, richPresence: 'In the menu' }], timestamp: '2020-01-01T00:00:00Z' },
      signInError: 2148916238,
      titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z', sequence: 7, minutesPlayed: 5, stats: [{ name: 'Kills', value: '3' }] }, { titleId: 1, sandbox: 'XDKS.1', lastPlayed: '2019-01-01T00:00:00Z' }],
      achievements: [
        { serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00Z', requirements: [{ id: 'r', current: '10' }] },
        { serviceConfigId: SCID, id: 2, sandbox: 'XDKS.1', percentComplete: 40, requirements: [{ id: 'r', current: '4' }] },
        { serviceConfigId: SCID, id: 3, isRevoked: true },
        { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 100 }
      ]
    }),
    user({ xuid: '3', gamertag: 'cat', friends: ['1'] })
  ],
  sessions: [session({ xuid: '2' }), session({ token: 'of-ann', xuid: '1', titleId: 1, sandbox: 'XDKS.1', location: 'DE', thirdPartySite: true, expires: '2030-01-01T00:00:00Z' }), session({ token: 'last', xuid: '3' })]
}

const worldOf = ({ store }: Emulator): unknown => store.world.export()
const remove = async (emulator: Emulator, ...users: string[]): Promise<void> => { for (const each of users) await command(emulator, 'DELETE', `/users/${each}`) }
const restore = async (emulator: Emulator, ...users: string[]): Promise<void> => { for (const each of users) t.equal(await command(emulator, 'POST', `/users/${each}/restore`), null) }

/** Everything in the tables that a user can have to do with, unlock numbers and the undo log for a reset included. */
function rowsOf ({ database }: Emulator): unknown {
  const tables = ['person', 'friendship', 'play', 'progress', 'session', 'notification_endpoint', 'world']
  return Object.fromEntries(tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]))
}

async function buildChanged (t: Test): Promise<{ emulator: Emulator, first: unknown }> {
  const emulator = build(t, { world: WORLD })
  const first = worldOf(emulator)
  await command(emulator, 'PUT', `/users/ann/achievements/${SCID}/4`, { sandbox: 'RETAIL' })
  await command(emulator, 'PUT', `/users/bob/achievements/${SCID}/4`)
  await command(emulator, 'POST', '/sessions', { userHash: 'new', token: 'new', xuid: '1' })
  emulator.run('endpoint.put', {
    endpointId: '00000000-0000-0000-0000-000000000001', xuid: '1', titleId: 1, systemId: 's', endpointUri: 'u', platform: 'Win32', transport: 'RTA', locale: 'en', filters: [], location: null, origin: 'http://localhost', now: 0
  })
  return { emulator, first }
}

t.test('a deleted user comes back wholly, to the same place', async (t) => {
  const { emulator, first } = await buildChanged(t)
  const [before, rows] = [worldOf(emulator), rowsOf(emulator)]
  for (const [removed, restored] of [['1', '1'], ['ANN', 'ann'], ['2', 'BOB'], ['cat', '0003']] as const) {
    await remove(emulator, removed)
    t.notSame(worldOf(emulator), before)
    await restore(emulator, restored)
    t.strictSame(worldOf(emulator), before, removed)
    t.strictSame(rowsOf(emulator), rows, removed)
  }
  await command(emulator, 'POST', '/reset')
  t.strictSame(worldOf(emulator), first, 'a reset goes back to the start all the same')
})

t.test('several come back in the reverse order', async (t) => {
  const { emulator } = await buildChanged(t)
  const rows = rowsOf(emulator)
  await remove(emulator, '1', '2', '3')
  await restore(emulator, '3', '2', '1')
  t.strictSame(rowsOf(emulator), rows)
})

t.test('the demo world\'s users, too, and what they can read', async (t) => {
  const emulator = build(t)
  const before = worldOf(emulator)
  const answers = async (): Promise<unknown[]> => {
    const all = []
    for (const each of ['gamer', 'friend', 'stranger', 'titleless']) {
      const { statusCode, body } = await emulator.get(`/users/xuid(${GAMER})/achievements?maxItems=1000`, { session: `demo;${each}` })
      all.push([statusCode, body])
    }
    return all
  }
  const answered = await answers()
  await remove(emulator, 'gamer', FRIEND)
  t.notSame(await answers(), answered)
  await restore(emulator, FRIEND, 'gamer')
  t.strictSame(worldOf(emulator), before)
  t.strictSame(await answers(), answered)
})

t.test('what others have taken meanwhile stays theirs', async (t) => {
  const { emulator } = await buildChanged(t)
  await remove(emulator, '1', '3')
  await command(emulator, 'PUT', '/users/9', { gamertag: 'nine' })
  await command(emulator, 'PUT', '/users/10', { gamertag: 'ten' })
  await command(emulator, 'POST', '/sessions', { userHash: 'new', token: 'new', xuid: '9' })
  t.strictSame(emulator.database.prepare("SELECT row FROM person WHERE xuid IN ('9', '10') ORDER BY row").pluck().all(), [2, 3], 'they have the rows that have become free')
  await restore(emulator, '1')
  const friendships = (): unknown => emulator.store.world.export().users.map(({ xuid, friends, favorites }) => [xuid, friends, favorites])
  t.strictSame(friendships(), [['2', ['1'], ['1']], ['9', [], []], ['10', [], []], ['1', ['2'], []]], 'at the end, and without the friend who is not there')
  t.equal(emulator.store.world.export().sessions.find(({ userHash }) => userHash === 'new')?.xuid, '9')
  await restore(emulator, '3')
  t.strictSame(friendships(), [['2', ['1', '3'], ['1']], ['9', [], []], ['10', [], []], ['1', ['2'], []], ['3', [], []]])
})

t.test('who cannot be restored', async (t) => {
  const { emulator } = await buildChanged(t)
  const refused = async (name: string): Promise<unknown> => (await control(emulator, 'POST', `/users/${name}/restore`)).body
  t.strictSame(await refused('1'), refusal(4000, 'There is a user 1; expected one who was deleted.'))
  t.strictSame(await refused('ann'), refusal(null, 'No user "ann" was deleted; expected a XUID, or the gamertag that the user had.'))
  t.strictSame(await refused('77'), refusal(null, 'No user 77 was deleted, or too long ago.'))
  t.strictSame(await refused('%00'), refusal(null, 'No user "\\u0000" was deleted; expected a XUID, or the gamertag that the user had.'))
  t.strictSame(await refused('18446744073709551616'), refusal(null, 'No user "18446744073709551616" was deleted; expected a XUID, or the gamertag that the user had.'))
  await remove(emulator, '1')
  await command(emulator, 'PUT', '/users/9', { gamertag: 'ANN' })
  t.strictSame(await refused('1'), refusal(4000, 'The gamertag of user 1 was "Ann", which is user 9\'s; expected that it is free.'))
  await command(emulator, 'PUT', '/users/1', { gamertag: 'another' })
  t.strictSame(await refused('1'), refusal(4000, 'There is a user 1; expected one who was deleted.'))
  t.strictSame(await refused('ann'), refusal(4000, 'There is a user 1; expected one who was deleted.'))
  await remove(emulator, '1')
  await restore(emulator, 'another')
  t.equal((await command(emulator, 'GET', '/users/1')).gamertag, 'another', 'the last deletion counts')
})

t.test('of the same gamertag, the one who was deleted last', async (t) => {
  const emulator = build(t, { world: WORLD })
  await remove(emulator, '1')
  await command(emulator, 'PUT', '/users/9', { gamertag: 'ann' })
  await remove(emulator, '9')
  await restore(emulator, 'Ann')
  t.equal((await command(emulator, 'GET', '/users/ann')).xuid, '9')
})

t.test('another world forgets them', async (t) => {
  for (const [what, change] of Object.entries({
    reset: (emulator: Emulator) => command(emulator, 'POST', '/reset'),
    replaced: (emulator: Emulator) => command(emulator, 'PUT', '/world', { titles: [] }),
    merged: (emulator: Emulator) => command(emulator, 'PATCH', '/world', { userKeys: ['key'] }),
    'reset to a baseline': async (emulator: Emulator) => { await command(emulator, 'PATCH', '/world', {}); await remove(emulator, '3'); await command(emulator, 'POST', '/reset') }
  })) {
    const emulator = build(t, { world: WORLD })
    await remove(emulator, '1')
    await change(emulator)
    t.equal(emulator.store.deletedUsers.findGamertag('1'), undefined, what)
    t.equal(emulator.store.deletedUsers.findGamertag('3'), undefined, what)
  }
})

t.test('a thousand are kept', async (t) => {
  const { run, store } = build(t, { world: {} })
  for (let xuid = 1; xuid <= 1001; xuid++) {
    run('user.put', { xuid: String(xuid), gamertag: null, privacy: null, profile: null, signInError: null })
    run('user.delete', { xuid: String(xuid) })
  }
  t.strictSame(['1', '2', '1001'].map((xuid) => store.deletedUsers.findGamertag(xuid)), [undefined, 'user 2', 'user 1001'])
})
