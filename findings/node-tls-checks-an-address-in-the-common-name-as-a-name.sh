#!/usr/bin/env bash
# Node.js 24.21.0 (OpenSSL 3.5), with @peculiar/x509 2.2.0 to make the certificates.
#
# A CA may sign for the name localhost and the address 127.0.0.1 (name constraints). A server's certificate
# that is for 127.0.0.1 alone, with that address as its common name, too, is refused: without a DNS name in the
# certificate OpenSSL takes the common name for one, and 127.0.0.1 is none that the CA may sign for. The same
# certificate with another common name is accepted. Node's error has the code UNSPECIFIED.
#
# Output seen, 2026-11-28, Linux x64:
#   common name 127.0.0.1: UNSPECIFIED permitted subtree violation
#   common name a server: accepted
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 @peculiar/x509@2.2.0 reflect-metadata@0.2.2 >/dev/null
cat > try.mjs <<'JS'
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:tls'
import { BasicConstraintsExtension, Extension, PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'

const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const freshKeys = () => webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify'])
const valid = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000), signingAlgorithm }
const caKeys = await freshKeys()
// NameConstraints: permitted are the DNS name localhost, and the address 127.0.0.1 with the mask 255.255.255.255.
const permitted = Buffer.from(`301b a019 300b 8209 ${Buffer.from('localhost').toString('hex')} 300a 8708 7f000001 ffffffff`.replaceAll(' ', ''), 'hex')
const ca = await X509CertificateGenerator.createSelfSigned({
  ...valid, serialNumber: '01', name: 'CN=a CA', keys: caKeys, extensions: [new BasicConstraintsExtension(true, 0, true), new Extension('2.5.29.30', true, permitted)]
})
for (const name of ['127.0.0.1', 'a server']) {
  const keys = await freshKeys()
  const certificate = await X509CertificateGenerator.create({
    ...valid, serialNumber: '02', subject: `CN=${name}`, issuer: ca.subject, publicKey: keys.publicKey, signingKey: caKeys.privateKey,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])]
  })
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  const server = createServer({ cert: certificate.toString('pem'), key }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect({ host: '127.0.0.1', port: server.address().port, ca: ca.toString('pem') })
  const answer = await once(socket, 'secureConnect').then(() => 'accepted', ({ code, message }) => `${code} ${message}`)
  console.log(`common name ${name}: ${answer}`)
  socket.destroy()
  server.close()
}
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
common name 127.0.0.1: UNSPECIFIED permitted subtree violation
common name a server: accepted
SEEN
