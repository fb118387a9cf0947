import t from 'tap'
import { examine } from '../../../src/cli/doctor/checks.ts'
import type { Facts, PortFacts } from '../../../src/cli/doctor/facts.ts'
import { XBOX_HOSTS } from '../../../src/http/hosts.ts'

const NOW = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const allHosts = (address: string): ReadonlyMap<string, string> => new Map(XBOX_HOSTS.map((host) => [host, address]))
const port = (facts: Partial<PortFacts> = {}): PortFacts => ({ use: 'HTTP', flag: '--port', port: 5280, error: null, holder: null, isEmulator: false, ...facts })

/** A machine on which all is well. */
const WELL: Facts = {
  node: { version: '24.1.0', napi: 10 },
  sqlite: null,
  options: null,
  foreignHost: null,
  hasPortVariable: false,
  ports: [port()],
  emulator: { url: 'http://127.0.0.1:5280', state: 'answers', detail: 'version 1, dialect live' },
  authority: { file: '/tls/ca.pem', validTo: NOW + 100 * DAY, outdated: null, now: NOW, trust: { NODE_EXTRA_CA_CERTS: 'has', SSL_CERT_FILE: 'unset' }, isInSystem: true },
  hosts: { file: '/etc/hosts', error: null, addresses: allHosts('127.0.0.1') },
  proxies: { variables: [], noProxy: '' },
  database: { file: ':memory:', error: null, isForeign: false },
  temporary: { folder: '/tmp', error: null, free: 5_000_000_000 },
  platform: 'linux'
}

const lines = (facts: Facts): string[] => examine(facts).map(({ check, state, found, mend }) => [state, check, found, ...mend === undefined ? [] : [mend]].join(' | '))
const BEFORE = lines(WELL)

t.test('a machine on which all is well', async (t) => {
  t.strictSame(BEFORE, [
    'ok | Node | 24.1.0',
    'ok | SQLite | its binary loads',
    'ok | port 5280 | free (HTTP)',
    'ok | emulator | http://127.0.0.1:5280 answers: version 1, dialect live',
    'ok | CA | /tls/ca.pem, until 2026-04-11',
    'ok | NODE_EXTRA_CA_CERTS | has the CA',
    'ok | system | trusts the CA',
    'ok | hosts | /etc/hosts sends the hosts of Xbox Live here',
    'ok | proxy | no variable names one',
    'ok | database | in memory, which ends with the emulator',
    'ok | temporary | /tmp, 5000 MB free'
  ])
})

