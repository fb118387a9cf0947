import BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import { retryBriefly, retryWhileBusy } from '../../src/store/retry-while-busy.ts'
import { thrownBy } from '../thrown-error.ts'

const busy = new BetterSqlite3.SqliteError('database is locked', 'SQLITE_BUSY')

/** Work that throws the given errors, one in each call, and then succeeds. */
const throwing = (...errors: Error[]) => (): string => {
  const error = errors.shift()
  if (error !== undefined) throw error
  return 'done'
}

t.test('work is repeated until the file is free', async (t) => {
  let waits = 0
  const onWait = (): void => { waits++ }
  t.equal(await retryWhileBusy(throwing(), { onWait }), 'done')
  t.equal(waits, 0)
  t.equal(await retryWhileBusy(throwing(busy, busy, busy), { onWait }), 'done')
  t.equal(waits, 1)
  t.equal(await retryWhileBusy(throwing(busy)), 'done')
})

t.test('any other error ends the waiting', async (t) => {
  const error = new Error('other')
  await t.rejects(retryWhileBusy(throwing(error)), error)
  await t.rejects(retryWhileBusy(throwing(busy, busy, error)), error)
})

t.test('a signal ends the waiting, before an attempt and during one', async (t) => {
  const reason = new Error('enough')
  const stop = new AbortController()
  const { signal } = stop
  const stopping = retryWhileBusy(throwing(busy, busy), { signal, onWait: () => stop.abort(reason) })
  await t.rejects(stopping, reason)
  const later = new AbortController()
  let tries = 0
  const work = (): void => {
    if (tries++ === 0) throw busy
    later.abort(reason)
  }
  await t.rejects(retryWhileBusy(work, { signal: later.signal }), reason)
  t.equal(tries, 2)
})

t.test('work that cannot wait is repeated for some ms', async (t) => {
  t.equal(retryBriefly(throwing(busy, busy)), 'done')
  const error = new Error('other')
  t.equal(thrownBy(() => retryBriefly(throwing(busy, error))), error)
  let tries = 0
  t.equal(thrownBy(() => retryBriefly(() => {
    tries++
    throw busy
  })), busy, 'and not for ever')
  t.ok(tries > 1)
})
