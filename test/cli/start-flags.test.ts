import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { join, relative } from 'node:path'
import t from 'tap'
import { GAMER, listOf } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { session, title, user } from '../world-parts.ts'

const WORLD = JSON.stringify({ titles: [title()], users: [user()], sessions: [session({ xuid: '1', titleId: 1 })] })
const GAMER_HEADERS = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }

/** The body is read: the server would wait for whoever has not. */
async function statusOf (url: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(url, init)
  await response.text()
  return response.status
}

/** The status that a request under another name gets; fetch lets nobody choose the Host. */
const statusUnder = (url: string, host: string): Promise<number | undefined> => new Promise((resolve, reject) => {
  request(url, { headers: { host } }, (response) => resolve(response.resume().statusCode)).on('error', reject).end()
})

t.test('--seed-only', async (t) => {
  const folder = t.testdir({ 'first.json': WORLD, data: {} })
  const file = join(folder, 'data/test.db')
  const first = join(folder, 'first.json')
  const seedOnly = ['start', '--seed-only', '--database', file, '--world']
  t.strictSame(await runCommand([...seedOnly, first]), says(`${file} holds ${relative('.', first)}\n`))
  t.strictSame(readdirSync(join(folder, 'data')), ['test.db'])
  t.strictSame(await runCommand([...seedOnly, 'missing.json']), says(`${file} holds ${relative('.', first)} (was there already; --world is not read)\n`))

  const inMemory = refuses('--seed-only seeds a file, and --database is :memory:, which ends with the command; give --database a file')
  await compareAll(t, [
    [['start', '--seed-only'], inMemory],
    [['start'], inMemory, { env: { XBL_SEED_ONLY: 'true' } }],
    [['start', '--seed-only', '--database', join(folder, 'new.db'), '--world', 'missing.json'], refuses('missing.json: found no such file or folder, expected a world')]
  ])
})

t.test('--export-on-exit', async (t) => {
  const folder = t.testdir({ 'first.json': WORLD, 'kept.json': 'what was there before' })
  const file = join(folder, 'kept.json')
  const { greeting, url, stop } = await startCommand(t, ['--world', join(folder, 'first.json'), '--export-on-exit', file])
  t.equal(await statusOf(`${url}/_emulator/users/2`, { method: 'PUT', body: '{"gamertag":"bob"}' }), 201)
  const held = await (await fetch(`${url}/_emulator/world`)).text()
  t.equal(readFileSync(file, 'utf8'), 'what was there before')
  t.strictSame(await stop(), says(greeting))
  t.equal(readFileSync(file, 'utf8'), held)
  t.strictSame(JSON.parse(held).users.map(({ gamertag }: { gamertag: string }) => gamertag), ['ann', 'bob'])

  for (const signal of ['SIGINT', 'SIGHUP'] as const) {
    const again = await startCommand(t, ['--world', file], { env: { XBL_EXPORT_ON_EXIT: join(folder, `${signal}.json`) } })
    t.strictSame(await again.stop(signal), says(again.greeting))
    t.equal(readFileSync(join(folder, `${signal}.json`), 'utf8'), held)
  }
})

t.test('--export-on-exit to a file that cannot be written', async (t) => {
  const folder = t.testdir({ 'kept.json': 'what was there before', out: {} })
  const path = (name: string): string => join(folder, name)
  const start = (file: string, ...more: string[]): string[] => ['start', '--port', '0', '--log-level', 'silent', '--export-on-exit', path(file), ...more]
  const mend = 'name another file with --export-on-exit'
  await compareAll(t, [
    [start('missing/x.json'), refuses(`${path('missing/x.json')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; ${mend}`)],
    [start('out'), refuses(`${path('out')} cannot be written: EISDIR: illegal operation on a directory, open '${path('out')}'; ${mend}`)],
    // The checks before the start change nothing.
    [start('kept.json', '--world', 'missing.json'), refuses('missing.json: found no such file or folder, expected a world')],
    [start('out/x.json', '--world', 'missing.json'), refuses('missing.json: found no such file or folder, expected a world')]
  ])
  t.equal(readFileSync(path('kept.json'), 'utf8'), 'what was there before')
  t.strictSame(readdirSync(path('out')), [])

  const database = path('world.db')
  const { greeting, stop } = await startCommand(t, ['--database', database, '--export-on-exit', path('out/x.json')])
  rmSync(path('out'), { recursive: true })
  mkdirSync(path('elsewhere'))
  t.strictSame(await stop(), {
    code: 1, stdout: greeting, stderr: `xbl-achievements: ${path('out/x.json')} cannot be written: nothing can be written in its folder: ENOENT: no such file or directory; ${mend}\n`
  })
  // The database was closed as ever.
  t.strictSame(readdirSync(folder).filter((name) => name.startsWith('world.db')), ['world.db'])
})

