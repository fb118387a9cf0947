import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { BIN } from '../command-process.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { OTHER_SCID, session, title, user } from '../world-parts.ts'

const HELP = `Usage: xbl-achievements world [options] [command]

Make, check, import, export or describe worlds.

Options:
  -h, --help  display help for command

Commands:
  init        Write a small world to edit: a title, three achievements, a user
              and a token.
  validate    Check worlds and tell what is wrong with them.
  generate    Make a large world for load tests, always the same for one seed.
  import      Make a world of the XML documents that Partner Center has of a
              title.
  export      Write the present state as a world that starts the same emulator,
              or a title of it as Partner Center's XML documents.
  schema      Print the JSON Schema of a world, so that an editor completes and
              checks.
  help        display help for command

A world is a JSON document with titles, users and sessions; it is what start serves.

Example: keep what an emulator holds now, and start from there the next time
  xbl-achievements world export --out ./my-world.json
  xbl-achievements start --world ./my-world.json
`

const VALIDATE_HELP = `Usage: xbl-achievements world validate [options] <file...>

Check worlds and tell what is wrong with them.

Arguments:
  file        JSON files, or folders that make one world each

Options:
  -h, --help  display help for command

It ends with 1 when anything is wrong; each problem, up to a hundred, is a line
with the place in the document, what is found there and what is expected.
Warnings are lines, too, of what is served and what the live service or Partner
Center does not have; they change nothing.

Example: a file and a folder
  xbl-achievements world validate ./my-world.json ./worlds
`

const EXPORT_HELP = `Usage: xbl-achievements world export [options]

Write the present state as a world that starts the same emulator, or a title of
it as Partner Center's XML documents.

Options:
  --url <url>                address of a running emulator (env:
                             XBL_EMULATOR_URL; default: http://127.0.0.1:5280)
  --control-key <key>        the key that the emulator was started with (env:
                             XBL_CONTROL_KEY)
  --database <file>          database file to use instead of a running emulator
  --world <path>             world file or folder to use instead of a running
                             emulator
  --out <file>               file to write; without it standard output
  --partner-center <folder>  write achievements2017.xml, localization.xml and a
                             title.json into this folder
  --force                    write over what is there
  --title-id <number>        with --partner-center, the title to write; needed
                             when there are several
  -h, --help                 display help for command

Example: of an emulator that runs
  xbl-achievements world export --url http://127.0.0.1:5280 --out ./my-world.json

Example: of a database file
  xbl-achievements world export --database ./my-world.db > ./my-world.json

Example: a title as XML documents, from a world file; what they cannot hold is told
  xbl-achievements world export --world ./my-world.json --partner-center ./my-title --title-id 1234
  xbl-achievements start --world ./my-title
`

const SCHEMA_HELP = `Usage: xbl-achievements world schema [options]

Print the JSON Schema of a world, so that an editor completes and checks.

Options:
  -h, --help  display help for command

Example: beside a world that begins with { "$schema": "./world.schema.json",
  xbl-achievements world schema > ./world.schema.json
`

