import { readFileSync } from 'node:fs'
import t from 'tap'
import { build, GAMER, type Emulator } from '../helper.ts'
import { SCID, title, user } from '../world-parts.ts'
import { command, control, refusal, worldText } from './client.ts'

const file = (name: string, content: unknown, encoding?: string): object => ({ name, text: typeof content === 'string' ? content : JSON.stringify(content), ...encoding !== undefined && { encoding } })
const bring = async (emulator: Emulator, body: object): Promise<any> => await command(emulator, 'POST', '/world/import', body)
/** What is wrong with files, as a dry run tells it. */
const problemsOf = async (emulator: Emulator, files: readonly object[], more: object = {}): Promise<string[]> => (await bring(emulator, { files, dryRun: true, ...more })).problems

const DOCUMENTS = ['achievements2017.xml', 'localization.xml'].map((name) => file(`kites/${name}`, readFileSync(`fixtures/partner-center/${name}`, 'utf8')))
const TITLE = JSON.parse(readFileSync('fixtures/partner-center/title.json', 'utf8'))
const DEMO = { titles: 8, achievements: 71, users: 5 }
const NOTHING = { problems: [], warnings: [], ignored: [], changes: null }

t.test('a part is merged, after a dry run has told what that changes', async (t) => {
  const emulator = build(t)
  const files = [file('new.json', { users: [{ xuid: '5', gamertag: 'five' }] }), file('hide.json', { users: [{ xuid: GAMER, privacy: 'blocked' }] }), file('world.schema.json', '{'), file('read.me', '')]
  const before = await worldText(emulator)
  const { changes, ...told } = await bring(emulator, { files, dryRun: true })
  t.strictSame(told, { problems: [], warnings: [], ignored: ['read.me', 'world.schema.json'], world: DEMO })
  t.strictSame(changes.world, { ...DEMO, users: 6 })
  t.strictSame(changes.counts.user, { added: 1, changed: 1, removed: 0 })
  t.strictSame(changes.differences.map(({ what, gamertag }: any) => [what, gamertag]), [['changed', 'gamer'], ['added', 'five']])
  t.equal(await worldText(emulator), before)
  t.strictSame(await bring(emulator, { files }), { ...NOTHING, ignored: ['read.me', 'world.schema.json'], world: { ...DEMO, users: 6 } })
  t.equal((await command(emulator, 'GET', '/users/gamer')).privacy, 'blocked')
})

t.test('files replace the world, and the same world again changes nothing', async (t) => {
  const emulator = build(t)
  const same = file('same.json', await worldText(emulator))
  const { changes } = await bring(emulator, { files: [same], mode: 'replace', dryRun: true })
  t.strictSame(changes.differences, [])
  t.equal((await bring(emulator, { files: [file('a.json', { titles: [title()] }), file('b.json', { users: [user()] })], mode: 'replace' })).world.users, 1)
  t.equal((await command(emulator, 'GET', '/about')).source, 'a.json, b.json')
  const demo = await bring(emulator, { files: [file('demo.json', readFileSync('fixtures/demo.json', 'utf8'))], mode: 'replace', dryRun: true })
  t.equal(demo.changes.differences.length, 100)
  t.strictSame(demo.changes.counts.user, { added: 5, changed: 0, removed: 1 })
})

t.test('the demo world as it is written changes nothing', async (t) => {
  const emulator = build(t)
  t.strictSame((await bring(emulator, { files: [file('demo.json', readFileSync('fixtures/demo.json', 'utf8'))], mode: 'replace', dryRun: true })).changes.differences, [])
})

