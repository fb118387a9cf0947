import { once } from 'node:events'
import t from 'tap'
import type { Test } from 'tap'
import { listen } from '../control/client.ts'
import { GAMER, listOf, SAMPLE_SCID, SAMPLE_TITLE } from '../helper.ts'
import { open } from '../raw-http.ts'

const H2C = 'connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n'
const WEB_SOCKET = 'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
const SESSION = 'host: localhost\r\nauthorization: XBL3.0 x=demo;gamer\r\nx-xbl-contract-version: 2\r\n'
const update = (percentComplete: number): string => JSON.stringify({
  action: 'progressUpdate', serviceConfigId: SAMPLE_SCID, titleId: SAMPLE_TITLE, userId: GAMER, achievements: [{ id: '1', percentComplete }]
})
const body = update(20)
const POST = `POST /users/xuid(${GAMER})/achievements/${SAMPLE_SCID}/update HTTP/1.1\r\n${SESSION}content-type: application/json\r\n`
const LIST = `GET ${listOf(GAMER)} HTTP/1.1\r\n${SESSION}`
const LAST = 'GET /_emulator/ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'

/** What is sent, in parts: each waits for the answer to the one before. */
const CONVERSATIONS: Readonly<Record<string, readonly string[]>> = {
  'a request that offers HTTP/2': [`${LIST}${H2C}\r\n`, LAST],
  twice: [`${LIST}${H2C}\r\n`, `${LIST}${H2C}\r\n`, LAST],
  'with a body': [`${POST}${H2C}content-length: ${body.length}\r\n\r\n${body}`, LAST],
  'with a body that comes later': [`${POST}${H2C}expect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n`, body, LAST],
  'with a body in chunks': [`${POST}${H2C}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`, LAST],
  'behind another request': [`${LIST}\r\n${LIST}${H2C}\r\n`, LAST],
  'in HTTP/1.0': [`${LIST.replace('HTTP/1.1', 'HTTP/1.0')}${H2C}\r\n`],
  'a WebSocket at another path': [`${LIST}${WEB_SOCKET}\r\n`, LAST],
  'a WebSocket with a body': [`${POST}${WEB_SOCKET}content-length: ${body.length}\r\n\r\n${body}`, LAST],
  'a WebSocket at a path that is unknown': [`GET /connected HTTP/1.1\r\n${SESSION}${WEB_SOCKET}\r\n`, LAST],
  CONNECT: [`CONNECT x:80 HTTP/1.1\r\nhost: x\r\n${WEB_SOCKET}\r\n`]
}

/** The statuses of what is answered, in order. */
const statusesOf = (answers: string): string[] => answers.match(/(?<=HTTP\/1\.1 )\d+/g) ?? []

/** What a server answers until it ends the connection, without what differs from answer to answer. */
async function converse (t: Test, port: number, parts: readonly string[]): Promise<string> {
  const socket = await open(t, port)
  const ended = once(socket, 'close')
  let answers = ''
  socket.on('data', (data) => { answers += String(data) })
  for (const [index, part] of parts.entries()) {
    socket.write(part)
    // Two requests may be in a part, and a body that is waited for has an answer of its own. Node loses what comes with it.
    const expected = Math.max(index + 1, parts.slice(0, index + 1).join('').match(/ HTTP\/1\.[01]\r\n/g)?.length ?? 0)
    while (index < parts.length - 1 && statusesOf(answers).length < expected) await once(socket, 'data')
  }
  await ended
  return answers.replaceAll(/^(ms-cv|date): .*$/gim, '$1')
}

t.test('every request but that for a WebSocket is answered as by an emulator that has none', async (t) => {
  for (const [name, parts] of Object.entries(CONVERSATIONS)) {
    const [without, withSockets] = await Promise.all([false, true].map(async (rta) => {
      const { port } = await listen(t, { config: { rta } })
      return converse(t, port, parts)
    }))
    t.ok(statusesOf(without as string).length >= parts.length - 1, `${name} is answered`)
    t.equal(withSockets, without, name)
  }
})