t.test('--export-on-exit to the database', async (t) => {
  const folder = t.testdir({ link: t.fixture('symlink', 'new.db') })
  const path = (name: string): string => join(folder, name)
  const start = (database: string, file: string): string[] => ['start', '--port', '0', '--log-level', 'silent', '--database', path(database), '--export-on-exit', path(file)]
  const refusal = (file: string) => refuses(`${path(file)} is the database; name another file with --export-on-exit`)
  await compareAll(t, [[start('new.db', 'new.db'), refusal('new.db')]])
  await compareAll(t, [[start('new.db', 'link'), refusal('link')]])
  await compareAll(t, [[['world', 'export', '--database', path('new.db'), '--out', path('new.db')], refuses(`${path('new.db')} is the database; name another file with --out`)]])
  t.strictSame(readdirSync(folder).toSorted(), ['link', 'new.db'])
})

t.test('--no-control', async (t) => {
  for (const [args, options] of [[['--no-control'], {}], [[], { env: { XBL_CONTROL: 'false' } }]] as const) {
    const { greeting, url, stop } = await startCommand(t, ['--host', '0.0.0.0', ...args], options)
    t.equal(await statusOf(`${url}/_emulator/world`), 404)
    t.equal(await statusOf(`${url}/_emulator/health`), 200)
    t.equal(await statusOf(`${url}/_emulator/ready`), 200)
    // No warning.
    t.strictSame(await stop(), says(greeting))
  }
})

t.test('--control-key', async (t) => {
  for (const [args, options] of [[['--control-key', 'k3y'], {}], [[], { env: { XBL_CONTROL_KEY: 'k3y' } }]] as const) {
    const { greeting, url, stop } = await startCommand(t, ['--host', '0.0.0.0', ...args], options)
    t.equal(await statusOf(`${url}/_emulator/world`), 401)
    t.equal(await statusOf(`${url}/_emulator/world`, { headers: { authorization: 'Bearer k3y' } }), 200)
    t.equal(await statusOf(`${url}/_emulator/ready`), 200)
    t.strictSame(await stop(), says(greeting))
    t.notMatch(greeting, 'k3y')
  }
})

t.test('--unknown-tokens', async (t) => {
  for (const [args, options] of [[['--unknown-tokens', 'gamer'], {}], [[], { env: { XBL_UNKNOWN_TOKENS: 'gamer' } }]] as const) {
    const { greeting, url, stop } = await startCommand(t, args, options)
    t.match(greeting, '\n  dialect   documented\n  tokens    any that the world does not know is one of gamer (--unknown-tokens)\n\n')
    t.equal(await statusOf(url + listOf(GAMER), { headers: { authorization: 'XBL3.0 x=any;thing', 'x-xbl-contract-version': '2' } }), 200)
    t.strictSame(await stop(), says(greeting))
  }
  await compareAll(t, [
    [['start', '--unknown-tokens', 'nobody', '--port', '0'], refuses('unknownTokens (--unknown-tokens): found "nobody", expected one of gamer (2533274790412952), friend (2533274790412953), stranger (2533274790412954), child (2533274790412955), banned (2533274790412956)')],
    [['start', '--unknown-tokens', 'gamer', '--host', '0.0.0.0'], refuses('--unknown-tokens: found "gamer", as whom everybody could act who reaches --host 0.0.0.0; expected a host of this machine, e.g. 127.0.0.1, or a key for the control API, --control-key')]
  ])
})