t.test('documents of Partner Center are a title, with a title.json or with what is said in its place', async (t) => {
  const emulator = build(t)
  const done = await bring(emulator, { files: [...DOCUMENTS, file('kites/title.json', TITLE)] })
  t.strictSame([done.problems, done.world.titles], [[], 9])
  t.equal((await command(emulator, 'GET', `/titles/${TITLE.titleId}`)).name, TITLE.name)
  await command(emulator, 'POST', '/reset')
  const renamed = DOCUMENTS.map((document: any) => ({ ...document, name: document.name.replace('.xml', ' (1).XML') }))
  const { serviceConfigId } = TITLE
  t.equal((await bring(emulator, { files: renamed, title: { titleId: 7, name: 'Kites', serviceConfigId } })).world.titles, 9)
  t.strictSame(await problemsOf(emulator, DOCUMENTS), ['kites/title.json: found no such file, expected it beside kites/achievements2017.xml, or titleId, name and serviceConfigId in its place'])
  t.match(await problemsOf(emulator, DOCUMENTS, { title: { titleId: '4B4E01A7', name: 'Kites', serviceConfigId } }), [/^kites\/title\.json: \/titleId: found "4B4E01A7", expected .*: 1263403431 for 0x4B4E01A7$/])
  t.match(await problemsOf(emulator, DOCUMENTS.slice(0, 1), { title: TITLE }), ['kites/localization.xml: found no such file, expected it beside the other document of Partner Center'])
  t.match(await problemsOf(emulator, [file('title.json', TITLE)]), ['title.json: found no achievements2017.xml and no localization.xml, expected both beside it'])
  t.equal((await bring(emulator, { files: [file('title.json', { users: [{ xuid: '6', gamertag: 'six' }] })], dryRun: true })).changes.world.users, 6)
  const [achievements, localization] = DOCUMENTS as [any, any]
  t.match(await problemsOf(emulator, [{ ...achievements, text: achievements.text.replace('<Achievement>', '<Achievement') }, localization], { title: TITLE }), [/^kites\/achievements2017\.xml:\d+:\d+: /])
  t.match(await problemsOf(emulator, [{ ...achievements, encoding: 'UTF-16' }, localization], { title: TITLE }), [/^kites\/achievements2017\.xml:1:1: found encoding "utf-8" in the declaration, expected utf-16/])
  t.match(await problemsOf(emulator, [achievements, { ...achievements, name: 'kites/Achievements2017.XML' }, localization], { title: TITLE }), ['found kites/Achievements2017.XML and kites/achievements2017.xml, expected one of them'])
})

t.test('the portal warns, or, strictly, refuses', async (t) => {
  const emulator = build(t)
  const [achievements, localization] = DOCUMENTS as [any, any]
  const few = { ...achievements, text: achievements.text.replaceAll('<BaseAchievement>true', '<BaseAchievement>false') }
  const files = [few, localization, file('kites/title.json', TITLE)]
  const { warnings, changes } = await bring(emulator, { files, dryRun: true })
  t.match(warnings, [/^kites\/achievements2017\.xml:\d+:\d+: warning: found 0 base achievements/])
  t.equal(changes.world.titles, 9)
  t.match(await problemsOf(emulator, files, { strict: true }), [/found 0 base achievements/])
})

