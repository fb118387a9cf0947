import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { findWorldReader } from '../../../src/world/load.ts'
import { readFolder } from '../../../src/world/partner-center/read-folder.ts'
import { WorldError } from '../../../src/world/problems.ts'
import { thrownBy } from '../../thrown-error.ts'
import { achievement, achievements, localization, SCID, STRINGS, unfinished } from './documents.ts'

const EXAMPLE = 'fixtures/partner-center'

/** A folder with the documents of a title, with the given files changed. */
const folderOf = (t: Test, files: Readonly<Record<string, string>> = {}): string => t.testdir({
  'achievements2017.xml': achievements(achievement()),
  'localization.xml': localization(...STRINGS),
  'title.json': JSON.stringify({ titleId: 1, name: 'One', serviceConfigId: SCID }),
  ...files
})

const problemsOf = (folder: string): readonly string[] => (thrownBy(() => readFolder(folder, () => {})) as WorldError).problems

const thrownByReading = async (folder: string): Promise<WorldError> => thrownBy(await findWorldReader(folder, () => {})) as WorldError

t.test('the example has no warnings', async (t) => {
  const warnings: string[] = []
  const { titles, users, sessions } = readFolder(EXAMPLE, (lines) => warnings.push(...lines))
  t.strictSame(warnings, [])
  t.strictSame(titles.map(({ titleId, name, defaultLocale, achievements }) => ({ titleId, name, defaultLocale, ids: achievements.map(({ id }) => id) })), [
    { titleId: 0x4B4E01A7, name: 'Paper Kites', defaultLocale: 'en-US', ids: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }
  ])
  t.strictSame(titles[0]?.achievements[2], {
    id: 3,
    name: { 'en-US': 'Every Color of the Sky', 'fr-FR': 'Toutes les couleurs du ciel', 'ja-JP': '空のすべての色' },
    description: { 'en-US': 'You painted a kite in each of the seven colors.', 'fr-FR': 'Vous avez peint un cerf-volant de chacune des sept couleurs.', 'ja-JP': '七色すべての凧を塗った。' },
    lockedDescription: { 'en-US': 'Paint a kite in each of the seven colors.', 'fr-FR': 'Peignez un cerf-volant de chacune des sept couleurs.', 'ja-JP': '七色すべての凧を塗ろう。' },
    isSecret: false,
    achievementType: 'Persistent',
    participationType: 'Individual',
    timeWindow: null,
    requirements: [],
    mediaAssets: [{ name: '0d615cbf-914d-5e3c-95a9-e4cf1b0c35f9', type: 'Icon', url: 'https://images.example.com/paper-kites/0d615cbf-914d-5e3c-95a9-e4cf1b0c35f9.png' }],
    rewards: [{ name: null, description: null, value: '50', type: 'Gamerscore', valueType: null, mediaAsset: null }],
    estimatedTime: null,
    deeplink: 'ms-xbl-4b4e01a7://workshop?tab=colors',
    xbox360: { imageId: 0, type: 1 },
    igdb: null
  })
  t.strictSame(users.map(({ gamertag }) => gamertag), ['me'])
  t.strictSame(sessions.map(({ userHash, token, titleId, sandbox }) => ({ userHash, token, titleId, sandbox })), [{ userHash: 'my', token: 'token', titleId: 0x4B4E01A7, sandbox: 'RETAIL' }])
})

