#!/usr/bin/env bash
# @peculiar/x509 2.2.0 (with reflect-metadata 0.2.2), Node.js 24.21.0.
#
# An IPv4 address in IPv6 form, `::ffff:192.0.2.7`, as a name of a certificate becomes another address: its
# four decimals are read as one hexadecimal group and the rest is dropped. The certificate is then valid for
# `::ffff:192` (0000…ffff:0192), which nobody has asked for, and for the address itself it is not. The same
# address in hexadecimal, `::ffff:c000:207`, is encoded as it should be.
#
# Output seen, 2026-11-27, Linux x64:
#   ::ffff:192.0.2.7 000000000000000000000000ffff0192
#   ::ffff:c000:207 00000000000000000000ffffc0000207
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @peculiar/x509@2.2.0 reflect-metadata@0.2.2 >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
cat > try.mjs <<'JS'
import 'reflect-metadata'
import { SubjectAlternativeNameExtension } from '@peculiar/x509'

for (const value of ['::ffff:192.0.2.7', '::ffff:c000:207']) {
  const extension = new SubjectAlternativeNameExtension([{ type: 'ip', value }])
  // The last 16 octets are the address.
  console.log(value, Buffer.from(extension.rawData).subarray(-16).toString('hex'))
}
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
::ffff:192.0.2.7 000000000000000000000000ffff0192
::ffff:c000:207 00000000000000000000ffffc0000207
SEEN
