import t from 'tap'
import { build, GAMER, LARGE_TITLE, listOf, singleOf } from '../../helper.ts'
import { codeForm, post, postForm, userBody, userTokenOf, xstsBody } from '../../sign-in/client.ts'
import { exchange, open, request } from '../../raw-http.ts'
import { askHttp1, askHttp2, listenSecurely } from '../../server/tls/client.ts'
import { command, listen, sentBy } from '../client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const LIST = listOf(GAMER)
const BODY = { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '11', percentComplete: 40 }] }

/** The answers in the journal, without what differs each time. */
async function answers (emulator: Parameters<typeof command>[0]): Promise<any[]> {
  const { requests } = await command(emulator, 'GET', '/requests')
  return requests.map(({ answer }: any) => {
    if (answer !== null) delete answer.headers['ms-cv']
    return answer
  })
}

t.test('answers are kept when that is asked for', async (t) => {
  for (const journalAnswers of [false, true]) {
    const emulator = build(t, { config: { journalAnswers } })
    const sent = [
      await emulator.get(`${LIST}?maxItems=2`),
      await emulator.get(LIST),
      await emulator.get(singleOf(GAMER, SCID, 11)),
      await emulator.get(LIST, { session: null }),
      await emulator.app.inject({ method: 'HEAD', url: LIST, headers: sentBy() }),
      await emulator.app.inject({ method: 'POST', url: `${LIST}/${SCID}/update`, headers: sentBy('demo;titleless'), payload: BODY }),
      await emulator.app.inject({ method: 'POST', url: `${LIST}/${SCID}/update`, headers: sentBy('demo;titleless'), payload: BODY }),
      await emulator.app.inject({ url: '/pictures/00000000-0000-8000-a000-000000000000/AB.svg' })
    ]
    t.strictSame(sent.map(({ statusCode }) => statusCode), [200, 200, 200, 401, 200, 200, 304, 200])
    const expected = sent.map(({ headers: { 'ms-cv': _vector, date: _date, connection: _connection, ...headers }, body }) => ({
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      bytes: Buffer.byteLength(body),
      body: body === '' ? null : body.startsWith('<') ? body : JSON.parse(body)
    }))
    t.same(await answers(emulator), journalAnswers ? expected : sent.map(() => null))
  }
})

t.test('over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t, { config: { journalAnswers: true } })
  for (const ask of [askHttp1, askHttp2.bind(null, t)]) {
    for (const path of [LIST, `${LIST}?maxItems=1`, '/nope']) {
      const { body } = await ask(emulator, { path, headers: sentBy() })
      const answer = (await answers(emulator)).at(-1)
      t.strictSame([answer.bytes, answer.body, answer.headers['content-length']], [Buffer.byteLength(body), JSON.parse(body), String(Buffer.byteLength(body))])
    }
  }
})

t.test('an answer of more than 256 kB is left out, but for its length', async (t) => {
  const scid = '00000000-0000-0000-0000-000000000001'
  const world = {
    titles: [{ titleId: 1, name: 'One', serviceConfigId: scid, achievements: Array.from({ length: 200 }, (_none, n) => ({ id: n + 1, name: `a${n}`, description: 'x'.repeat(2000) })) }],
    users: [{ xuid: GAMER, gamertag: 'gamer' }],
    sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 }]
  }
  const emulator = build(t, { world, config: { journalAnswers: true } })
  for (const [maxItems, isKept] of [[50, true], [200, false]] as const) {
    const { body } = await emulator.get(`${LIST}?maxItems=${maxItems}`)
    t.equal(body.length <= 256 * 1024, isKept)
    const answer = (await answers(emulator)).at(-1)
    t.strictSame([answer.bytes, answer.body], [body.length, isKept ? JSON.parse(body) : null])
  }
})

t.test('tokens of a sign-in are not kept', async (t) => {
  const emulator = build(t, { config: { journalAnswers: true } })
  const user = await userTokenOf(emulator, 'gamer')
  const texts = [user, (await postForm(emulator, codeForm('gamer'))).body, (await post(emulator, '/user/authenticate', userBody('gamer'))).body, (await post(emulator, '/xsts/authorize', xstsBody(user))).body]
  const secrets = texts.flatMap((text) => text.startsWith('{') ? Object.entries(JSON.parse(text)).filter(([name]) => /token$/i.test(name)).map(([, value]) => String(value)) : [text])
  const { body } = await emulator.app.inject('/_emulator/requests')
  t.ok(secrets.length > 4)
  for (const secret of secrets) if (secret !== 'bearer') t.notOk(body.includes(secret))
  t.ok((await answers(emulator)).every(({ body, bytes }) => body === null && bytes > 0))
})

t.test('what a fault has sent, and what it has lost', async (t) => {
  const emulator = await listen(t, { config: { journalAnswers: true } })
  const ask = async (fault: object): Promise<any> => {
    await command(emulator, 'DELETE', '/requests')
    await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
    const answer = await exchange(t, emulator.port, request(`${LIST}?maxItems=1`, sentBy())).catch(() => null)
    const [kept] = await answers(emulator)
    return [answer?.body, kept?.body, kept?.bytes]
  }
  const [half, kept, bytes] = await ask({ effect: 'truncate' })
  t.ok(half.length > 100)
  t.strictSame([kept, bytes], [half, half.length], 'half of the JSON, as a text')
  t.strictSame(await ask({ status: 500, body: 'no JSON' }), ['no JSON', 'no JSON', 7])
  t.strictSame(await ask({ status: 500, body: 'no JSON', headers: { 'content-type': 'application/json', 'set-cookie': 'S3CR3T' } }), ['no JSON', 'no JSON', 7])
  t.notMatch((await emulator.app.inject('/_emulator/requests')).body, /S3CR3T/)
  t.strictSame((await ask({ effect: 'reset' })).slice(1), [undefined, undefined])
  const socket = await open(t, emulator.port)
  socket.destroy()
})
