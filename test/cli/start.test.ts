import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join, relative } from 'node:path'
import t from 'tap'
import { PERCENTAGE_REQUIREMENT_ID } from '../../src/model/achievement-system.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { BIN } from '../command-process.ts'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { DEMO, GAMER, listOf, SAMPLE_TITLE } from '../helper.ts'
import { startBin, startCommand, type ProcessOptions } from '../run-bin.ts'
import { achievement, SCID, session, title, user } from '../world-parts.ts'

const VERSION = JSON.parse(readFileSync('package.json', 'utf8')).version
const LARGE_COUNT = DEMO.titles.reduce((sum, { achievements }) => sum + achievements.length, 0)
/** The headers of a request of the world's user, whose token is not printed. */
const headers = (url: string, titleId?: number): string =>
  `-H "Authorization: $('${process.execPath}' '${BIN}' token --url ${url} --xuid 1${titleId === undefined ? '' : ` --title-id ${titleId}`})" -H 'x-xbl-contract-version: 2'`

/** The requirements of an achievement with a percentage, in the documented dialect. */
const requirement = (current: string): object[] => [{ id: PERCENTAGE_REQUIREMENT_ID, current, target: '100', operationType: 'Sum', ruleParticipationType: 'Individual' }]

/** What is printed beside a database that was there already. */
const HELD = ' (was there already; --world is not read)'

const greets = (url: string, world: string, curl: string, database = ':memory:'): string => `xbl-achievements ${VERSION} serves ${url}
  world     ${world}
  database  ${database}
  dialect   documented

Open ${url}/ in a browser, or try:
  ${curl}

`

const lastLine = (greeting: string): string => greeting.trimEnd().split('\n').at(-1)?.trim() as string

/** Runs a line in a shell on whose path the command is not. */
const inShell = (line: string): Promise<{ status: unknown, stdout: string }> => new Promise((resolve) => {
  execFile('sh', ['-c', line], (error, stdout) => resolve({ status: error?.code ?? 0, stdout }))
})

