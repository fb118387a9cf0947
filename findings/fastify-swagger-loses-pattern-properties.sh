#!/usr/bin/env bash
# @fastify/swagger 9.9.3 with fastify 5.12.8 and Node.js 24.21.0.
#
# OpenAPI 3.1 takes JSON Schema as it is, `patternProperties` included. For a document of version 3.1, too, the
# plugin makes `additionalProperties` of the first pattern: the patterns of names, the second one with its
# type, and `additionalProperties: false` are lost, and the document allows what the schema forbids.
#
# Output seen, 2026-11-28, Linux x64:
#   schema   {"type":"object","patternProperties":{"^[a-z]{2}$":{"type":"string"},"^x-":{"type":"number"}},"additionalProperties":false}
#   document {"type":"object","additionalProperties":{"type":"string"}}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 fastify@5.12.8 @fastify/swagger@9.9.3 >/dev/null
cat > try.mjs <<'JS'
import Fastify from 'fastify'
import swagger from '@fastify/swagger'

const texts = { type: 'object', patternProperties: { '^[a-z]{2}$': { type: 'string' }, '^x-': { type: 'number' } }, additionalProperties: false }
console.log(`schema   ${JSON.stringify(texts)}`)

const app = Fastify()
await app.register(swagger, { openapi: { openapi: '3.1.0' } })
app.get('/', { schema: { response: { 200: { type: 'object', properties: { texts } } } } }, async () => ({}))
await app.ready()
const { content } = app.swagger().paths['/'].get.responses['200']
console.log(`document ${JSON.stringify(content['application/json'].schema.properties.texts)}`)
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
schema   {"type":"object","patternProperties":{"^[a-z]{2}$":{"type":"string"},"^x-":{"type":"number"}},"additionalProperties":false}
document {"type":"object","additionalProperties":{"type":"string"}}
SEEN
