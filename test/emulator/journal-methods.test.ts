import t from 'tap'
import { WaitError, type Emulator } from '../../src/index.ts'
import { findHarProblems } from '../control/journal/har-1.2.ts'
import { GAMER, listOf } from '../helper.ts'
import { start } from '../in-process.ts'

const LIST = listOf(GAMER)
const LONGEST = 3_600_000

const get = async ({ url }: Emulator, path: string, headers: Record<string, string> = {}): Promise<string> => await (await fetch(`${url}${path}`, { headers })).text()

t.test('waits for a request, whichever comes first', async (t) => {
  const emulator = await start(t)
  const wait = emulator.waitForRequest({ path: '/b' }, { timeout: LONGEST })
  await get(emulator, '/a')
  await get(emulator, '/b')
  const entry = await wait
  t.strictSame([entry.id, entry.path, entry.status], [2, '/b', 404])
  t.strictSame(entry, emulator.requests({ path: '/b' })[0])
  t.strictSame(await emulator.waitForRequest(), emulator.requests()[0], 'one that is there already')
  t.strictSame(await emulator.waitForRequest({ path: '/b' }, { timeout: 0 }), entry)
  const next = emulator.waitForRequest({ path: '/b', after: entry.id }, { timeout: LONGEST })
  await get(emulator, '/b')
  t.equal((await next).id, 3)
  emulator.clearRequests()
  t.strictSame(emulator.requests(), [])
  const fourth = emulator.waitForRequest({}, { timeout: undefined })
  await get(emulator, '/c')
  t.equal((await fourth).id, 4)
})

t.test('a wait in vain says what came instead', async (t) => {
  const emulator = await start(t)
  const filter = { method: 'POST', path: '*/update', status: 200 }
  const waitInVain = async (filter: object): Promise<Error> => await emulator.waitForRequest(filter, { timeout: 0 }).then(() => { throw new Error('it has come') }, (error) => error)
  const none = await waitInVain(filter)
  t.ok(none instanceof WaitError)
  t.strictSame([none.name, none.message], ['WaitError', 'Waited 0 ms: no request matches {"method":"POST","path":"*/update","status":200}; none came.'])
  await get(emulator, '/a')
  t.equal((await waitInVain(filter)).message, `Waited 0 ms: no request matches {"method":"POST","path":"*/update","status":200}; 1 came:
  #1 GET /a 404, other than the filter in method, status, path (/a is not a path of this service.)`)
  await (await fetch(`${emulator.url}${LIST}/b5dd9daf-0000-0000-0000-000000000000/update`, { method: 'POST' })).text()
  await get(emulator, LIST, { authorization: emulator.authorization({ xuid: GAMER }) })
  emulator.fault({ effect: 'reset', path: '/users/xuid(7)/achievements' })
  await t.rejects(get(emulator, listOf('7'), { authorization: emulator.authorization({ xuid: GAMER }) }))
  t.equal((await waitInVain(filter)).message, `Waited 0 ms: no request matches {"method":"POST","path":"*/update","status":200}; 4 came, the nearest:
  #2 POST ${LIST}/b5dd9daf-0000-0000-0000-000000000000/update 401, other than the filter in status (The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".)
  #3 GET ${LIST} 200, other than the filter in method, path
  #4 GET ${listOf('7')} not answered, other than the filter in method, status, path`)
  t.equal((await waitInVain({ status: 301, after: 3 })).message, `Waited 0 ms: no request matches {"status":301,"after":3}; 1 came:
  #4 GET ${listOf('7')} not answered, other than the filter in status`)
  await get(emulator, `/${'x'.repeat(9000)}`)
  t.equal((await waitInVain({ status: 301, after: 4 })).message, `Waited 0 ms: no request matches {"status":301,"after":4}; 1 came:
  #5 GET /${'x'.repeat(199)}… 404, other than the filter in status (/${'x'.repeat(199)}…)`)
})

t.test('a wait ends when the emulator is closed', async (t) => {
  const emulator = await start(t)
  const wait = t.rejects(emulator.waitForRequest({ status: 200 }, { timeout: LONGEST }), new WaitError('The emulator was closed: no request matches {"status":200}; none came.'))
  await emulator.close()
  await wait
  await t.rejects(emulator.waitForRequest(), new WaitError('The emulator was closed: no request matches {}; none came.'))
})

t.test('wrong options of a wait', async (t) => {
  const emulator = await start(t)
  for (const [options, message] of [
    [{ timeout: -1 }, 'The options of waitForRequest, at /timeout: found -1, expected an integer from 0 to 3600000, in ms.'],
    [{ timeout: 3_600_001 }, 'The options of waitForRequest, at /timeout: found 3600001, expected an integer from 0 to 3600000, in ms.'],
    [{ timout: 1 }, 'The options of waitForRequest, at /timout: unknown member; known are timeout.'],
    [5, 'The options of waitForRequest: found 5, expected an object.']
  ] as const) await t.rejects(emulator.waitForRequest({}, options as object), { name: 'XblError', message })
})

t.test('a journal that keeps nothing is not waited for', async (t) => {
  const emulator = await start(t, { journal: 0 })
  await t.rejects(emulator.waitForRequest({}, { timeout: LONGEST }), { name: 'XblError', message: 'Nothing can be waited for: the journal keeps no request (journal: 0).' })
})

t.test('answers and a HAR', async (t) => {
  const emulator = await start(t, { journalAnswers: true })
  await get(emulator, `${LIST}?maxItems=1`, { authorization: emulator.authorization({ xuid: GAMER }), 'x-xbl-contract-version': '2' })
  await get(emulator, '/nope')
  const [list, nope] = emulator.requests()
  t.match(list?.answer, { headers: { 'content-type': 'application/json; charset=utf-8' }, body: { achievements: [{}], pagingInfo: {} } })
  t.strictSame(nope?.answer?.body, { errorCode: null, errorMessage: '/nope is not a path of this service.' })
  const har = emulator.har()
  t.strictSame(findHarProblems(har), [])
  t.strictSame(har.log.entries.map(({ request, response }) => [request.url, response.status, response.content.size]), [[`${emulator.url}${LIST}?maxItems=1`, 200, list?.answer?.bytes], [`${emulator.url}/nope`, 404, nope?.answer?.bytes]])
  t.equal(emulator.har({ status: 404 }).log.entries.length, 1)
})
