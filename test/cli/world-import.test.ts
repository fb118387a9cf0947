import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { importTitle } from '../../src/world/partner-center/import-title.ts'
import { checkTitleFile } from '../../src/world/partner-center/title-file.ts'
import { BIN } from '../command-process.ts'
import { compareAll, refuses, runCommand, says, startCommand, type Case } from '../run-bin.ts'
import { achievement, achievements, ACHIEVEMENTS, localization, SCID, string, STRINGS, unfinished } from '../world/partner-center/documents.ts'

const HELP = `Usage: xbl-achievements world import [options] <achievements>

Make a world of the XML documents that Partner Center has of a title.

Arguments:
  achievements               achievements2017.xml, as downloaded

Options:
  --localization <file>      the localization.xml that belongs to it
  --title-id <number>        the title: decimal, or hexadecimal with 0x before
                             it
  --scid <guid>              the service configuration of the title
  --name <text>              what the title is called; without it "Title <id>"
  --sandbox <id>             where it is published; without it RETAIL
  --generation <generation>  modern, listed under V2, or xbox360, listed under
                             V1; without it modern
  --user <gamertag>          add a user to play with, and a session of that user
                             in the title
  --icon-url <pattern>       where images are, {id} for the IconImageId; without
                             it https://images.example.com/{id}.png
  --strict                   make errors of what Partner Center only warns of
  --out <file>               file to write; without it standard output
  --force                    write over what is there
  -h, --help                 display help for command

Errors and warnings are lines on standard error, file:line:column first. With an
error it ends with 1 and writes nothing.

Example: a world to start
  xbl-achievements world import achievements2017.xml --localization localization.xml --title-id 0x4B4E01A7 --scid 8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7 --user me --out ./my-world.json
  xbl-achievements start --world ./my-world.json

Example: a check, e.g. before an upload
  xbl-achievements world import achievements2017.xml --localization localization.xml --title-id 0x4B4E01A7 --scid 8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7 --strict > /dev/null

Example: without a world between, from a folder with the two documents and a title.json
  xbl-achievements start --world ./my-title
`

const EXAMPLE = { achievements: 'fixtures/partner-center/achievements2017.xml', localization: 'fixtures/partner-center/localization.xml' }
const TITLE_ID = '0x4B4E01A7'

/** The arguments of an import; a flag that is given again wins. */
const importing = (achievements: string, localization: string, ...more: string[]): string[] =>
  ['world', 'import', achievements, '--localization', localization, '--title-id', TITLE_ID, '--scid', SCID, ...more]
const example = (...more: string[]): string[] => importing(EXAMPLE.achievements, EXAMPLE.localization, ...more)

/** The world that the example makes, as text. */
function worldOf (title: object = {}): string {
  const { title: checked } = checkTitleFile({ titleId: 0x4B4E01A7, name: 'Title 1263403431', serviceConfigId: SCID, ...title })
  return `${JSON.stringify(importTitle({ ...EXAMPLE, title: checked }).document, null, 2)}\n`
}

const SIZE = '1 title, 11 achievements, 3 locales'

/** The result of a world that is printed. */
const prints = (world: string, size = SIZE): Case[1] => ({
  code: 0, stdout: world, stderr: `made ${size}; keep it in a file with --out my-world.json, and serve that with xbl-achievements start --world my-world.json\n`
})

/** The result of a world that is written. */
const writes = (file: string, size = SIZE, word = file): Case[1] => ({ code: 0, stdout: '', stderr: `${file}: ${size}; serve it with xbl-achievements start --world ${word}\n` })

