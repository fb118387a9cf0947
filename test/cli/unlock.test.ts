import t from 'tap'
import { FRIEND, GAMER, SAMPLE_SCID } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { refusing, substituteEmulator } from './substitute-emulator.ts'

const HELP = `Usage: xbl-achievements unlock [options] <user> <id...>

Unlock achievements of a user, or lock them again.

Arguments:
  user                 gamertag or XUID
  id                   the ids of the achievements

Options:
  --title-id <number>  the title; needed when the world has several service
                       configurations
  --scid <guid>        the service configuration, in the place of the title
  --percent <number>   how far the user is, in percent; without it 100, which
                       unlocks
  --time <instant>     when it was unlocked, e.g. 2030-01-01T00:00:00Z; without
                       it now
  --sandbox <id>       where; without it in every sandbox in which the title is
                       published
  --revoked            enforcement has taken it away
  --lock               lock it, as --percent 0 does
  --json               write JSON, a line for each
  --url <url>          address of a running emulator (env: XBL_EMULATOR_URL;
                       default: http://127.0.0.1:5280)
  --control-key <key>  the key that the emulator was started with (env:
                       XBL_CONTROL_KEY)
  -h, --help           display help for command

Rules of the title and time windows do not matter here. One achievement is set after
the other; with the first that cannot be set it ends.

Example: two achievements of a user of the demo world
  xbl-achievements unlock friend 1 3 --title-id 3051199919

Example: half way, and locked again
  xbl-achievements unlock friend 1 --title-id 3051199919 --percent 50
  xbl-achievements unlock friend 1 --title-id 3051199919 --lock
`

