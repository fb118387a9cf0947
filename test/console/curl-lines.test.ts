import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { guideClients } from '../../src/console/text/client-lines.ts'
import { curlOf, type SentRequest } from '../../src/console/text/curl.ts'
import { build, GAMER, SAMPLE_SCID, SAMPLE_TITLE } from '../helper.ts'
import { listenFor } from './browser.ts'
import { canRun, runLine, statusOfLine } from './shell-lines.ts'

/** What is sent to a server by a line for a shell. */
async function openEcho (): Promise<{ url: string, sentBy: (line: string) => Promise<{ method: string, url: string, headers: Record<string, string>, body: string }>, close: () => void }> {
  let received: Record<string, unknown> = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() }
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sentBy = async (line: string): Promise<any> => {
    received = {}
    await runLine(`${line} -s`)
    return received
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sentBy, close: () => { server.close() } }
}

const HOSTILE = ['it\'s', '"quoted"', '$(echo x) `echo y` $HOME', 'a\\b\\\\c', '!history', 'tab\tand more', '日本語 ‮right to left', '@file', '-o out', '; echo z #', '%s%n', '']
const REQUESTS: readonly SentRequest[] = [
  { method: 'GET', path: '/users/xuid(1)/achievements?titleId=7&x=$(id)' },
  { method: 'GET', path: '/list?ids=[1-3]&of={a,b}' },
  { method: 'GET', path: '/a/../b/./c?d=/../e' },
  { method: 'GET', path: '/a/..' },
  { method: 'HEAD', path: '/users/xuid(1)/achievements' },
  { method: 'DELETE', path: '/a;b&c' },
  { method: 'POST', path: '/without-a-body' },
  ...HOSTILE.map((text) => ({ method: 'PUT', path: '/_emulator/users/1', body: { text } })),
  { method: 'POST', path: '/text', body: '@/etc/hostname' },
  { method: 'POST', path: '/null', body: null },
  { method: 'POST', path: '/headers', headers: { 'content-type': 'application/json', 'x-empty': '', 'x-quote': 'it\'s "$(id)"', 'x-at': '@file', authorization: 'XBL3.0 x=hash;token' }, body: [] }
]

t.test('a shell and curl send what the line says, whatever is in it', async (t) => {
  if (!await canRun(t, 'curl', '--version')) return
  const { url, sentBy, close } = await openEcho()
  t.teardown(close)
  for (const request of REQUESTS) {
    const line = curlOf(url, request)
    const { headers, ...sent } = await sentBy(line)
    t.strictSame(sent, { method: request.method, url: request.path, body: 'body' in request ? JSON.stringify(request.body) : '' }, line)
    t.strictSame(Object.fromEntries(Object.keys(request.headers ?? {}).map((name) => [name, headers[name]])), request.headers ?? {}, `${line}: headers`)
  }
})

t.test('the lines for curl, Node and Python are answered', async (t) => {
  const emulator = build(t)
  const origin = await listenFor(t, emulator)
  const guides = guideClients({ origin, https: null, ca: null, hosts: ['achievements.xboxlive.com'], dialect: 'documented', authorization: 'XBL3.0 x=demo;gamer', xuid: GAMER, gamertag: 'gamer', titleId: SAMPLE_TITLE, contractVersion: 2, serviceConfigId: SAMPLE_SCID })
  const linesOf = (id: string): string[] => guides.find((guide) => guide.id === id)?.lines.map(({ text }) => text) ?? []
  const script = (program: string, text: string): string => `${program} <<'END_OF_SCRIPT'\n${text}\nEND_OF_SCRIPT`
  const url = `/users/xuid(${GAMER})/achievements?titleId=${SAMPLE_TITLE}`
  const expected = (await emulator.get(url)).json()
  const [line = ''] = linesOf('curl')
  if (await canRun(t, 'curl', '--version')) {
    t.strictSame(JSON.parse(await runLine(`${line} -s`)), expected, 'curl')
    t.equal(await statusOfLine(line), 200)
  }
  const [, text = ''] = linesOf('node')
  t.strictSame(JSON.parse(await runLine(script(`'${process.execPath}' --input-type=module -`, `${text}\nconsole.log(await response.text())`))), expected, 'Node')
  const [python = ''] = linesOf('python')
  if (await canRun(t, 'python3', '-c', 'import requests')) {
    const written = await runLine(script('python3 -', `${python}\nimport json\nprint(json.dumps(answer.json()))`))
    t.strictSame(JSON.parse(written.trimEnd().split('\n').at(-1) ?? ''), expected, 'Python')
  }
})