t.test('worlds beside the documents are merged', async (t) => {
  const folder = folderOf(t, {
    'players.json': JSON.stringify({ users: [{ xuid: '7', gamertag: 'ann', achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 50 }] }], sessions: [{ userHash: 'a', token: 'b', xuid: '7', titleId: 1 }] }),
    'more.json': JSON.stringify({ titles: [{ titleId: 2, name: 'Two', serviceConfigId: SCID }] }),
    'title.schema.json': 'no JSON',
    'notes.txt': 'no JSON',
    'presence.xml': 'no XML'
  })
  const warnings: string[] = []
  const world = readFolder(folder, (lines) => warnings.push(...lines))
  t.strictSame(world.titles.map(({ titleId }) => titleId), [1, 2])
  t.strictSame(world.users.map(({ gamertag }) => gamertag), ['ann'])
  t.strictSame(world.sessions.map(({ token }) => token), ['b'])
  t.strictSame(warnings, unfinished(1, 10, `${join(folder, 'achievements2017.xml')}:1:1`))

  writeFileSync(join(folder, 'more.json'), JSON.stringify({ titles: [{ titleId: 1, name: 'Two', serviceConfigId: SCID }] }))
  t.strictSame(problemsOf(folder), [`${join(folder, 'more.json')}: /titles/0/titleId: title 1 is already at ${join(folder, 'title.json')}: /titles/0/titleId, expected once`])
})

t.test('missing files', async (t) => {
  const folder = folderOf(t)
  const path = (name: string): string => join(folder, name)
  for (const [name, expected] of [['achievements2017.xml', 'an XML file'], ['localization.xml', 'an XML file'], ['title.json', 'an object with titleId, name and serviceConfigId']] as const) {
    const text = readFileSync(path(name), 'utf8')
    rmSync(path(name))
    t.strictSame(problemsOf(folder), [`${path(name)}: found no such file or folder, expected ${expected}`])
    writeFileSync(path(name), text)
  }
})

t.test('problems of title.json', async (t) => {
  const KNOWN = '$schema, titleId, name, version, generation, achievementSystem, refusesUpdates, titleType, platform, platforms, productId, serviceConfigId, public, sandboxes, xbox360, status, location, clientIds, titleHub, user, iconUrl'
  const cases: Array<[title: unknown, ...problems: string[]]> = [
    [[], '/: found [], expected an object with titleId, name and serviceConfigId'],
    [{}, '/titleId: missing, expected an integer from 0 to 4294967295', '/name: missing, expected a string that is not empty', '/serviceConfigId: missing, expected a GUID, e.g. "b5dd9daf-0000-0000-0000-000000000000"'],
    [{ titleId: '1', name: 'One', serviceConfigId: SCID }, '/titleId: found "1", expected an integer from 0 to 4294967295'],
    [{ titleId: '0x4B4E01A7', name: 'One', serviceConfigId: SCID }, '/titleId: found "0x4B4E01A7", expected an integer from 0 to 4294967295: 1263403431 for 0x4B4E01A7'],
    [{ titleId: '4B4E01A7', name: 'One', serviceConfigId: SCID }, '/titleId: found "4B4E01A7", expected an integer from 0 to 4294967295: 1263403431 for 0x4B4E01A7'],
    [{ titleId: '0x1FFFFFFFF', name: 'One', serviceConfigId: SCID }, '/titleId: found "0x1FFFFFFFF", expected an integer from 0 to 4294967295'],
    [{ titleId: ['ff'], name: 'One', serviceConfigId: SCID }, '/titleId: found ["ff"], expected an integer from 0 to 4294967295'],
    [{ titleId: 1, name: 'One', serviceConfigId: SCID, achievements: [] }, `/achievements: unknown member; known are ${KNOWN}`],
    [{ titleId: 1, name: 'One', serviceConfigId: SCID, sandboxes: ['a b'] }, '/sandboxes/0: found "a b", expected a sandbox id, e.g. "RETAIL"'],
    [{ titleId: 1, name: 'One', serviceConfigId: SCID, user: '' }, '/user: found "", expected a string that is not empty and has no control characters, or null'],
    [{ titleId: 1, name: 'One', serviceConfigId: SCID, iconUrl: '/x.png' }, '/iconUrl: found "/x.png", expected an address with {id} in the place of the id, e.g. "https://images.example.com/{id}.png"'],
    // References between members are checked with the world.
    [{ titleId: 1, name: 'One', serviceConfigId: SCID, status: 'moved' }, '/titles/0/location: missing, expected a URI because the status is "moved"']
  ]
  for (const [title, ...problems] of cases) {
    const folder = folderOf(t, { 'title.json': JSON.stringify(title) })
    t.strictSame(problemsOf(folder), problems.map((problem) => `${join(folder, 'title.json')}: ${problem}`))
  }
  const folder = folderOf(t, { 'title.json': '{' })
  t.match(problemsOf(folder), [`${join(folder, 'title.json')}: not JSON: `])
})

