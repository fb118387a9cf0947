import t from 'tap'
import { FaultSpec } from '../../src/control/faults/schema.ts'
import { requireValid } from '../../src/http/body.ts'
import type { FeedEntry } from '../../src/operations/feed.ts'
import { build, GAMER } from '../helper.ts'

const CLOCK = '/_emulator/clock'
const FAULTS = '/_emulator/faults'
const LIMITS = '/_emulator/rate-limits'
const RTA_FAULTS = '/_emulator/rta/faults'

t.test('the feed has what HTTP, the clock, faults and resets change', async (t) => {
  const { app, emulator: { services: { feed }, resetEverything } } = build(t)
  let heard: FeedEntry[] = []
  feed.listen((entry) => { heard.push(entry) })
  const changesOf = async (method: 'PUT' | 'PATCH' | 'POST' | 'DELETE', url: string, payload?: object): Promise<unknown[]> => {
    heard = []
    const { statusCode } = await app.inject({ method, url, ...payload && { payload } })
    t.ok(statusCode < 300, `${method} ${url}: ${statusCode}`)
    return heard.map(({ change }) => change)
  }

  t.strictSame(await changesOf('PUT', `/_emulator/users/${GAMER}/privacy`, { privacy: 'blocked' }), [{ kind: 'user', xuid: GAMER, what: 'privacy' }])
  t.equal(heard[0]?.time, '2020-06-15T12:00:00.0000000Z')

  const frozen = { kind: 'clock', now: '2021-01-01T00:00:00.0000000Z', isFrozen: true, offset: 0 }
  t.strictSame(await changesOf('PUT', CLOCK, { now: '2021-01-01T00:00:00Z' }), [frozen])
  t.equal(heard[0]?.time, '2021-01-01T00:00:00.0000000Z')
  t.strictSame(await changesOf('PUT', CLOCK, { now: '2021-01-01T00:00:00Z' }), [])
  t.strictSame(await changesOf('PUT', CLOCK, { offset: 'PT1S' }), [{ kind: 'clock', now: '2020-06-15T12:00:01.0000000Z', isFrozen: false, offset: 1000 }])
  const running = { kind: 'clock', now: '2020-06-15T12:00:00.0000000Z', isFrozen: false, offset: 0 }
  t.strictSame(await changesOf('DELETE', CLOCK), [running])
  t.strictSame(await changesOf('DELETE', CLOCK), [])

  const fault = (what: string, id: number): object => ({ kind: 'fault', what, id })
  t.strictSame(await changesOf('POST', FAULTS, { status: 500 }), [fault('added', 1)])
  t.strictSame(await changesOf('DELETE', `${FAULTS}/1`), [fault('deleted', 1)])
  await changesOf('POST', FAULTS, { status: 500 })
  await changesOf('POST', FAULTS, { status: 503 })
  t.strictSame(await changesOf('PATCH', `${FAULTS}/3`, { position: 1 }), [fault('changed', 3)])
  t.strictSame(await changesOf('PATCH', `${FAULTS}/3`, { position: 1, status: 503, enabled: true, happened: 0 }), [])
  t.strictSame(await changesOf('DELETE', FAULTS), [fault('deleted', 3), fault('deleted', 2)])
  t.strictSame(await changesOf('DELETE', FAULTS), [])

  const rtaFault = (what: string, id: number): object => ({ kind: 'rtaFault', what, id })
  t.strictSame(await changesOf('POST', RTA_FAULTS, { on: 'event', drop: true }), [rtaFault('added', 1)])
  t.strictSame(await changesOf('PATCH', `${RTA_FAULTS}/1`, { enabled: false }), [rtaFault('changed', 1)])
  t.strictSame(await changesOf('DELETE', `${RTA_FAULTS}/1`), [rtaFault('deleted', 1)])
  await changesOf('POST', RTA_FAULTS, { on: 'subscribe', code: 3 })

  const limits = { burst: 1, sustain: 2 }
  t.strictSame(await changesOf('PUT', LIMITS, { limits }), [{ kind: 'rateLimit', limits }])
  t.strictSame(await changesOf('PUT', LIMITS, { limits }), [])
  t.strictSame(await changesOf('PUT', LIMITS, { limits: null }), [{ kind: 'rateLimit', limits: null }])
  t.strictSame(await changesOf('DELETE', LIMITS), [])
  await changesOf('PUT', LIMITS, { limits })

  await changesOf('PUT', CLOCK, { offset: 'PT1S' })
  await changesOf('POST', FAULTS, { status: 500 })
  heard = []
  resetEverything()
  t.strictSame(heard.map(({ change }) => change), [{ kind: 'world', what: 'reset' }, running, fault('deleted', 4), { kind: 'rateLimit', limits: null }, { kind: 'journal', what: 'cleared', answers: false }, rtaFault('deleted', 2)])
  t.equal(feed.newest(), heard.at(-1)?.id)
})

t.test('faults that cannot happen any more are deleted when there are too many, and told of', async (t) => {
  const { app, emulator: { services: { feed }, faults } } = build(t)
  await app.ready()
  const heard: unknown[] = []
  for (let count = 0; count < 100; count++) {
    faults.add(requireValid(FaultSpec, { status: 500, times: 1 }))
    t.ok(faults.trigger({ method: 'GET', paths: ['/'], xuid: null, titleId: null }))
  }
  feed.listen(({ change }) => { heard.push(change) })
  faults.add(requireValid(FaultSpec, { status: 500 }))
  t.equal(heard.length, 101)
  t.strictSame([heard[0], heard.at(-1)], [{ kind: 'fault', what: 'deleted', id: 1 }, { kind: 'fault', what: 'added', id: 101 }])
})

t.test('the feed ends with the emulator', async (t) => {
  const { app, run, emulator: { services: { feed } } } = build(t)
  const heard: FeedEntry[] = []
  feed.listen((entry) => { heard.push(entry) })
  await app.close()
  run('privacy.set', { xuid: GAMER, privacy: 'blocked' })
  t.strictSame([heard, feed.after(0)], [[], undefined])
})
