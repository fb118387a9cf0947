import t from 'tap'
import { ANN, DEV, EVENT_SCID, OLD_SCID, openHub, resourceOf, SCID, WORLD } from './activity.ts'

const PERCENTAGE = (current: string): string => `{"id":"00000000-0000-0000-0000-000000000000","current":"${current}","target":"100","operationType":"Sum","valueType":"Integer","ruleParticipationType":"Individual"}`
const LOCKED = '0001-01-01T00:00:00.000Z'

const event = (subId: number, scid: string, ...items: string[]): string => `[3,${subId},{"serviceConfigId":"${scid}","progression":[${items.join(',')}],"contractVersion":1}]`
const item = (id: number, requirements: string, state: string, time = LOCKED): string => `{"id":"${id}","requirements":[${requirements}],"progressState":"${state}","timeUnlocked":"${time}"}`

for (const dialect of ['documented', 'live'] as const) {
  t.test(`${dialect}: the recorded event, byte for byte`, async (t) => {
    const { connect, report, settle } = openHub(t, { config: { dialect }, now: () => Date.parse('2026-01-18T02:48:21.707Z') })
    const client = connect()
    client.say([1, 0, resourceOf(ANN)])
    report(ANN, { 1: 100 })
    await settle()
    t.strictSame(client.frames, [
      '[1,0,0,0,null]',
      '[3,0,{"serviceConfigId":"00000000-0000-0000-0000-00007972ac43","progression":[{"id":"1","requirements":[{"id":"00000000-0000-0000-0000-000000000000","current":"100","target":"100","operationType":"Sum","valueType":"Integer","ruleParticipationType":"Individual"}],"progressState":"Achieved","timeUnlocked":"2026-01-18T02:48:21.707Z"}],"contractVersion":1}]'
    ])
  })

  t.test(`${dialect}: an update with several achievements is one event, without those that it does not change`, async (t) => {
    const { connect, report, settle, run } = openHub(t, { config: { dialect } })
    const client = connect()
    client.subscribe(resourceOf(ANN))
    report(ANN, { 1: 5, 2: 100, 3: 50 })
    // What is answered 304.
    report(ANN, { 1: 5, 2: 30, 3: 20 })
    report(ANN, { 1: 4, 3: 51 })
    await settle()
    t.strictSame(client.frames.splice(0).slice(1), [
      event(0, SCID, item(1, PERCENTAGE('5'), 'InProgress'), item(2, PERCENTAGE('100'), 'Achieved', '2020-06-15T12:00:00.000Z'), item(3, PERCENTAGE('50'), 'InProgress')),
      event(0, SCID, item(3, PERCENTAGE('51'), 'InProgress'))
    ])

    // What a test sets and clears.
    const setting = { xuid: ANN, scid: SCID, sandbox: 'RETAIL', requirements: null, isRevoked: false, timeUnlocked: null, now: 0 }
    run('progress.set', { ...setting, id: 2, percentComplete: 20 })
    run('progress.set', { ...setting, id: 2, percentComplete: 100, timeUnlocked: '2013-01-17T03:19:00.3087016Z' })
    // Neither is told in an event: digits that it does not have, and that an achievement was revoked.
    run('progress.set', { ...setting, id: 2, percentComplete: 100, timeUnlocked: '2013-01-17T03:19:00.3080000Z' })
    run('progress.set', { ...setting, id: 2, percentComplete: 100, timeUnlocked: '2013-01-17T03:19:00.3080000Z', isRevoked: true })
    // Unlocked, and nobody knows when.
    run('progress.set', { ...setting, id: 3, percentComplete: 100, timeUnlocked: '0001-01-01T00:00:00.0000000Z' })
    run('progress.clear', { xuid: ANN, scid: null, id: null, sandbox: null })
    await settle()
    t.strictSame(client.frames, [
      event(0, SCID, item(2, PERCENTAGE('20'), 'InProgress')),
      event(0, SCID, item(2, PERCENTAGE('100'), 'Achieved', '2013-01-17T03:19:00.308Z')),
      event(0, SCID, item(3, PERCENTAGE('100'), 'Achieved', LOCKED)),
      event(0, SCID, item(1, PERCENTAGE('0'), 'NotStarted'), item(2, PERCENTAGE('0'), 'NotStarted'), item(3, PERCENTAGE('0'), 'NotStarted'))
    ])
  })

  t.test(`${dialect}: an event-based achievement has its own requirements, none without a value`, async (t) => {
    const { connect, settle, run } = openHub(t, { config: { dialect } })
    const client = connect()
    client.subscribe(resourceOf(ANN, EVENT_SCID))
    const [first, second] = ['22222222-0000-0000-0000-000000000001', '22222222-0000-0000-0000-000000000002']
    const setting = { xuid: ANN, scid: EVENT_SCID, id: 1, sandbox: null, isRevoked: false, timeUnlocked: null, now: Date.UTC(2020, 0) }
    run('progress.set', { ...setting, percentComplete: 10, requirements: [{ id: second, current: '1.25' }] })
    run('progress.set', { ...setting, percentComplete: 100, requirements: [{ id: first, current: '11' }, { id: second, current: '3' }] })
    run('progress.set', { ...setting, id: 2, percentComplete: 40, requirements: null })
    await settle()
    const requirements = (a: string, b: string): string =>
      `{"id":"${first}","current":"${a}","target":"8","operationType":"SUM","valueType":"Integer","ruleParticipationType":"Individual"},{"id":"${second}","current":"${b}","target":"2.5","operationType":"MAXIMUM","valueType":"Double","ruleParticipationType":"Individual"}`
    const derived = JSON.parse(client.frames[3] as string)[2].progression[0].requirements[0].id
    t.strictSame(client.frames.slice(1), [
      event(0, EVENT_SCID, item(1, requirements('0', '1.25'), 'InProgress')),
      event(0, EVENT_SCID, item(1, requirements('11', '3'), 'Achieved', '2020-01-01T00:00:00.000Z')),
      event(0, EVENT_SCID, item(2, `{"id":"${derived}","current":"40","target":"100","operationType":"SUM","valueType":"Integer","ruleParticipationType":"Individual"}`, 'InProgress'))
    ])
  })
}

