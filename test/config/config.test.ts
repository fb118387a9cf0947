import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import { flagOf } from '../../src/config/basics.ts'
import { ConfigError, readConfig, readUnknownTokens } from '../../src/config/read-config.ts'
import { thrownBy } from '../thrown-error.ts'

const DEFAULTS = {
  port: 5280,
  host: '127.0.0.1',
  database: ':memory:',
  world: resolve('fixtures/demo.json'),
  watch: false,
  dialect: 'documented',
  crossUser: 'documented',
  rateLimit: null,
  allowedHosts: null,
  allowedOrigins: null,
  unknownTokens: null,
  control: true,
  controlKey: null,
  igdb: true,
  signIn: true,
  signInAs: null,
  neighbours: true,
  rta: true,
  verifySignatures: false,
  redirectUris: null,
  tls: false,
  tlsPort: 5443,
  tlsHost: null,
  tlsDir: join(homedir(), '.xbl-achievements'),
  tlsCert: null,
  tlsKey: null,
  journal: 1000,
  journalAnswers: false,
  exportOnExit: null,
  seedOnly: false,
  ready: null,
  readyFile: null,
  open: false,
  quiet: false,
  requestTimeout: 30_000,
  logLevel: 'info'
}

t.test('without flags and environment', async (t) => {
  t.strictSame(readConfig(), DEFAULTS)
  t.ok(Object.isFrozen(readConfig()))
})

t.test('a flag wins over the environment, which wins over the default', async (t) => {
  const environment = {
    PORT: '1',
    HOST: '::1',
    XBL_DATABASE: 'e.db',
    XBL_WORLD: 'e.json',
    XBL_WATCH: 'true',
    XBL_DIALECT: 'live',
    XBL_CROSS_USER: 'strict',
    XBL_RATE_LIMIT: '1,2',
    XBL_CONTROL: 'false',
    XBL_CONTROL_KEY: 'e-key',
    XBL_ALLOWED_HOSTS: 'e.test',
    XBL_ALLOWED_ORIGINS: 'http://e.test',
    XBL_UNKNOWN_TOKENS: 'e@E.1',
    XBL_IGDB: 'false',
    XBL_SIGN_IN: 'false',
    XBL_SIGN_IN_AS: 'e',
    XBL_NEIGHBOURS: 'false',
    XBL_RTA: 'false',
    XBL_VERIFY_SIGNATURES: 'true',
    XBL_REDIRECT_URIS: 'https://e.test/cb',
    XBL_TLS: 'true',
    XBL_TLS_PORT: '10',
    XBL_TLS_HOST: 'e.test',
    XBL_TLS_DIR: 'e-tls',
    XBL_TLS_CERT: 'e.pem',
    XBL_TLS_KEY: 'e-key.pem',
    XBL_JOURNAL: '1',
    XBL_JOURNAL_ANSWERS: 'true',
    XBL_EXPORT_ON_EXIT: 'e.json',
    XBL_SEED_ONLY: 'true',
    XBL_READY: 'json',
    XBL_READY_FILE: 'e-ready.json',
    XBL_OPEN: 'true',
    XBL_QUIET: 'true',
    XBL_REQUEST_TIMEOUT: '1000',
    XBL_LOG_LEVEL: 'warn',
    XBL_OTHER: 'x'
  }
  const flags = {
    port: '2',
    host: '0.0.0.0',
    database: 'f.db',
    world: 'f',
    watch: false,
    dialect: 'documented',
    crossUser: 'privacy',
    rateLimit: '3,4',
    control: true,
    controlKey: 'f-key',
    allowedHosts: 'f.test,*.g.test,fd00::1,10.0.0.1',
    allowedOrigins: 'http://f.test:3000,capacitor://localhost',
    unknownTokens: 'f',
    igdb: true,
    signIn: true,
    signInAs: 'f',
    neighbours: true,
    rta: true,
    verifySignatures: false,
    redirectUris: 'https://f.test/cb,app://g',
    tls: false,
    tlsPort: '20',
    tlsHost: '*.f.test,::2',
    tlsDir: 'f-tls',
    tlsCert: 'f.pem',
    tlsKey: 'f-key.pem',
    journal: '2',
    journalAnswers: false,
    exportOnExit: 'f.json',
    seedOnly: false,
    ready: 'json',
    readyFile: 'f-ready.json',
    open: false,
    quiet: false,
    requestTimeout: '2000',
    logLevel: 'error'
  }
  const fromEnvironment = {
    port: 1,
    host: '::1',
    database: 'e.db',
    world: 'e.json',
    watch: true,
    dialect: 'live',
    crossUser: 'strict',
    rateLimit: '1,2',
    control: false,
    controlKey: 'e-key',
    allowedHosts: 'e.test',
    allowedOrigins: 'http://e.test',
    unknownTokens: 'e@E.1',
    igdb: false,
    signIn: false,
    signInAs: 'e',
    neighbours: false,
    rta: false,
    verifySignatures: true,
    redirectUris: 'https://e.test/cb',
    tls: true,
    tlsPort: 10,
    tlsHost: 'e.test',
    tlsDir: 'e-tls',
    tlsCert: 'e.pem',
    tlsKey: 'e-key.pem',
    journal: 1,
    journalAnswers: true,
    exportOnExit: 'e.json',
    seedOnly: true,
    ready: 'json',
    readyFile: 'e-ready.json',
    open: true,
    quiet: true,
    requestTimeout: 1000,
    logLevel: 'warn'
  }
  t.strictSame(readConfig({}, environment), fromEnvironment)
  t.strictSame(readConfig(flags, environment), { ...flags, port: 2, tlsPort: 20, journal: 2, requestTimeout: 2000 })
  t.strictSame(readConfig({ port: '2' }, environment), { ...fromEnvironment, port: 2 })
  // As a command line without these flags has them.
  t.strictSame(readConfig({ control: null, igdb: null, signIn: null, neighbours: null, rta: null, verifySignatures: null, tls: null, seedOnly: null, watch: null, open: null, quiet: null }, environment), fromEnvironment)
  t.strictSame(readConfig({ port: 3, logLevel: undefined }), { ...DEFAULTS, port: 3 })
})

