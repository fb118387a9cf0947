import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startServer, type Server } from './server-process.ts'

/** Another mock server, which answers every request with one body. */
interface Peer {
  readonly name: string
  /** The packages to install from npm. */
  readonly packages: readonly string[]
  /** Writes its configuration into a folder, and returns the command that starts it there on a port. */
  readonly prepare: (folder: string, body: string, port: number) => readonly string[]
}

const FOLDER = resolve('bench/.peers')
const bin = (name: string): string => join(FOLDER, 'node_modules', '.bin', name)
const write = (folder: string, name: string, content: string | object): string => {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

export const PEERS: readonly Peer[] = [{
  name: 'json-server 0.17.4',
  packages: ['json-server@0.17.4'],
  prepare: (folder, body, port) => {
    const database = write(folder, 'db.json', `{"answer":${body}}`)
    const routes = write(folder, 'routes.json', { '/users/*': '/answer' })
    return [bin('json-server'), database, '--routes', routes, '--port', String(port), '--host', '127.0.0.1', '--quiet']
  }
}, {
  name: 'Mockoon 9.9.0',
  packages: ['@mockoon/cli@9.9.0'],
  prepare: (folder, body, port) => {
    const route = {
      uuid: '00000000-0000-4000-8000-000000000002',
      type: 'http',
      method: 'get',
      endpoint: 'users/*',
      responses: [{ uuid: '00000000-0000-4000-8000-000000000003', body, statusCode: 200, default: true, headers: [{ key: 'Content-Type', value: 'application/json' }], bodyType: 'INLINE', disableTemplating: true }]
    }
    const data = write(folder, 'mockoon.json', { uuid: '00000000-0000-4000-8000-000000000001', lastMigration: 33, name: 'bench', port, hostname: '127.0.0.1', routes: [route], rootChildren: [{ type: 'route', uuid: route.uuid }] })
    return [bin('mockoon-cli'), 'start', '--data', data, '--port', String(port), '--disable-log-to-file', '--repair']
  }
}, {
  name: 'Prism 5.16.0',
  packages: ['@stoplight/prism-cli@5.16.0'],
  prepare: (folder, body, port) => {
    const get = { responses: { 200: { description: 'ok', content: { 'application/json': { example: JSON.parse(body) } } } } }
    const one = (path: string): object => ({ get, parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })) })
    const paths = Object.fromEntries(['/users/{user}/achievements', '/users/{user}/achievements/{scid}/{id}'].map((path) => [path, one(path)]))
    const document = write(folder, 'openapi.json', { openapi: '3.0.3', info: { title: 'bench', version: '1' }, paths })
    return [bin('prism'), 'mock', document, '--port', String(port), '--host', '127.0.0.1', '--verboseLevel', 'silent']
  }
}, {
  name: 'msw 2 on Express',
  packages: ['msw@2', '@mswjs/http-middleware@0.10.3'],
  prepare: (folder, body, port) => {
    const text = write(folder, 'body.json', body)
    return [process.execPath, write(folder, 'msw.mjs', `
      import { readFileSync } from 'node:fs'
      import { http, HttpResponse } from 'msw'
      import { createServer } from '@mswjs/http-middleware'
      const body = JSON.parse(readFileSync(${JSON.stringify(text)}, 'utf8'))
      createServer(http.get('*', () => HttpResponse.json(body))).listen(${port}, '127.0.0.1')
    `)]
  }
}, {
  name: 'WireMock 3',
  packages: ['wiremock@3'],
  prepare: (folder, body, port) => {
    mkdirSync(join(folder, 'mappings'), { recursive: true })
    write(folder, 'mappings/all.json', { request: { method: 'GET', urlPattern: '.*' }, response: { status: 200, body, headers: { 'Content-Type': 'application/json' } } })
    const jar = execFileSync('find', [join(FOLDER, 'node_modules', 'wiremock'), '-name', '*.jar'], { encoding: 'utf8' }).split('\n')[0] as string
    return ['java', '-jar', jar, '--port', String(port), '--bind-address', '127.0.0.1', '--root-dir', folder, '--no-request-journal', '--disable-banner']
  }
}]

let port = 5390

/** Installs a peer, unless it is installed, and starts it; null, and a line on the terminal, when it does not start. */
export async function startPeer (peer: Peer, body: string): Promise<Server | null> {
  try {
    const folder = join(FOLDER, peer.name.replace(/\W+/g, '-'))
    mkdirSync(folder, { recursive: true })
    if (!existsSync(join(FOLDER, 'package.json'))) writeFileSync(join(FOLDER, 'package.json'), '{"private":true}')
    if (!existsSync(join(FOLDER, 'node_modules', peer.packages[0]?.replace(/(?<=.)@[^@]*$/, '') ?? ''))) {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...peer.packages], { cwd: FOLDER, stdio: 'ignore' })
    }
    const command = peer.prepare(folder, body, ++port)
    return await startServer(command, { url: `http://127.0.0.1:${port}`, cwd: folder })
  } catch (error) {
    process.stdout.write(`${peer.name} is left out: ${(error as Error).message.split('\n')[0]}\n`)
    return null
  }
}
