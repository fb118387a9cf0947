import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify, { type LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { findPageFolder } from '../../src/console/page-files.ts'
import { consoleRoutes } from '../../src/console/routes.ts'
import { build } from '../helper.ts'
import { requireFreshPage } from './fresh-page.ts'

const PAGE = '/_emulator/console'
const POLICY = "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; img-src 'self' http: https:; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none';"
const COMMON = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

t.before(requireFreshPage)

/** The headers but for those that differ each time. */
function headersOf ({ headers: { date, connection, 'ms-cv': vector, ...headers } }: LightMyRequestResponse): object {
  return headers
}

/** The address of the page's script. */
async function findScript (app: { inject: (request: { url: string }) => Promise<LightMyRequestResponse> }): Promise<string> {
  return /src="([^"]*)"/.exec((await app.inject({ url: PAGE })).body)?.[1] as string
}

t.test('the page names its files, and nothing else', async (t) => {
  const { app } = build(t)
  const page = await app.inject({ url: PAGE })
  const names = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url as string)
  t.match(names, [/^\/_emulator\/console\/icon-[A-Z\d]{8}\.svg$/, /^\/_emulator\/console\/console-[A-Z\d]{8}\.css$/, /^\/_emulator\/console\/console-[A-Z\d]{8}\.js$/])
  t.equal(names.length, 3)
  const types = ['image/svg+xml', 'text/css; charset=utf-8', 'text/javascript; charset=utf-8']
  for (const [index, url] of names.entries()) {
    const file = await app.inject({ url })
    t.equal(file.statusCode, 200, url)
    t.match(file.headers['etag'], /^"[\w-]{22}"$/)
    t.strictSame(headersOf(file), {
      ...COMMON,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(file.rawPayload.length),
      'content-type': types[index],
      etag: file.headers['etag'],
      vary: 'Accept-Encoding'
    })
  }
})

t.test('the page itself is asked for each time, and sent when it is another', async (t) => {
  const { app } = build(t)
  const page = await app.inject({ url: PAGE })
  const { etag } = page.headers
  const headers = { ...COMMON, 'cache-control': 'no-cache', etag, vary: 'Accept, Accept-Encoding' }
  t.strictSame([page.statusCode, headersOf(page)], [200, { ...headers, 'content-length': String(page.rawPayload.length), 'content-type': 'text/html; charset=utf-8' }])
  for (const tags of [etag as string, `"other", W/${etag}`, '*']) {
    const same = await app.inject({ url: PAGE, headers: { 'if-none-match': tags } })
    t.strictSame([same.statusCode, same.body, headersOf(same)], [304, '', headers], tags)
  }
  const other = await app.inject({ url: PAGE, headers: { 'if-none-match': '"other"' } })
  t.strictSame([other.statusCode, other.body], [200, page.body])
})

t.test('HEAD, a slash at the end and another letter case', async (t) => {
  const { app } = build(t)
  const page = await app.inject({ url: PAGE })
  for (const url of [PAGE, `${PAGE}/`, '/_EMULATOR/Console', `${PAGE}?from=mail`]) {
    const head = await app.inject({ method: 'HEAD', url })
    t.strictSame([head.statusCode, head.body, headersOf(head)], [200, '', headersOf(page)], url)
    t.equal((await app.inject({ url })).body, page.body)
  }
  const post = await app.inject({ method: 'POST', url: PAGE })
  t.strictSame([post.statusCode, post.headers.allow, post.json()], [405, 'GET, HEAD', { errorCode: null, errorMessage: 'POST is not supported here; supported: GET, HEAD.' }])
})

t.test('a file comes in the best compression that a browser takes', async (t) => {
  const { app } = build(t)
  const url = await findScript(app)
  const plain = await app.inject({ url })
  const cases: ReadonlyArray<readonly [string, string | undefined, (body: Buffer) => Buffer]> = [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync], ['*', 'br', brotliDecompressSync], ['br;q=0.1, gzip', 'gzip', gunzipSync],
    ['gzip', 'gzip', gunzipSync], ['identity', undefined, (body) => body], ['*;q=0', undefined, (body) => body], ['', undefined, (body) => body]
  ]
  const tags = new Set([plain.headers['etag']])
  for (const [accepted, encoding, decode] of cases) {
    const file = await app.inject({ url, headers: { 'accept-encoding': accepted } })
    t.equal(file.headers['content-encoding'], encoding, accepted)
    t.equal(file.headers['content-length'], String(file.rawPayload.length))
    t.ok(decode(file.rawPayload).equals(plain.rawPayload))
    tags.add(file.headers['etag'])
  }
  t.equal(tags.size, 3, 'each compression is a representation of its own')
  const [br] = [...tags].slice(1)
  const same = await app.inject({ url, headers: { 'accept-encoding': 'br', 'if-none-match': br as string } })
  t.strictSame([same.statusCode, same.body, same.headers['content-encoding']], [304, '', undefined])
})

t.test('a whole page is less than 150 kB over the wire', async (t) => {
  const { app } = build(t)
  const { body } = await app.inject({ url: PAGE })
  let bytes = 0
  for (const url of [PAGE, ...[...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url as string)]) {
    bytes += (await app.inject({ url, headers: { 'accept-encoding': 'br' } })).rawPayload.length
  }
  t.comment(`${bytes} bytes`)
  t.ok(bytes < 150_000, `${bytes}`)
})