t.test('an empty variable is none', async (t) => {
  t.strictSame(readConfig({}, { PORT: '', HOST: '', XBL_DATABASE: '', XBL_WORLD: '', XBL_WATCH: '', XBL_DIALECT: '', XBL_CROSS_USER: '', XBL_RATE_LIMIT: '', XBL_CONTROL: '', XBL_CONTROL_KEY: '', XBL_ALLOWED_HOSTS: '', XBL_ALLOWED_ORIGINS: '', XBL_UNKNOWN_TOKENS: '', XBL_IGDB: '', XBL_SIGN_IN: '', XBL_SIGN_IN_AS: '', XBL_NEIGHBOURS: '', XBL_RTA: '', XBL_REDIRECT_URIS: '', XBL_TLS: '', XBL_TLS_PORT: '', XBL_TLS_HOST: '', XBL_TLS_DIR: '', XBL_TLS_CERT: '', XBL_TLS_KEY: '', XBL_JOURNAL: '', XBL_EXPORT_ON_EXIT: '', XBL_SEED_ONLY: '', XBL_READY: '', XBL_READY_FILE: '', XBL_QUIET: '', XBL_REQUEST_TIMEOUT: '', XBL_LOG_LEVEL: undefined }), DEFAULTS)
})

t.test('the default of --cross-user depends on the dialect', async (t) => {
  t.equal(readConfig({ dialect: 'live' }).crossUser, 'privacy')
  t.equal(readConfig({ dialect: 'live', crossUser: 'documented' }).crossUser, 'documented')
})

t.test('the limits of each option', async (t) => {
  for (const port of [0, 65_535]) t.equal(readConfig({ port: String(port) }).port, port)
  for (const ms of [1, 3_600_000]) t.equal(readConfig({ requestTimeout: String(ms) }).requestTimeout, ms)
  for (const count of [0, 1_000_000]) t.equal(readConfig({ journal: String(count) }).journal, count)
  for (const limit of ['0,0', '999999999,999999999']) t.equal(readConfig({ rateLimit: limit }).rateLimit, limit)
  for (const key of ['!', '~'.repeat(1024)]) t.equal(readConfig({ controlKey: key }).controlKey, key)
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']) t.equal(readConfig({ logLevel: level }).logLevel, level)
})

