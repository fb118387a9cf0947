import t from 'tap'
import { GAMER, LARGE_TITLE, listOf, STRANGER } from '../../helper.ts'
import { command, listen, sentBy, SERVICE_HEADERS } from '../client.ts'
import { follow, type Received } from './client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const NOW = '2020-06-15T12:00:00.0000000Z'

/** The place in the id of an event, without what names the start of the emulator. */
const placeOf = ({ id }: Received): string => id.replace(/^[\da-f]{8}-/, '')
const kindsOf = (events: readonly Received[]): string[] => events.map(({ event }) => event)

const unlock = (url: string, user: string, id: number): Promise<Response> => fetch(`${url}/_emulator/users/${user}/achievements/${SCID}/${id}`, { method: 'PUT', body: '{}' })

t.test('what changes, and what is asked', async (t) => {
  const emulator = await listen(t)
  const { url } = emulator
  const reader = await follow(t, url)
  const { statusCode, headers } = reader.response
  t.strictSame([statusCode, headers['content-type']], [200, 'text/event-stream'])
  for (const [name, value] of Object.entries(SERVICE_HEADERS)) t.equal(headers[name], value)
  t.match(await reader.beats(1), [/^[\da-f]{8}-0-0-0$/])
  await fetch(`${url}${listOf(GAMER)}/${SCID}/update`, {
    method: 'POST',
    headers: sentBy('demo;titleless'),
    body: JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete: 75 }, { id: '10', percentComplete: 100 }] })
  })
  const [progress, request] = await reader.take(2) as [Received, Received]
  t.strictSame([progress.event, placeOf(progress)], ['progress', '1-0-0'])
  t.match(progress.data, {
    time: NOW,
    kind: 'progress',
    xuid: GAMER,
    sandbox: 'RETAIL',
    serviceConfigId: SCID,
    achievements: [
      { id: 9, before: { percentComplete: 58, timeUnlocked: null }, after: { percentComplete: 75, timeUnlocked: null } },
      { id: 10, after: { percentComplete: 100, timeUnlocked: NOW } }
    ]
  })
  t.strictSame([request.event, placeOf(request)], ['request', '1-1-0'])
  t.strictSame([request.data], (await command(emulator, 'GET', '/requests')).requests)
  t.equal(request.data.headers.authorization, 'XBL3.0 x=…')
})

t.test('every kind of change', async (t) => {
  const emulator = await listen(t)
  const reader = await follow(t, emulator.url)
  await command(emulator, 'PUT', '/users/gamer/privacy', { privacy: 'blocked' })
  const { userHash, token } = await command(emulator, 'POST', '/sessions', { xuid: GAMER, titleId: LARGE_TITLE })
  await command(emulator, 'DELETE', `/sessions/${userHash}/${token}`)
  await command(emulator, 'PUT', '/clock', { now: '2013-02-15T00:00:00Z' })
  await command(emulator, 'POST', '/faults', { status: 503 })
  await command(emulator, 'DELETE', '/faults')
  await command(emulator, 'PUT', '/requests/settings', { answers: true })
  emulator.emulator.services.feed.publish([{ kind: 'subscription', what: 'added', connection: 1, xuid: GAMER, resource: 'https://achievements.xboxlive.com/x' }])
  emulator.emulator.journal.addFrame({ connection: 1, direction: 'out', text: '[4]' }, Date.UTC(2020, 0))
  await command(emulator, 'POST', '/reset')
  const time = '2013-02-15T00:00:00.0000000Z'
  const claims = { xuid: GAMER, titleId: LARGE_TITLE }
  const events = await reader.take(10)
  t.strictSame(events.filter(({ event }) => event !== 'frame').map(({ data }) => data), [
    { time: NOW, kind: 'user', xuid: GAMER, what: 'privacy' },
    { time: NOW, kind: 'session', what: 'created', ...claims },
    { time: NOW, kind: 'session', what: 'deleted', ...claims },
    { time, kind: 'clock', now: time, isFrozen: true, offset: 0 },
    { time, kind: 'fault', what: 'added', id: 1 },
    { time, kind: 'fault', what: 'deleted', id: 1 },
    { time, kind: 'journal', what: 'settings', answers: true },
    { time, kind: 'subscription', what: 'added', connection: 1, xuid: GAMER, resource: 'https://achievements.xboxlive.com/x' },
    { time, kind: 'world', what: 'reset' }
  ])
  t.strictSame(events.filter(({ event }) => event === 'frame').map(({ data }) => data), [
    { id: 1, time: '2020-01-01T00:00:00.0000000Z', connection: 1, request: null, follows: 0, xuid: null, direction: 'out', type: 'text', text: '[4]', length: 3, code: null }
  ])
  t.notOk(JSON.stringify(events).includes(token), 'no token is in it')
})

