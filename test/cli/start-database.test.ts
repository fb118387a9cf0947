import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { DEMO, GAMER } from '../helper.ts'
import { refuses, runCommand, says, startCommand, watchBin } from '../run-bin.ts'

const waits = (file: string): string => `xbl-achievements: waiting for another process that is writing to ${file}, or seeding it; Ctrl-C ends the wait\n`

t.test('a second start waits for a seeding, and serves what was seeded', async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const first = openDatabase(file)
  first.exec('BEGIN IMMEDIATE')
  seed(first, { ...DEMO, sessions: [] }, 'the first')
  const second = watchBin(t, ['start', '--seed-only', '--database', file])
  await second.said(waits(file))
  first.exec('COMMIT')
  t.strictSame(await second.ended, { code: 0, stdout: `${file} holds the first (was there already; --world is not read)\n`, stderr: waits(file) })
  t.strictSame(prepareStore(first).store.world.export().sessions, [])
  first.close()
})

t.test('a second start seeds what another process has not', async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const first = openDatabase(file)
  first.exec('BEGIN IMMEDIATE')
  seed(first, DEMO, 'the first')
  const second = watchBin(t, ['start', '--seed-only', '--database', file])
  await second.said(waits(file))
  first.exec('ROLLBACK')
  first.close()
  t.strictSame(await second.ended, { code: 0, stdout: `${file} holds fixtures/demo.json\n`, stderr: waits(file) })
})

t.test('a wait ends with a signal', { skip: process.platform === 'win32' }, async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const first = openDatabase(file)
  first.exec('BEGIN IMMEDIATE')
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    const second = watchBin(t, ['start', '--database', file])
    await second.said(waits(file))
    second.signal(signal)
    t.strictSame(await second.ended, { code: 1, stdout: '', stderr: `${waits(file)}xbl-achievements: told to stop while another process was writing to ${file}\n` })
  }
  first.close()
})

t.test('token does not wait for another process that writes', async (t) => {
  const file = join(t.testdir({}), 'test.db')
  const first = openDatabase(file)
  seed(first, DEMO, 'demo')
  first.exec('BEGIN IMMEDIATE')
  t.strictSame(await runCommand(['token', '--database', file, '--xuid', GAMER]), refuses('another process is writing to the database file; try again when it has ended'))
  first.close()
})

t.test('the database file is readable by its owner alone, and nothing is written once it is deleted', { skip: process.platform === 'win32' }, async (t) => {
  const folder = t.testdir({ data: {} })
  const file = join(folder, 'data/test.db')
  const { url, greeting, stop } = await startCommand(t, ['--database', file])
  const write = async (): Promise<number> => (await fetch(`${url}/_emulator/users/${GAMER}/privacy`, { method: 'PUT', body: '{"privacy":"blocked"}' })).status
  t.equal(await write(), 204)
  t.strictSame(readdirSync(join(folder, 'data')).map((name) => [name, statSync(join(folder, 'data', name)).mode & 0o777]), [['test.db', 0o600], ['test.db-shm', 0o600], ['test.db-wal', 0o600]])
  renameSync(file, join(folder, 'test.db'))
  t.equal(await write(), 503)
  t.equal(await write(), 503)
  rmSync(join(folder, 'test.db'))
  t.strictSame(await stop(), {
    ...says(greeting),
    stderr: `xbl-achievements: warning: ${file} was deleted or replaced while it was served: nothing more is written, as that would be lost. Put it back, or start again.\n`
  })
})
