import { createServer, type ServerResponse } from 'node:http'
import t from 'tap'
import { listenOnFreePort } from '../free-port.ts'
import { GAMER, listOf } from '../helper.ts'
import { refusedUrl } from '../refused-url.ts'
import { compareAll, refuses, says, startCommand } from '../run-bin.ts'
import { CLAIMS, expected, FLAGS, mint, NO_CLAIMS, sessionOf, type Sessions } from './mint-token.ts'

const HELP = `Usage: xbl-achievements token [options]

Make a token for a user and print the value of its Authorization header.

Options:
  --xuid <xuid>         the user
  --title-id <number>   the title that calls; without it none
  --sandbox <id>        the sandbox of the title; without it RETAIL
  --location <country>  the country of the user's address, e.g. US
  --site                for a web site that acts for the user
  --expires <instant>   when it ends, e.g. 2030-01-01T00:00:00Z; without it
                        never
  --url <url>           address of a running emulator (env: XBL_EMULATOR_URL;
                        default: http://127.0.0.1:5280)
  --control-key <key>   the key that the emulator was started with (env:
                        XBL_CONTROL_KEY)
  --database <file>     database file to use instead of a running emulator
  -h, --help            display help for command

The user and the title have to be in the world. With --database no emulator need
run; one that serves the file knows the token at once.

Example: ask for the achievements of a user of the demo world
  curl -H "Authorization: $(xbl-achievements token --xuid 2533274790412952)" -H 'x-xbl-contract-version: 2' 'http://127.0.0.1:5280/users/xuid(2533274790412952)/achievements'
`

const START_ONE = 'start an emulator with xbl-achievements start, or name its address with --url'

