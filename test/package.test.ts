import { readFileSync } from 'node:fs'
import t from 'tap'

t.test('npm before 11.16 does not compile better-sqlite3: docs/decisions/0002-runtime.md', async (t) => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  t.equal(lock.packages['node_modules/better-sqlite3'].gypfile, false,
    'npm install drops this member: put "gypfile": false back into package-lock.json, at packages["node_modules/better-sqlite3"]')
})

t.test('npm ci installs nothing that is no longer maintained: test/clients/install.ts', async (t) => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const versions = (name: string): string[] => Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`)).map((path) => packages[path].version)
  for (const name of ['request', 'har-validator', 'cli-ux', 'igdb-api-node', 'xbox-webapi']) t.strictSame(versions(name), [], name)
  // The router of Fastify and ours is one, and none of those that can be made to search long.
  const [router = '', ...others] = versions('find-my-way')
  t.strictSame(others, [])
  t.ok(router.localeCompare('9.10.2', 'en', { numeric: true }) >= 0, router)
})

t.test('the image holds the licence', async (t) => {
  t.match(readFileSync('.dockerignore', 'utf8'), /^!LICENSE$/m)
  t.match(readFileSync('Dockerfile', 'utf8'), /^COPY LICENSE \.\/$/m)
})
