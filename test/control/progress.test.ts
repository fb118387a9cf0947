import t from 'tap'
import { build, GAMER, LARGE_TITLE, listOf, SAMPLE_SCID, singleOf, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'
import { command, control, refusal } from './client.ts'

const ZERO = '0001-01-01T00:00:00.0000000Z'
const NOW = '2020-06-15T12:00:00.0000000Z'
const requirement = (id: string, members: object = {}): object => ({ id, target: '10', ...members })

const WORLD = {
  titles: [title({
    public: true,
    achievements: [
      achievement({ rewards: [{ type: 'Gamerscore', value: '10' }], requirements: [requirement('whole'), requirement('half', { target: '7' }), requirement('text', { valueType: 'String', target: 'x' })] }),
      achievement({ id: 2, rewards: [{ type: 'Gamerscore', value: '5' }] })
    ]
  }), title({ titleId: 2, serviceConfigId: '11111111-2222-3333-4444-cccccccccccc', sandboxes: ['XDKS.1'], generation: 'xbox360' })],
  users: [user()],
  sessions: [session({ xuid: '1', titleId: 1 })]
}

/** Achievement 1 in the list, as a single achievement, and in the history. */
async function shown ({ get }: Emulator): Promise<unknown> {
  const ask = async (url: string): Promise<any> => (await get(url, { session: 'hash;token' })).json()
  const [item] = (await ask(listOf('1'))).achievements
  const { achievement: single } = await ask(singleOf('1', SCID, 1))
  const { titles } = await ask('/users/xuid(1)/history/titles')
  const { achievementState, ...progression } = item.progression
  if (achievementState !== item.progressState || JSON.stringify({ ...item, progression }) !== JSON.stringify(single)) throw new Error('list and single differ')
  return [item.progressState, progression.timeUnlocked, progression.requirements.map(({ current }: any) => current), item.isRevoked, titles.map(({ earnedAchievements, currentGamerscore, lastUnlock }: any) => [earnedAchievements, currentGamerscore, lastUnlock])]
}

t.test('list, single achievement and history show the progress that is set', async (t) => {
  const emulator = build(t, { world: WORLD })
  const path = `/users/1/achievements/${SCID}/1`
  const at = '2001-02-03T04:05:06.7000000Z'
  const all = [{ id: 'whole', current: '10' }, { id: 'half', current: '7' }]
  const steps: Array<[what: string, body: unknown, answer: object, shown: unknown]> = [
    ['unlocked now', undefined, { percentComplete: 100, timeUnlocked: NOW, isRevoked: false, requirements: all }, ['Achieved', NOW, ['10', '7', null], false, [[1, 10, NOW]]]],
    ['locked again', { percentComplete: 0 }, { percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [{ id: 'whole', current: '0' }, { id: 'half', current: '0' }] }, ['NotStarted', ZERO, ['0', '0', null], false, []]],
    ['locked, and nothing begun', { percentComplete: 0, requirements: [] }, { percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [] }, ['NotStarted', ZERO, [null, null, null], false, []]],
    ['begun', { percentComplete: 55 }, { percentComplete: 55, timeUnlocked: null, isRevoked: false, requirements: [{ id: 'whole', current: '5' }, { id: 'half', current: '3' }] }, ['InProgress', ZERO, ['5', '3', null], false, [[0, 0, ZERO]]]],
    ['less than before', { percentComplete: 10 }, { percentComplete: 10, timeUnlocked: null, isRevoked: false, requirements: [{ id: 'whole', current: '1' }, { id: 'half', current: '0' }] }, ['InProgress', ZERO, ['1', '0', null], false, [[0, 0, ZERO]]]],
    ['unlocked at an instant', { timeUnlocked: '2001-02-03T04:05:06.7Z' }, { percentComplete: 100, timeUnlocked: at, isRevoked: false, requirements: all }, ['Achieved', at, ['10', '7', null], false, [[1, 10, at]]]],
    ['unlocked again, now', {}, { percentComplete: 100, timeUnlocked: NOW, isRevoked: false, requirements: all }, ['Achieved', NOW, ['10', '7', null], false, [[1, 10, NOW]]]],
    ['revoked', { isRevoked: true, timeUnlocked: at }, { percentComplete: 100, timeUnlocked: at, isRevoked: true, requirements: all }, ['Achieved', at, ['10', '7', null], true, [[1, 10, at]]]],
    ['unlocked before it was complete', { percentComplete: 50, timeUnlocked: at, requirements: [{ id: 'text', current: 'y' }] }, { percentComplete: 50, timeUnlocked: at, isRevoked: false, requirements: [{ id: 'text', current: 'y' }] }, ['Achieved', at, [null, null, 'y'], false, [[1, 10, at]]]],
    ['requirements that are given', { percentComplete: 1, requirements: [{ id: 'half', current: '-3' }, { id: 'whole', current: '1.5' }] }, { percentComplete: 1, timeUnlocked: null, isRevoked: false, requirements: [{ id: 'half', current: '-3' }, { id: 'whole', current: '1.5' }] }, ['InProgress', ZERO, ['1.5', '-3', null], false, [[0, 0, ZERO]]]]
  ]
  t.strictSame(await shown(emulator), ['NotStarted', ZERO, [null, null, null], false, []])
  for (const [what, sent, answer, expected] of steps) {
    const { status, body } = await control(emulator, 'PUT', path.replace('aaaa', 'AAAA'), sent)
    t.strictSame([status, body], [200, { serviceConfigId: SCID, id: 1, sandbox: null, ...answer }], what)
    t.strictSame(await shown(emulator), expected, what)
    t.strictSame(emulator.store.world.export().users[0]?.achievements, what.endsWith('nothing begun') ? [] : [body], `${what}: the answer is as a world has it`)
  }
  await command(emulator, 'PUT', `/users/1/achievements/${SCID}/2`, { timeUnlocked: at })
  t.strictSame((await shown(emulator) as unknown[])[4], [[1, 5, at]], 'the other achievement stays as it is')
})

t.test('progress can be set where a title cannot report it: Xbox 360, another sandbox, a challenge that has ended', async (t) => {
  const emulator = build(t, { world: WORLD })
  const old = await control(emulator, 'PUT', '/users/1/achievements/11111111-2222-3333-4444-cccccccccccc/1')
  t.strictSame([old.status, old.body.timeUnlocked], [200, NOW])
  const demo = build(t)
  const scid = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
  for (const id of [33, 48]) {
    t.equal((await command(demo, 'PUT', `/users/${GAMER}/achievements/${scid}/${id}`)).timeUnlocked, NOW, `challenge ${id}`)
  }
  const { achievements } = (await demo.get(listOf(GAMER, `?titleId=${LARGE_TITLE}&orderBy=UnlockTime&unlockedOnly=true`))).json()
  t.strictSame(achievements.slice(4, 6).map(({ id }: any) => id), ['33', '48'], 'unlocked at the same instant: in the order of definition')
})

t.test('progress is set in one sandbox, or in all sandboxes of the title', async (t) => {
  const emulator = build(t, {
    world: {
      titles: [title({ sandboxes: ['RETAIL', 'XDKS.1'] }), title({ titleId: 2, sandboxes: ['XDKS.2'], achievements: [] }), title({ titleId: 3, serviceConfigId: OTHER_SCID, sandboxes: [] })],
      users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 5 }] })]
    }
  })
  const before = emulator.store.world.export()
  const path = `/users/1/achievements/${SCID}/1`
  const done = (percentComplete: number, sandbox: string | null) => ({
    serviceConfigId: SCID, id: 1, sandbox, percentComplete, timeUnlocked: percentComplete === 100 ? NOW : null, isRevoked: false, requirements: []
  })
  const steps: Array<[body: object, answer: object, held: object[]]> = [
    [{ sandbox: 'XDKS.1' }, done(100, 'XDKS.1'), [done(5, 'RETAIL'), done(100, 'XDKS.1'), done(5, 'XDKS.2')]],
    [{ sandbox: 'RETAIL', percentComplete: 0 }, done(0, 'RETAIL'), [done(100, 'XDKS.1'), done(5, 'XDKS.2')]],
    [{ percentComplete: 7 }, done(7, null), [done(7, null)]],
    [{ sandbox: 'RETAIL', percentComplete: 8 }, done(8, 'RETAIL'), [done(8, 'RETAIL'), done(7, 'XDKS.1'), done(7, 'XDKS.2')]],
    [{ sandbox: null }, done(100, null), [done(100, null)]],
    [{ percentComplete: 0 }, done(0, null), []]
  ]
  for (const [body, answer, held] of steps) {
    t.strictSame(await command(emulator, 'PUT', path, body), answer, JSON.stringify(body))
    t.strictSame(emulator.store.world.export().users[0]?.achievements, held, JSON.stringify(body))
  }
  await command(emulator, 'PUT', `/users/1/achievements/${OTHER_SCID}/1`, {})
  t.strictSame(emulator.database.prepare('SELECT sandbox FROM progress').all(), [{ sandbox: 'RETAIL' }], 'of what is published nowhere')
  await command(emulator, 'POST', '/reset')
  t.strictSame(emulator.store.world.export(), before)
  await command(emulator, 'PUT', path, { sandbox: 'XDKS.1' })
  await command(emulator, 'DELETE', '/users/1')
  t.equal(emulator.database.prepare('SELECT count(*) FROM progress').pluck().get(), 0, 'a user goes with what was done in every sandbox')
})

