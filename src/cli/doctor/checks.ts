import { DAY } from '../../base/instant.ts'
import { isLoopback } from '../../base/loopback.ts'
import { XBOX_HOSTS } from '../../http/hosts.ts'
import { NODE_API } from '../../store/open.ts'
import { shellWord } from '../output.ts'
import type { AuthorityFacts, Facts, PortFacts, Trust } from './facts.ts'

/** What a check has found. `wrong` has to be mended; `hint` matters to some. */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'hint' | 'wrong'
  readonly found: string
  /** What to do, or to type. */
  readonly mend?: string
}

type Check = (facts: Facts) => readonly Finding[]

/** A CA that ends earlier than this is told of, in ms. */
const SOON = 60 * DAY
/** With less than this in the temporary folder, in bytes, SQLite cannot sort much. */
const LITTLE = 100_000_000

/** Windows reads no more names of a line of its hosts file. */
const MOST_NAMES_ON_WINDOWS = 9

const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found })
const hint = (check: string, found: string, mend: string): Finding => ({ check, state: 'hint', found, mend })
const wrong = (check: string, found: string, mend: string): Finding => ({ check, state: 'wrong', found, mend })

const checkNode: Check = ({ node: { version, napi }, sqlite }) => [
  napi >= NODE_API ? ok('Node', version) : wrong('Node', `${version} is too old`, 'install Node 24, or 22.14 and later'),
  sqlite === null ? ok('SQLite', 'its binary loads') : wrong('SQLite', sqlite, 'npm rebuild better-sqlite3, or install the package again with this Node')
]

const checkOptions: Check = ({ options, foreignHost, hasPortVariable, ports: [first] }) => [
  ...options === null ? [] : [wrong('options', options, 'the other checks take the defaults')],
  ...foreignHost === null ? [] : [hint('HOST', `${JSON.stringify(foreignHost)} is what start listens on, and others may reach`, 'unset HOST, or give --host 127.0.0.1')],
  ...hasPortVariable ? [hint('PORT', `${first?.port} is what start listens on`, 'unset PORT, or give --port, if it was meant for another program')] : []
]

const checkPorts: Check = ({ ports, platform }) => ports.map((facts) => {
  const check = `port ${facts.port}`
  if (facts.isEmulator) return ok(check, `an emulator answers (${facts.use})`)
  if (facts.error === null) return ok(check, `free (${facts.use})`)
  const { found, mend } = describePort(facts, platform)
  // Not everybody serves HTTPS, or under the names of Xbox Live.
  return facts.use === 'HTTP' ? wrong(check, found, mend) : hint(check, found, mend)
})

function describePort ({ use, flag, port, error, holder }: PortFacts, platform: NodeJS.Platform): { found: string, mend: string } {
  if (error === 'EADDRINUSE') return { found: `taken${holder === null ? '' : ` by ${holder}`} (${use})`, mend: `end what listens there, or choose another with ${flag}` }
  if (error === 'EACCES' && platform === 'linux') return { found: `needs more rights than this user has (${use})`, mend: `sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}` }
  return { found: `cannot be listened on: ${error} (${use})`, mend: `choose another with ${flag}, or another address with --host` }
}

const checkEmulator: Check = ({ emulator: { url, state, detail } }) => {
  switch (state) {
    case 'answers': return [ok('emulator', `${url} answers: ${detail}`)]
    case 'none': return [hint('emulator', `nothing answers at ${url}`, 'xbl-achievements start')]
    case 'other': return [wrong('emulator', `${url} is answered by something else: ${detail}`, 'name the address of an emulator with --url')]
    case 'refused': return [wrong('emulator', `${url} cannot be used`, detail)]
  }
}

const checkCa: Check = ({ authority }) => {
  const { file, validTo, outdated, now } = authority
  if (validTo === null) return [hint('CA', `there is none in ${file}`, 'xbl-achievements ca makes it, for start --tls')]
  if (typeof validTo === 'string') return [wrong('CA', `${file} cannot be read: ${validTo}`, 'delete it, and type xbl-achievements ca')]
  const end = new Date(validTo).toISOString().slice(0, 10)
  if (validTo <= now) return [wrong('CA', `${file} has ended on ${end}`, 'xbl-achievements ca makes a new one; trust that')]
  if (outdated !== null) return [hint('CA', `${file} ${outdated}`, 'xbl-achievements ca makes a new one, as start --tls would; trust that')]
  const made = validTo - now < SOON ? hint('CA', `${file} ends on ${end}`, 'xbl-achievements ca makes a new one; trust that') : ok('CA', `${file}, until ${end}`)
  return [made, ...checkTrust(authority)]
}

