import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { findWorldReader } from '../../src/world/load.ts'
import { WorldError } from '../../src/world/problems.ts'
import { mergeWorlds, readWorld } from '../../src/world/read.ts'
import { thrownBy } from '../thrown-error.ts'
import { problemsOf, SCID, session, title, user } from '../world-parts.ts'

const text = (document: object): string => JSON.stringify(document)

const problemsIn = (path: string): readonly string[] => {
  const error = thrownBy(() => readWorld(path))
  if (error instanceof WorldError) return error.problems
  throw error
}

/** The message of JSON.parse, on one line. */
function reasonOf (source: string): string {
  try {
    return JSON.parse(source)
  } catch (error) {
    return (error as Error).message.replace(/\s+/g, ' ')
  }
}

t.test('a file', async (t) => {
  const folder = t.testdir({ 'world.json': text({ $schema: './world.schema.json', users: [user()] }) })
  t.strictSame(readWorld(join(folder, 'world.json')), mergeWorlds([{ file: 'x', document: { users: [user()] } }]))
})

t.test('a file with any name, and with a byte order mark', async (t) => {
  const folder = t.testdir({ world: `\uFEFF${text({ users: [user()] })}` })
  t.strictSame(readWorld(join(folder, 'world')).users.map(({ gamertag }) => gamertag), ['ann'])
})

t.test('a file that is nested too deeply', async (t) => {
  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const folder = t.testdir({ 'deep.json': `{"users":${deep(100_000)}}`, 'shallow.json': `{"users":${deep(31)}}` })
  t.strictSame(problemsIn(join(folder, 'deep.json')), [`${join(folder, 'deep.json')}: nested more than 32 levels deep; expected 32 at most`])
  t.strictSame(problemsIn(join(folder, 'shallow.json')), [`${join(folder, 'shallow.json')}: /users/0: found ${deep(30)}, expected an object`])
})

t.test('of many problems the first hundred have a text', async (t) => {
  const wrong = (path: string): string => `a.json: ${path}: missing, expected a XUID: a decimal from "0" to "18446744073709551615", in quotes`
  const users = Array.from({ length: 500 }, (_none, n) => ({ gamertag: `g${n}` }))
  const problems = problemsOf({ users })
  t.strictSame(problems, [...Array.from({ length: 100 }, (_none, n) => wrong(`/users/${n}/xuid`)), 'and 400 more'])
  const strangers = problemsOf({ users: [user({ friends: Array.from({ length: 150 }, (_none, n) => String(n + 2)) })] })
  t.strictSame([strangers.length, strangers[99], strangers[100]], [101, 'a.json: /users/0/friends/99: found "101", expected the XUID of a user of this world', 'and 50 more'])
})

t.test('a folder, merged in name order', async (t) => {
  const folder = t.testdir({
    '20-users.json': text({ users: [user()], sessions: [session({ xuid: '1', titleId: 2 })] }),
    '10-titles.json': text({ titles: [title({ titleId: 2 })] }),
    '3-more.json': text({ titles: [title({ titleId: 3, achievements: [] })], users: [user({ xuid: '2', gamertag: 'bob' })] }),
    'world.schema.json': 'no JSON',
    'notes.txt': 'no JSON',
    deeper: { 'world.json': 'no JSON' }
  })
  const world = readWorld(folder)
  t.strictSame(world.titles.map(({ titleId }) => titleId), [2, 3])
  t.strictSame(world.users.map(({ gamertag }) => gamertag), ['ann', 'bob'])
  t.strictSame(world.sessions.map(({ xuid, titleId }) => ({ xuid, titleId })), [{ xuid: '1', titleId: 2 }])
})

t.test('problems name the files', async (t) => {
  const folder = t.testdir({ 'b.json': text({ titles: [title()] }), 'a.json': text({ titles: [title()] }) })
  const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')]
  t.strictSame(problemsIn(folder), [
    `${b}: /titles/0/titleId: title 1 is already at ${a}: /titles/0/titleId, expected once`,
    `${b}: /titles/0/achievements/0/id: achievement 1 of service configuration ${SCID} is already at ${a}: /titles/0/achievements/0/id, expected once`
  ])
})

