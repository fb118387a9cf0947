import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import { exportTitle } from '../../src/world/partner-center/export-title.ts'
import { mergeWorlds, readWorld } from '../../src/world/read.ts'
import type { WorldTitle } from '../../src/world/schema.ts'
import { listenOnFreePort } from '../free-port.ts'
import { compareAll, refuses, runCommand, says, startCommand, type Case } from '../run-bin.ts'
import { OTHER_SCID, title } from '../world-parts.ts'

const FILES = ['achievements2017.xml', 'localization.xml', 'title.json']
const BASE = 'a world does not say which achievements came with the base game; every <BaseAchievement> is true'

const from = (...args: string[]): string[] => ['world', 'export', ...args]
const filesIn = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
const warns = (folder: string, ...warnings: string[]): Case[1] => ({ code: 0, stdout: '', stderr: [...warnings, BASE].map((warning) => `${folder}: warning: ${warning}\n`).join('') })
const wrong = (problem: string): Case[1] => ({ code: 1, stdout: '', stderr: `${problem}\n` })

t.test('a title of a running emulator, of a database and of a file', async (t) => {
  const folder = t.testdir({ 'world.json': JSON.stringify({ titles: [title()] }) })
  const path = (name: string): string => join(folder, name)
  const { url, stop } = await startCommand(t, ['--world', path('world.json'), '--database', path('world.db')])
  await compareAll(t, [
    [from('--url', url, '--partner-center', path('by-url')), warns(path('by-url'))],
    [from('--database', path('world.db'), '--partner-center', path('deep/er/by-file')), warns(path('deep/er/by-file'))],
    [from('--world', path('world.json'), '--partner-center', path('by-world'), '--title-id', '1'), warns(path('by-world'))]
  ])
  await stop()
  const [served] = mergeWorlds([{ file: 'x', document: JSON.parse((await runCommand(from('--database', path('world.db')))).stdout) }]).titles
  const { files } = exportTitle(served as WorldTitle)
  t.strictSame(Object.keys(files), FILES)
  t.strictSame(filesIn(path('by-url')), files)
  t.strictSame(filesIn(path('deep/er/by-file')), files)
  t.strictSame(filesIn(path('by-world')), exportTitle(readWorld(path('world.json')).titles[0] as WorldTitle).files)

  // The folder can be read as a world again.
  const back = await runCommand(from('--world', path('by-url')))
  t.strictSame({ code: back.code, titles: JSON.parse(back.stdout).titles.length }, { code: 0, titles: 1 })
})

t.test('a world file is written whole, with its defaults', async (t) => {
  const folder = t.testdir({ 'world.json': JSON.stringify({ titles: [title()] }), 'broken.json': JSON.stringify({ titles: [title({ name: '' })] }), worlds: { 'a.json': JSON.stringify({ titles: [title()] }), 'b.json': JSON.stringify({ titles: [title({ titleId: 2, serviceConfigId: OTHER_SCID })] }) } })
  const path = (name: string): string => join(folder, name)
  const text = (name: string): string => `${JSON.stringify(readWorld(path(name)), null, 2)}\n`
  await compareAll(t, [
    [from('--world', path('world.json')), says(text('world.json'))],
    [from('--world', path('worlds'), '--out', path('one.json')), says('')],
    [from('--world', path('broken.json')), wrong(`${path('broken.json')}: /titles/0/name: found "", expected a string that is not empty`)],
    [from('--world', 'missing.json'), wrong('missing.json: found no such file or folder, expected a world')],
    [from('--world', path('world.json'), '--database', path('world.db')), refuses("option '--world <path>' cannot be used with option '--database <file>'")],
    [from('--world', path('world.json'), '--url', 'http://127.0.0.1:1'), refuses("option '--world <path>' cannot be used with option '--url <url>'")]
  ])
  t.equal(readFileSync(path('one.json'), 'utf8'), text('worlds'))
})

