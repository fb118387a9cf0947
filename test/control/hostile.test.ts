import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { build, GAMER, listOf, SAMPLE_SCID } from '../helper.ts'
import { command, control, listen, sentBy, worldText } from './client.ts'

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
const USER = `/users/${GAMER}`
const PROGRESS = `${USER}/achievements/${SAMPLE_SCID}/3`
const huge = 'x'.repeat(100_000)

/** Malformed and malicious requests, with the status of each: never 2xx, never 500. */
const HOSTILE: ReadonlyArray<[method: string, path: string, body: unknown, status: number]> = [
  ['PUT', '/world', '', 400],
  ['PUT', '/world', '{', 400],
  ['PUT', '/world', '\u0000', 400],
  ['PUT', '/world', deep(100_000), 400],
  ['PUT', '/world', `{"titles":${deep(100_000)}}`, 400],
  ['PUT', '/world', '{"users":[{"xuid":"1","gamertag":"\\ud800"},{"xuid":"2","gamertag":"\\udfff"}]}', 400],
  ['PATCH', '/world', '{"__proto__":{"titles":[]}}', 400],
  ['PATCH', '/world', '{"users":[{"__proto__":null,"xuid":"1","gamertag":"x"}]}', 400],
  ['PATCH', '/world', '{"titles":[{"titleId":{"toString":null,"valueOf":null}}]}', 400],
  ['PATCH', '/world', `{"sessions":[{"userHash":${deep(50_000)},"token":1}]}`, 400],
  ['PATCH', '/world', '{"hasOwnProperty":1,"titles":[]}', 400],
  ['PATCH', '/world', [], 400],
  ['PATCH', '/world', { users: [{ xuid: '-1', gamertag: 'x' }] }, 400],
  ['POST', '/world', {}, 405],
  ['PUT', '/reset', {}, 405],
  ['POST', '/reset', 'x', 400],
  ['POST', '/reset/x', undefined, 404],
  ['GET', '/world/../reset', undefined, 405],
  ['PUT', `/users/${'9'.repeat(10_000)}`, {}, 404],
  ['PUT', '/users/%00', {}, 404],
  ['PUT', '/users/%ED%A0%80', {}, 400],
  ['PUT', '/users/1%27--', {}, 404],
  ['PUT', USER, `{"gamertag":${deep(60_000)}}`, 400],
  ['PUT', USER, '{"__proto__":{"gamertag":"x"}}', 400],
  ['PUT', USER, '{"gamertag":["x"]}', 400],
  ['PUT', '/users/5', `{"gamertag":"${huge}","privacy":"${huge}"}`, 400],
  ['PUT', `${USER}/privacy`, '"blocked"', 400],
  ['PUT', `${USER}/friends/null`, undefined, 404],
  ['DELETE', `${USER}/friends/`, undefined, 405],
  ['PUT', PROGRESS, { percentComplete: -0.5 }, 400],
  ['PUT', PROGRESS, '{"percentComplete":1e400}', 400],
  ['PUT', PROGRESS, { requirements: [{ id: '__proto__', current: '1' }] }, 400],
  ['PUT', `${USER}/achievements/${SAMPLE_SCID}/-3`, {}, 400],
  ['PUT', `${USER}/achievements/${SAMPLE_SCID}/3.0`, {}, 400],
  ['POST', '/sessions', { userHash: huge }, 400],
  ['POST', '/sessions', '{"token":"\\ud800"}', 400],
  ['DELETE', '/sessions/demo/%F0%9F%98%80', undefined, 404],
  ['DELETE', '/sessions/demo', undefined, 404],
  ['PUT', '/clock', '{"offset":"\\ud800"}', 400],
  ['PUT', '/clock', { offset: `P${'9'.repeat(50_000)}D` }, 400],
  ['POST', '/faults', '{"status":503,"delay":{"min":0,"max":1,"__proto__":0}}', 400],
  ['POST', '/faults', { status: 503, path: [] }, 400],
  ['DELETE', '/faults/__proto__', undefined, 404],
  ['GET', '/requests?status=1&status=2', undefined, 400]
]

t.test('hostile requests are refused, and change nothing', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', `${USER}/privacy`, { privacy: 'blocked' })
  const state = async (): Promise<unknown[]> => [await worldText(emulator), await command(emulator, 'GET', '/clock'), await command(emulator, 'GET', '/faults'), await command(emulator, 'GET', '/requests')]
  const before = await state()
  t.ok(HOSTILE.length > 30)
  for (const [method, path, body, expected] of HOSTILE) {
    const answer = await control(emulator, method, path, body, body === '' ? { 'content-type': 'application/json' } : {})
    const what = `${method} ${path.slice(0, 60)} ${String(JSON.stringify(body)).slice(0, 60)}`
    t.equal(answer.status, expected, what)
    t.strictSame(Object.keys(answer.body), ['errorCode', 'errorMessage'], what)
    t.ok(answer.body.errorMessage.length < 30_000)
  }
  const after = await state()
  t.strictSame(after.slice(0, 3), before.slice(0, 3))
  await command(emulator, 'POST', '/reset')
  t.equal(await worldText(emulator), await worldText(build(t)))
})

t.test('a fragment in the target is ignored', async (t) => {
  const { port, ...emulator } = await listen(t)
  for (const [target, expected] of [[`${listOf(GAMER)}#%zz`, 200], [`${listOf(GAMER)}?maxItems=1#%`, 200], ['/_emulator/clock#%zz', 200]] as const) {
    const socket = connect(port, '127.0.0.1')
    t.teardown(() => socket.destroy())
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${Object.entries(sentBy()).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    t.equal((await text(socket)).slice(9, 12), String(expected), target)
  }
  t.strictSame((await command(emulator, 'GET', '/requests')).requests.map(({ path }: any) => path), [listOf(GAMER), listOf(GAMER)])
})

t.test('the journal shows a deeply nested body', async (t) => {
  const emulator = build(t)
  const response = await emulator.app.inject({ method: 'POST', url: `${listOf(GAMER)}/${SAMPLE_SCID}/update`, headers: sentBy(), payload: deep(8192) })
  t.equal(response.statusCode, 400)
  const { status, body } = await control(emulator, 'GET', '/requests')
  t.strictSame([status, body.requests.length, body.requests[0].status], [200, 1, 400])
})

t.test('the longest request timeout works', async (t) => {
  const { get } = build(t, { config: { requestTimeout: 3_600_000 } })
  t.equal((await get('/_emulator/ready')).statusCode, 200)
})

t.test('an id that is missing at the end of a path lets nothing more be deleted', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503, times: 1, path: '/users/*' })
  const before = await worldText(emulator)
  for (const path of ['/faults/', `${USER}/achievements/`, `${USER}/achievements/${SAMPLE_SCID}/`, '/requests/', '/clock/', `${USER}/`]) {
    const { status, body } = await control(emulator, 'DELETE', path)
    t.strictSame([status, body], [400, { errorCode: 4000, errorMessage: 'The path ends with a slash; expected an id behind it, or no slash.' }], path)
  }
  t.match(await command(emulator, 'GET', '/faults'), { faults: [{ id: 1 }] })
  t.equal(await worldText(emulator), before)
})