t.test('values that cannot be used are refused', async (t) => {
  const port = '--port: found %, expected an integer from 0 to 65535'
  const timeout = '--request-timeout: found %, expected an integer from 1 to 3600000'
  const cases: Array<[Record<string, unknown>, string, found: string]> = [
    ...['x', '-1', '65536', '80.5', '1e3', ' 80', '', '0x50'].map((value): [object & Record<string, unknown>, string, string] =>
      [{ port: value }, port, value === '65536' ? value : JSON.stringify(value)]),
    [{ port: 80.5 }, port, '80.5'],
    [{ port: true }, port, 'true'],
    [{ requestTimeout: '0' }, timeout, '0'],
    [{ requestTimeout: '3600001' }, timeout, '3600001'],
    [{ requestTimeout: 'soon' }, timeout, '"soon"'],
    [{ host: '' }, '--host: found %, expected an address', '""'],
    [{ host: 1 }, '--host: found %, expected an address', '1'],
    [{ database: '' }, '--database: found %, expected a file or :memory:', '""'],
    [{ world: '' }, '--world: found %, expected a file or folder', '""'],
    [{ dialect: 'Documented' }, '--dialect: found %, expected one of documented, live', '"Documented"'],
    [{ crossUser: 'all' }, '--cross-user: found %, expected one of documented, strict, privacy', '"all"'],
    [{ logLevel: 'loud' }, '--log-level: found %, expected one of trace, debug, info, warn, error, fatal, silent', '"loud"'],
    ...['100', '100,', '-1,2', '1,2,3', 'a,b', '1000000000,1', ''].map((value): [object & Record<string, unknown>, string, string] =>
      [{ rateLimit: value }, '--rate-limit: found %, expected two numbers, e.g. 100,300', JSON.stringify(value)]),
    [{ control: 'no' }, '--control: found %, expected true or false', '"no"'],
    // No message shows a control key.
    ...['', 'a b', 'ä', 'a\n', '~'.repeat(1025), 5].map((value): [object & Record<string, unknown>, string, string] =>
      [{ controlKey: value }, '--control-key: expected 1 to 1024 visible ASCII characters', '']),
    ...['', 'a, b', 'a,', ',a', 'a:1', '127.0.0.1:80', '[::1]', '*', 'a*b', 'a.*.b', 'http://a', 'a/b', 'ä', 'a'.repeat(254)].map((value): [object & Record<string, unknown>, string, string] =>
      [{ allowedHosts: value }, '--allowed-hosts: found %, expected comma-delimited host names or addresses, without ports', JSON.stringify(value).replace(/^(.{79}).{2,}/, '$1…')]),
    ...['', 'null', '*', 'localhost:3000', 'http://a/', 'http://a/x', 'http://a, http://b', 'http://a,', 'http://', '//a', 'http://ä'].map((value): [object & Record<string, unknown>, string, string] =>
      [{ allowedOrigins: value }, '--allowed-origins: found %, expected comma-delimited origins, e.g. http://localhost:3000', JSON.stringify(value)]),
    [{ igdb: 'no' }, '--igdb: found %, expected true or false', '"no"'],
    [{ signIn: 'no' }, '--sign-in: found %, expected true or false', '"no"'],
    [{ neighbours: 'no' }, '--neighbours: found %, expected true or false', '"no"'],
    [{ signInAs: '' }, '--sign-in-as: found %, expected the gamertag or XUID of a user', '""'],
    [{ redirectUris: 'a, b' }, '--redirect-uris: found %, expected comma-delimited URIs', '"a, b"'],
    [{ tls: 'no' }, '--tls: found %, expected true or false', '"no"'],
    [{ tlsPort: '65536' }, '--tls-port: found %, expected an integer from 0 to 65535', '65536'],
    ...['', 'a,', ',a', 'a b', 'a/b', 'ä', 'a:1', '*', 'a'.repeat(254)].map((value): [object & Record<string, unknown>, string, string] =>
      [{ tlsHost: value }, '--tls-host: found %, expected comma-delimited host names or addresses, without ports', JSON.stringify(value).replace(/^(.{79}).{2,}/, '$1…')]),
    [{ tlsDir: '' }, '--tls-dir: found %, expected a folder', '""'],
    [{ tlsCert: '' }, '--tls-cert: found %, expected a file', '""'],
    [{ tlsKey: '' }, '--tls-key: found %, expected a file', '""'],
    [{ journal: '1000001' }, '--journal: found %, expected an integer from 0 to 1000000', '1000001'],
    [{ exportOnExit: '' }, '--export-on-exit: found %, expected a file', '""'],
    [{ seedOnly: '1' }, '--seed-only: found %, expected true or false', '"1"'],
    [{ watch: 'no' }, '--watch: found %, expected true or false', '"no"'],
    [{ ready: 'xml' }, '--ready: found %, expected json', '"xml"'],
    [{ readyFile: '' }, '--ready-file: found %, expected a file', '""'],
    [{ open: 'no' }, '--open: found %, expected true or false', '"no"'],
    [{ quiet: 'no' }, '--quiet: found %, expected true or false', '"no"'],
    // The first one is told.
    [{ logLevel: 'loud', port: 'x' }, port, '"x"']
  ]
  for (const [flags, message, found] of cases) {
    const error = thrownBy(() => readConfig(flags))
    t.ok(error instanceof ConfigError)
    t.equal(error.name, 'ConfigError')
    t.equal(error.message, message.replace('%', found))
  }
})

