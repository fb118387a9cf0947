import type { AddressInfo } from 'node:net'
import t from 'tap'
import { startEmulator } from '../../../src/index.ts'
import { build, GAMER, listOf } from '../../helper.ts'
import { exchange } from '../../raw-http.ts'
import { askHttp1, askHttp2, HOST, listenSecurely } from '../../server/tls/client.ts'
import { session, title, user } from '../../world-parts.ts'

/** A client can load a picture with the connection, and under the origin, with which it has loaded the list. */

const WORLD = {
  titles: [title()],
  users: [user({ xuid: GAMER })],
  sessions: [session({ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 })]
}
const HEADERS = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
const PATH = '/pictures/55b748b2-8580-809f-aa46-6aeab421b888/F.svg'

const pictureIn = (body: string): string => JSON.parse(body).achievements[0].mediaAssets[0].url

t.test('pictures have the origin of the request over TLS, in HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t, { world: WORLD, config: { dialect: 'live' } })
  for (const ask of [askHttp1.bind(null, emulator), askHttp2.bind(null, t, emulator)]) {
    const list = await ask({ path: listOf(GAMER), headers: HEADERS })
    t.equal(pictureIn(list.body), `https://${HOST}${PATH}`)
    const { status, headers, body } = await ask({ path: PATH })
    t.match({ status, headers, body }, { status: 200, headers: { 'content-type': 'image/svg+xml' }, body: />F<\/text>/ })
  }
  const { body } = await askHttp1(emulator, { path: listOf(GAMER), headers: { ...HEADERS, host: 'localhost:5443' } })
  t.equal(pictureIn(body), `https://localhost:5443${PATH}`)
})

t.test('pictures have the origin of the request in a process whose requests are intercepted', async (t) => {
  const emulator = await startEmulator({ world: WORLD, dialect: 'live' })
  t.teardown(emulator.close)
  emulator.intercept()
  for (const origin of [`https://${HOST}`, emulator.url]) {
    const url = pictureIn(await (await fetch(`${origin}${listOf(GAMER)}`, { headers: HEADERS })).text())
    t.equal(url, `${origin}${PATH}`)
    const picture = await fetch(url)
    t.equal(picture.headers.get('content-type'), 'image/svg+xml')
    t.match(await picture.text(), />F<\/text>/)
  }
})

t.test('pictures have the origin of the request in HTTP/1.0 without a Host, and with an absolute target', async (t) => {
  const { app } = build(t, { world: WORLD, config: { dialect: 'live' } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const headers = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const bare = await exchange(t, port, `GET ${listOf(GAMER)} HTTP/1.0\r\n${headers}\r\n`)
  t.equal(pictureIn(bare.body), `http://127.0.0.1:${port}${PATH}`)
  t.match(await (await fetch(pictureIn(bare.body))).text(), />F<\/text>/)
  const absolute = await exchange(t, port, `GET http://localhost:${port}${listOf(GAMER)} HTTP/1.0\r\n${headers}\r\n`)
  t.equal(pictureIn(absolute.body), `http://localhost:${port}${PATH}`)
})
