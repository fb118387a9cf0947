#!/usr/bin/env bash
# Node.js 24.21.0 (npm package `node`), node:tls client.
#
# A client that does not trust a server's certificate is to say so with an alert (RFC 8446, section 4.4.2.4:
# "unknown_ca" and others), as OpenSSL, curl, Python and Chromium do. Node's client lets OpenSSL accept every
# certificate, looks at the result when the handshake is over, and closes the connection: no alert is sent.
#
# So a server cannot tell a Node client that refuses its certificate from one that went away: with TLS 1.3 it
# sees a connection that is reset in the handshake, with TLS 1.2 a handshake that succeeds and then nothing.
#
# Output seen, 2026-11-28, Linux x64:
#   node, TLSv1.3: client DEPTH_ZERO_SELF_SIGNED_CERT, server tlsClientError ECONNRESET
#   node, TLSv1.2: client the same, server secureConnection
#   openssl, TLSv1.3: server tlsClientError ERR_SSL_TLSV1_ALERT_UNKNOWN_CA
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
cat > try.mjs <<'JS'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, createServer } from 'node:tls'

const server = createServer({ cert: readFileSync('cert.pem'), key: readFileSync('key.pem') })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address()

/** What the server sees of the next client. */
const seen = () => new Promise((resolve) => {
  const done = (text) => {
    server.removeAllListeners('secureConnection').removeAllListeners('tlsClientError')
    resolve(text)
  }
  server.once('secureConnection', (socket) => { socket.on('error', () => {}).resume(); done('secureConnection') })
  server.once('tlsClientError', ({ code }) => done(`tlsClientError ${code}`))
})

const results = []
for (const maxVersion of ['TLSv1.3', 'TLSv1.2']) {
  const event = seen()
  const [{ code }] = await once(connect({ host: '127.0.0.1', port, servername: 'localhost', maxVersion }).resume(), 'error')
  results.push(await event)
  console.log(`node, ${maxVersion}: client ${code}, server ${results.at(-1)}`)
}
const event = seen()
const client = execFile('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-verify_return_error', '-brief'], () => {})
results.push(await event)
client.kill()
console.log(`openssl, TLSv1.3: server ${results.at(-1)}`)
server.close()
const expected = ['tlsClientError ECONNRESET', 'secureConnection', 'tlsClientError ERR_SSL_TLSV1_ALERT_UNKNOWN_CA']
process.exit(results.join() === expected.join() ? 0 : 1)
JS
./node_modules/.bin/node try.mjs
