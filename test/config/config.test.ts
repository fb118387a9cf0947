import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import { ConfigError, flagOf, readConfig } from '../../src/config/config.ts'
import { thrownBy } from '../thrown-error.ts'

const DEFAULTS = {
  port: 5280,
  host: '127.0.0.1',
  database: ':memory:',
  world: resolve('fixtures/demo.json'),
  dialect: 'documented',
  crossUser: 'documented',
  rateLimit: null,
  allowedHosts: null,
  allowedOrigins: null,
  control: true,
  controlKey: null,
  igdb: true,
  signIn: true,
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
    XBL_DIALECT: 'live',
    XBL_CROSS_USER: 'strict',
    XBL_RATE_LIMIT: '1,2',
    XBL_CONTROL: 'false',
    XBL_CONTROL_KEY: 'e-key',
    XBL_ALLOWED_HOSTS: 'e.test',
    XBL_ALLOWED_ORIGINS: 'http://e.test',
    XBL_IGDB: 'false',
    XBL_SIGN_IN: 'false',
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
    XBL_REQUEST_TIMEOUT: '1000',
    XBL_LOG_LEVEL: 'warn',
    XBL_OTHER: 'x'
  }
  const flags = {
    port: '2',
    host: '0.0.0.0',
    database: 'f.db',
    world: 'f',
    dialect: 'documented',
    crossUser: 'privacy',
    rateLimit: '3,4',
    control: true,
    controlKey: 'f-key',
    allowedHosts: 'f.test,*.g.test,fd00::1,10.0.0.1',
    allowedOrigins: 'http://f.test:3000,capacitor://localhost',
    igdb: true,
    signIn: true,
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
    requestTimeout: '2000',
    logLevel: 'error'
  }
  const fromEnvironment = {
    port: 1,
    host: '::1',
    database: 'e.db',
    world: 'e.json',
    dialect: 'live',
    crossUser: 'strict',
    rateLimit: '1,2',
    control: false,
    controlKey: 'e-key',
    allowedHosts: 'e.test',
    allowedOrigins: 'http://e.test',
    igdb: false,
    signIn: false,
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
    requestTimeout: 1000,
    logLevel: 'warn'
  }
  t.strictSame(readConfig({}, environment), fromEnvironment)
  t.strictSame(readConfig(flags, environment), { ...flags, port: 2, tlsPort: 20, journal: 2, requestTimeout: 2000 })
  t.strictSame(readConfig({ port: '2' }, environment), { ...fromEnvironment, port: 2 })
  // As a command line without these flags has them.
  t.strictSame(readConfig({ control: null, igdb: null, signIn: null, tls: null, journalAnswers: null, seedOnly: null }, environment), fromEnvironment)
  t.strictSame(readConfig({ port: 3, logLevel: undefined }), { ...DEFAULTS, port: 3 })
})

