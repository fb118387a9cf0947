import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compareAll, refuses, runBin, runCommand, says, startCommand, type Case } from '../run-bin.ts'

const HELP = `Usage: xbl-achievements world init [options] [file]

Write a small world to edit: a title, three achievements, a user and a token.

Arguments:
  file                   file to write (default: "my-world.json")

Options:
  --title-id <number>    the title: decimal, or hexadecimal with 0x before it
                         (default: 1234)
  --name <text>          what the title is called (default: "My Game")
  --gamertag <gamertag>  what the user is called (default: "me")
  --force                write over what is there
  -h, --help             display help for command

A world.schema.json is written beside it, so that an editor completes and checks.

Example: a world of your own title
  xbl-achievements world init ./my-world.json --title-id 0x4B4E01A7 --name 'Paper Kites'
  xbl-achievements start --world ./my-world.json
`

const SCHEMA = readFileSync('fixtures/world.schema.json', 'utf8')

const wrote = (file: string, { schema = join(file, '../world.schema.json'), says: said = 'lets an editor complete and check it' } = {}): Case[1] => says(`${file} has 1 title, 3 achievements, 1 user and 1 token.
${schema} ${said}.

Next:
  xbl-achievements start --world ${file}
  curl -H "Authorization: XBL3.0 x=my;token" -H "x-xbl-contract-version: 2" "http://127.0.0.1:5280/users/xuid(2533274790000001)/achievements"
`)

t.test('a world that starts, and its schema', async (t) => {
  const folder = t.testdir({})
  const file = join(folder, 'a.json')
  t.strictSame(await runCommand(['world', 'init', file, '--title-id', '0x4B4E01A7', '--name', 'Paper Kites', '--gamertag', 'Ann Bee']), wrote(file))
  t.strictSame(readdirSync(folder), ['a.json', 'world.schema.json'])
  t.equal(readFileSync(join(folder, 'world.schema.json'), 'utf8'), SCHEMA)
  const { $schema, titles: [title], users: [user] } = JSON.parse(readFileSync(file, 'utf8'))
  t.strictSame([$schema, title.titleId, title.name, title.serviceConfigId, user.gamertag], ['./world.schema.json', 1263403431, 'Paper Kites', '00000000-0000-0000-0000-00004b4e01a7', 'Ann Bee'])
  // As a file, and as the folder that holds it.
  await compareAll(t, [file, folder].map((path) => [['world', 'validate', path], says(`${path}: ok (1 title, 3 achievements, 1 user)\n`)]))

  const { url, greeting, stop } = await startCommand(t, ['--world', file])
  t.match(greeting, '(1 title, 3 achievements, 1 user)')
  const response = await fetch(`${url}/users/xuid(2533274790000001)/achievements`, { headers: { authorization: 'XBL3.0 x=my;token', 'x-xbl-contract-version': '2' } })
  const { achievements } = await response.json() as { achievements: Array<{ name: string, progressState: string }> }
  t.strictSame(achievements.map(({ name, progressState }) => [name, progressState]), [['First light', 'Achieved'], ['Half way', 'InProgress'], ['Hidden door', 'NotStarted']])
  await stop()
})

t.test('without a name it is my-world.json in the present folder', async (t) => {
  const cwd = t.testdir({})
  t.strictSame(await runBin(['world', 'init'], { cwd }), wrote('my-world.json', { schema: 'world.schema.json' }))
  t.strictSame(readdirSync(cwd), ['my-world.json', 'world.schema.json'])
})

t.test('nothing is written over, unless with --force', async (t) => {
  const folder = t.testdir({ 'a.json': 'mine', 'world.schema.json': '{}', other: { 'world.schema.json': {} } })
  const path = (name: string): string => join(folder, name)
  const stays = { says: 'was there already, and stays; xbl-achievements world schema prints the present one' }
  await compareAll(t, [
    [['world', 'init', ''], refuses('world init FILE: found "", expected the name of a file')],
    [['world', 'init', path('a.json')], refuses(`${path('a.json')} is there already; write over it with --force, or name another file with world init FILE`)],
    [['world', 'init', path('b.json')], wrote(path('b.json'), stays)],
    [['world', 'init', path('other/b.json')], wrote(path('other/b.json'), stays)]
  ])
  t.strictSame(['a.json', 'world.schema.json'].map((name) => readFileSync(path(name), 'utf8')), ['mine', '{}'])
  writeFileSync(path('world.schema.json'), SCHEMA)
  t.strictSame(await runCommand(['world', 'init', path('c.json')]), wrote(path('c.json')))
  writeFileSync(path('world.schema.json'), '{}')
  t.strictSame(await runCommand(['world', 'init', path('a.json'), '--force']), wrote(path('a.json')))
  t.strictSame([readFileSync(path('a.json'), 'utf8'), readFileSync(path('world.schema.json'), 'utf8')], [readFileSync(path('b.json'), 'utf8'), SCHEMA])
})

t.test('help, and wrong arguments', async (t) => {
  const folder = t.testdir({ folder: {} })
  const noFile = (found: string): Case[1] => refuses(`found ${JSON.stringify(found)}, expected the name of a world file, e.g. my-world.json`)
  const init = (...args: string[]): string[] => ['world', 'init', join(folder, 'a.json'), ...args]
  await compareAll(t, [
    [['world', 'init', '--help'], says(HELP)],
    [init('--title-id', '4294967296'), refuses('--title-id: found 4294967296, expected an integer from 0 to 4294967295')],
    [init('--title-id', 'ff'), refuses('--title-id: found "ff", expected a decimal, or hexadecimal with 0x before it: 0xff')],
    [init('--name', ''), refuses('--name: found "", expected a string that is not empty')],
    [init('--gamertag', 'a\nb'), refuses('--gamertag: found "a\\nb", expected a string that is not empty and has no control characters')],
    [['world', 'init', join(folder, 'x.Schema.json')], noFile(join(folder, 'x.Schema.json'))],
    [['world', 'init', join(folder, 'folder')], noFile(join(folder, 'folder'))],
    [['world', 'init', '/dev/null'], noFile('/dev/null')],
    [['world', 'init', join(folder, 'no/a.json')], refuses(`${join(folder, 'no/a.json')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; name another file with world init FILE`)]
  ])
  t.strictSame(readdirSync(folder), ['folder'])
})
