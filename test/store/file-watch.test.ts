import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { buildApp, type EmulatorApp } from '../../src/server/app.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { control, refusal, sentBy, worldText } from '../control/client.ts'
import { DEMO, GAMER, listOf, NOW } from '../helper.ts'
import { authorize, postLive } from '../sign-in/client.ts'
import { askAuthorize } from '../sign-in/microsoft-client.ts'

/** An open file cannot be renamed on Windows. */
const skip = process.platform === 'win32'

const lost = (file: string): string => `${file} was deleted or replaced while it was served: nothing more is written, as that would be lost. Put it back, or start again.`
const back = (file: string): string => `${file} is back, and written again.`

/** @param name the name with which the database is opened. */
function build (t: Test, file: string, name = file): EmulatorApp & { lines: string[], told: () => Promise<void> } {
  const database = openDatabase(name, 0)
  seed(database, DEMO, 'demo')
  const lines: string[] = []
  let told = (): void => {}
  const emulator = buildApp(readConfig({ logLevel: 'silent' }), {
    database,
    clock: { now: () => NOW },
    warn: (line) => {
      lines.push(line)
      told()
    }
  })
  t.teardown(async () => {
    await emulator.app.close()
    database.close()
  })
  return { ...emulator, lines, told: () => new Promise((resolve) => { told = resolve }) }
}

async function refuses (t: Test, emulator: EmulatorApp, message: string): Promise<void> {
  const before = await worldText(emulator)
  const { status, headers, body } = await control(emulator, 'PUT', `/users/${GAMER}/privacy`, { privacy: 'blocked' })
  t.strictSame([status, headers['retry-after'], body], [503, undefined, refusal(5300, message)])
  t.equal(await worldText(emulator), before)
  const { statusCode } = await emulator.app.inject({ url: listOf(GAMER), headers: sentBy() })
  t.equal(statusCode, 200, 'reads go on')
}

async function writes (t: Test, emulator: EmulatorApp): Promise<void> {
  t.equal((await control(emulator, 'PUT', `/users/${GAMER}/privacy`, { privacy: 'everyone' })).status, 204)
}

t.test('a file that is renamed, put back, replaced and deleted', { skip }, async (t) => {
  const folder = t.testdir({})
  const file = join(folder, 'test.db')
  const emulator = build(t, file)
  await writes(t, emulator)
  for (const [what, take, put] of [
    ['renamed', () => renameSync(file, `${file}.old`), () => renameSync(`${file}.old`, file)],
    ['replaced', () => {
      renameSync(file, `${file}.old`)
      writeFileSync(file, '')
    }, () => renameSync(`${file}.old`, file)],
    ['the write-ahead log is gone', () => renameSync(`${file}-wal`, `${file}.old`), () => renameSync(`${file}.old`, `${file}-wal`)],
    ['in a folder that is renamed', () => renameSync(folder, `${folder}.old`), () => renameSync(`${folder}.old`, folder)]
  ] as const) {
    t.comment(what)
    emulator.lines.length = 0
    take()
    await refuses(t, emulator, lost(file))
    await refuses(t, emulator, lost(file))
    put()
    await writes(t, emulator)
    t.strictSame(emulator.lines, [lost(file), back(file)], 'each is told once')
  }
  rmSync(file)
  await refuses(t, emulator, lost(file))
})

t.test('nobody is led back from a sign-in that was not written', { skip }, async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const emulator = build(t, file)
  const code = (await postLive(emulator, '/oauth20_connect.srf', { client_id: 'my-app', response_type: 'device_code' })).json().user_code
  renameSync(file, `${file}.old`)
  for (const [what, answer, description] of [
    ['a code', await authorize(emulator, { login_hint: GAMER }), lost(file)],
    ['tokens', await authorize(emulator, { login_hint: GAMER, response_type: 'token' }), lost(file)],
    ['the page of a device', await postLive(emulator, '/oauth20_remoteconnect.srf', { otc: code, user: 'gamer' }), lost(file)],
    ['the other host', await askAuthorize(emulator, { login_hint: GAMER }), `AADSTS90033: ${lost(file)}`]
  ] as const) {
    const { error, error_description: told } = answer.json()
    t.strictSame([answer.statusCode, answer.headers.location, error], [503, undefined, 'temporarily_unavailable'], what)
    t.ok(told.startsWith(description), what)
  }
  renameSync(`${file}.old`, file)
  t.equal((await authorize(emulator, { login_hint: GAMER })).statusCode, 302)
})

t.test('a renamed file is noticed without a write', { skip }, async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const { lines, told } = build(t, file)
  // The timer of the file watch does not keep the process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const noticed = told()
  renameSync(file, `${file}.old`)
  await noticed
  const again = told()
  renameSync(`${file}.old`, file)
  await again
  t.strictSame(lines, [lost(file), back(file)])
})

t.test('a database opened through a symbolic link', { skip }, async (t) => {
  const folder = t.testdir({ data: {} })
  const [file, link] = [join(folder, 'data/real.db'), join(folder, 'link.db')]
  openDatabase(file).close()
  symlinkSync(file, link)
  const emulator = build(t, file, ` ${link}`)
  await writes(t, emulator)
  renameSync(`${file}-wal`, `${file}.old`)
  await refuses(t, emulator, lost(link))
  renameSync(`${file}.old`, `${file}-wal`)
  rmSync(link)
  await refuses(t, emulator, lost(link))
  symlinkSync(file, link)
  await writes(t, emulator)
})

t.test('by default the message goes to the log', { skip }, async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const database = openDatabase(file)
  seed(database, DEMO, 'demo')
  const logged: string[] = []
  const logTo = new Writable({
    write (line, _encoding, done) {
      logged.push(String(line))
      done()
    }
  })
  const { app } = buildApp(readConfig({ logLevel: 'warn' }), { database, clock: { now: () => NOW }, logTo })
  t.teardown(async () => {
    await app.close()
    database.close()
  })
  rmSync(file)
  await control({ app }, 'POST', '/reset')
  t.match(JSON.parse(logged[0] as string), { level: 40, msg: lost(file) })
})