function checkTrust ({ file, trust, isInSystem }: AuthorityFacts): Finding[] {
  const names = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const
  const describe: Readonly<Record<Trust, (name: typeof names[number]) => Finding>> = {
    has: (name) => ok(name, 'has the CA'),
    unreadable: (name) => wrong(name, 'names a file that cannot be read, and nothing says so', `export ${name}=${shellWord(file)}, or unset ${name}`),
    lacks: (name) => hint(name, 'names a file without the CA', `cat ${shellWord(file)} >> "$${name}"`),
    unset: (name) => hint(name, 'is not set', `export ${name}=${shellWord(file)}`)
  }
  return [
    ...names.filter((name) => name === 'NODE_EXTRA_CA_CERTS' || trust[name] !== 'unset').map((name) => describe[trust[name]](name)),
    isInSystem ? ok('system', 'trusts the CA') : hint('system', 'does not trust the CA', 'xbl-achievements ca --install')
  ]
}

const checkHosts: Check = ({ hosts: { file, error, addresses }, platform }) => {
  if (error !== null) return [hint('hosts', `${file} cannot be read: ${error}`, 'look at it as an administrator')]
  const isHere = (host: string): boolean => isLoopback(addresses.get(host) ?? '')
  const [here, elsewhere] = [XBOX_HOSTS.filter(isHere), XBOX_HOSTS.filter((host) => addresses.has(host) && !isHere(host))]
  if (elsewhere.length > 0) return [hint('hosts', `${file} sends ${elsewhere.map((host) => `${host} to ${addresses.get(host)}`).join(', ')}`, 'take that out of it, unless the emulator is there')]
  if (here.length === XBOX_HOSTS.length) return [ok('hosts', `${file} sends the hosts of Xbox Live here`)]
  const lines = writeHostsLines(XBOX_HOSTS.filter((host) => !isHere(host)), platform)
  return [hint('hosts', here.length === 0 ? `${file} sends no host of Xbox Live here` : `${file} sends ${here.join(', ')} here`, `for clients with the hosts built in, add to it${lines.length === 1 ? '' : ', a line each'}: ${lines.join('; ')}`)]
}

/** The lines of a hosts file that send hosts here. */
function writeHostsLines (hosts: readonly string[], platform: NodeJS.Platform): string[] {
  const perLine = platform === 'win32' ? MOST_NAMES_ON_WINDOWS : hosts.length
  return Array.from({ length: Math.ceil(hosts.length / perLine) }, (_, line) => `127.0.0.1 ${hosts.slice(line * perLine, (line + 1) * perLine).join(' ')}`)
}

const checkProxies: Check = ({ proxies: { variables, noProxy }, hosts: { addresses } }) => {
  if (variables.length === 0) return [ok('proxy', 'no variable names one')]
  const needed = ['localhost', '127.0.0.1', ...XBOX_HOSTS.filter((host) => isLoopback(addresses.get(host) ?? ''))]
  const through = needed.filter((host) => !isLeftOut(host, noProxy))
  if (through.length === 0) return [ok('proxy', `${variables.join(', ')}; NO_PROXY leaves out what is here`)]
  return [wrong('proxy', `${variables.join(', ')}; clients ask it for ${through.join(', ')}, too`, `export NO_PROXY="${[...through, '::1'].join(',')}\${NO_PROXY:+,$NO_PROXY}"`)]
}

/** Whether a host is asked without the proxy: by its name, or by that of a domain, as most clients read the variable. */
const isLeftOut = (host: string, noProxy: string): boolean => noProxy.toLowerCase().split(/[,\s]+/).some((entry) => {
  const name = entry.replace(/^\*?\./, '').replace(/:\d+$/, '')
  return entry === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`))) || (entry === '127.0.0.0/8' && host.startsWith('127.'))
})

const checkDatabase: Check = ({ database: { file, error, isForeign } }) => {
  if (error !== null) return [wrong('database', `${file} cannot be used: ${error}`, 'give --database a file that can be written, in a folder that can be')]
  if (isForeign) return [wrong('database', `${file} is a file of another program`, 'give --database a file of its own')]
  return [ok('database', file === ':memory:' ? 'in memory, which ends with the emulator' : `${file} can be written`)]
}

const checkTemporary: Check = ({ temporary: { folder, error, free } }) => {
  if (error !== null) return [wrong('temporary', `${folder} cannot be written: ${error}`, 'export TMPDIR to a folder that can be')]
  const size = `${Math.floor(free / 1_000_000)} MB free`
  return [free < LITTLE ? wrong('temporary', `${folder} has ${size}`, 'make room, or export TMPDIR to another disk') : ok('temporary', `${folder}, ${size}`)]
}

const CHECKS: readonly Check[] = [checkNode, checkOptions, checkPorts, checkEmulator, checkCa, checkHosts, checkProxies, checkDatabase, checkTemporary]

/** Everything that can be said of a machine, a finding for each thing that was looked at. */
export const examine = (facts: Facts): Finding[] => CHECKS.flatMap((check) => check(facts))