t.test('a value of an environment variable that cannot be used names the variable', async (t) => {
  for (const [environment, message] of [
    [{ PORT: 'tcp://10.0.0.1:5280' }, 'PORT: found "tcp://10.0.0.1:5280", expected an integer from 0 to 65535; give --port, or unset PORT'],
    [{ XBL_REQUEST_TIMEOUT: 'soon' }, 'XBL_REQUEST_TIMEOUT: found "soon", expected an integer from 1 to 3600000; give --request-timeout, or unset XBL_REQUEST_TIMEOUT'],
    [{ XBL_CONTROL: 'no' }, 'XBL_CONTROL: found "no", expected true or false; change it, or unset XBL_CONTROL'],
    [{ XBL_CONTROL_KEY: 'my secret' }, 'XBL_CONTROL_KEY: expected 1 to 1024 visible ASCII characters; give --control-key, or unset XBL_CONTROL_KEY']
  ] as const) {
    t.equal(thrownBy(() => readConfig({ control: null, port: undefined }, environment)).message, `the environment variable ${message}`)
  }
  // The flag that is given is the one that is wrong, whatever the variable is.
  t.equal(thrownBy(() => readConfig({ port: 'x' }, { PORT: 'y' })).message, '--port: found "x", expected an integer from 0 to 65535')
})

t.test('whose unknown tokens are', async (t) => {
  for (const [option, user, sandbox] of [
    ['gamer', 'gamer', null], ['2533274790412952', '2533274790412952', null], ['gamer@XDKS.1', 'gamer', 'XDKS.1'], ['Some One@RETAIL', 'Some One', 'RETAIL'],
    // What follows the last @ is a sandbox, if it can be one.
    ['a@b@C.1', 'a@b', 'C.1'], ['a@b c', 'a@b c', null], ['a@', 'a@', null], ['@A', '@A', null], [`a@${'A'.repeat(33)}`, `a@${'A'.repeat(33)}`, null]
  ] as const) t.strictSame(readUnknownTokens(readConfig({ unknownTokens: option }).unknownTokens as string), { user, sandbox }, option)
  const found = '--unknown-tokens: found "gamer", as whom everybody could act who reaches --host ::; expected a host of this machine, e.g. 127.0.0.1, or a key for the control API, --control-key'
  t.equal(thrownBy(() => readConfig({ host: '::', unknownTokens: 'gamer' })).message, found)
  t.equal(thrownBy(() => readConfig({}, { HOST: '::', XBL_UNKNOWN_TOKENS: 'gamer' })).message, found)
  t.equal(readConfig({ host: '::', unknownTokens: 'gamer', controlKey: 'k3y' }).unknownTokens, 'gamer')
  t.equal(readConfig({ host: '::1', unknownTokens: 'gamer' }).unknownTokens, 'gamer')
})

t.test('the flag of a member', async (t) => {
  t.equal(flagOf('port'), '--port')
  t.equal(flagOf('requestTimeout'), '--request-timeout')
  t.equal(flagOf('aBC'), '--a-b-c')
})
