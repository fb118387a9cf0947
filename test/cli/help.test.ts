import { Command } from 'commander'
import t from 'tap'
import { fitHelp } from '../../src/cli/help.ts'
import type { CommandProcess } from '../../src/cli/output.ts'
import { compareAll, refuses, runCommand, type Case } from '../run-bin.ts'

/** Every command below the program, as its help lists them. */
async function listCommands (path: readonly string[] = []): Promise<string[][]> {
  const { stdout } = await runCommand([...path, '--help'])
  const names = stdout.split('\n\n').filter((part) => /:\n {2}\w+ /.test(part) && !/^(Options|Arguments|Example)/.test(part))
    .flatMap((part) => Array.from(part.matchAll(/^ {2}(\w+) /gm), ([, name]) => name as string)).filter((name) => name !== 'help')
  const below = await Promise.all(names.map((name) => listCommands([...path, name])))
  return [...names.map((name) => [...path, name]), ...below.flat()]
}

t.test('every command has help with an example, which fits 80 columns', async (t) => {
  const commands = await listCommands()
  t.ok(commands.length > 25, String(commands.length))
  for (const command of commands) {
    const { code, stdout, stderr } = await runCommand([...command, '--help'])
    t.strictSame({ code, stderr }, { code: 0, stderr: '' }, command.join(' '))
    const [before, ...examples] = stdout.split('\nExample')
    t.ok(examples.length > 0, `${command.join(' ')} has an example`)
    t.strictSame(before?.split('\n').filter((line) => line.startsWith('  ') && line.length > 80), [], command.join(' '))
    t.ok(examples.every((example) => example.includes('xbl-achievements ')), command.join(' '))
    // Both ways to ask for it are the same.
    t.strictSame(await runCommand(['help', ...command]), { code, stdout, stderr }, `help ${command.join(' ')}`)
  }
})

t.test('help fits the terminal', async (t) => {
  const wide = await runCommand(['wait', '--help'], { columns: 120 })
  t.match(wide.stdout, /^ {2}--url <url> {10}address of a running emulator \(env: XBL_EMULATOR_URL; default: http:\/\/127\.0\.0\.1:5280\)$/m)
  const narrow = await runCommand(['wait', '--help'], { columns: 50 })
  t.match(narrow.stdout, /^ {2}--url <url> {10}address of a running\n {23}emulator \(env:\n {23}XBL_EMULATOR_URL; default:\n/m)
  t.equal((await runCommand(['start', '--help'], { columns: 80 })).stdout, (await runCommand(['start', '--help'])).stdout)
  // What is told on standard error goes by the width of that.
  const { stdout } = await runCommand(['--help'])
  t.strictSame(await runCommand([], { columns: 50 }), { code: 1, stdout: '', stderr: stdout })
})

t.test('a long name has its description below, another one beside it', async (t) => {
  const command = fitHelp(new Command('x'), { stdout: {}, stderr: {} } as CommandProcess)
    .option('--short', 'said beside it').option(`--${'l'.repeat(40)} <value>`, 'said below it').option('--none')
  t.equal(command.helpInformation(), `Usage: x [options]

Options:
  --short                     said beside it
  --${'l'.repeat(40)} <value>
                              said below it
  --none
  -h, --help                  display help for command
`)
})

t.test('a command that is misspelt', async (t) => {
  const none = 'http://127.0.0.1:1'
  const cases: Case[] = [
    [['help', 'strat'], refuses("unknown command 'strat' (Did you mean start?)")],
    [['help', 'world', 'imprt'], refuses("unknown command 'imprt' (Did you mean import?)")],
    [['world', 'imprt'], refuses("unknown command 'imprt' (Did you mean import?)")],
    [['users', 'delte', 'gamer'], refuses("unknown command 'delte' (Did you mean delete?)")],
    [['fault', 'lsit'], refuses("unknown command 'lsit' (Did you mean list?)")],
    [['clock', 'zzzzzz'], refuses("unknown command 'zzzzzz'")],
    [['fault', '--url', none, 'list'], refuses('fault: found list after its options or arguments, expected it before them')],
    [['requests', '--folow'], refuses("unknown option '--folow' (Did you mean --follow?)")],
    [['unlock', 'gamer', '1', '--titel-id=1'], refuses("unknown option '--titel-id=…' (Did you mean --title-id?)")],
    [['unlock', 'gamer'], refuses("missing required argument 'id'")]
  ]
  await compareAll(t, cases)
  // A command without others below it takes no further names.
  t.strictSame(await runCommand(['help', 'wait', 'more']), await runCommand(['wait', '--help']))
  t.strictSame(await runCommand(['help']), await runCommand(['--help']))
  t.strictSame(await runCommand(['world', 'help', 'import']), await runCommand(['world', 'import', '--help']))
})