t.test('a world is made, printed or written, and starts', async (t) => {
  const folder = t.testdir({})
  const path = (name: string): string => join(folder, name)
  const flags = ['--name', 'Paper Kites', '--sandbox', 'XDKS.1', '--generation', 'xbox360', '--user', 'Ann Bee', '--icon-url', 'https://x.example/{id}']
  const all = worldOf({ name: 'Paper Kites', sandboxes: ['XDKS.1'], generation: 'xbox360', user: 'Ann Bee', iconUrl: 'https://x.example/{id}' })
  await compareAll(t, [
    [example(), prints(worldOf())],
    [example('--title-id', '1263403431', '--strict'), prints(worldOf())],
    [example(...flags), prints(all, `${SIZE}, 1 user`)],
    [example('--user', 'me', '--out', path('world.json')), writes(path('world.json'), `${SIZE}, 1 user`)],
    [example('--out', path("it's.json")), writes(path("it's.json"), SIZE, `'${path("it'\\''s.json")}'`)],
    [example('--out', '/dev/null'), writes('/dev/null')],
    // The last of two counts.
    [example('--name', 'One', '--name', 'Two'), prints(worldOf({ name: 'Two' }))],
    [example('--user', '\u65e5\u672c \u{1f3c6}'), prints(worldOf({ user: '\u65e5\u672c \u{1f3c6}' }), `${SIZE}, 1 user`)]
  ])
  t.equal(readFileSync(path('world.json'), 'utf8'), worldOf({ user: 'me' }))

  const { url, greeting, stop } = await startCommand(t, ['--world', path('world.json')])
  t.match(greeting, `curl -H "Authorization: $('${process.execPath}' '${BIN}' token --url ${url} --xuid 2533274790000001 --title-id 1263403431)" -H 'x-xbl-contract-version: 2'`)
  const response = await fetch(`${url}/users/xuid(2533274790000001)/achievements?maxItems=1`, { headers: { authorization: 'XBL3.0 x=my;token', 'x-xbl-contract-version': '2', 'accept-language': 'ja' } })
  t.strictSame((await response.json() as { achievements: Array<{ name: string }> }).achievements.map(({ name }) => name), ['\u96e2\u9678'])
  await stop()
})

t.test('files whose names have another letter case', async (t) => {
  const folder = t.testdir({ 'Achievements2017.xml': readFileSync(EXAMPLE.achievements), 'Localization.xml': readFileSync(EXAMPLE.localization), 'a.xml': '', 'A.XML': '' })
  const path = (name: string): string => join(folder, name)
  await compareAll(t, [
    [importing(path('achievements2017.xml'), path('LOCALIZATION.xml')), prints(worldOf())],
    [importing(path('Achievements2017.xml'), path('Localization.xml')), prints(worldOf())],
    // A name with the exact letter case decides.
    [importing(path('a.xml'), path('Localization.xml')), { code: 1, stdout: '', stderr: `${path('a.xml')}:1:1: not well-formed XML: document must contain a root element\n` }],
    [importing(path('A.xml'), path('Localization.xml')), { code: 1, stdout: '', stderr: `${folder}: found A.XML and a.xml, expected one of them: only the letter case tells them apart\n` }]
  ])
})