const OTHER_SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const DONE = { serviceConfigId: SAMPLE_SCID, id: 3, sandbox: null, percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00.0000000Z', isRevoked: false, requirements: [] }
const UNLOCKED = '3  unlocked 2020-01-01T00:00:00.0000000Z\n'
const WITHOUT = '{}'

t.test('progress of a user of a running emulator', async (t) => {
  const { url } = await startCommand(t)
  const unlock = (...args: string[]) => runCommand(['unlock', FRIEND, ...args, '--url', url])
  const time = '2020-01-01T00:00:00Z'
  t.strictSame(await unlock('3', '--scid', SAMPLE_SCID, '--time', time), says(UNLOCKED))
  t.strictSame(await unlock('3', '--scid', SAMPLE_SCID, '--lock'), says('3  locked, 0 percent\n'))
  t.strictSame(await unlock('3', '--scid', SAMPLE_SCID, '--percent', '50', '--sandbox', 'RETAIL'), says('3  locked, 50 percent\n'))
  t.strictSame(await unlock('3', '--scid', SAMPLE_SCID, '--revoked', '--time', time), says('3  unlocked 2020-01-01T00:00:00.0000000Z, revoked\n'))
  t.strictSame(await unlock('1', '2', '--scid', OTHER_SCID.toUpperCase(), '--time', time), says('1  unlocked 2020-01-01T00:00:00.0000000Z\n2  unlocked 2020-01-01T00:00:00.0000000Z\n'))
  const { stdout } = await unlock('1', '2', '--scid', OTHER_SCID, '--json', '--time', time)
  t.strictSame(stdout.split('\n').map((line) => line && JSON.parse(line)), [
    ...[1, 2].map((id) => ({ ...DONE, serviceConfigId: OTHER_SCID, id, requirements: JSON.parse(stdout.split('\n')[id - 1] as string).requirements })), ''
  ])
  // With the first that cannot be set it ends.
  t.strictSame(await unlock('1', '999', '2', '--scid', OTHER_SCID, '--time', time), {
    code: 1, stdout: '1  unlocked 2020-01-01T00:00:00.0000000Z\n', stderr: `xbl-achievements: There is no achievement 999 of service configuration ${OTHER_SCID}\n`
  })
  await compareAll(t, [
    [['unlock', '7', '3', '--scid', SAMPLE_SCID, '--url', url], refuses('There is no user 7')],
    [['unlock', GAMER, 'x', '--scid', SAMPLE_SCID, '--url', url], refuses('The achievement id is "x"; expected an unsigned 32-bit integer in decimal')],
    [['unlock', GAMER, '3', '--scid', 'x', '--url', url], refuses('The service configuration id is "x"; expected a GUID')],
    [['unlock', GAMER, '3', '--scid', SAMPLE_SCID, '--percent', 'x', '--url', url], refuses('--percent: found "x", expected an integer from 0 to 100')],
    [['unlock', GAMER, '3', '--scid', SAMPLE_SCID, '--percent', '101', '--url', url], refuses('--percent: found 101, expected an integer from 0 to 100')],
    [['unlock', GAMER, '3', '--scid', SAMPLE_SCID, '--time', 'now', '--url', url], refuses('--time: found "now", expected an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"')],
    [['unlock', GAMER, '3', '--scid', SAMPLE_SCID, '--sandbox', 'a b', '--url', url], refuses('--sandbox: found "a b", expected a sandbox id, e.g. "RETAIL"')],
    [['unlock', GAMER, '3', '--scid', SAMPLE_SCID, '--sandbox', 'XDKS.9', '--url', url], refuses(`There is no achievement 3 of service configuration ${SAMPLE_SCID} in sandbox XDKS.9`)]
  ])
})

t.test('the service configuration of a title, or the only one', async (t) => {
  const put = `PUT /_emulator/users/the%20gamer/achievements/${SAMPLE_SCID}/3`
  const title = (titleId: number, serviceConfigId = SAMPLE_SCID): object => ({ titleId, serviceConfigId })
  const list = 'GET /_emulator/titles?limit=10'
  const unlock = async (answers: Record<string, object>, ...args: string[]) => {
    const { url, asked } = await substituteEmulator(t, { ...answers, [put]: DONE })
    return { result: await runCommand(['unlock', 'the gamer', '3', ...args, '--url', url]), asked }
  }
  t.strictSame(await unlock({ 'GET /_emulator/titles/16': title(16) }, '--title-id', '0x10'), { result: says(UNLOCKED), asked: ['GET /_emulator/titles/16', `${put} ${WITHOUT}`] })
  t.strictSame(await unlock({ [list]: { titles: [title(1), title(2)], next: null } }), { result: says(UNLOCKED), asked: [list, `${put} ${WITHOUT}`] })
  const found = (ids: string) => ({ result: refuses(`--title-id: found none, expected ${ids}`), asked: [list] })
  t.strictSame(await unlock({ [list]: { titles: [title(1), title(2, OTHER_SCID)], next: null } }), found('one of 1, 2'))
  t.strictSame(await unlock({ [list]: { titles: [title(1), title(2)], next: 2 } }), found('one of 1, 2, …'))
  t.strictSame(await unlock({ [list]: { titles: [], next: null } }), found('a title, and the world has none'))
  const { result } = await unlock({ 'GET /_emulator/titles/x': refusing(404, 'There is no title "x".') as object }, '--title-id', 'x')
  t.strictSame(result, refuses('There is no title "x"'))
})

t.test('what is sent of the flags', async (t) => {
  const put = `PUT /_emulator/users/${GAMER}/achievements/${SAMPLE_SCID}/3`
  const { url, asked } = await substituteEmulator(t, { [put]: DONE })
  const unlock = ['unlock', GAMER, '3', '--scid', SAMPLE_SCID, '--url', url]
  t.strictSame(await runCommand(unlock), says(UNLOCKED))
  t.strictSame(await runCommand([...unlock, '--percent', '40', '--time', 'x', '--sandbox', 'y', '--revoked']), says(UNLOCKED))
  t.strictSame(await runCommand([...unlock, '--lock']), says(UNLOCKED))
  t.strictSame(asked, [`${put} {}`, `${put} {"percentComplete":40,"timeUnlocked":"x","sandbox":"y","isRevoked":true}`, `${put} {"percentComplete":0}`])
})

t.test('help, and wrong arguments', async (t) => {
  await compareAll(t, [
    [['unlock', '--help'], says(HELP)],
    [['unlock'], refuses("missing required argument 'user'")],
    [['unlock', '', '1', '--scid', SAMPLE_SCID], refuses('<user>: found "", expected the gamertag or XUID of a user')],
    [['unlock', '..', '1', '--scid', SAMPLE_SCID], refuses('<user>: found "..", expected the gamertag or XUID of a user')],
    [['unlock', GAMER, '', '--scid', SAMPLE_SCID], refuses('<id>: found "", expected the id of an achievement')],
    [['unlock', GAMER, '1', '--scid', ''], refuses('--scid: found "", expected a GUID')],
    [['unlock', GAMER, '1', '--title-id', '.'], refuses('--title-id: found ".", expected the id of a title')],
    [['unlock', GAMER, '1', '--title-id', '4B4E01A7'], refuses('--title-id: found "4B4E01A7", expected a decimal, or hexadecimal with 0x before it: 0x4B4E01A7')],
    [['unlock', GAMER, '1', '--title-id', '1', '--scid', SAMPLE_SCID], refuses("option '--scid <guid>' cannot be used with option '--title-id <number>'")],
    [['unlock', GAMER, '1', '--lock', '--percent', '5'], refuses("option '--lock' cannot be used with option '--percent <number>'")],
    [['unlock', GAMER, '1', '--lock', '--revoked'], refuses("option '--lock' cannot be used with option '--revoked'")]
  ])
})