t.test('an empty variable is none', async (t) => {
  t.strictSame(readConfig({}, { PORT: '', HOST: '', XBL_DATABASE: '', XBL_WORLD: '', XBL_DIALECT: '', XBL_CROSS_USER: '', XBL_RATE_LIMIT: '', XBL_CONTROL: '', XBL_CONTROL_KEY: '', XBL_ALLOWED_HOSTS: '', XBL_ALLOWED_ORIGINS: '', XBL_IGDB: '', XBL_SIGN_IN: '', XBL_REDIRECT_URIS: '', XBL_TLS: '', XBL_TLS_PORT: '', XBL_TLS_HOST: '', XBL_TLS_DIR: '', XBL_TLS_CERT: '', XBL_TLS_KEY: '', XBL_JOURNAL: '', XBL_JOURNAL_ANSWERS: '', XBL_EXPORT_ON_EXIT: '', XBL_SEED_ONLY: '', XBL_REQUEST_TIMEOUT: '', XBL_LOG_LEVEL: undefined }), DEFAULTS)
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
  const port = '--port (or PORT): found %, expected an integer from 0 to 65535'
  const timeout = '--request-timeout (or XBL_REQUEST_TIMEOUT): found %, expected an integer from 1 to 3600000'
  const cases: Array<[Record<string, unknown>, string, found: string]> = [
    ...['x', '-1', '65536', '80.5', '1e3', ' 80', '', '0x50'].map((value): [object & Record<string, unknown>, string, string] =>
      [{ port: value }, port, value === '65536' ? value : JSON.stringify(value)]),
    [{ port: 80.5 }, port, '80.5'],
    [{ port: true }, port, 'true'],
    [{ requestTimeout: '0' }, timeout, '0'],
    [{ requestTimeout: '3600001' }, timeout, '3600001'],
    [{ requestTimeout: 'soon' }, timeout, '"soon"'],
    [{ host: '' }, '--host (or HOST): found %, expected an address', '""'],
    [{ host: 1 }, '--host (or HOST): found %, expected an address', '1'],
    [{ database: '' }, '--database (or XBL_DATABASE): found %, expected a file or :memory:', '""'],
    [{ world: '' }, '--world (or XBL_WORLD): found %, expected a file or folder', '""'],
    [{ dialect: 'Documented' }, '--dialect (or XBL_DIALECT): found %, expected one of documented, live', '"Documented"'],
    [{ crossUser: 'all' }, '--cross-user (or XBL_CROSS_USER): found %, expected one of documented, strict, privacy', '"all"'],
    [{ logLevel: 'loud' }, '--log-level (or XBL_LOG_LEVEL): found %, expected one of trace, debug, info, warn, error, fatal, silent', '"loud"'],
    ...['100', '100,', '-1,2', '1,2,3', 'a,b', '1000000000,1', ''].map((value): [object & Record<string, unknown>, string, string] =>
      [{ rateLimit: value }, '--rate-limit (or XBL_RATE_LIMIT): found %, expected two numbers, e.g. 100,300', JSON.stringify(value)]),
    [{ control: 'no' }, '--control (or XBL_CONTROL): found %, expected true or false', '"no"'],
    // No message shows a control key.
    ...['', 'a b', 'ä', 'a\n', '~'.repeat(1025), 5].map((value): [object & Record<string, unknown>, string, string] =>
      [{ controlKey: value }, '--control-key (or XBL_CONTROL_KEY): expected 1 to 1024 visible ASCII characters', '']),
    ...['', 'a, b', 'a,', ',a', 'a:1', '127.0.0.1:80', '[::1]', '*', 'a*b', 'a.*.b', 'http://a', 'a/b', 'ä', 'a'.repeat(254)].map((value): [object & Record<string, unknown>, string, string] =>
      [{ allowedHosts: value }, '--allowed-hosts (or XBL_ALLOWED_HOSTS): found %, expected comma-delimited host names or addresses, without ports', JSON.stringify(value).replace(/^(.{79}).{2,}/, '$1…')]),
    ...['', 'null', '*', 'localhost:3000', 'http://a/', 'http://a/x', 'http://a, http://b', 'http://a,', 'http://', '//a', 'http://ä'].map((value): [object & Record<string, unknown>, string, string] =>
      [{ allowedOrigins: value }, '--allowed-origins (or XBL_ALLOWED_ORIGINS): found %, expected comma-delimited origins, e.g. http://localhost:3000', JSON.stringify(value)]),
    [{ igdb: 'no' }, '--igdb (or XBL_IGDB): found %, expected true or false', '"no"'],
    [{ signIn: 'no' }, '--sign-in (or XBL_SIGN_IN): found %, expected true or false', '"no"'],
    [{ redirectUris: 'a, b' }, '--redirect-uris (or XBL_REDIRECT_URIS): found %, expected comma-delimited URIs', '"a, b"'],
    [{ tls: 'no' }, '--tls (or XBL_TLS): found %, expected true or false', '"no"'],
    [{ tlsPort: '65536' }, '--tls-port (or XBL_TLS_PORT): found %, expected an integer from 0 to 65535', '65536'],
    ...['', 'a,', ',a', 'a b', 'a/b', 'ä', 'a:1', '*', 'a'.repeat(254)].map((value): [object & Record<string, unknown>, string, string] =>
      [{ tlsHost: value }, '--tls-host (or XBL_TLS_HOST): found %, expected comma-delimited host names or addresses, without ports', JSON.stringify(value).replace(/^(.{79}).{2,}/, '$1…')]),
    [{ tlsDir: '' }, '--tls-dir (or XBL_TLS_DIR): found %, expected a folder', '""'],
    [{ tlsCert: '' }, '--tls-cert (or XBL_TLS_CERT): found %, expected a file', '""'],
    [{ tlsKey: '' }, '--tls-key (or XBL_TLS_KEY): found %, expected a file', '""'],
    [{ journal: '1000001' }, '--journal (or XBL_JOURNAL): found %, expected an integer from 0 to 1000000', '1000001'],
    [{ exportOnExit: '' }, '--export-on-exit (or XBL_EXPORT_ON_EXIT): found %, expected a file', '""'],
    [{ seedOnly: '1' }, '--seed-only (or XBL_SEED_ONLY): found %, expected true or false', '"1"'],
    // The first one is told.
    [{ logLevel: 'loud', port: 'x' }, port, '"x"']
  ]
  for (const [flags, message, found] of cases) {
    const error = thrownBy(() => readConfig(flags))
    t.ok(error instanceof ConfigError)
    t.equal(error.name, 'ConfigError')
    t.equal(error.message, message.replace('%', found))
  }
  t.equal(thrownBy(() => readConfig({}, { XBL_REQUEST_TIMEOUT: 'soon' })).message, timeout.replace('%', '"soon"'))
})

t.test('the flag of a member', async (t) => {
  t.equal(flagOf('port'), '--port')
  t.equal(flagOf('requestTimeout'), '--request-timeout')
  t.equal(flagOf('aBC'), '--a-b-c')
})