t.test('a wrong flag', async (t) => {
  const GUID = 'a GUID, e.g. "b5dd9daf-0000-0000-0000-000000000000"'
  const INTEGER = 'an integer from 0 to 4294967295'
  const ICON = 'an address with {id} in the place of the id, e.g. "https://images.example.com/{id}.png"'
  const without = (flag: string): string[] => example().filter((_each, index, all) => all[index] !== flag && all[index - 1] !== flag)
  const cases: Array<[args: string[], problem: string]> = [
    [['world', 'import', '--localization', 'l.xml', '--title-id', '1', '--scid', SCID], "missing required argument 'achievements'"],
    [example('more'), "too many arguments for 'import'. Expected 1 argument but got 2: fixtures/partner-center/achievements2017.xml, more."],
    [without('--localization'), "required option '--localization <file>' not specified"],
    [without('--title-id'), "required option '--title-id <number>' not specified"],
    [without('--scid'), "required option '--scid <guid>' not specified"],
    [example('--scid'), "option '--scid <guid>' argument missing"],
    [example('--scid', ''), `--scid: found "", expected ${GUID}`],
    [example('--scid', `{${SCID}}`), `--scid: found "{${SCID}}", expected ${GUID}`],
    [example('--title-id', ''), `--title-id: found "", expected ${INTEGER}`],
    [example('--title-id', '-1'), `--title-id: found "-1", expected ${INTEGER}`],
    [example('--title-id', '1.5'), `--title-id: found "1.5", expected ${INTEGER}`],
    [example('--title-id', '4B4E01A7'), '--title-id: found "4B4E01A7", expected a decimal, or hexadecimal with 0x before it: 0x4B4E01A7'],
    [example('--title-id', 'ff'), '--title-id: found "ff", expected a decimal, or hexadecimal with 0x before it: 0xff'],
    [example('--title-id', '4B4E01A7F'), `--title-id: found "4B4E01A7F", expected ${INTEGER}`],
    [example('--title-id', '4B4E01AG'), `--title-id: found "4B4E01AG", expected ${INTEGER}`],
    [example('--title-id', '0x1FFFFFFFF'), `--title-id: found 8589934591, expected ${INTEGER}`],
    [example('--title-id', '9'.repeat(400)), `--title-id: found "${'9'.repeat(78)}…, expected ${INTEGER}`],
    [example('--name', ''), '--name: found "", expected a string that is not empty'],
    [example('--sandbox', ''), '--sandbox: found "", expected a sandbox id, e.g. "RETAIL"'],
    [example('--sandbox', 'x'.repeat(33)), `--sandbox: found "${'x'.repeat(33)}", expected a sandbox id, e.g. "RETAIL"`],
    [example('--generation', 'Modern'), '--generation: found "Modern", expected one of "modern", "xbox360"'],
    [example('--user', ''), '--user: found "", expected a string that is not empty and has no control characters'],
    [example('--user', 'a\nb'), '--user: found "a\\nb", expected a string that is not empty and has no control characters'],
    [example('--icon-url', ''), `--icon-url: found "", expected ${ICON}`],
    [example('--icon-url', 'https://x.example/'), `--icon-url: found "https://x.example/", expected ${ICON}`],
    [example('--strictly'), "unknown option '--strictly' (Did you mean --strict?)"]
  ]
  await compareAll(t, [[['world', 'import', '--help'], says(HELP)], ...cases.map(([args, problem]): Case => [args, refuses(problem)])])
})

t.test('documents that are wrong are reported line by line, and nothing is written', async (t) => {
  const folder = t.testdir({
    'a.xml': achievements(achievement({ IsHidden: 'x' }), achievement()),
    'l.xml': localization(...STRINGS),
    'laughs.xml': '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>',
    'empty.xml': '',
    folder: {}
  })
  const path = (name: string): string => join(folder, name)
  const column = achievement().indexOf('<AchievementId>') + 1
  const wrong = (stderr: string): Case[1] => ({ code: 1, stdout: '', stderr: `${stderr}\n` })
  const cannot = (name: string, reason: string): Case[1] => refuses(`${path(name)} cannot be written: ${reason} '${path(name)}'; name another file with --out`)
  await compareAll(t, [
    [importing(path('a.xml'), path('l.xml'), '--out', path('world.json')), wrong(
      `${path('a.xml')}:2:${achievement().indexOf('<IsHidden>') + 1}: found "x" in <IsHidden>, expected true or false\n${path('a.xml')}:3:${column}: achievement 1 is already at ${path('a.xml')}:2:${achievement({ IsHidden: 'x' }).indexOf('<AchievementId>') + 1}, expected once`)],
    [importing('missing.xml', path('l.xml')), wrong('missing.xml: found no such file or folder, expected an XML file')],
    [importing('', ''), wrong(': found no such file or folder, expected an XML file')],
    [importing(path('folder'), path('l.xml')), wrong(`${path('folder')}: found a folder, expected an XML file`)],
    [importing(path('empty.xml'), path('l.xml')), wrong(`${path('empty.xml')}:1:1: not well-formed XML: document must contain a root element`)],
    [importing(path('laughs.xml'), path('l.xml')), wrong(`${path('laughs.xml')}:1:1: found a DOCTYPE, expected none: take it out, what it declares is not read`)],
    [importing(EXAMPLE.localization, path('l.xml')), wrong(`${EXAMPLE.localization}:2:1: found <Localization> of namespace "http://config.mgt.xboxlive.com/schema/localization/1", expected <Achievements2017> of namespace "${ACHIEVEMENTS}"`)],
    [example('--out', path('folder')), cannot('folder', 'EISDIR: illegal operation on a directory, open')],
    [example('--out', path('no/world.json')), refuses(`${path('no/world.json')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; name another file with --out`)]
  ])
  t.throws(() => readFileSync(path('world.json')), { code: 'ENOENT' })
})

