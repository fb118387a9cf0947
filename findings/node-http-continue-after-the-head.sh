#!/usr/bin/env bash
# Node.js 24.21.0 (npm package `node`), node:http server.
#
# Two requests on one connection, the second with `Expect: 100-continue`, which Node answers by itself. While
# the first one's answer is not out, what is written to the second one waits. If its body is bytes, its head is
# put before everything that waits, and so before the 100 Continue: that lands between head and body. The
# client takes 25 bytes of it for the body, and what is left of the body for the next answer. With a text, which
# Node joins to the head, or after `response.flushHeaders()`, the order is right.
#
# Output seen, 2026-11-27, Linux x64:
#   text: 100 Continue, 200 OK, two
#   bytes: 200 OK, 100 Continue, two
#   bytes after flushHeaders(): 100 Continue, 200 OK, two
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
cat > try.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** What comes after the first answer, in its order. */
async function send (answer) {
  let first
  const server = createServer((request, response) => {
    if (request.url === '/one') first = response
    else {
      answer(response)
      first.end('one')
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const socket = connect(server.address().port, '127.0.0.1')
  socket.write('GET /one HTTP/1.1\r\nHost: a\r\n\r\nGET /two HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n')
  const [, second] = (await text(socket)).split('\r\n\r\none')
  server.close()
  return second.match(/100 Continue|200 OK|two/g).join(', ')
}

console.log(`text: ${await send((response) => response.end('two'))}`)
console.log(`bytes: ${await send((response) => response.end(Buffer.from('two')))}`)
console.log(`bytes after flushHeaders(): ${await send((response) => {
  response.flushHeaders()
  response.end(Buffer.from('two'))
})}`)
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
text: 100 Continue, 200 OK, two
bytes: 200 OK, 100 Continue, two
bytes after flushHeaders(): 100 Continue, 200 OK, two
SEEN