t.test('the requirement of an event is that of the list', async (t) => {
  const { connect, settle, run, get } = openHub(t, { config: { dialect: 'live' } })
  const client = connect()
  client.subscribe(resourceOf(ANN, EVENT_SCID))
  run('progress.set', { xuid: ANN, scid: EVENT_SCID, id: 2, sandbox: null, isRevoked: false, timeUnlocked: null, now: 0, percentComplete: 40, requirements: null })
  await settle()
  const { requirements } = JSON.parse(client.frames[1] as string)[2].progression[0]
  t.strictSame((await get(`/users/xuid(${ANN})/achievements/${EVENT_SCID}/2`, { session: 'u;ann' })).json().achievements[0].progression.requirements, requirements)
})

t.test('titles of the Xbox 360 can be subscribed to, and raise no events: contract version 2 does not have them', async (t) => {
  const { connect, settle, run } = openHub(t)
  const client = connect()
  client.subscribe(resourceOf(ANN, OLD_SCID))
  run('progress.set', { xuid: ANN, scid: OLD_SCID, id: 1, sandbox: null, isRevoked: false, timeUnlocked: null, now: 0, percentComplete: 100, requirements: null })
  await settle()
  t.strictSame(client.frames, ['[1,7,0,0,null]'])
})

t.test('what a list of the sandbox does not have any more is not told of', async (t) => {
  const [first, second] = WORLD.titles as [object, object]
  const { connect, settle, run } = openHub(t, { world: { ...WORLD, titles: [first, { ...second, serviceConfigId: SCID, public: false, achievementSystem: 'titleManaged', achievements: [{ id: 9, name: 'nine', rewards: [] }] }] } })
  const client = connect()
  client.subscribe(resourceOf(ANN))
  run('progress.set', { xuid: ANN, scid: SCID, id: 9, sandbox: 'RETAIL', isRevoked: false, timeUnlocked: null, now: 0, percentComplete: 100, requirements: null })
  run('world.merge', { part: { titles: [{ titleId: 2, sandboxes: [DEV] }] } })
  await settle()
  t.strictSame(client.frames, ['[1,7,0,0,null]', '[4]'])
})
