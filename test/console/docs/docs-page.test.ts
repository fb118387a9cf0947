import t from 'tap'
import { build } from '../../helper.ts'

const PAGE = '/_emulator/docs'
const DOCUMENT = '/_emulator/openapi.json'

t.test('the page finds everything that it loads in the emulator', async (t) => {
  const { app } = build(t)
  const page = await app.inject({ url: PAGE })
  t.equal(page.statusCode, 200)
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  const references = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url as string)
  t.strictSame(references.map((url) => url.replace(/-[A-Z\d]{8}/, '-HASH')), [
    '/_emulator/console/icon-HASH.svg', `${PAGE}/static/swagger-ui.css`, `${PAGE}/static/index.css`, '/_emulator/console/docs-HASH.css', '/', DOCUMENT,
    `${PAGE}/static/swagger-ui-bundle.js`, '/_emulator/console/docs-HASH.js'
  ])
  const types = { css: /^text\/css; charset=utf-8$/, js: /^(text|application)\/javascript; charset=utf-8$/, svg: /^image\/svg\+xml$/, json: /^application\/json; charset=utf-8$/, '/': /^text\/html; charset=utf-8$/ }
  for (const url of references) {
    const { statusCode, headers, rawPayload } = await app.inject({ url, headers: { accept: 'text/html' } })
    t.equal(statusCode, 200, url)
    t.match(headers['content-type'], types[url.split('.').at(-1) as keyof typeof types])
    t.ok(rawPayload.length > 100)
  }
})

t.test('nothing is loaded from elsewhere', async (t) => {
  const { app } = build(t)
  for (const url of [PAGE, `${PAGE}/static/swagger-ui.css`, `${PAGE}/static/index.css`]) {
    const { body, headers } = await app.inject({ url })
    const addresses = [...body.matchAll(/(?:https?:)?\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi)].map(([address]) => address)
    // The namespace of SVG has the form of an address, and is not loaded.
    t.strictSame(addresses.filter((address) => address !== 'http://www.w3.org'), [], url)
    t.equal(headers['content-security-policy'], "default-src 'none'; base-uri 'none'; connect-src 'self' http://localhost:* http://127.0.0.1:*; form-action 'none'; frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self';")
  }
})

t.test('the page and the document are answered like any other path', async (t) => {
  const { app } = build(t)
  for (const url of [PAGE, DOCUMENT, `${PAGE}/static/swagger-ui.css`, `${PAGE}/`, '/_EMULATOR/Docs']) {
    const get = await app.inject({ url, headers: { 'ms-cv': 'abcDEF0123456789.7' } })
    t.equal(get.statusCode, 200, url)
    t.equal(get.headers['ms-cv'], 'abcDEF0123456789.7.0')
    t.equal(get.headers['cache-control'], url.toLowerCase().replace(/\/$/, '') === PAGE ? 'no-cache' : 'no-cache, no-store, must-revalidate')
    t.equal(get.headers['x-content-type-options'], 'nosniff')
    const head = await app.inject({ method: 'HEAD', url })
    t.strictSame([head.statusCode, head.body, head.headers['content-length']], [200, '', get.headers['content-length']])
    const post = await app.inject({ method: 'POST', url })
    t.strictSame([post.statusCode, post.headers.allow], [405, 'GET, HEAD'])
    t.strictSame(post.json(), { errorCode: null, errorMessage: 'POST is not supported here; supported: GET, HEAD.' })
  }
})

t.test('what the page does not load is not found', async (t) => {
  const { app } = build(t)
  for (const part of ['nope', 'json', 'yaml', 'static', 'static/', 'static/nope.js', 'static/..%2f..%2fpackage.json', 'static/.hidden', 'static/a%00.js', 'static/index.html', 'static/constructor', 'json/x', '..%2fworld']) {
    const url = `${PAGE}/${part}`
    const response = await app.inject({ url })
    t.equal(response.statusCode, 404, url)
    t.match(response.json(), { errorCode: null, errorMessage: / is not a path of this service\.$/ })
  }
})

t.test('the page and the document are refused under unknown names and to pages of other origins', async (t) => {
  const { app } = build(t, { config: { controlKey: 'secret', allowedHosts: 'ci.example' } })
  for (const url of [PAGE, DOCUMENT, `${PAGE}/static/index.css`]) {
    for (const [headers, status] of [
      [{ host: '127.0.0.1:5280' }, 200],
      [{ host: 'ci.example' }, 200],
      [{ host: 'evil.example' }, 403],
      [{ host: 'localhost:5280', origin: 'http://evil.example' }, 403]
    ] as const) {
      t.equal((await app.inject({ url, headers })).statusCode, status, `${url} ${JSON.stringify(headers)}`)
    }
  }
})

t.test('without the control API there is neither a page nor a document', async (t) => {
  const { app } = build(t, { config: { control: false } })
  for (const url of [PAGE, DOCUMENT, `${PAGE}/static/swagger-ui.css`]) {
    const response = await app.inject({ url })
    t.equal(response.statusCode, 404)
    t.strictSame(response.json(), { errorCode: null, errorMessage: `${url} is not a path of this service.` })
  }
})
