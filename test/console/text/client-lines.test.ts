import t from 'tap'
import { guideClients, type ClientFacts } from '../../../src/console/text/client-lines.ts'

const FACTS: ClientFacts = {
  origin: 'http://127.0.0.1:5280',
  https: null,
  ca: null,
  hosts: ['achievements.xboxlive.com', 'a.test', 'b.test', 'c.test', 'd.test', 'login.live.com'],
  dialect: 'live',
  authorization: 'XBL3.0 x=h;it\'s',
  xuid: '25',
  gamertag: 'gamer',
  titleId: 7,
  contractVersion: 2,
  serviceConfigId: '0a'
}
const linesOf = (facts: Partial<ClientFacts>, id: string): string[] => guideClients({ ...FACTS, ...facts }).find((guide) => guide.id === id)?.lines.map(({ text }) => text) ?? []

t.test('each client has words and lines', async (t) => {
  const guides = guideClients(FACTS)
  t.strictSame(guides.map(({ client }) => client), ['curl', 'Node', 'Python', '.NET', 'Unity', 'C++, GDK (XSAPI)', 'Real-time activity', 'Hosts file', 'exec', 'Container'])
  for (const { words, lines } of guides) t.ok(words.length > 20 && lines.every(({ label, text }) => label !== '' && text !== ''))
})

t.test('curl asks this emulator, and, over TLS, by the real name', async (t) => {
  const headers = '-H \'Authorization: XBL3.0 x=h;it\'\\\'\'s\' -H \'x-xbl-contract-version: 2\''
  t.strictSame(linesOf({}, 'curl'), [`curl ${headers} 'http://127.0.0.1:5280/users/xuid(25)/achievements?titleId=7'`])
  t.strictSame(linesOf({ titleId: null, authorization: null }, 'curl'), ["curl -H 'Authorization: XBL3.0 x=…;…' -H 'x-xbl-contract-version: 2' 'http://127.0.0.1:5280/users/xuid(25)/achievements'"])
  t.equal(linesOf({ https: 'https://127.0.0.1:5443', ca: '/ca dir/ca.pem' }, 'curl')[1],
    `curl --cacert '/ca dir/ca.pem' --resolve achievements.xboxlive.com:5443:127.0.0.1 ${headers} 'https://achievements.xboxlive.com:5443/users/xuid(25)/achievements?titleId=7'`)
  t.match(linesOf({ https: 'https://127.0.0.1', ca: '/ca.pem' }, 'curl')[1], '--resolve achievements.xboxlive.com:443:127.0.0.1')
})

t.test('Node, Python and .NET are told which certificate to trust when there is one', async (t) => {
  for (const [id, variables] of [['node', 'NODE_EXTRA_CA_CERTS=\'/ca.pem\''], ['python', 'SSL_CERT_FILE=\'/ca.pem\' REQUESTS_CA_BUNDLE=\'/ca.pem\''], ['dotnet', 'SSL_CERT_FILE=\'/ca.pem\'']] as const) {
    t.equal(linesOf({ ca: '/ca.pem' }, id).at(-1), `export ${variables}`)
    t.notMatch(linesOf({}, id).at(-1), 'export')
  }
  t.match(linesOf({}, 'node')[0], "startEmulator({ dialect: 'live' })")
  t.match(linesOf({}, 'node')[1], 'fetch("http://127.0.0.1:5280/users/xuid(25)/achievements?titleId=7"')
})

t.test('the title of an Xbox 360 is asked for as such', async (t) => {
  for (const id of ['curl', 'python', 'dotnet', 'unity']) t.match(linesOf({ contractVersion: 1 }, id)[0], /x-xbl-contract-version\W+1\b/)
  t.match(linesOf({ contractVersion: 1 }, 'node')[1], "'x-xbl-contract-version': '1'")
})

t.test('real-time activity subscribes to the title of the token', async (t) => {
  const [line, events] = linesOf({}, 'rta')
  t.match(line, 'new WebSocket("ws://127.0.0.1:5280/connect"')
  t.match(line, 'socket.send(\'[1,1,"https://achievements.xboxlive.com/users/xuid(25)/achievements/0a"]\')')
  t.match(linesOf({ serviceConfigId: null }, 'rta')[0], '/achievements/…"]')
  t.equal(events, 'npx xbl-achievements events --url http://127.0.0.1:5280')
})

t.test('a title in C++ is one of a user, whose name a shell can read', async (t) => {
  t.match(linesOf({}, 'gdk')[0], /--unknown-tokens gamer$/)
  t.match(linesOf({ gamertag: 'a "b' }, 'gdk')[0], /--unknown-tokens "a b"$/)
})

t.test('the hosts file has every host that is served', async (t) => {
  t.equal(linesOf({}, 'hosts')[0], '127.0.0.1 achievements.xboxlive.com a.test b.test c.test d.test\n127.0.0.1 login.live.com')
})