t.test('no file is written over, unless with --force', async (t) => {
  const folder = t.testdir({ 'world.json': 'mine', link: t.fixture('symlink', 'world.json') })
  const path = (name: string): string => join(folder, name)
  const is = (file: string) => refuses(`${file} is there already; write over it with --force, or name another file with --out`)
  await compareAll(t, [
    [example('--out', path('world.json')), is(path('world.json'))],
    [example('--out', path('link')), is(path('link'))],
    // Before anything is read.
    [importing('missing.xml', 'missing.xml', '--out', path('world.json')), is(path('world.json'))]
  ])
  t.equal(readFileSync(path('world.json'), 'utf8'), 'mine')
  t.strictSame(await runCommand(example('--out', path('world.json'), '--force')), writes(path('world.json')))
  t.equal(readFileSync(path('world.json'), 'utf8'), worldOf())
  // What is open already is no file of somebody else.
  const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$@" > '${path('world.json')}'`, process.execPath, BIN, ...example('--out', '/dev/stdout', '--user', 'me')], { encoding: 'utf8' })
  t.strictSame({ status, stderr }, { status: 0, stderr: writes('/dev/stdout', `${SIZE}, 1 user`).stderr })
  t.equal(readFileSync(path('world.json'), 'utf8'), worldOf({ user: 'me' }))
})

t.test('what Partner Center warns of is a warning, or an error with --strict', async (t) => {
  const folder = t.testdir({ 'a.xml': achievements(achievement()), 'l.xml': localization(...STRINGS, string('x', { de: 'x' })) })
  const [a, l] = [join(folder, 'a.xml'), join(folder, 'l.xml')]
  const warnings = `${[...unfinished(1, 10, `${a}:1:1`), `${l}:6:1: warning: string "x" has no entry for the developer display locale en-US, the portal expects one`].join('\n')}\n`
  const { code, stdout, stderr } = await runCommand(importing(a, l))
  t.strictSame({ code, stderr, achievements: JSON.parse(stdout).titles[0].achievements.length }, { code: 0, stderr: `${warnings}${prints('', '1 title, 1 achievement, 1 locale').stderr}`, achievements: 1 })
  t.strictSame(await runCommand(importing(a, l, '--strict')), { code: 1, stdout: '', stderr: warnings.replaceAll(' warning:', '') })
})

t.test('fifty thousand warnings, and a reader that stops early', async (t) => {
  const folder = t.testdir({ 'a.xml': achievements(achievement()), 'l.xml': localization(...STRINGS, ...Array.from({ length: 50_000 }, (_, index) => string(`x${index}`, {}))) })
  const args = importing(join(folder, 'a.xml'), join(folder, 'l.xml'), '--out', join(folder, 'world.json'), '--force')
  const { code, stderr } = await runCommand(args)
  t.strictSame({ code, lines: stderr.split('\n').length - 1 }, { code: 0, lines: 50_003 })

  // The reader stops early, when more is left than a pipe holds.
  const shell = spawnSync('sh', ['-c', '{ "$0" "$@" 2>&1 >/dev/null; echo "ends with $?" >&3; } 3>&2 | head -c 10', process.execPath, BIN, ...args], { encoding: 'utf8' })
  t.strictSame({ stdout: shell.stdout.length, stderr: shell.stderr }, { stdout: 10, stderr: 'ends with 0\n' })
})