t.test('kinds and users', async (t) => {
  const emulator = await listen(t)
  const { url } = emulator
  const [progress, ofGamer, ofNobody, requests] = await Promise.all(['?kinds=Progress', `?xuid=${GAMER}`, '?xuid=none&kinds=session,request,world', '?kinds=request'].map((query) => follow(t, url, query)))
  await unlock(url, 'stranger', 9)
  await unlock(url, 'gamer', 9)
  await command(emulator, 'POST', '/sessions', {})
  await fetch(`${url}${listOf(GAMER)}`, { headers: sentBy('demo;friend') })
  await fetch(`${url}${listOf(GAMER)}`, { headers: sentBy('demo;gamer') })
  await fetch(`${url}/nope`)
  // Of nobody.
  emulator.emulator.journal.addFrame({ connection: 1, direction: 'out', text: '[4]' }, 0)
  await command(emulator, 'POST', '/reset')
  t.strictSame((await progress?.take(2))?.map(({ data: { xuid } }) => xuid), [STRANGER, GAMER])
  t.strictSame((await ofGamer?.take(3))?.map(({ event, data: { xuid, path } }) => [event, xuid ?? path]), [['progress', GAMER], ['request', listOf(GAMER)], ['world', undefined]])
  t.strictSame((await ofNobody?.take(3))?.map(({ event, data: { xuid, path } }) => [event, xuid ?? path]), [['session', undefined], ['request', '/nope'], ['world', undefined]])
  t.strictSame((await requests?.take(3))?.map(({ data: { id } }) => id), [1, 2, 3])
})

t.test('the filters of the journal choose requests', async (t) => {
  const emulator = await listen(t)
  const { url } = emulator
  const reader = await follow(t, url, '?status=404&path=/b*&method=get')
  for (const path of ['/a', '/bc', '/_emulator/health', '/b']) await fetch(`${url}${path}`)
  await fetch(`${url}/b`, { method: 'POST' })
  await unlock(url, 'gamer', 9)
  const events = await reader.take(3)
  t.strictSame(events.map(({ event, data: { path } }) => path ?? event), ['/bc', '/b', 'progress'], 'other kinds come all the same')
})

t.test('requests that are there already', async (t) => {
  const emulator = await listen(t, { config: { journal: 4 } })
  const { url } = emulator
  for (const path of ['/a', '/b', '/c', '/d', '/e']) await fetch(`${url}${path}`)
  const idsOf = async (query: string, count: number): Promise<number[]> => {
    const reader = await follow(t, url, `?kinds=request${query}`)
    await fetch(`${url}/f`)
    return (await reader.take(count)).map(({ data: { id } }) => id)
  }
  t.strictSame(await idsOf('', 1), [6])
  t.strictSame(await idsOf('&after=0', 5), [3, 4, 5, 6, 7], 'what has left the journal is not missed by who was not there')
  t.strictSame(await idsOf('&after=6', 2), [7, 8])
  t.strictSame(await idsOf('&after=99', 1), [9])
  t.strictSame(await idsOf('&last=2', 3), [8, 9, 10])
  t.strictSame(await idsOf('&last=2&after=9', 2), [10, 11])
  t.strictSame(await idsOf('&last=3&path=/f', 4), [9, 10, 11, 12])
  t.strictSame(await idsOf('&last=1&path=/f&method=GET&status=404&matched=false', 2), [12, 13])
  const reader = await follow(t, url, '?kinds=request&last=1&path=/x')
  await fetch(`${url}/x`)
  t.equal((await reader.next()).data.id, 14)
})

t.test('frames that are there already are those that follow the first request', async (t) => {
  const emulator = await listen(t)
  const { url, emulator: { journal } } = emulator
  const say = (text: string): void => journal.addFrame({ connection: 1, direction: 'in', text }, 0)
  await fetch(`${url}/a`)
  say('1')
  await fetch(`${url}/b`)
  say('2')
  for (const [query, expected] of [['', ['3']], ['?after=0', ['/a', '/b', '1', '2', '3']], ['?after=1', ['/b', '2', '3']], ['?last=1', ['/b', '2', '3']], ['?last=1&path=/a', ['/a', '1', '2', '3']]] as const) {
    const reader = await follow(t, url, query)
    await reader.beats(1)
    if (query === '') say('3')
    t.strictSame((await reader.take(expected.length)).map(({ data: { path, text } }) => path ?? text), expected, query)
  }
})

t.test('many requests at once', async (t) => {
  const emulator = await listen(t)
  const { journal } = emulator.emulator
  await fetch(`${emulator.url}/a`)
  const [first] = journal.after(0)
  if (first === undefined) throw new Error('no request')
  for (let count = 1; count < 900; count++) journal.add(first.request)
  const reader = await follow(t, emulator.url, '?kinds=request&after=0')
  t.strictSame((await reader.take(900)).map(({ data: { id } }) => id), Array.from({ length: 900 }, (_, index) => index + 1))
})

t.test('a journal that keeps nothing', async (t) => {
  const { url } = await listen(t, { config: { journal: 0 } })
  const reader = await follow(t, url)
  await fetch(`${url}/a`)
  await unlock(url, 'gamer', 9)
  t.strictSame(kindsOf(await reader.take(1)), ['progress'])
})
