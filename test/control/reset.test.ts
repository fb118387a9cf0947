import t from 'tap'
import { ids, page } from '../demo-list.ts'
import { build, DEMO, GAMER, LARGE_TITLE, STRANGER } from '../helper.ts'
import { achievement, SCID, session, title, user } from '../world-parts.ts'
import { CHANGES, update } from './changes.ts'
import { command, control, worldText } from './client.ts'

const COUNT = { titles: 8, achievements: 71, users: 5 }

/** A small world with everything that can change, and a user who is created later as a friend. */
const SMALL = {
  titles: [title({ achievements: [achievement(), achievement({ id: 2 })] })],
  users: [user({ friends: ['2'], titles: [{ titleId: 1, lastPlayed: '2010-01-01T00:00:00Z' }], achievements: [{ serviceConfigId: SCID, id: 2, percentComplete: 7 }] }), user({ xuid: '2', gamertag: 'bob' })],
  sessions: [session({ xuid: '2', titleId: 1 })]
}

t.test('a reset undoes every kind of change', async (t) => {
  const emulator = build(t)
  const before = await worldText(emulator)
  for (const [what, change] of CHANGES) {
    await change(emulator)
    t.not(await worldText(emulator), before, `${what}: something changed`)
    const { status, body } = await control(emulator, 'POST', '/reset')
    t.strictSame([status, body], [200, { world: COUNT }], what)
    t.equal(await worldText(emulator), before, what)
  }
})

t.test('a reset undoes all changes together, more than once', async (t) => {
  const emulator = build(t)
  const before = await worldText(emulator)
  const compatible = CHANGES.filter(([what]) => !/less|exchanged/.test(what))
  for (const changes of [compatible, [], compatible.toReversed(), CHANGES.slice(-1), compatible]) {
    for (const [, change] of changes) await change(emulator)
    await command(emulator, 'POST', '/reset')
    t.equal(await worldText(emulator), before)
  }
})

t.test('a reset restores the world that was put last', async (t) => {
  const emulator = build(t)
  t.strictSame(await command(emulator, 'PUT', '/world', SMALL), { world: { titles: 1, achievements: 2, users: 2 } })
  const put = await worldText(emulator)
  await command(emulator, 'DELETE', '/users/2')
  await command(emulator, 'PUT', `/users/1/achievements/${SCID}/1`)
  t.strictSame(await command(emulator, 'POST', '/reset'), { world: { titles: 1, achievements: 2, users: 2 } })
  t.equal(await worldText(emulator), put)
  await command(emulator, 'PUT', '/world', {})
  await command(emulator, 'PUT', '/users/1')
  await command(emulator, 'POST', '/reset')
  t.strictSame(JSON.parse(await worldText(emulator)), { titles: [], users: [], sessions: [], userKeys: [] })
})

t.test('a reset restores the state before the first PATCH, in any order of changes', async (t) => {
  const change = (emulator: Parameters<typeof command>[0]): Promise<unknown> => command(emulator, 'PUT', `/users/${GAMER}/privacy`, { privacy: 'blocked' })
  const rename = (gamertag: string) => (emulator: Parameters<typeof command>[0]): Promise<unknown> => command(emulator, 'PATCH', '/world', { users: [{ xuid: GAMER, gamertag }, { xuid: '1', gamertag: `${gamertag}'s friend` }] })
  const unlock = (emulator: Parameters<typeof command>[0]): Promise<void> => update(emulator, '11', 100)
  const drop = (emulator: Parameters<typeof command>[0]): Promise<unknown> => command(emulator, 'DELETE', `/users/${STRANGER}`)
  const cases = {
    'one PATCH': [rename('a')],
    'a change, one PATCH': [change, rename('a')],
    'one PATCH, a change': [rename('a'), drop],
    'two PATCHes': [rename('a'), rename('b')],
    'two PATCHes with changes around': [unlock, rename('a'), change, rename('b'), drop]
  }
  for (const [what, steps] of Object.entries(cases)) {
    const emulator = build(t)
    const before = await worldText(emulator)
    for (const step of steps) await step(emulator)
    t.not(await worldText(emulator), before, what)
    await command(emulator, 'POST', '/reset')
    t.equal(await worldText(emulator), before, what)
    // The changes of this world, too, can be undone one by one.
    await unlock(emulator)
    await command(emulator, 'POST', '/reset')
    t.equal(await worldText(emulator), before, what)
  }
})

t.test('a reset after PATCH and PUT restores the world that was put', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PATCH', '/world', { users: [{ xuid: '1', gamertag: 'ann' }] })
  await command(emulator, 'PUT', '/world', SMALL)
  const put = await worldText(emulator)
  await command(emulator, 'DELETE', '/users/1')
  await command(emulator, 'POST', '/reset')
  t.equal(await worldText(emulator), put)
})

t.test('a continuation token is valid after a reset', async (t) => {
  const emulator = build(t)
  const query = `?titleId=${LARGE_TITLE}&orderBy=UnlockTime`
  const all = ids(await page(emulator.get, `${query}&maxItems=100`))
  t.equal(all.length, 48)
  const first = await page(emulator.get, `${query}&maxItems=5`)
  t.strictSame(ids(first), all.slice(0, 5))
  const token = first.pagingInfo.continuationToken as string
  await update(emulator, '11', 100)
  const changed = await page(emulator.get, `${query}&maxItems=5`)
  t.strictSame(ids(changed), [...all.slice(0, 4), '11'], 'unlocked in 2020, four of them later')
  const rest = { before: all.slice(5), 'of the changed list': all.slice(4) }
  await command(emulator, 'POST', '/reset')
  for (const [what, continued, expected] of [
    ['of a page before the changes', token, rest.before], ['of a page of the changed list', changed.pagingInfo.continuationToken as string, rest['of the changed list']]
  ] as const) {
    t.strictSame(ids(await page(emulator.get, `${query}&maxItems=100&continuationToken=${continued}`)), expected, what)
  }
  t.strictSame(ids(await page(emulator.get, `${query}&maxItems=100`)), all)
  // An unlock after the reset is not in a list whose first page was read before.
  const again = await page(emulator.get, `${query}&maxItems=5`)
  await update(emulator, '40', 100)
  t.strictSame(ids(await page(emulator.get, `${query}&maxItems=100&continuationToken=${again.pagingInfo.continuationToken as string}`)), all.slice(5))
  t.strictSame(ids(await page(emulator.get, `${query}&maxItems=5`)), [...all.slice(0, 4), '40'])
})

t.test('the exported world is the seeded one with all defaults', async (t) => {
  const emulator = build(t)
  const { headers, body } = await emulator.app.inject('/_emulator/world')
  t.equal(headers['content-type'], 'application/json; charset=utf-8')
  t.equal(body, `${JSON.stringify(JSON.parse(body), null, 2)}\n`)
  const { titles, users, sessions } = JSON.parse(body)
  t.strictSame([titles.length, users.length, sessions.length], [DEMO.titles.length, DEMO.users.length, DEMO.sessions.length])
  t.strictSame(sessions, DEMO.sessions)
  t.strictSame(users, DEMO.users)
})
