import t from 'tap'
import { mergeWorlds } from '../../../src/world/read.ts'
import { achievement, problemsOf, SCID, title, user } from '../../world-parts.ts'

const TITLE = 'a.json: /titles/0'
const ZERO = '00000000-0000-0000-0000-000000000000'
const PERCENTAGE = { id: ZERO, target: '100' }
const CHALLENGE = { achievementType: 'Challenge' }
const own = { requirements: [{ id: 'r', target: '1' }] }

const of = (members: object, ...achievements: object[]): unknown => ({ titles: [title({ ...members, achievements: achievements.map((each, index) => achievement({ id: index + 1, ...each })) })] })
const read = (world: unknown) => mergeWorlds([{ file: 'a.json', document: structuredClone(world) }])

t.test('the achievement system of a title that names none follows from its achievements', async (t) => {
  for (const [what, world, system] of [
    ['no achievements', of({}), 'titleManaged'],
    ['plain achievements', of({}, {}, {}), 'titleManaged'],
    ['a system of null', of({ achievementSystem: null }, {}), 'titleManaged'],
    ['one challenge', of({}, {}, CHALLENGE), 'eventBased'],
    ['requirements of one', of({}, {}, own), 'eventBased'],
    ['the percentage', of({}, { requirements: [PERCENTAGE] }, {}), 'titleManaged'],
    ['the percentage, written out', of({}, { requirements: [{ ...PERCENTAGE, operationType: 'SUM', valueType: 'Integer', ruleParticipationType: 'Individual' }] }), 'titleManaged'],
    ['the percentage, and a challenge', of({}, { requirements: [PERCENTAGE] }, CHALLENGE), 'eventBased'],
    ['the percentage, and another', of({}, { requirements: [PERCENTAGE, { id: 'r', target: '1' }] }), 'eventBased'],
    ['another target', of({}, { requirements: [{ id: ZERO, target: '50' }] }), 'eventBased'],
    ['another operation', of({}, { requirements: [{ ...PERCENTAGE, operationType: 'Maximum' }] }), 'eventBased'],
    ['another type', of({}, { requirements: [{ ...PERCENTAGE, valueType: 'Double' }] }), 'eventBased'],
    ['another participation', of({}, { requirements: [{ ...PERCENTAGE, ruleParticipationType: 'Group' }] }), 'eventBased'],
    ['another id', of({}, { requirements: [{ ...PERCENTAGE, id: SCID }] }), 'eventBased'],
    ['event-based without requirements', of({ achievementSystem: 'eventBased' }, {}), 'eventBased'],
    ['event-based with the percentage', of({ achievementSystem: 'eventBased' }, { requirements: [PERCENTAGE] }), 'eventBased'],
    ['title-managed', of({ achievementSystem: 'titleManaged' }, { requirements: [PERCENTAGE] }), 'titleManaged'],
    ['an Xbox 360 title', of({ generation: 'xbox360' }, own, CHALLENGE), null]
  ] as const) {
    const [first] = read(world).titles
    t.equal(first?.achievementSystem, system, what)
    if (system === 'titleManaged') t.strictSame(first?.achievements.map(({ requirements }) => requirements), first?.achievements.map(() => []), what)
    t.strictSame(problemsOf(read(world)), [], `${what}: as it is exported`)
  }
})

t.test('members that contradict the achievement system', async (t) => {
  const managed = 'because the title is titleManaged; say "achievementSystem":"eventBased"'
  const refuses = `${TITLE}/refusesUpdates: found true, expected false because the title's achievements are not event-based; say "achievementSystem":"eventBased" if they are`
  for (const [what, world, ...problems] of [
    ['an unknown system', of({ achievementSystem: 'eventbased' }), `${TITLE}/achievementSystem: found "eventbased", expected one of "titleManaged", "eventBased", or null`],
    ['an Xbox 360 title with a system', of({ generation: 'xbox360', achievementSystem: 'titleManaged' }), `${TITLE}/achievementSystem: found "titleManaged", expected none because the generation is "xbox360"`],
    ['an Xbox 360 title with the other system', of({ generation: 'xbox360', achievementSystem: 'eventBased' }), `${TITLE}/achievementSystem: found "eventBased", expected none because the generation is "xbox360"`],
    ['a title-managed challenge', of({ achievementSystem: 'titleManaged' }, {}, CHALLENGE), `${TITLE}/achievements/1/achievementType: found "Challenge", expected "Persistent" ${managed}`],
    ['title-managed requirements', of({ achievementSystem: 'titleManaged' }, own), `${TITLE}/achievements/0/requirements: found [{"id":"r","target":"1","operationType":null,"valueType":"Integer","rulePartici…, expected none ${managed}`],
    ['another target of the percentage', of({ achievementSystem: 'titleManaged' }, { requirements: [{ id: ZERO, target: '5' }] }), `${TITLE}/achievements/0/requirements: found [{"id":"${ZERO}","target":"5","operationType":null…, expected none ${managed}`],
    ['refused updates of a title-managed title', of({ achievementSystem: 'titleManaged', refusesUpdates: true }), refuses],
    ['refused updates of a title that names no system and has plain achievements', of({ refusesUpdates: true }, {}), refuses],
    ['refused updates of an Xbox 360 title', of({ refusesUpdates: true, generation: 'xbox360' }, own), `${TITLE}/refusesUpdates: found true, expected false because the generation is "xbox360"`],
    ['refused updates of a title with requirements', of({ refusesUpdates: true }, own)],
    ['refused updates of an event-based title without achievements', of({ refusesUpdates: true, achievementSystem: 'eventBased' })],
    ['a refusesUpdates that is not a boolean', of({ refusesUpdates: 'yes' }), `${TITLE}/refusesUpdates: found "yes", expected true or false`]
  ] as const) t.strictSame(problemsOf(world), problems, what)
})