/** Runs a curl line in a shell; on a machine without curl, sends the same request with fetch. */
async function paste (line: string): Promise<{ status: number, body: unknown }> {
  const { status, stdout } = await inShell(`${line} --silent --show-error --write-out '\\n%{http_code}'`)
  if (status === 127) {
    const headers = await Promise.all([...line.matchAll(/-H (["'])([^:]+): (.*?)\1/g)].map(async ([, quote, name, value]): Promise<[string, string]> =>
      [name as string, (await inShell(`printf %s ${quote}${value}${quote}`)).stdout]))
    const response = await fetch(/'(http[^']+)'/.exec(line)?.[1] as string, { headers })
    return { status: response.status, body: await response.json() }
  }
  const [body = '', code] = stdout.split(/\n(?=\d{3}$)/)
  return { status: Number(code), body: body === '' ? null : JSON.parse(body) }
}

const world = (members: object = {}): string => JSON.stringify({
  titles: [title({ titleId: 7 })], users: [user()], sessions: [session({ xuid: '1', titleId: 7 })], ...members
})
const COUNT = '(1 title, 1 achievement, 1 user)'

t.test('greets, and its curl line works when pasted', async (t) => {
  const { greeting, url, stop } = await startCommand(t)
  t.match(url, /^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
  const curl = `curl -H 'Authorization: XBL3.0 x=demo;gamer' -H 'x-xbl-contract-version: 2' '${url}${listOf(GAMER, `?titleId=${SAMPLE_TITLE}`)}'`
  t.equal(greeting, greets(url, `fixtures/demo.json (8 titles, ${LARGE_COUNT} achievements, 5 users)`, curl))
  t.strictSame(await paste(lastLine(greeting)), { status: 200, body: LIST_SAMPLE })
  t.strictSame(await stop('SIGINT'), { code: 0, stdout: greeting, stderr: '' })
})

t.test('the greeting depends on the world and the address', async (t) => {
  const folder = t.testdir({
    'titled.json': world(),
    'untitled.json': world({ sessions: [session({ xuid: '1' })] }),
    'unusable.json': world({ sessions: [session()] }),
    worlds: { 'a.json': world() },
    elsewhere: {}
  })
  const path = (name: string): string => join(folder, name)
  const here = (name: string): string => relative('.', path(name))
  const list = (url: string, titleId?: number): string => `curl ${headers(url, titleId)} '${url}${listOf('1', titleId === undefined ? '' : `?titleId=${titleId}`)}'`
  const hasIpv6 = Object.values(networkInterfaces()).flat().some((address) => address?.address === '::1')
  const [ipv6, ipv6Url] = hasIpv6 ? ['::1', '[::1]'] : ['127.0.0.1', '127.0.0.1']
  const cases: Array<[what: string, args: string[], options: ProcessOptions, host: string, (url: string) => string]> = [
    ['every address, a session without a title claim', ['--host', '0.0.0.0', '--world', path('untitled.json')], {}, '127.0.0.1', (url) =>
      greets(url, `${here('untitled.json')} ${COUNT}`, list(url))],
    ['an IPv6 address, no session that can read its list', ['--host', ipv6, '--world', path('unusable.json')], {}, ipv6Url, (url) =>
      greets(url, `${here('unusable.json')} ${COUNT}`, `curl '${url}/_emulator/health'`)],
    ['no control API that could make a token', ['--no-control', '--world', path('titled.json')], {}, '127.0.0.1', (url) =>
      greets(url, `${here('titled.json')} ${COUNT}`, `curl '${url}/_emulator/health'`).replace(`Open ${url}/ in a browser, or try:`, 'Try:')],
    ['a world beside the working directory', ['--world', '../titled.json'], { cwd: path('elsewhere') }, '127.0.0.1', (url) =>
      greets(url, `../titled.json ${COUNT}`, list(url, 7))],
    ['the working directory as world, by the environment', [], { cwd: path('worlds'), env: { XBL_WORLD: '.' } }, '127.0.0.1', (url) =>
      greets(url, `. ${COUNT}`, list(url, 7))]
  ]
  await Promise.all(cases.map(async ([what, args, options, host, expected]) => {
    const { greeting, url, stop } = await (options.cwd === undefined ? startCommand : startBin)(t, args, options)
    t.equal(url.replace(/:\d+$/, ''), `http://${host}`, what)
    t.equal(greeting, expected(url), what)
    const { status } = await paste(lastLine(greeting))
    t.equal(status, 200, what)
    t.equal((await stop()).code, 0, what)
  }))
})

t.test('keeps a world in a file', async (t) => {
  const folder = t.testdir({
    'first.json': world({ titles: [title({ achievements: [achievement(), achievement({ id: 2 })] })], sessions: [session({ xuid: '1', titleId: 1 })] }),
    'second.json': world(),
    data: {}
  })
  const file = join(folder, 'data/test.db')
  const first = relative('.', join(folder, 'first.json'))
  const greeting = (url: string, remark = ''): string => greets(url, `${first} (1 title, 2 achievements, 1 user)`, `curl ${headers(url, 1)} '${url}${listOf('1', '?titleId=1')}'`, file + remark)

  const before = await startCommand(t, ['--database', file, '--world', first])
  t.equal(before.greeting, greeting(before.url))
  const other = openDatabase(file)
  prepareStore(other).transact(({ write }) => write.progress.put({ person: 1, sandbox: 'RETAIL', achievement: 2 }, { percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00.1234567Z', isRevoked: false, current: new Map() }))
  other.close()
  const written = await paste(lastLine(before.greeting))
  t.strictSame(await before.stop(), { code: 0, stdout: before.greeting, stderr: '' })
  t.strictSame(readdirSync(join(folder, 'data')), ['test.db'])

  // The second world is not read: the database holds one already.
  const after = await startCommand(t, ['--database', file, '--world', join(folder, 'second.json')])
  t.equal(after.greeting, greeting(after.url, HELD))
  const kept = await paste(lastLine(after.greeting))
  t.strictSame(kept, written)
  t.strictSame((kept.body as { achievements: Array<{ id: string, serviceConfigId: string, progressState: string, progression: unknown }> }).achievements
    .map(({ id, serviceConfigId, progressState, progression }) => ({ id, serviceConfigId, progressState, progression })), [
    { id: '1', serviceConfigId: SCID, progressState: 'NotStarted', progression: { achievementState: 'NotStarted', requirements: requirement('0'), timeUnlocked: '0001-01-01T00:00:00.0000000Z' } },
    { id: '2', serviceConfigId: SCID, progressState: 'Achieved', progression: { achievementState: 'Achieved', requirements: requirement('100'), timeUnlocked: '2020-01-01T00:00:00.1234567Z' } }
  ])
  t.equal((await after.stop()).code, 0)
})
