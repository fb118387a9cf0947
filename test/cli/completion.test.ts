import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import t from 'tap'
import { bashScript } from '../../src/cli/completion/bash.ts'
import { listCommands } from '../../src/cli/completion/commands.ts'
import { fishScript } from '../../src/cli/completion/fish.ts'
import { pwshScript } from '../../src/cli/completion/pwsh.ts'
import { zshScript } from '../../src/cli/completion/zsh.ts'
import { addDefault, addHelp } from '../../src/cli/help.ts'
import { compareAll, refuses, runCommand } from '../run-bin.ts'

/** A program with everything that the scripts know. */
function createProgram (): Command {
  const program = new Command('xbl-achievements')
  program.command('serve').description("It's for: a\\b").argument('<file...>')
    .option('-p, --port <number>', 'a port').option('--dialect <live|other>', 'one').option('--out <file>', 'a file').option('--quiet', '‘nothing’')
  const group = program.command('group').description('Several.')
  addDefault(group, 'show').description('Show.').option('--all', 'all').argument('[name]').argument('<on|off>')
  addHelp(program)
  return program
}

const HELP_OPTION = { names: ['-h', '--help'], description: 'display help for command', values: undefined }

t.test('what can follow each command', async (t) => {
  t.strictSame(listCommands(createProgram()), [
    {
      path: '',
      commands: [{ name: 'serve', description: "It's for: a\\b" }, { name: 'group', description: 'Several.' }, { name: 'help', description: 'display help for command' }],
      options: [HELP_OPTION],
      values: 'unknown'
    },
    {
      path: ' serve',
      commands: [],
      options: [
        { names: ['-p', '--port'], description: 'a port', values: 'unknown' },
        { names: ['--dialect'], description: 'one', values: ['live', 'other'] },
        { names: ['--out'], description: 'a file', values: 'files' },
        { names: ['--quiet'], description: '‘nothing’', values: undefined },
        HELP_OPTION
      ],
      values: 'files'
    },
    // What can follow its default command can follow the group.
    { path: ' group', commands: [{ name: 'show', description: 'Show.' }], options: [HELP_OPTION, { names: ['--all'], description: 'all', values: undefined }], values: ['on', 'off'] },
    { path: ' group show', commands: [], options: [{ names: ['--all'], description: 'all', values: undefined }, HELP_OPTION], values: ['on', 'off'] },
    { path: ' help', commands: [{ name: 'serve', description: "It's for: a\\b" }, { name: 'group', description: 'Several.' }, { name: 'help', description: 'display help for command' }], options: [], values: [] },
    { path: ' help group', commands: [{ name: 'show', description: 'Show.' }], options: [], values: [] }
  ])
})

t.test('the scripts', async (t) => {
  const commands = listCommands(createProgram())
  const includes = (script: string, ...lines: string[]): void => {
    const all = script.split('\n')
    for (const line of lines) t.ok(all.includes(line), line)
  }
  includes(bashScript(commands),
    "      ' group show') at=' group show' ;;",
    "    ' serve -p'|' serve --port') return ;;",
    "    ' serve --dialect') COMPREPLY=($(compgen -W 'live other' -- \"$cur\")); return ;;",
    "    ' serve --out') _xbl_achievements_files; return ;;",
    "    ' serve') names='' options='-p --port --dialect --out --quiet -h --help' files=yes ;;",
    "    ' group') names='show on off' options='-h --help --all' ;;")
  includes(zshScript(commands),
    "      ' group show') at=' group show' ;;",
    "    ' serve -p'|' serve --port') return ;;",
    "    ' serve --dialect') compadd -- live other; return ;;",
    "    ' serve --out') _files; return ;;",
    "      names=('serve:It'\\''s for: a\\b' 'group:Several.' 'help:display help for command')",
    "      names=('show:Show.' 'on' 'off')",
    '      files=yes')
  includes(fishScript(commands),
    "            case ' serve' ' group' ' group show' ' help' ' help group'",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\'\\'' -a serve -d 'It\\'s for: a\\\\b'",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\' serve\\'' -F",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\' serve\\'' -s p -l port -d 'a port' -x",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\' serve\\'' -l dialect -d 'one' -x -a 'live other'",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\' serve\\'' -l out -d 'a file' -r -F",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\' serve\\'' -l quiet -d '‘nothing’'",
    "complete -c xbl-achievements -n '__xbl_achievements_at \\' group\\'' -a 'on off'")
  includes(pwshScript(commands),
    "            'serve It''s for: a\\b',",
    "            '--quiet ‘‘nothing’’',",
    "            'on on',",
    "        ' serve -p' = @()",
    "        ' serve --dialect' = @('live live', 'other other')",
    "        ' serve --out' = @()")
})

/** What a shell completes of a line, by the script of the whole program. */
const TRIES: ReadonlyArray<readonly [words: readonly string[], found: string]> = [
  [['wor'], 'world'],
  [['world', 'ex'], 'export'],
  [['world', 'import', '--titl'], '--title-id'],
  [['start', '--dialect', ''], 'documented live'],
  [['start', '--dialect', '=', 'l'], 'live'],
  [['start', '--dialect', '='], 'documented live'],
  [['start', '--port', ''], ''],
  [['start', '--see'], '--seed-only'],
  [['users', 'pri'], 'privacy'],
  [['users', 'privacy', 'gamer', ''], 'everyone friendsOnly blocked'],
  [['fault', '--effect', ''], 'reset truncate drop hang'],
  [['completion', ''], 'bash zsh fish pwsh'],
  [['help', 'world', 'ex'], 'export'],
  [['world', 'validate', 'a f'], 'a file'],
  [['world', 'import', '--out', 'a f'], 'a file'],
  [['start', '--', 'a f'], 'a file']
]

t.test('bash completes', { skip: process.platform === 'win32' && 'no bash' }, async (t) => {
  const { code, stdout, stderr } = await runCommand(['completion', 'bash'])
  t.strictSame({ code, stderr }, { code: 0, stderr: '' })
  const folder = t.testdir({ 'script.bash': stdout, 'a file': '' })
  const lines = TRIES.map(([words]) => `COMP_WORDS=(xbl-achievements ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; COMPREPLY=(); _xbl_achievements; echo "\${COMPREPLY[*]}"`)
  writeFileSync(join(folder, 'tries.bash'), ['source ./script.bash', ...lines, ''].join('\n'))
  const run = spawnSync('bash', ['--norc', 'tries.bash'], { cwd: folder, encoding: 'utf8' })
  t.strictSame({ status: run.status, stderr: run.stderr, found: run.stdout.split('\n') }, { status: 0, stderr: '', found: [...TRIES.map(([, found]) => found), ''] })
})

t.test('a script for each shell, and none for others', async (t) => {
  for (const [shell, first] of [['zsh', '#compdef xbl-achievements'], ['fish', '# fish completion for xbl-achievements'], ['pwsh', '# PowerShell completion for xbl-achievements']] as const) {
    const { code, stdout, stderr } = await runCommand(['completion', shell])
    t.strictSame({ code, first: stdout.split('\n')[0], stderr }, { code: 0, first, stderr: '' })
    // The options of start are there, though they are loaded only when they are needed.
    t.match(stdout, /cross-user/)
  }
  await compareAll(t, [
    [['completion', 'cmd'], refuses('<shell>: found "cmd", expected one of bash, zsh, fish, pwsh')],
    [['completion'], refuses("missing required argument 'bash|zsh|fish|pwsh'")]
  ])
})
