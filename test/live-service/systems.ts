import { achievement, BOTH, DOCUMENTED, documentedPercentage, list, LIVE, listed, live, ME, NOW, page, percentage, progress, SCID, title, update, world, ZERO_DATE, type Row } from './row.ts'

const AT_55 = world({ me: { achievements: [progress({ percentComplete: 55, timeUnlocked: null })] } })
const ACHIEVED = world({ me: { achievements: [progress()] } })
const RULE = { id: '2f0f948f-cee0-4eac-b843-0231bef90fd9', target: '25' }
const eventBased = (requirement: object = RULE, me: object = {}) =>
  world({ titles: [title({ achievements: [achievement({ requirements: [requirement] })] })], me })
const rule = (members: object = {}) => ({ id: RULE.id, current: null, target: '25', operationType: 'SUM', valueType: 'Integer', ruleParticipationType: 'Individual', ...members })
const single = `/users/xuid(${ME})/achievements/${SCID}/1`

const inProgress = (current: string) => live({ progressState: 'InProgress', progression: { requirements: [percentage(current)], timeUnlocked: ZERO_DATE } })
const listedInProgress = (current: string) => listed({
  progressState: 'InProgress',
  progression: { achievementState: 'InProgress', requirements: [documentedPercentage(current)], timeUnlocked: ZERO_DATE }
})

/** The progression of achievements of the two systems. */
export const SYSTEMS: readonly Row[] = [
  { says: 'title-managed, not started: one requirement, 0 of 100', source: '[peppa]', dialects: LIVE, world: world(), request: { url: list() }, status: 200, body: page([live()]) },
  { says: 'title-managed, not started, as a single achievement: one requirement, 0 of 100', source: '[peppa][xsapi]', dialects: LIVE, world: world({ session: { titleId: 1234 } }), request: { url: single }, status: 200, body: page([live()]) },
  { says: 'title-managed, at 55 percent', source: '[xsapi]', dialects: LIVE, world: AT_55, request: { url: list() }, status: 200, body: page([inProgress('55')]) },
  {
    says: 'title-managed, achieved: no requirement, and a time in milliseconds',
    source: '[peppa]',
    dialects: LIVE,
    world: ACHIEVED,
    request: { url: list() },
    status: 200,
    body: page([live({ progressState: 'Achieved', progression: { requirements: [], timeUnlocked: '2020-01-01T00:00:00.1230000Z' } })])
  },
  { says: 'title-managed: a list shows the percentage of an update', source: '[xsapi]', dialects: LIVE, world: world(), before: [update()], request: { url: list() }, status: 200, body: page([inProgress('25')]) },
  {
    says: 'title-managed: possibleOnly leaves out the percentage',
    source: '[practice]',
    dialects: LIVE,
    world: AT_55,
    request: { url: list('?possibleOnly=true') },
    status: 200,
    body: page([live()])
  },
  { says: 'title-managed, not started: the documented dialect has the one requirement, too', source: '[decision]', dialects: DOCUMENTED, world: world(), request: { url: list() }, status: 200, body: page([listed()]) },
  { says: 'title-managed: the documented dialect shows the percentage of an update', source: '[decision]', dialects: DOCUMENTED, world: world(), before: [update()], request: { url: list() }, status: 200, body: page([listedInProgress('25')]) },
  {
    says: 'title-managed, achieved: the documented dialect still has the requirement',
    source: '[decision]',
    dialects: DOCUMENTED,
    world: ACHIEVED,
    request: { url: list() },
    status: 200,
    body: page([listed({
      progressState: 'Achieved',
      progression: { achievementState: 'Achieved', requirements: [documentedPercentage('100')], timeUnlocked: '2020-01-01T00:00:00.1234567Z' }
    })])
  },
  {
    says: 'a requirement with the zero GUID in a world is the percentage of a title-managed achievement',
    source: '[decision]',
    dialects: LIVE,
    world: world({
      titles: [title({ achievements: [achievement({ requirements: [{ id: '00000000-0000-0000-0000-000000000000', target: '100' }] })] })],
      me: { achievements: [progress({ percentComplete: 0, timeUnlocked: null, requirements: [{ id: '00000000-0000-0000-0000-000000000000', current: '55' }] })] }
    }),
    request: { url: list() },
    status: 200,
    body: page([inProgress('55')])
  },
  {
    says: 'event-based, not started: current is null, and operationType SUM by default',
    source: '[recorded][topcyber]',
    dialects: LIVE,
    world: eventBased(),
    request: { url: list() },
    status: 200,
    body: page([live({ progression: { requirements: [rule()], timeUnlocked: ZERO_DATE } })])
  },
  {
    says: 'event-based, achieved: the requirements stay, current may exceed the target, and the time has all seven digits',
    source: '[recorded][topcyber]',
    dialects: LIVE,
    world: eventBased({ ...RULE, operationType: 'MAXIMUM', valueType: 'Double' }, { achievements: [progress({ requirements: [{ id: RULE.id, current: '43579' }] })] }),
    request: { url: list() },
    status: 200,
    body: page([live({
      progressState: 'Achieved',
      progression: { requirements: [rule({ current: '43579', operationType: 'MAXIMUM', valueType: 'Double' })], timeUnlocked: '2020-01-01T00:00:00.1234567Z' }
    })])
  },
  ...['SUM', 'Sum', 'minimum', 'LATEST'].map((operationType): Row => ({
    says: `event-based: operationType ${operationType} is sent as the world has it`,
    source: '[topcyber]',
    dialects: LIVE,
    world: eventBased({ ...RULE, operationType }),
    request: { url: list() },
    status: 200,
    body: page([live({ progression: { requirements: [rule({ operationType })], timeUnlocked: ZERO_DATE } })])
  })),
  {
    says: 'event-based: operationType is Sum by default in the documented dialect',
    source: '[json]',
    dialects: DOCUMENTED,
    world: eventBased(),
    request: { url: list() },
    status: 200,
    body: page([listed({
      progression: {
        achievementState: 'NotStarted',
        requirements: [{ id: RULE.id, current: null, target: '25', operationType: 'Sum', ruleParticipationType: 'Individual' }],
        timeUnlocked: ZERO_DATE
      }
    })])
  },
  {
    says: 'event-based, without requirements: null in the documented dialect',
    source: '[list]',
    dialects: DOCUMENTED,
    world: world({ titles: [title({ achievementSystem: 'eventBased' })] }),
    request: { url: list() },
    status: 200,
    body: page([listed({ progression: { achievementState: 'NotStarted', requirements: null, timeUnlocked: ZERO_DATE } })])
  },
  { says: 'an event-based one is updated', source: '[decision]', dialects: BOTH, world: eventBased(), request: update(), status: 200, body: undefined },
  {
    says: 'and refused where a world says so',
    source: '[decision]',
    dialects: DOCUMENTED,
    world: world({ titles: [title({ achievementSystem: 'eventBased', refusesUpdates: true })] }),
    request: update(),
    status: 400,
    body: { errorCode: 4000, errorMessage: 'Achievement 1 is event-based, and title 1234 refuses updates of those; expected a title-managed one.' }
  },
  {
    says: 'and grows with the percentage',
    source: '[decision]',
    dialects: LIVE,
    world: eventBased(),
    before: [update({}, [{ id: '1', percentComplete: 100 }])],
    request: { url: list() },
    status: 200,
    body: page([live({ progressState: 'Achieved', progression: { requirements: [rule({ current: '25' })], timeUnlocked: NOW } })])
  }
]