t.test('titles that share a service configuration may differ: an achievement has the system of the title that defines it', async (t) => {
  const world = {
    titles: [title(), title({ titleId: 2, achievements: [achievement({ id: 2, ...own })] }), title({ titleId: 3, achievements: [] })],
    users: [user({ achievements: [{ serviceConfigId: SCID.toUpperCase(), id: 1, requirements: [{ id: ZERO, current: '7' }] }, { serviceConfigId: SCID, id: 2, requirements: [{ id: 'r', current: '1' }] }] })]
  }
  const { titles, users: [ann] } = read(world)
  t.strictSame(titles.map(({ achievementSystem }) => achievementSystem), ['titleManaged', 'eventBased', 'titleManaged'])
  t.strictSame(ann?.achievements.map(({ percentComplete, requirements }) => [percentComplete, requirements]), [[7, []], [0, [{ id: 'r', current: '1' }]]])
})

t.test('progress on the requirement that stands for the percentage becomes percentComplete', async (t) => {
  const progress = (members: object, requirements: object = []): unknown => ({ titles: [title({ achievements: [achievement({ requirements })] })], users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, ...members }] })] })
  const current = (...values: unknown[]): object => ({ requirements: values.map((value) => ({ id: ZERO, current: value })) })
  const at = '2020-01-01T00:00:00.0000000Z'
  for (const [members, ...expected] of [
    [current('25'), 25, null],
    [current('0'), 0, null],
    [current('100'), 100, '0001-01-01T00:00:00.0000000Z'],
    [{ ...current('100'), timeUnlocked: at }, 100, at],
    [{ ...current('25'), percentComplete: 25 }, 25, null],
    [{ ...current('100'), percentComplete: 100, timeUnlocked: at }, 100, at],
    [{ percentComplete: 40, requirements: [] }, 40, null]
  ] as const) {
    for (const requirements of [[], [PERCENTAGE]]) {
      const [done] = read(progress(members, requirements)).users[0]?.achievements ?? []
      t.strictSame([done?.percentComplete, done?.timeUnlocked, done?.requirements], [...expected, []], JSON.stringify(members))
    }
  }
  const place = 'a.json: /users/0/achievements/0/requirements/0'
  const whole = 'expected a whole percentage in quotes, from "0" to "100"'
  for (const [members, ...problems] of [
    ...['', '101', '-1', '1.5', '007', ' 7', '1e1', 'half'].map((value) => [current(value), `${place}/current: found ${JSON.stringify(value)}, ${whole}`] as const),
    [current(25), `${place}/current: found 25, expected a string`],
    [{ ...current('25'), percentComplete: 30 }, `${place}/current: found "25", expected "30" as percentComplete says`],
    [{ ...current('x'), percentComplete: 30 }, `${place}/current: found "x", expected "30" as percentComplete says`],
    [current('25', '25'), `a.json: /users/0/achievements/0/requirements/1/id: requirement "${ZERO}" is already at ${place}/id, expected once`],
    [{ requirements: [{ id: 'r', current: 'x' }] }, `${place}/id: found "r", expected a requirement of the achievement`]
  ] as const) t.strictSame(problemsOf(progress(members)), problems, JSON.stringify(members))
  const event = { titles: [title({ achievements: [achievement(own)] })], users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, ...current('25') }] })] }
  t.strictSame(problemsOf(event), [`${place}/id: found "${ZERO}", expected a requirement of the achievement`], 'an event-based achievement does not have this requirement')
})