t.test('each thing that can be found', async (t) => {
  const authority = (facts: Partial<Facts['authority']>): Partial<Facts> => ({ authority: { ...WELL.authority, ...facts } })
  const trust = (facts: Partial<Facts['authority']['trust']>): Partial<Facts> => authority({ trust: { ...WELL.authority.trust, ...facts } })
  const hosts = (addresses: ReadonlyMap<string, string>, error: string | null = null): Partial<Facts> => ({ hosts: { file: '/etc/hosts', error, addresses } })
  const proxy = (noProxy: string, more: Partial<Facts> = hosts(new Map())): Partial<Facts> => ({ ...more, proxies: { variables: ['HTTPS_PROXY (p:1)', 'all_proxy'], noProxy } })
  const [first = '', ...rest] = XBOX_HOSTS
  const noHosts = `hint | hosts | /etc/hosts sends no host of Xbox Live here | for clients with the hosts built in, add to it: 127.0.0.1 ${XBOX_HOSTS.join(' ')}`
  const covered = 'ok | proxy | HTTPS_PROXY (p:1), all_proxy; NO_PROXY leaves out what is here'
  const through = (...names: string[]): string => `wrong | proxy | HTTPS_PROXY (p:1), all_proxy; clients ask it for ${names.join(', ')}, too | export NO_PROXY="${[...names, '::1'].join(',')}\${NO_PROXY:+,$NO_PROXY}"`
  const cases: Array<[facts: Partial<Facts>, ...found: string[]]> = [
    [{ node: { version: '20.1.0', napi: 9 } }, 'wrong | Node | 20.1.0 is too old | install Node 24, or 22.14 and later'],
    [{ sqlite: 'no such file' }, 'wrong | SQLite | no such file | npm rebuild better-sqlite3, or install the package again with this Node'],
    [{ options: '--port: found "x"' }, 'wrong | options | --port: found "x" | the other checks take the defaults'],
    [{ foreignHost: 'my machine' }, 'hint | HOST | "my machine" is what start listens on, and others may reach | unset HOST, or give --host 127.0.0.1'],
    [{ hasPortVariable: true }, 'hint | PORT | 5280 is what start listens on | unset PORT, or give --port, if it was meant for another program'],
    [{ ports: [], hasPortVariable: true }, 'hint | PORT | undefined is what start listens on | unset PORT, or give --port, if it was meant for another program'],
    [{ ports: [port({ isEmulator: true, error: 'EADDRINUSE' })] }, 'ok | port 5280 | an emulator answers (HTTP)'],
    [{ ports: [port({ error: 'EADDRINUSE' })] }, 'wrong | port 5280 | taken (HTTP) | end what listens there, or choose another with --port'],
    [{ ports: [port({ error: 'EADDRINUSE', holder: 'node (process 7)', port: 5443, use: 'HTTPS', flag: '--tls-port' })] }, 'hint | port 5443 | taken by node (process 7) (HTTPS) | end what listens there, or choose another with --tls-port'],
    [{ ports: [port({ error: 'EACCES', port: 443, use: 'the hosts of Xbox Live' })] }, 'hint | port 443 | needs more rights than this user has (the hosts of Xbox Live) | sudo sysctl net.ipv4.ip_unprivileged_port_start=443'],
    [{ ports: [port({ error: 'EACCES' })], platform: 'win32' }, 'wrong | port 5280 | cannot be listened on: EACCES (HTTP) | choose another with --port, or another address with --host'],
    [{ ports: [port({ error: 'ENOTFOUND' })] }, 'wrong | port 5280 | cannot be listened on: ENOTFOUND (HTTP) | choose another with --port, or another address with --host'],
    [{ emulator: { url: 'http://x', state: 'none', detail: '' } }, 'hint | emulator | nothing answers at http://x | xbl-achievements start'],
    [{ emulator: { url: 'http://x', state: 'other', detail: 'status 404' } }, 'wrong | emulator | http://x is answered by something else: status 404 | name the address of an emulator with --url'],
    [{ emulator: { url: 'https://x', state: 'refused', detail: 'its certificate has ended' } }, 'wrong | emulator | https://x cannot be used | its certificate has ended'],
    [authority({ validTo: NOW + 59 * DAY }), 'hint | CA | /tls/ca.pem ends on 2026-03-01 | xbl-achievements ca makes a new one; trust that'],
    [trust({ NODE_EXTRA_CA_CERTS: 'unset' }), 'hint | NODE_EXTRA_CA_CERTS | is not set | export NODE_EXTRA_CA_CERTS=/tls/ca.pem'],
    [trust({ NODE_EXTRA_CA_CERTS: 'lacks' }), 'hint | NODE_EXTRA_CA_CERTS | names a file without the CA | cat /tls/ca.pem >> "$NODE_EXTRA_CA_CERTS"'],
    [trust({ SSL_CERT_FILE: 'unreadable' }), 'wrong | SSL_CERT_FILE | names a file that cannot be read, and nothing says so | export SSL_CERT_FILE=/tls/ca.pem, or unset SSL_CERT_FILE'],
    [trust({ SSL_CERT_FILE: 'has' }), 'ok | SSL_CERT_FILE | has the CA'],
    [authority({ outdated: 'could not sign for a.test' }), 'hint | CA | /tls/ca.pem could not sign for a.test | xbl-achievements ca makes a new one, as start --tls would; trust that'],
    [authority({ isInSystem: false }), 'hint | system | does not trust the CA | xbl-achievements ca --install'],
    [hosts(new Map()), noHosts],
    [{ ...hosts(new Map([[first, '::1']])), platform: 'win32' }, `hint | hosts | /etc/hosts sends ${first} here | for clients with the hosts built in, add to it, a line each: 127.0.0.1 ${rest.slice(0, 9).join(' ')}; 127.0.0.1 ${rest.slice(9, 18).join(' ')}; 127.0.0.1 ${rest.slice(18).join(' ')}`],
    [hosts(new Map([[first, '::1']])), `hint | hosts | /etc/hosts sends ${first} here | for clients with the hosts built in, add to it: 127.0.0.1 ${rest.join(' ')}`],
    [hosts(new Map([[first, '10.0.0.1']])), `hint | hosts | /etc/hosts sends ${first} to 10.0.0.1 | take that out of it, unless the emulator is there`],
    [hosts(new Map(), 'EACCES'), 'hint | hosts | /etc/hosts cannot be read: EACCES | look at it as an administrator'],
    [proxy(''), noHosts, through('localhost', '127.0.0.1')],
    [proxy('localhost'), noHosts, through('127.0.0.1')],
    [proxy('example.com, .localhost:80 127.0.0.0/8'), noHosts, covered],
    [proxy('*'), noHosts, covered],
    [proxy('LOCALHOST,127.0.0.1', {}), through(...XBOX_HOSTS)],
    [proxy('localhost,127.0.0.1,*.xboxlive.com', {}), through('login.live.com', 'login.microsoftonline.com')],
    [{ database: { file: 'a.db', error: null, isForeign: false } }, 'ok | database | a.db can be written'],
    [{ database: { file: 'a.db', error: 'EACCES', isForeign: false } }, 'wrong | database | a.db cannot be used: EACCES | give --database a file that can be written, in a folder that can be'],
    [{ database: { file: 'a.db', error: null, isForeign: true } }, 'wrong | database | a.db is a file of another program | give --database a file of its own'],
    [{ temporary: { folder: '/tmp', error: 'EROFS', free: 0 } }, 'wrong | temporary | /tmp cannot be written: EROFS | export TMPDIR to a folder that can be'],
    [{ temporary: { folder: '/tmp', error: null, free: 99_999_999 } }, 'wrong | temporary | /tmp has 99 MB free | make room, or export TMPDIR to another disk']
  ]
  for (const [facts, ...found] of cases) t.strictSame(lines({ ...WELL, ...facts }).filter((line) => !BEFORE.includes(line)), found)
})

t.test('a CA that cannot be used is not looked for', async (t) => {
  for (const [validTo, found] of [
    [null, 'hint | CA | there is none in /tls/ca.pem | xbl-achievements ca makes it, for start --tls'],
    ['no PEM', 'wrong | CA | /tls/ca.pem cannot be read: no PEM | delete it, and type xbl-achievements ca'],
    [NOW, 'wrong | CA | /tls/ca.pem has ended on 2026-01-01 | xbl-achievements ca makes a new one; trust that']
  ] as const) {
    const all = lines({ ...WELL, authority: { ...WELL.authority, validTo } })
    t.strictSame(all.filter((line) => / (CA|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|system) /.test(line)), [found])
  }
})