t.test('the schema problems of every file are reported before any other problem', async (t) => {
  t.strictSame(problemsOf({ titles: [title(), title()], x: 1 }, []), [
    'a.json: /x: unknown member; known are $schema, titles, users, sessions, userKeys',
    'b.json: /: found [], expected an object with titles, users and sessions'
  ])
})

t.test('files and folders that cannot be read', async (t) => {
  const folder = t.testdir({
    empty: {},
    schemas: { 'world.schema.json': '{}' },
    'folder.json': {},
    'text.json': 'titles: none',
    'lines.json': '{\n  "titles": [ x ],\n  "users": []\n}',
    'half.json': '{"titles": [',
    'nothing.json': ''
  })
  writeFileSync(join(folder, 'latin1.json'), Buffer.from('{"users":[{"xuid":"1","gamertag":"J\xFCrgen"}]}', 'latin1'))
  const cases: Array<[string, (path: string) => string]> = [
    ['missing.json', (path) => `${path}: found no such file or folder, expected a world`],
    ['missing/world.json', (path) => `${path}: found no such file or folder, expected a world`],
    ['empty', (path) => `${path}: found no .json file in this folder, and neither achievements2017.xml nor localization.xml, expected a world, or a title of Partner Center`],
    ['schemas', (path) => `${path}: found no .json file in this folder, and neither achievements2017.xml nor localization.xml, expected a world, or a title of Partner Center`],
    ['text.json', (path) => `${path}: not JSON: ${reasonOf('titles: none')}`],
    ['lines.json', (path) => `${path}: not JSON: ${reasonOf('{\n  "titles": [ x ],\n  "users": []\n}')}`],
    ['half.json', (path) => `${path}: not JSON: ${reasonOf('{"titles": [')}`],
    ['nothing.json', (path) => `${path}: not JSON: ${reasonOf('')}`],
    ['latin1.json', (path) => `${path}: cannot be read: The encoded data was not valid for encoding utf-8`],
    ['text.json/world.json', (path) => `${path}: cannot be read: ENOTDIR: not a directory, stat '${path}'`]
  ]
  for (const [name, message] of cases) {
    const path = join(folder, name)
    t.strictSame(problemsIn(path), [message(path)], name)
  }
})

t.test('a folder in the place of a file', async (t) => {
  const folder = t.testdir({ 'folder.json': {} })
  t.strictSame(problemsIn(folder), [`${folder}/folder.json: found a folder, expected a file`])
})

t.test('what is no file, and would be read forever', { skip: process.platform === 'win32' && 'no mkfifo' }, async (t) => {
  const found = 'found a pipe, a socket or a device, expected a file'
  for (const name of ['world.json', 'title.json', 'Title.JSON', 'localization.xml', 'achievements2017.xml']) {
    const folder = t.testdir({ 'a.json': '{}', 'title.json': '{}' })
    const path = join(folder, name)
    rmSync(path, { force: true })
    execFileSync('mkfifo', [path])
    const read = await findWorldReader(folder, () => {})
    t.throws(read, new WorldError([`${path}: ${found}`]), name)
  }
  const folder = t.testdir({ 'endless.json': t.fixture('symlink', '/dev/zero'), 'nowhere.json': t.fixture('symlink', 'missing') })
  t.strictSame(problemsIn(folder), [`${folder}/endless.json: ${found}`])
  rmSync(join(folder, 'endless.json'))
  t.strictSame(problemsIn(folder), [`${folder}/nowhere.json: found no such file or folder, expected a world`])
})

t.test('a file and a folder without read permission', { skip: process.getuid?.() === 0 && 'root reads everything' }, async (t) => {
  const folder = t.testdir({ 'world.json': '{}', worlds: {} })
  for (const name of ['world.json', 'worlds']) {
    const path = join(folder, name)
    chmodSync(path, 0)
    const call = name === 'worlds' ? 'scandir' : 'open'
    t.strictSame(problemsIn(path), [`${path}: cannot be read: EACCES: permission denied, ${call} '${path}'`], name)
    chmodSync(path, 0o700)
  }
})