/** Wrong claims, and the messages that refuse them. */
const WRONG: Array<[flags: string[], problem: string]> = [
  [['--xuid', '7'], '--xuid is "7"; expected the XUID of a user of the world'],
  [['--xuid', 'gamer'], '--xuid: found "gamer", expected a XUID'],
  [['--xuid', '18446744073709551616'], 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal'],
  [['--xuid', GAMER, '--title-id', '7'], '--title-id is 7; expected the id of a title of the world, or of a published application such as the Xbox app (328178078)'],
  [['--xuid', GAMER, '--title-id', 'seven'], '--title-id: found "seven", expected an integer from 0 to 4294967295'],
  [['--xuid', GAMER, '--title-id', '4B4E01A7'], '--title-id: found "4B4E01A7", expected a decimal, or hexadecimal with 0x before it: 0x4B4E01A7'],
  [['--xuid', GAMER, '--title-id', '4294967296'], '--title-id: found 4294967296, expected an integer from 0 to 4294967295'],
  [['--xuid', GAMER, '--sandbox', 'a b'], '--sandbox: found "a b", expected a sandbox id, e.g. "RETAIL"'],
  [['--xuid', GAMER, '--location', 'us'], '--location: found "us", expected an ISO 3166 country, e.g. "US"'],
  [['--xuid', GAMER, '--expires', 'never'], '--expires: found "never", expected an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"'],
  [['--xuid', GAMER, '--expires', '2021-02-29T00:00:00Z'], 'The instant is "2021-02-29T00:00:00Z"; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z"']
]

t.test('a token of a running emulator', async (t) => {
  const { url, stop } = await startCommand(t)
  const [plain, full] = await Promise.all([mint(t, ['--url', `${url}/`, '--xuid', GAMER]), mint(t, ['--url', url, ...FLAGS])])
  const world = await (await fetch(`${url}/_emulator/world`)).json() as Sessions
  t.strictSame(sessionOf(plain, world), expected(plain, NO_CLAIMS))
  t.strictSame(sessionOf(full, world), expected(full, CLAIMS))
  const { status } = await fetch(url + listOf(GAMER), { headers: { authorization: plain, 'x-xbl-contract-version': '2' } })
  t.equal(status, 200)
  await compareAll(t, WRONG.map(([flags, problem]) => [['token', '--url', url, ...flags], refuses(problem)]))
  t.equal((await stop()).code, 0)
})

t.test('a token of an emulator in the live dialect, with a control key', async (t) => {
  const { url, stop } = await startCommand(t, ['--dialect', 'live', '--control-key', 'k3y'])
  const token = ['token', '--url', url, '--xuid']
  const mend = 'give the one it was started with as --control-key, or in XBL_CONTROL_KEY'
  await mint(t, ['--url', url, '--xuid', GAMER, '--control-key', 'k3y'])
  await compareAll(t, [
    [[...token, GAMER], refuses(`${url} demands a control key; ${mend}`)],
    [[...token, GAMER], refuses(`${url} demands a control key; ${mend}`), { env: { XBL_CONTROL_KEY: '' } }],
    [[...token, GAMER, '--control-key', 'other'], refuses(`${url} refuses this control key; ${mend}`)],
    [[...token, GAMER], refuses(`${url} refuses this control key; ${mend}`), { env: { XBL_CONTROL_KEY: 'other' } }],
    // The flag wins.
    [[...token, GAMER, '--control-key', 'other'], refuses(`${url} refuses this control key; ${mend}`), { env: { XBL_CONTROL_KEY: 'k3y' } }],
    [[...token, '7'], refuses('--xuid is "7"; expected the XUID of a user of the world'), { env: { XBL_CONTROL_KEY: 'k3y' } }],
    // No message shows a control key.
    [[...token, GAMER, '--control-key', 'not so'], refuses('--control-key: expected 1 to 1024 visible ASCII characters')],
    [[...token, GAMER], refuses('the environment variable XBL_CONTROL_KEY: expected 1 to 1024 visible ASCII characters'), { env: { XBL_CONTROL_KEY: 'not\nso' } }],
    // A wrong variable is told before what else is wrong.
    [['token', '--nope'], refuses('the environment variable XBL_CONTROL_KEY: expected 1 to 1024 visible ASCII characters'), { env: { XBL_CONTROL_KEY: 'not so' } }]
  ])
  t.equal((await stop()).code, 0)
})

t.test('a server that is no emulator, and one that answers nothing', async (t) => {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    page: (response) => response.end('<!doctype html>'),
    json: (response) => response.end('{"ok":true}'),
    number: (response) => response.end('5'),
    missing: (response) => response.writeHead(404).end('{"statusCode":404}'),
    refusing: (response) => response.writeHead(403).end('{"errorCode":4500,"errorMessage":"Not under this name."}'),
    reset: (response) => response.socket?.destroy(),
    truncated: (response) => response.writeHead(201, { 'content-length': 100 }).write('{', () => response.socket?.destroy())
  }
  const server = createServer((request, response) => { answers[request.url?.split('/')[1] as string]?.(response) })
  const port = await listenOnFreePort(t, server)
  const [closed, closedByName] = [await refusedUrl(t), await refusedUrl(t, 'localhost')]
  const without = await startCommand(t, ['--no-control'])

  const at = (name: string): string => `http://127.0.0.1:${port}/${name}`
  const token = (url: string): string[] => ['token', '--xuid', GAMER, '--url', url]
  const foreign = (name: string, status: number) => refuses(`${at(name)} answers ${status}, and not as an emulator does; name the address of one with --url`)
  const unreachable = (url: string, reason: string) => refuses(`${url} cannot be reached: ${reason}; ${START_ONE}`)
  const noHost = `http://${'a'.repeat(64)}.invalid`
  await compareAll(t, [
    [token(at('page')), foreign('page', 200)],
    [token(at('json')), foreign('json', 200)],
    [token(at('number')), foreign('number', 200)],
    [token(at('missing')), foreign('missing', 404)],
    [token(at('refusing')), refuses(`${at('refusing')} refuses with 403: Not under this name`)],
    [token(at('reset')), unreachable(at('reset'), 'other side closed')],
    [token(at('truncated')), unreachable(at('truncated'), 'other side closed')],
    [token(closed), unreachable(closed, 'nothing listens there')],
    [token(closedByName), unreachable(closedByName, 'nothing listens there')],
    [token(noHost), unreachable(noHost, `getaddrinfo ENOTFOUND ${'a'.repeat(64)}.invalid`)],
    [token('http://a:b@127.0.0.1:1'), refuses('--url: found a user or password in the address, expected an address such as http://127.0.0.1:5280')],
    [token(without.url), refuses(`${without.url} has no control API, or one of another version; start the emulator without --no-control, in the version of this command`)]
  ])
  t.equal((await without.stop()).code, 0)
})

t.test('help, and wrong arguments', async (t) => {
  await compareAll(t, [
    [['token', '--help'], says(HELP)],
    [['token'], refuses("required option '--xuid <xuid>' not specified")],
    [['token', '--xuid', GAMER, '--url', 'nowhere'], refuses('--url: found "nowhere", expected an address such as http://127.0.0.1:5280')],
    [['token', '--xuid', GAMER, 'more'], refuses("too many arguments for 'token'. Expected 0 arguments but got 1: more.")]
  ])
})