t.test('an unlock without a time has that of the emulator\'s clock', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/clock', { now: '2101-01-01T00:00:00.0000009Z' })
  t.equal((await command(emulator, 'PUT', `/users/${GAMER}/achievements/${SAMPLE_SCID}/3`)).timeUnlocked, '2101-01-01T00:00:00.0000000Z', 'milliseconds count')
})

t.test('invalid progress is refused', async (t) => {
  const emulator = build(t, { world: WORLD })
  const before = emulator.store.world.export()
  const path = `/users/1/achievements/${SCID}/1`
  const cases: Array<[path: string, body: unknown, status: number, message: string]> = [
    [`/users/2/achievements/${SCID}/1`, {}, 404, 'There is no user 2.'],
    [`/users/1/achievements/${SCID}/3`, {}, 404, `There is no achievement 3 of service configuration ${SCID}.`],
    [`/users/1/achievements/${SAMPLE_SCID}/1`, {}, 404, `There is no achievement 1 of service configuration ${SAMPLE_SCID}.`],
    [`/users/x/achievements/${SCID}/1`, {}, 404, 'There is no user "x"; expected a XUID, or the gamertag of a user of the world.'],
    ['/users/1/achievements/x/1', {}, 400, 'The service configuration id is "x"; expected a GUID.'],
    [`/users/1/achievements/${SCID}/4294967296`, {}, 400, 'The achievement id is "4294967296"; expected an unsigned 32-bit integer in decimal.'],
    [path, { percentComplete: 101 }, 400, 'The body, at /percentComplete: found 101, expected an integer from 0 to 100, or null.'],
    [path, { percentComplete: -1 }, 400, 'The body, at /percentComplete: found -1, expected an integer from 0 to 100, or null.'],
    [path, { percentComplete: 99.5 }, 400, 'The body, at /percentComplete: found 99.5, expected an integer from 0 to 100, or null.'],
    [path, { percentComplete: '50' }, 400, 'The body, at /percentComplete: found "50", expected an integer from 0 to 100, or null.'],
    [path, { timeUnlocked: 'now' }, 400, 'The body, at /timeUnlocked: found "now", expected an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z", or null.'],
    [path, { timeUnlocked: '2021-02-29T00:00:00Z' }, 400, 'The instant is "2021-02-29T00:00:00Z"; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".'],
    [path, { isRevoked: 1 }, 400, 'The body, at /isRevoked: found 1, expected true or false.'],
    [path, { requirements: [{ id: 'whole', current: '1' }, { id: 'other', current: '1' }] }, 400, 'requirements names "other"; expected requirements of the achievement.'],
    [path, { requirements: [{ id: 'whole', current: '1' }, { id: 'whole', current: '1' }] }, 400, 'requirements names "whole" twice; expected each once.'],
    [path, { requirements: [{ id: 'whole', current: 1 }] }, 400, 'The body, at /requirements/0/current: found 1, expected a string.'],
    [path, { requirements: [{ id: 'whole' }] }, 400, 'The body, at /requirements/0/current: missing, expected a string.'],
    [path, { requirements: {} }, 400, 'The body, at /requirements: found {}, expected a list of objects with id and current, or null.'],
    [path, { sandbox: 'XDKS.1' }, 404, `There is no achievement 1 of service configuration ${SCID} in sandbox XDKS.1.`],
    [path, { sandbox: 'retail' }, 404, `There is no achievement 1 of service configuration ${SCID} in sandbox retail.`],
    ...[5, '', 'a b', `R${'x'.repeat(32)}`, ['RETAIL']].map((sandbox): typeof cases[number] =>
      [path, { sandbox }, 400, `The body, at /sandbox: found ${JSON.stringify(sandbox)}, expected a sandbox id, e.g. "RETAIL", or null.`]),
    [path, { progress: 1 }, 400, 'The body, at /progress: unknown member; known are sandbox, percentComplete, timeUnlocked, isRevoked, requirements.']
  ]
  for (const [url, sent, expected, message] of cases) {
    const { status, body } = await control(emulator, 'PUT', url, sent)
    t.strictSame([status, body], [expected, refusal(expected === 400 ? 4000 : null, message)], `${url} ${JSON.stringify(sent)}`)
  }
  t.strictSame(emulator.store.world.export(), before)
})