t.test('--sign-in-as', async (t) => {
  const world = `${t.testdir({ 'world.json': JSON.stringify({ users: [{ xuid: '1', gamertag: 'ann' }] }) })}/world.json`
  for (const [args, options] of [[['--sign-in-as', 'gamer'], {}], [[], { env: { XBL_SIGN_IN_AS: 'gamer' } }]] as const) {
    const { greeting, url, stop } = await startCommand(t, args, options)
    t.match(greeting, '\n  dialect   documented\n  sign-in   as gamer where nobody says who (--sign-in-as)\n\n')
    t.equal(await statusOf(`${url}/oauth20_authorize.srf?client_id=a&response_type=code&redirect_uri=${url}/oauth20_desktop.srf`), 200, 'the page to which it leads straight')
    t.strictSame(await stop(), says(greeting))
  }
  const { greeting, stop } = await startCommand(t, ['--sign-in-as', 'gamer', '--no-sign-in'])
  t.notMatch(greeting, 'sign-in', 'there is nowhere to sign in')
  t.strictSame(await stop(), says(greeting))
  await compareAll(t, [
    [['start', '--sign-in-as', 'nobody', '--port', '0', '--world', world], refuses('signInAs (--sign-in-as): found "nobody", expected one of ann (1)')]
  ])
})

t.test('--host 0.0.0.0 without a control key is warned of', async (t) => {
  const { greeting, stop } = await startCommand(t, ['--host', '0.0.0.0'])
  t.strictSame(await stop(), {
    code: 0,
    stdout: greeting,
    stderr: 'xbl-achievements: warning: whoever reaches 0.0.0.0 can change this world; demand a key with --control-key, or leave the control API out with --no-control\n'
  })
})

t.test('--allowed-hosts and --allowed-origins', async (t) => {
  for (const [args, options] of [
    [['--allowed-hosts', 'emulator,ci.test', '--allowed-origins', 'http://app.test'], {}],
    [[], { env: { XBL_ALLOWED_HOSTS: 'emulator,ci.test', XBL_ALLOWED_ORIGINS: 'http://app.test' } }]
  ] as const) {
    const { url, stop } = await startCommand(t, args, options)
    for (const [host, status] of [['emulator', 200], ['CI.test:5280', 200], ['localhost', 200], ['other.test', 403]] as const) {
      t.equal(await statusUnder(`${url}/_emulator/world`, host), status, host)
    }
    for (const [origin, status] of [['http://app.test', 200], [url, 200], ['http://other.test', 403]] as const) {
      t.equal(await statusOf(`${url}/_emulator/world`, { headers: { origin } }), status, origin)
    }
    t.equal((await stop()).code, 0)
  }
})

t.test('--journal-answers', async (t) => {
  const { url, stop } = await startCommand(t, ['--journal-answers'])
  const answer = await (await fetch(`${url}/nope`)).json()
  const { requests } = await (await fetch(`${url}/_emulator/requests`)).json() as { requests: Array<{ answer: { body: unknown } }> }
  t.strictSame(requests.map(({ answer: { body } }) => body), [answer])
  t.equal((await stop()).code, 0)
})

t.test('--journal and --rate-limit', async (t) => {
  const { url, stop } = await startCommand(t, ['--journal', '2', '--rate-limit', '2,9'])
  const statuses = []
  for (let count = 0; count < 3; count++) statuses.push(await statusOf(url + listOf(GAMER), { headers: GAMER_HEADERS }))
  t.strictSame(statuses, [200, 200, 429])
  const { requests } = await (await fetch(`${url}/_emulator/requests`)).json() as { requests: Array<{ id: number, status: number }> }
  t.strictSame(requests.map(({ id, status }) => ({ id, status })), [{ id: 2, status: 200 }, { id: 3, status: 429 }])
  t.equal((await stop()).code, 0)
})