t.test('--title-id chooses the title', async (t) => {
  const folder = t.testdir({
    'none.json': '{}',
    'two.json': JSON.stringify({ titles: [title(), title({ titleId: 4294967295, serviceConfigId: OTHER_SCID, achievements: [{ id: 1, name: 'First', estimatedTime: '00:10:00' }] })] })
  })
  const path = (name: string): string => join(folder, name)
  const two = (out: string, ...more: string[]): string[] => from('--world', path('two.json'), '--partner-center', path(out), ...more)
  await compareAll(t, [
    [two('a'), refuses('--title-id: found none, expected one of 1, 4294967295')],
    [two('a', '--title-id', '2'), refuses('--title-id: found 2, expected one of 1, 4294967295')],
    [two('a', '--title-id', 'FFFFFFFF'), refuses('--title-id: found "FFFFFFFF", expected a decimal, or hexadecimal with 0x before it: 0xFFFFFFFF')],
    [two('a', '--title-id', 'x'), refuses('--title-id: found "x", expected one of 1, 4294967295')],
    [two('a', '--title-id', ''), refuses('--title-id: found "", expected one of 1, 4294967295')],
    [two('b', '--title-id', '0xFFFFFFFF'), warns(path('b'), 'achievement 1 loses what the documents have no place for: estimatedTime')],
    [from('--world', path('none.json'), '--partner-center', path('a')), refuses('--title-id: found none, expected a title, and the world has none')],
    [from('--world', path('two.json'), '--title-id', '1'), refuses('--title-id: found it alone, expected --partner-center beside it: a world is written whole')],
    [two('a', '--title-id', '1', '--out', path('x.json')), refuses("option '--partner-center <folder>' cannot be used with option '--out <file>'")]
  ])
  t.strictSame(readdirSync(folder), ['b', 'none.json', 'two.json'])
})

t.test('a folder that cannot be written, or holds somebody\'s work', async (t) => {
  const folder = t.testdir({ 'world.json': JSON.stringify({ titles: [title()] }), file: 'x', full: { 'localization.xml': 'mine' }, other: { 'Title.JSON': 'mine' }, 'in-place': { 'notes.txt': 'mine' } })
  const path = (name: string): string => join(folder, name)
  const into = (name: string, ...more: string[]): string[] => from('--world', path('world.json'), '--partner-center', name === '' ? '' : path(name), ...more)
  const is = (name: string): Case[1] => refuses(`${path(name)} is there already; write over it with --force, or name another folder with --partner-center`)
  const cannot = (name: string, reason: string): Case[1] => refuses(`${name} cannot be written: ${reason}; name another folder with --partner-center`)
  await compareAll(t, [
    [into('full'), is('full/localization.xml')],
    [into('other'), is('other/Title.JSON')],
    [into('file'), cannot(path('file'), `EEXIST: file already exists, mkdir '${path('file')}'`)],
    [into('file/x'), cannot(path('file/x'), `ENOTDIR: not a directory, mkdir '${path('file/x')}'`)],
    [into(''), refuses('--partner-center: found "", expected the name of a folder')],
    [into('in-place'), warns(path('in-place'))]
  ])
  t.strictSame(filesIn(path('full')), { 'localization.xml': 'mine' })
  t.strictSame(filesIn(path('other')), { 'Title.JSON': 'mine' })
  t.strictSame(readdirSync(path('in-place')), ['achievements2017.xml', 'localization.xml', 'notes.txt', 'title.json'])
  mkdirSync(path('empty'))
  writeFileSync(path('empty/title.json'), '')
  t.strictSame(await runCommand(into('empty')), is('empty/title.json'))

  await compareAll(t, ['full', 'other'].map((name): Case => [into(name, '--force'), warns(path(name))]))
  t.strictSame(Object.values(filesIn(path('full'))), Object.values(filesIn(path('in-place'))).filter((text) => text !== 'mine'))
  t.strictSame(readdirSync(path('other')), ['Title.JSON', 'achievements2017.xml', 'localization.xml'])
  t.equal(filesIn(path('other'))['Title.JSON'], filesIn(path('full'))['title.json'])
})

t.test('an answer that is no world of this version', async (t) => {
  const answers = ['{"titles":[{"titleId":1}]}', '{"titles":null}']
  const server = createServer((_request, response) => response.end(answers.shift()))
  const url = `http://127.0.0.1:${await listenOnFreePort(t, server)}`
  const export1 = from('--url', url, '--partner-center', join(t.testdir({}), 'a'))
  t.strictSame(await runCommand(export1), wrong(`${url}: /titles/0/name: missing, expected a string that is not empty\n${url}: /titles/0/serviceConfigId: missing, expected a GUID, e.g. "b5dd9daf-0000-0000-0000-000000000000"`))
  t.strictSame(await runCommand(export1), wrong(`${url}: /titles: found null, expected a list`))
})