t.test('what is wrong is worded with the file and the place', async (t) => {
  const emulator = build(t)
  const markup = '<img src=x onerror=alert(1)>.json'
  for (const [files, problems, more] of [
    [[], ['found no file, expected a world (.json), or achievements2017.xml and localization.xml of Partner Center']],
    [['a', 'b', 'c', 'd'].map((name) => file(name, '')), ['found nothing but a, b, c, …, expected a world (.json), or achievements2017.xml and localization.xml of Partner Center']],
    [[file('read.me', '')], ['found nothing but read.me, expected a world (.json), or achievements2017.xml and localization.xml of Partner Center']],
    [[file('a.zip', 'x'), file('b.json', 'PK\u0003\u0004')], ['a.zip: found a zip archive, expected what is in it; unpack it, and choose its files or its folder', 'b.json: found a zip archive, expected what is in it; unpack it, and choose its files or its folder']],
    [[file(markup, '{"users":[')], [`${markup}: not JSON: Expected ',' or ']' after array element in JSON at position 10`]],
    [[file('secret.json', '{"sessions":[{"token":secret')], ["secret.json: not JSON: Unexpected token 's'"]],
    [[file('title.json', 'secret')], ["title.json: not JSON: Unexpected token 's'"]],
    [[file('deep.json', '['.repeat(40))], ['deep.json: nested more than 32 levels deep; expected 32 at most']],
    [[file('list.json', [])], ['list.json: /: found [], expected an object with titles, users and sessions']],
    [[file('null.json', 'null')], ['null.json: /: found null, expected an object with titles, users and sessions']],
    [[file('a.json', { users: [{ xuid: '5', gamertag: 'five' }] }), file('b.json', { users: [{ xuid: GAMER, privacy: 'all' }] })], ['b.json: /users/0/privacy: found "all", expected one of "everyone", "friendsOnly", "blocked"']],
    [[file('a.json', { titles: [] }), file('b.json', { users: [{ xuid: GAMER, privacy: 'all' }] })], ['b.json: /users/0/privacy: found "all", expected one of "everyone", "friendsOnly", "blocked"']],
    [[file('a.json', { users: [{ xuid: '5', gamertag: 'GAMER' }] })], ['a.json: /users/0/gamertag: gamertag "GAMER" is already at merged world: /users/0/gamertag, expected once']],
    [[file('a.json', { users: [null] })], ['a.json: /users/0: found null, expected an object']],
    [[file('a.json', { extra: 1 })], ['merged world: /extra: unknown member; known are $schema, titles, users, sessions, userKeys']],
    [[file('a.json', '{"__proto__":{"users":[]}}')], ['merged world: /__proto__: unknown member; known are $schema, titles, users, sessions, userKeys']],
    [[file('x.json', { users: [{ xuid: '5' }] })], ['x.json: /users/0/gamertag: missing, expected a string that is not empty and has no control characters'], { mode: 'replace' }]
  ] as ReadonlyArray<[object[], string[], object?]>) {
    const told = await problemsOf(emulator, files, more)
    if (files.length === 1 && (files[0] as any).name === markup) t.match(told[0], `${markup}: not JSON: `)
    else t.strictSame(told, problems)
  }
  t.strictSame((await control(emulator, 'POST', '/world/import', { files: [file('a.json', { users: [null] })] })).body, refusal(4000, 'merged world: /users/5: found null, expected an object'))
  t.strictSame((await control(emulator, 'POST', '/world/import', { files: [file('a.json', '')] })).body, refusal(4000, 'a.json: not JSON: Unexpected end of JSON input'))
  t.match((await control(emulator, 'POST', '/world/import', {})).body.errorMessage, 'at /files: missing')
})

t.test('what a user has done is told when it comes, and when it goes with its title', async (t) => {
  const empty = { users: [user()] }
  const done = {
    titles: [title({ achievements: [1, 2, 3, 4].map((id) => ({ id, name: `No. ${id}`, requirements: id === 3 ? [{ id: 'r', target: '9' }] : [] })) })],
    users: [user({
      titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00.0000000Z' }],
      achievements: [{ id: 1, timeUnlocked: '2020-01-01T00:00:00.0000000Z' }, { id: 2, isRevoked: true }, { id: 3, requirements: [{ id: 'r', current: '5' }] }, { id: 4 }].map((progress) => ({ serviceConfigId: SCID, ...progress }))
    })]
  }
  const subject = { xuid: '1', gamertag: 'ann', titleId: 1, title: 'One', sandbox: 'RETAIL', friend: null, achievement: null }
  const nothing = { percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [] }
  const entries = [
    { kind: 'play', ...subject, is: { lastPlayed: '2020-01-01T00:00:00.0000000Z', sequence: null, minutesPlayed: null, stats: [] } },
    ...[{ timeUnlocked: '2020-01-01T00:00:00.0000000Z' }, { isRevoked: true }, { requirements: [{ id: 'r', current: '5' }] }].map((progress, index) => ({
      kind: 'progress', ...subject, achievement: { serviceConfigId: SCID, id: index + 1, name: `No. ${index + 1}` }, is: { ...nothing, ...progress }
    }))
  ]
  for (const [what, world, next] of [['added', empty, done], ['removed', done, empty]] as const) {
    const { changes } = await bring(build(t, { world }), { files: [file('next.json', next)], mode: 'replace', dryRun: true })
    t.strictSame(changes.differences.filter(({ kind }: any) => kind === 'play' || kind === 'progress'),
      entries.map(({ is, ...entry }) => ({ ...entry, what, before: what === 'added' ? null : is, after: what === 'added' ? is : null })))
  }
})