t.test('the licences of what is bundled are there', async (t) => {
  const { app } = build(t)
  const file = await app.inject({ url: `${PAGE}/licences.txt` })
  t.strictSame([file.statusCode, file.headers['content-type'], file.headers['cache-control']], [200, 'text/plain; charset=utf-8', 'no-cache'])
  for (const name of ['@preact/signals', '@preact/signals-core', 'eventsource-parser', 'preact']) t.match(file.body, new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, 'm'))
  t.match((await app.inject({ url: await findScript(app) })).body, 'licences.txt')
})

t.test('no other file is served', async (t) => {
  const { app } = build(t)
  const script = (await findScript(app)).slice(PAGE.length + 1)
  for (const name of ['index.html', 'console.js', 'console-AAAAAAAA.js', `${script}.br`, `${script}.map`, '..%2F..%2Fpackage.json', '..%5Cpackage.json', '%2Fetc%2Fpasswd', '%2E%2E', 'console-AAAAAAAA.js%00', 'x'.repeat(5000)]) {
    const { statusCode, headers } = await app.inject({ url: `${PAGE}/${name}` })
    t.equal(statusCode, 404, name)
    t.equal(headers['cache-control'], 'no-cache, no-store, must-revalidate')
  }
  const { body } = await app.inject({ url: `${PAGE}/console-AAAAAAAA.js` })
  t.strictSame(JSON.parse(body), { errorCode: null, errorMessage: `${PAGE}/console-AAAAAAAA.js is not a path of this service.` })
})

t.test('neither key nor limit nor fault is in the way of the page', async (t) => {
  const { app } = build(t, { config: { controlKey: 'secret', rateLimit: '1,1' } })
  const fault = await app.inject({ method: 'POST', url: '/_emulator/faults', headers: { authorization: 'Bearer secret' }, payload: { status: 503 } })
  t.equal(fault.statusCode, 201)
  for (let request = 0; request < 120; request++) {
    const { statusCode } = await app.inject({ url: '/', headers: { accept: 'text/html' } })
    if (statusCode !== 200) t.equal(statusCode, 200, `request ${request}`)
  }
  t.equal((await app.inject({ url: await findScript(app) })).statusCode, 200)
  t.equal((await app.inject({ url: '/_emulator/users' })).statusCode, 401)
})

t.test('no page of another site may load it, or frame it', async (t) => {
  const { app } = build(t)
  const url = await findScript(app)
  for (const [path, dest] of [[url, 'script'], [PAGE, 'iframe'], ['/', 'iframe']] as const) {
    const { statusCode } = await app.inject({ url: path, headers: { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': dest === 'iframe' ? 'navigate' : 'no-cors', 'sec-fetch-dest': dest } })
    t.equal(statusCode, 403, path)
  }
  const link = await app.inject({ url: '/', headers: { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } })
  t.equal(link.statusCode, 200, 'a link leads here')
})

t.test('the page lies in the folder of what is built, wherever that is', async (t) => {
  t.equal(findPageFolder('file:///project/src/console/page-files.ts').href, 'file:///project/dist/page/')
  t.equal(findPageFolder('file:///other/console/page-files.js').href, 'file:///other/page/')
})

t.test('a page that is not built says how to build it', async (t) => {
  const folder = await unbuilt(t)
  const { app, errors } = alone(t, folder)
  const file = `${PAGE}/console-AAAAAAAA.js`
  for (const url of [PAGE, '/_emulator/docs', file]) t.equal((await app.inject({ url })).statusCode, 404, url)
  const notBuilt = 'The page is not built; npm run build:page builds it.'
  t.strictSame(errors.map(({ message }) => message), [notBuilt, notBuilt, `${file} is not a path of this service.`])
})

t.test('a page that cannot be read is an error of this machine', async (t) => {
  const folder = await unbuilt(t)
  mkdirSync(new URL('index.html', folder))
  const { app, errors } = alone(t, folder)
  t.equal((await app.inject({ url: PAGE })).statusCode, 500)
  t.match(errors, [{ code: 'EISDIR' }])
  rmSync(new URL('index.html', folder), { recursive: true })
  writeFileSync(new URL('index.html', folder), 'built meanwhile')
  t.equal((await app.inject({ url: PAGE })).body, 'built meanwhile')
})

/** An empty folder. */
async function unbuilt (t: Test): Promise<URL> {
  const folder = mkdtempSync(join(tmpdir(), 'console-routes-'))
  t.teardown(() => { rmSync(folder, { recursive: true, force: true }) })
  return pathToFileURL(`${folder}/`)
}

/** The routes by themselves, and what they have thrown. */
function alone (t: Test, folder: URL): { app: ReturnType<typeof Fastify>, errors: Error[] } {
  const app = Fastify()
  t.teardown(async () => { await app.close() })
  const errors: Error[] = []
  app.setErrorHandler((error: Error & { status?: number }, _request, reply) => {
    errors.push(error)
    reply.code(error.status ?? 500).send('')
  })
  consoleRoutes(app, folder)
  return { app, errors }
}
