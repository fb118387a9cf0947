import t from 'tap'
import { drawPicture } from '../../../src/http/picture.ts'
import { build, GAMER, listOf } from '../../helper.ts'
import { achievement, SCID, session, title, user } from '../../world-parts.ts'

const GUID = '0c0b93d5-cdb7-8871-ad42-4090da75f959'
const LONGEST = '\u0301'.repeat(32)
const HEADERS = {
  'content-type': 'image/svg+xml',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff'
}

for (const dialect of ['documented', 'live'] as const) {
  t.test(`${dialect}: a picture needs no token`, async (t) => {
    const { app } = build(t, { config: { dialect, controlKey: 'secret' } })
    for (const [path, initials] of [
      ['AB.svg', 'AB'],
      ['%E6%9C%80.svg', '最'],
      ['%3C%2F%26.svg', '</&'],
      ['%2541.svg', '%41'],
      ['..svg', '.'],
      ['a.svg.svg', 'a.svg'],
      ['AB.SVG', 'AB'],
      [`${encodeURIComponent(LONGEST)}.svg`, LONGEST]
    ] as const) {
      for (const headers of [{}, { origin: 'https://studio.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, { host: 'achievements.xboxlive.com' }]) {
        const response = await app.inject({ url: `/pictures/${GUID}/${path}`, headers })
        t.equal(response.statusCode, 200, path)
        t.equal(response.body, drawPicture({ guid: GUID, initials }))
        t.match(response.headers, HEADERS)
      }
    }
    const head = await app.inject({ method: 'HEAD', url: `/Pictures/${GUID.toUpperCase()}/AB.svg/?x=1` })
    t.equal(head.statusCode, 200)
    t.equal(head.body, '')
    t.match(head.headers, { ...HEADERS, 'content-length': String(drawPicture({ guid: GUID, initials: 'AB' }).length) })
  })

  t.test(`${dialect}: a path that names no picture is refused with 400`, async (t) => {
    const { app } = build(t, { config: { dialect } })
    const file = (found: string) => `The picture is ${found}; expected one to 32 characters of XML and .svg.`
    for (const [method, path, status, message] of [
      ['GET', 'x/AB.svg', 400, 'The picture is of "x"; expected a GUID.'],
      ['GET', `{${GUID}}/AB.svg`, 400, `The picture is of "{${GUID}}"; expected a GUID.`],
      ['GET', `${GUID}/AB`, 400, file('"AB"')],
      ['GET', `${GUID}/AB.png`, 400, file('"AB.png"')],
      ['GET', `${GUID}/.svg`, 400, file('".svg"')],
      ['GET', `${GUID}/%00.svg`, 400, file('"\\u0000.svg"')],
      ['GET', `${GUID}/%EF%BF%BE.svg`, 400, file('"\ufffe.svg"')],
      ['GET', `${GUID}/${'a'.repeat(33)}.svg`, 400, file(`"${'a'.repeat(33)}.svg"`)],
      ['GET', `${GUID}/%ff.svg`, 400, `/pictures/${GUID}/%FF.svg cannot be decoded; expected percent-encoded UTF-8.`],
      ['GET', GUID, 404, `/pictures/${GUID} is not a path of this service.`],
      ['GET', `${GUID}/`, 404, `/pictures/${GUID}/ is not a path of this service.`],
      ['GET', `${GUID}/a/b.svg`, 404, `/pictures/${GUID}/a/b.svg is not a path of this service.`],
      ['POST', `${GUID}/AB.svg`, 405, 'POST is not supported here; supported: GET, HEAD.']
    ] as const) {
      const response = await app.inject({ method, url: `/pictures/${path}` })
      t.equal(response.statusCode, status, path)
      t.equal(response.json()[dialect === 'live' ? 'description' : 'errorMessage'], message)
      t.equal(response.headers['cache-control'], 'no-cache, no-store, must-revalidate', path)
      t.equal(response.headers['content-security-policy'], undefined, path)
    }
  })
}

t.test('an achievement without an icon has a picture under the origin of the request', async (t) => {
  const world = {
    titles: [title({
      achievements: [
        achievement({ name: { 'en-US': 'First Light', 'ja-JP': '最初 灯' } }),
        achievement({ id: 2, name: 'a', mediaAssets: [{ name: 'art', type: 'Art', url: 'https://x.example/art' }] }),
        achievement({ id: 3, name: 'b', mediaAssets: [{ name: 'promo', type: 'ChallengePromoIcon', url: 'https://x.example/p' }, { name: 'own', type: 'Icon', url: 'https://x.example/i' }] })
      ]
    })],
    users: [user({ xuid: GAMER })],
    sessions: [session({ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 })]
  }
  const { app, get } = build(t, { world, config: { dialect: 'live', allowedHosts: 'emulator.example' } })
  const assets = async (headers: Record<string, string>) => (await get(listOf(GAMER), { headers })).json().achievements.map(({ mediaAssets }: any) => mediaAssets)
  const first = { name: '55b748b2-8580-809f-aa46-6aeab421b888', type: 'Icon' }
  for (const [host, origin] of [
    ['127.0.0.1:5280', 'http://127.0.0.1:5280'],
    ['LOCALHOST', 'http://LOCALHOST'],
    ['[::1]:80', 'http://[::1]:80'],
    ['emulator.example', 'http://emulator.example'],
    // A host of Xbox Live is served over HTTPS alone, so that a proxy has terminated TLS.
    ['achievements.xboxlive.com', 'https://achievements.xboxlive.com'],
    ['achievements.xboxlive.com:8080', 'http://achievements.xboxlive.com:8080']
  ] as const) {
    const [drawn, art, own] = await assets({ host })
    t.strictSame(drawn, [{ ...first, url: `${origin}/pictures/${first.name}/FL.svg` }])
    t.match(art, [{ type: 'Icon', url: new RegExp(`^${origin.replace(/[[\]]/g, '\\$&')}/pictures/[0-9a-f-]{36}/a\\.svg$`) }, { name: 'art', type: 'Art', url: 'https://x.example/art' }])
    t.strictSame(own, [{ name: 'promo', type: 'ChallengePromoIcon', url: 'https://x.example/p' }, { name: 'own', type: 'Icon', url: 'https://x.example/i' }])
  }
  const [[japanese]] = await assets({ 'accept-language': 'ja' })
  t.equal(japanese.url, `http://localhost:80/pictures/${first.name}/${encodeURIComponent('最灯')}.svg`)
  const { pathname } = new URL(japanese.url)
  t.match((await app.inject({ url: pathname })).body, '>最灯</text>')
  t.equal((await get(`/users/xuid(${GAMER})/achievements/${SCID}/1`, { headers: { 'accept-language': 'ja' } })).json().achievements[0].mediaAssets[0].url, japanese.url, 'alone, too')
  const documented = build(t, { world })
  t.strictSame((await documented.get(listOf(GAMER))).json().achievements.map(({ mediaAssets }: any) => mediaAssets.length), [0, 1, 2], 'the documented dialect draws none')
})