t.test('a thousand files are one part', async (t) => {
  const emulator = build(t)
  const files = Array.from({ length: 1000 }, (_none, index) => file(`w/${index}.json`, { users: [{ xuid: String(index + 1), gamertag: `user ${index}` }] }))
  t.equal((await bring(emulator, { files })).world.users, 1005)
})

t.test('an error that nobody foresaw is none of the files', async (t) => {
  const emulator = build(t)
  emulator.database.close()
  t.equal((await control(emulator, 'POST', '/world/import', { files: [file('a.json', {})], dryRun: true })).status, 500)
})

t.test('users are generated, the same for one seed, with progress in the titles that there are', async (t) => {
  const emulator = build(t, { world: { titles: [title({ achievements: [{ id: 5, name: 'Five' }] }), title({ titleId: 2, serviceConfigId: '11111111-2222-3333-4444-cccccccccccc', achievements: [] })] } })
  const { changes } = await command(emulator, 'POST', '/world/generate', { users: 20, dryRun: true })
  t.strictSame([changes.counts.user.added, changes.counts.session.added], [20, 20])
  t.ok(changes.counts.progress.added > 5)
  t.strictSame(await command(emulator, 'POST', '/world/generate', { users: 20 }), { ...NOTHING, world: { titles: 2, achievements: 1, users: 20 } })
  const first = await worldText(emulator)
  await command(emulator, 'POST', '/reset')
  await command(emulator, 'POST', '/world/generate', { users: 20 })
  t.equal(await worldText(emulator), first)
  await command(emulator, 'POST', '/world/generate', { users: 20, seed: 2 })
  t.not(await worldText(emulator), first)
  t.ok(JSON.parse(first).users.flatMap((each: any) => each.achievements).every(({ serviceConfigId, id }: any) => serviceConfigId === SCID && id === 5))
})

t.test('users of a world without titles have played nothing', async (t) => {
  const emulator = build(t, { world: {} })
  t.equal((await command(emulator, 'POST', '/world/generate', { users: 3 })).world.users, 3)
  t.match((await control(emulator, 'POST', '/world/generate', { users: 10_001 })).body.errorMessage, 'expected an integer from 1 to 10000')
})

t.test('a world is put back with its start, exactly', async (t) => {
  const emulator = build(t)
  await command(emulator, 'DELETE', '/users/friend')
  await command(emulator, 'PUT', '/users/8', { gamertag: 'eight' })
  for (const merge of [false, true]) {
    if (merge) await command(emulator, 'PATCH', '/world', { users: [{ xuid: '9', gamertag: 'nine' }] })
    const [world, start] = [await worldText(emulator), (await emulator.app.inject('/_emulator/world/start')).body]
    const differences = await command(emulator, 'GET', '/world/differences')
    await command(emulator, 'PUT', '/world', {})
    await command(emulator, 'POST', '/world/restore', { world: JSON.parse(world), start: JSON.parse(start), source: 'before' })
    t.equal(await worldText(emulator), world)
    t.strictSame((await command(emulator, 'GET', '/world/differences')).counts, differences.counts)
    t.equal((await emulator.app.inject('/_emulator/world/start')).body, start)
    t.equal((await command(emulator, 'GET', '/about')).source, 'before')
    await command(emulator, 'POST', '/reset')
    t.equal(await worldText(emulator), start)
    await command(emulator, 'POST', '/world/restore', { world: JSON.parse(world), start: JSON.parse(start) })
  }
  await command(emulator, 'POST', '/world/restore', { world: {} })
  await command(emulator, 'POST', '/reset')
  t.strictSame((await command(emulator, 'GET', '/about')).world, { titles: 0, achievements: 0, users: 0, sessions: 0 })
  t.strictSame((await control(emulator, 'POST', '/world/restore', { world: {}, start: { extra: 1 } })).body, refusal(4000, 'start: /extra: unknown member; known are $schema, titles, users, sessions, userKeys'))
})

t.test('to read the start changes nothing', async (t) => {
  const emulator = build(t)
  await command(emulator, 'DELETE', '/users/gamer')
  const before = await worldText(emulator)
  const start = (await emulator.app.inject('/_emulator/world/start')).body
  t.equal(await worldText(emulator), before)
  await command(emulator, 'POST', '/reset')
  t.equal(await worldText(emulator), start)
})
