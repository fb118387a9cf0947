#!/usr/bin/env bash
# Node.js 24.21.0 (npm package `node`), node:http server without an `upgrade` listener.
#
# A request that asks for an upgrade is answered like any other, as documented. But what came behind it in
# the same piece of bytes is thrown away: a second request, sent right behind it on the same connection, is
# never answered and never reaches the server's `request` event. The connection stays open. The same two
# requests in two pieces are both answered, and so are two ordinary ones in one piece.
#
# A client that pipelines, or whose writes are joined on the way, waits for an answer that never comes.
#
# Output seen, 2026-11-27, Linux x64:
#   one piece, the first asks for an upgrade: /one
#   two pieces, the first asks for an upgrade: /one /two
#   one piece, both ordinary: /one /two
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
cat > try.mjs <<'JS'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'

const server = createServer((request, response) => response.end(`${request.url}\n`))
await once(server.listen(0, '127.0.0.1'), 'listening')

const upgrading = 'GET /one HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'
const one = 'GET /one HTTP/1.1\r\nHost: a\r\n\r\n'
const two = 'GET /two HTTP/1.1\r\nHost: a\r\n\r\n'

/** Sends pieces, each after an answer to the one before; what has been answered when a last look on another connection is. */
async function send (pieces) {
  const socket = connect(server.address().port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (data) => { text += data })
  for (const piece of pieces) {
    const before = text
    socket.write(piece)
    while (text === before) await once(socket, 'data')
  }
  // Answers leave in order: by the time that these are there, the others would be.
  for (let count = 0; count < 20; count++) await (await fetch(`http://127.0.0.1:${server.address().port}/later`)).text()
  socket.destroy()
  return text.match(/^\/\w+$/gm).join(' ')
}

console.log(`one piece, the first asks for an upgrade: ${await send([upgrading + two])}`)
console.log(`two pieces, the first asks for an upgrade: ${await send([upgrading, two])}`)
console.log(`one piece, both ordinary: ${await send([one + two])}`)
server.close()
server.closeAllConnections()
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
one piece, the first asks for an upgrade: /one
two pieces, the first asks for an upgrade: /one /two
one piece, both ordinary: /one /two
SEEN
