import t from 'tap'
import { build } from '../helper.ts'
import { achievement, SCID, session, title, user } from '../world-parts.ts'
import { control, refusal } from './client.ts'

const ZERO = '00000000-0000-0000-0000-000000000000'
const NOW = '2020-06-15T12:00:00.0000000Z'
const PATH = `/users/1/achievements/${SCID}/1`

const WORLD = { titles: [title({ achievements: [achievement(), achievement({ id: 2 })] })], users: [user()], sessions: [session({ xuid: '1', titleId: 1 })] }
const current = (...values: string[]) => ({ requirements: values.map((value) => ({ id: ZERO, current: value })) })

t.test('the percentage of a title-managed achievement is set by itself or by its requirement', async (t) => {
  const emulator = build(t, { world: WORLD })
  for (const [sent, percentComplete, timeUnlocked] of [
    [undefined, 100, NOW],
    [{ percentComplete: null }, 100, NOW],
    [{ percentComplete: 30 }, 30, null],
    [{ requirements: [] }, 100, NOW],
    [current('25'), 25, null],
    [{ percentComplete: 25, ...current('25') }, 25, null],
    [current('0'), 0, null],
    [current('100'), 100, NOW],
    [{ ...current('7'), timeUnlocked: '2001-01-01T00:00:00Z' }, 7, '2001-01-01T00:00:00.0000000Z']
  ] as const) {
    const { status, body } = await control(emulator, 'PUT', PATH, sent)
    const expected = { serviceConfigId: SCID, id: 1, sandbox: null, percentComplete, timeUnlocked, isRevoked: false, requirements: [] }
    t.strictSame([status, body], [200, expected], JSON.stringify(sent))
    t.strictSame(emulator.store.world.export().users[0]?.achievements, percentComplete === 0 ? [] : [expected])
  }
})

t.test('an invalid percentage is refused', async (t) => {
  const emulator = build(t, { world: WORLD })
  for (const [sent, message] of [
    [current('x'), 'current is "x"; expected a whole percentage in quotes, from "0" to "100".'],
    [current('101'), 'current is "101"; expected a whole percentage in quotes, from "0" to "100".'],
    [{ percentComplete: 30, ...current('25') }, 'current is "25"; expected "30" as percentComplete says.'],
    [current('25', '30'), `requirements names "${ZERO}" twice; expected each once.`],
    [{ requirements: [{ id: 'r', current: '25' }] }, 'requirements names "r"; expected requirements of the achievement.']
  ] as const) {
    const { status, body } = await control(emulator, 'PUT', PATH, sent)
    t.strictSame([status, body], [400, refusal(4000, message)], JSON.stringify(sent))
  }
  t.strictSame(emulator.store.world.export().users[0]?.achievements, [])
})

t.test('a title of a running emulator becomes event-based when a part of a world says so', async (t) => {
  const emulator = build(t, { world: WORLD })
  const patch = (members: object) => control(emulator, 'PATCH', '/world', { titles: [{ titleId: 1, ...members, achievements: [{ id: 1, requirements: [{ id: 'r', target: '1' }] }] }] })
  const refused = await patch({})
  t.equal(refused.status, 400)
  t.match(refused.body.errorMessage, /^merged world: \/titles\/0\/achievements\/0\/requirements: found .*, expected none because the title is titleManaged; say "achievementSystem":"eventBased"/)
  for (const achievementSystem of ['eventBased', null]) {
    t.equal((await patch({ achievementSystem })).status, 200)
    t.equal(emulator.store.world.export().titles[0]?.achievementSystem, 'eventBased')
  }
})
