import t from 'tap'
import { leadToPage } from '../../src/console/root.ts'
import { build } from '../helper.ts'

const PERSON = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

t.test('a person who opens / gets the page', async (t) => {
  const { app } = build(t)
  const page = await app.inject({ url: '/_emulator/console' })
  t.equal(page.statusCode, 200)
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  for (const url of ['/', '/?', '/?from=mail', 'http://localhost']) {
    const response = await app.inject({ url, headers: PERSON })
    t.equal(response.statusCode, 200, url)
    t.equal(response.body, page.body)
    t.equal(response.headers['content-security-policy'], page.headers['content-security-policy'])
  }
  const head = await app.inject({ method: 'HEAD', url: '/', headers: PERSON })
  t.strictSame([head.statusCode, head.body], [200, ''])
})

t.test('everything else at / is unknown, as before', async (t) => {
  const { app } = build(t)
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }, { accept: 'text/htmlx' }, { accept: 'application/text/html' }]) {
    const response = await app.inject({ url: '/', headers })
    t.equal(response.statusCode, 404, JSON.stringify(headers))
    t.strictSame(response.json(), { errorCode: null, errorMessage: '/ is not a path of this service.' })
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) t.equal((await app.inject({ method, url: '/', headers: PERSON })).statusCode, 404, method)
  for (const host of ['titlehub.xboxlive.com', 'achievements.xboxlive.com']) {
    const response = await app.inject({ url: '/', headers: { ...PERSON, host } })
    t.equal(response.statusCode, 404, host)
    t.strictSame(response.json(), { errorCode: null, errorMessage: `/ is not a path of ${host}.` })
  }
  t.equal((await app.inject({ url: '/', headers: { ...PERSON, host: 'evil.example' } })).statusCode, 403)
  t.equal((await app.inject({ url: '/index.html', headers: PERSON })).statusCode, 404)
})

t.test('without the control API there is no page', async (t) => {
  const { app } = build(t, { config: { control: false } })
  for (const url of ['/', '/_emulator/console']) {
    const response = await app.inject({ url, headers: PERSON })
    t.equal(response.statusCode, 404)
    t.strictSame(response.json(), { errorCode: null, errorMessage: `${url} is not a path of this service.` })
  }
})

t.test('who opens / is not in the journal, who asks it is', async (t) => {
  const { app } = build(t)
  await app.inject({ url: '/', headers: PERSON })
  await app.inject({ url: '/' })
  const { requests } = (await app.inject({ url: '/_emulator/requests' })).json()
  t.strictSame(requests.map(({ path, status }: any) => [path, status]), [['/', 404]])
})

t.test('only the root leads to the page', async (t) => {
  const request = { method: 'GET', headers: { accept: 'TEXT/HTML;q=0.5' } }
  t.equal(leadToPage('/', request), '/_emulator/console')
  t.equal(leadToPage('/?a=b', request), '/_emulator/console?a=b')
  t.equal(leadToPage('/users', request), '/users')
  t.equal(leadToPage('*', request), '*')
})