/** Runs the command in a shell, followed by a redirection or a pipe. */
const inShell = (rest: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `("$0" "$@"; echo "ends with $?" >&2) ${rest}`, process.execPath, BIN, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

t.test('validate', async (t) => {
  const folder = t.testdir({
    'broken.json': JSON.stringify({ titles: [title({ name: '' })], users: [user({ xuid: 1 })] }),
    'text.json': 'no JSON',
    worlds: { 'a.json': JSON.stringify({ titles: [title(), title({ titleId: 2, serviceConfigId: OTHER_SCID })] }), 'b.json': JSON.stringify({ users: [user()] }) },
    none: {}
  })
  const path = (name: string): string => join(folder, name)
  const demo = JSON.parse(readFileSync('fixtures/demo.json', 'utf8'))
  const achievements = demo.titles.flatMap((each: { achievements?: object[] }) => each.achievements ?? []).length
  const ok = `fixtures/demo.json: ok (${demo.titles.length} titles, ${achievements} achievements, ${demo.users.length} users, 2 warnings)\n`
  // The documented sample, to the letter.
  const warned = `fixtures/demo.json: /titles/0/achievements/0/name: warning: achievement 3 has 66 characters, Partner Center expects at most 57
fixtures/demo.json: /titles/0/achievements/0/rewards/0: warning: achievement 3 is a challenge with a gamerscore of 10, the service expects none
`
  const broken = `${path('broken.json')}: /titles/0/name: found "", expected a string that is not empty
${path('broken.json')}: /users/0/xuid: found 1, expected a XUID: a decimal from "0" to "18446744073709551615", in quotes
`
  const validate = (...names: string[]): string[] => ['world', 'validate', ...names]
  await compareAll(t, [
    [validate('fixtures/demo.json'), { code: 0, stdout: ok, stderr: warned }],
    [validate(path('worlds')), says(`${path('worlds')}: ok (2 titles, 2 achievements, 1 user)\n`)],
    [validate(path('broken.json')), { code: 1, stdout: '', stderr: broken }],
    // Every file is checked, even when another one is wrong.
    [validate('missing.json', path('broken.json'), 'fixtures/demo.json', path('none')), {
      code: 1,
      stdout: ok,
      stderr: `missing.json: found no such file or folder, expected a world\n${broken}${warned}${path('none')}: found no .json file in this folder, and neither achievements2017.xml nor localization.xml, expected a world, or a title of Partner Center\n`
    }],
    [validate(...Array(12).fill('fixtures/partner-center')), says('fixtures/partner-center: ok (1 title, 11 achievements, 1 user)\n'.repeat(12))],
    [validate(), refuses("missing required argument 'file'")],
    // An unforeseen error is told with its stack.
    [validate('fixtures/demo.json'), { code: 1, stdout: '', stderr: 'xbl-achievements: Error: unforeseen\n    at nowhere\n' }, {
      preload: "Array.prototype.toSorted = () => { throw Object.assign(new Error(), { stack: 'Error: unforeseen\\n    at nowhere' }) }"
    }]
  ])
})

t.test('export', async (t) => {
  const folder = t.testdir({
    'world.json': JSON.stringify({ titles: [title()], users: [user()], sessions: [session({ xuid: '1' })] }), taken: {}
  })
  const path = (name: string): string => join(folder, name)
  const file = path('world.db')
  const { url, stop } = await startCommand(t, ['--world', path('world.json'), '--database', file, '--control-key', 'k3y'])
  const authorization = 'Bearer k3y'
  t.equal((await fetch(`${url}/_emulator/users/2`, { method: 'PUT', headers: { authorization }, body: '{"gamertag":"bob"}' })).status, 201)
  const held = await (await fetch(`${url}/_emulator/world`, { headers: { authorization } })).text()

  const from = (...args: string[]): string[] => ['world', 'export', ...args]
  const mend = 'name another file with --out'
  await compareAll(t, [
    [from('--url', url, '--control-key', 'k3y'), says(held)],
    [from('--url', url, '--out', path('by-url.json')), says(''), { env: { XBL_CONTROL_KEY: 'k3y' } }],
    [from('--url', url), refuses(`${url} demands a control key; give the one it was started with as --control-key, or in XBL_CONTROL_KEY`)],
    [from('--database', file), says(held)],
    [from('--database', file, '--out', path('by-file.json')), says('')],
    [from('--database', file, '--out', path('taken')), refuses(`${path('taken')} cannot be written: EISDIR: illegal operation on a directory, open '${path('taken')}'; ${mend}`)],
    [from('--database', file, '--out', file), refuses(`${file} is the database; name another file with --out`)],
    [from('--database', path('missing.db')), refuses(`there is no database file ${path('missing.db')}; make it with xbl-achievements start --seed-only --database ${path('missing.db')}`)]
  ])
  for (const source of [['--url', url, '--control-key', 'k3y'], ['--database', file], ['--world', path('world.json')]]) {
    t.strictSame(await runCommand(from(...source, '--out', path('by-url.json'))), refuses(`${path('by-url.json')} is there already; write over it with --force, or name another file with --out`))
  }
  t.strictSame(await runCommand(from('--world', path('world.json'), '--out', path('forced.json'), '--force')), says(''))
  t.strictSame(await runCommand(from('--database', file, '--out', path('forced.json'), '--force')), says(''))
  t.equal(readFileSync(path('forced.json'), 'utf8'), held)
  t.equal(readFileSync(path('by-url.json'), 'utf8'), held)
  t.equal(readFileSync(path('by-file.json'), 'utf8'), held)
  t.equal((await stop()).code, 0)

  // It starts the same emulator.
  const again = await startCommand(t, ['--world', path('by-file.json')])
  t.strictSame(await runCommand(from('--url', again.url)), says(held))
  t.equal((await again.stop()).code, 0)
})

t.test('schema', async (t) => {
  t.strictSame(await runCommand(['world', 'schema']), says(readFileSync('fixtures/world.schema.json', 'utf8')))
})

t.test('a standard output that is closed or full', async (t) => {
  const file = join(t.testdir({}), 'world.db')
  t.equal((await runCommand(['start', '--seed-only', '--database', file])).code, 0)
  // More than a pipe holds.
  t.strictSame(inShell('| head -c 1', 'world', 'export', '--database', file), { status: 0, stdout: '{', stderr: 'ends with 0\n' })
  t.strictSame(inShell('> /dev/full', 'world', 'schema'), {
    status: 0, stdout: '', stderr: 'xbl-achievements: cannot write to standard output: ENOSPC: no space left on device, write\nends with 1\n'
  })
})

t.test('help, and wrong arguments', async (t) => {
  await compareAll(t, [
    [['world', '--help'], says(HELP)],
    [['world'], { code: 1, stdout: '', stderr: HELP }],
    [['world', 'validate', '--help'], says(VALIDATE_HELP)],
    [['world', 'export', '--help'], says(EXPORT_HELP)],
    [['world', 'schema', '--help'], says(SCHEMA_HELP)],
    [['world', 'exprt'], refuses("unknown command 'exprt' (Did you mean export?)")]
  ])
})
