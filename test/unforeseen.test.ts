import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { sendResponse } from '../src/xbox/answers/response-cache.ts'
import { listen, LIVE_HEADERS, refusal, SERVICE_HEADERS } from './control/client.ts'
import { build } from './helper.ts'
import { exchange, open, request } from './raw-http.ts'
import { askHttp2, listenSecurely } from './server/tls/client.ts'

const FAILED = refusal(5000, 'The emulator failed to answer; its log says why.')

/** What can be thrown, and what the log says of it. */
const THROWN: ReadonlyArray<[name: string, thrown: unknown, logged: object]> = [
  ['error', new Error('the disk is on fire'), { err: { message: 'the disk is on fire', stack: /unforeseen.test.ts/ } }],
  ['string', 'the disk is on fire', { err: { message: '\'the disk is on fire\' was thrown' } }],
  ['null', null, { err: { message: 'null was thrown' } }],
  ['undefined', undefined, { err: { message: 'undefined was thrown' } }],
  ['misleading', Object.assign(new Error('the disk is on fire'), { statusCode: 200 }), { err: { message: 'the disk is on fire' } }],
  ['object', { status: 200, statusCode: 'x' }, { err: { message: '{ status: 200, statusCode: \'x\' } was thrown' } }]
]

function routes (app: FastifyInstance): void {
  for (const [name, thrown] of THROWN) {
    app.get(`/sync/${name}`, () => { throw thrown })
    app.get(`/async/${name}`, async () => { throw thrown })
    app.get(`/hook/${name}`, { preHandler: async () => { throw thrown } }, () => '')
    app.get(`/callback/${name}`, { preHandler: () => { throw thrown } }, () => '')
  }
  let sent = 0
  app.get('/send', { onSend: async () => { if (sent++ === 0) throw new Error('the disk is on fire') } }, () => '{}')
  app.get('/header', (_request, reply) => sendResponse(reply, { body: '{}', headers: { 'content-language': '\n' } }))
  app.get('/response', { onResponse: async () => { throw new Error('the disk is on fire') } }, () => '{}')
}

t.test('anything that is thrown is a 500, and in the log with its stack', async (t) => {
  const lines: any[] = []
  const logTo = new Writable({ write (line, _encoding, done) { lines.push(JSON.parse(line)); done() } })
  const { port } = await listen(t, { logTo, routes })
  const ask = async (path: string): Promise<object> => {
    lines.length = 0
    const { status, headers, body } = await exchange(t, port, request(path))
    t.match(headers, SERVICE_HEADERS, path)
    t.match(lines.at(-1), { level: 30, path, status }, path)
    return [status, JSON.parse(body)]
  }
  for (const [name, thrown, logged] of THROWN) {
    // What a hook throws that is nothing is nothing to Fastify.
    for (const where of thrown == null ? ['sync', 'async'] : ['sync', 'async', 'hook', 'callback']) {
      t.strictSame(await ask(`/${where}/${name}`), [500, FAILED], `${where} ${name}`)
      t.match(lines, [{ level: 50, ...logged }, { level: 30 }], `${where} ${name}`)
    }
  }
  t.strictSame(await ask('/send'), [500, FAILED])
  t.match(lines, [{ level: 50, err: { message: 'the disk is on fire', stack: /unforeseen.test.ts/ } }, { level: 30 }])
  t.strictSame(await ask('/header'), [500, FAILED])
  t.match(lines, [{ level: 50, err: { code: 'ERR_INVALID_CHAR' } }, { level: 30 }])
  t.strictSame(await ask('/response'), [200, {}])
})

t.test('a refusal has none of the headers that its route had set, and no cache may store it', async (t) => {
  for (const [dialect, expected] of [['documented', SERVICE_HEADERS], ['live', LIVE_HEADERS]] as const) {
    const { app } = build(t, {
      config: { dialect },
      routes: (app) => {
        app.get('/users/:any/unforeseen', (_request, reply) => {
          reply.headers({ 'cache-control': 'public, max-age=60', 'content-type': 'text/html' }).removeHeader('pragma')
          throw new Error('the disk is on fire')
        })
      }
    })
    const { statusCode, headers } = await app.inject('/users/me/unforeseen')
    t.equal(statusCode, 500)
    t.match(headers, { ...expected, 'content-type': /^application\/json/ })
  }
})

t.test('a client that is gone before its answer is written', async (t) => {
  const { port } = await listen(t, {
    routes: (app) => {
      for (const [path, body] of [['/long', [Buffer.alloc(5000), Buffer.alloc(5000)]], ['/short', '{}']] as const) {
        app.get(path, (request, reply) => {
          request.raw.socket.destroy()
          return sendResponse(reply, { body, headers: { 'content-length': 10_000 } })
        })
      }
    }
  })
  for (const path of ['/long', '/short']) t.equal(await text((await open(t, port)).setEncoding('utf8').end(request(path))), '')
  t.equal((await exchange(t, port, request('/_emulator/health'))).status, 200)
})

t.test('an unforeseen error in the answer to HEAD, and over HTTP/2', async (t) => {
  const secure = await listenSecurely(t, { routes })
  const { status, body } = await askHttp2(t, secure, { path: '/sync/error' })
  t.strictSame([status, JSON.parse(body)], [500, FAILED])
  const head = await askHttp2(t, secure, { method: 'HEAD', path: '/async/null' })
  t.match([head.status, head.body, head.headers['content-length']], [500, '', String(JSON.stringify(FAILED).length)])
})