t.test('the reader of a folder depends on the names in it', async (t) => {
  const warnings: string[] = []
  const read = async (path: string): Promise<number[]> => (await findWorldReader(path, (lines) => warnings.push(...lines)))().titles.map(({ titleId }) => titleId)
  const folder = folderOf(t, { deeper: '' })
  t.strictSame(await read(folder), [1])
  t.strictSame(warnings.length, 2)
  t.strictSame(await read('fixtures/demo.json'), [3051199919, 1660944384, 1297290392, 1740002817, 1500000001, 1500000002, 1500000003, 1500000004])

  // One of the two documents is enough: the other one is missing then.
  const half = t.testdir({})
  cpSync(EXAMPLE, half, { recursive: true })
  rmSync(join(half, 'achievements2017.xml'))
  const error = thrownBy(await findWorldReader(half, () => {}))
  t.equal(error.message, `${join(half, 'achievements2017.xml')}: found no such file or folder, expected an XML file`)
})

t.test('file names may be in any letter case', async (t) => {
  const [definitions, strings, title] = [achievements(achievement()), localization(...STRINGS), JSON.stringify({ titleId: 1, name: 'One', serviceConfigId: SCID })]
  const read = async (folder: string): Promise<string[]> => (await findWorldReader(folder, () => {}))().titles.map(({ name }) => name)
  for (const names of [
    ['Achievements2017.xml', 'Localization.xml', 'title.json'],
    ['ACHIEVEMENTS2017.XML', 'LOCALIZATION.XML', 'TITLE.JSON'],
    ['achievements2017.XML', 'localization.xml', 'Title.json']
  ] as const) {
    const folder = t.testdir({ [names[0]]: definitions, [names[1]]: strings, [names[2]]: title, 'More.JSON': '{"titles":[{"titleId":2,"name":"Two","serviceConfigId":"00000000-0000-0000-0000-000000000002"}]}', 'World.Schema.JSON': 'none' })
    t.strictSame(await read(folder), ['One', 'Two'], names.join())
  }
  for (const [name, text] of [['Achievements2017.xml', definitions], ['LOCALIZATION.xml', strings], ['Title.json', title]] as const) {
    const folder = folderOf(t, { [name]: text })
    t.strictSame((await thrownByReading(folder)).problems, [`${folder}: found ${name} and ${name.toLowerCase()}, expected one of them: only the letter case tells them apart`])
  }
})

t.test('a title file without the documents', async (t) => {
  for (const name of ['title.json', 'Title.JSON']) {
    const folder = t.testdir({ [name]: JSON.stringify({ titleId: 1, name: 'One', serviceConfigId: SCID }), 'other.json': '{}' })
    t.strictSame((await thrownByReading(folder)).problems, [`${folder}: found ${name}, and neither achievements2017.xml nor localization.xml, expected both beside it`])
  }
  // A world may have that name, and its problems are reported as those of any world.
  t.strictSame((await findWorldReader(t.testdir({ 'title.json': '{"titles":[]}' }), () => {}))().titles, [])
  for (const [text, problem] of [['[]', '/: found [], expected an object with titles, users and sessions'], ['null', '/: found null, expected an object with titles, users and sessions']] as const) {
    const folder = t.testdir({ 'title.json': text })
    t.strictSame((await thrownByReading(folder)).problems, [`${join(folder, 'title.json')}: ${problem}`])
  }
})
