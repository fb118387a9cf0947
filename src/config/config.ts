import { fileURLToPath } from 'node:url'
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { DIALECTS } from '../model/dialect.ts'
import { CROSS_USER_RULES } from '../model/user.ts'
import { CONTROL_KEY, CONTROL_KEY_EXPECTED, DEFAULT_TLS_DIR } from './basics.ts'

/** What is served without --world. */
export const DEMO_WORLD = fileURLToPath(new URL('../../fixtures/demo.json', import.meta.url))

/** A host name, whose first label may be a wildcard, or an address; without a port. */
const HOST_PATTERN = String.raw`((\*\.)?[\w.-]{1,251}|[\da-fA-F.]*:[\da-fA-F.]*:[\da-fA-F:.]{0,40})`
const HOSTS_PATTERN = `^${HOST_PATTERN}(,${HOST_PATTERN})*$`

/** An origin as browsers send it: without a path, and without a `/` at the end. */
const ORIGIN_PATTERN = '[A-Za-z][A-Za-z0-9+.-]*://[!-+.0-~-]+'
const ORIGINS_PATTERN = `^${ORIGIN_PATTERN}(,${ORIGIN_PATTERN})*$`

/** A gamertag or XUID and, after the last `@`, a sandbox. */
export const UNKNOWN_TOKENS = String.raw`^([^\x00-\x1f\x7f]+?)(?:@([A-Za-z0-9.]{1,32}))?$`

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** An option with a fixed set of values. */
const choiceOption = <const T extends string>(values: readonly T[], options: { default?: T, env: string, description: string }) =>
  Type.Union(values.map((value) => Type.Literal(value)), {
    argument: values.join('|'), errorMessage: `one of ${values.join(', ')}`, ...options
  }) as unknown as TSchema & { static: T }

/**
 * Every option, once: its flag (made of the member's name), its environment variable (`env`), the name of
 * its argument in the help (`argument`), its default, what it expects, and whether messages leave its value
 * out (`secret`).
 */
export const Config = Type.Object({
  port: Type.Integer({
    default: 5280, minimum: 0, maximum: 65535, env: 'PORT', argument: 'number', errorMessage: 'an integer from 0 to 65535', description: 'port to listen on; 0 takes a free one'
  }),
  host: Type.String({
    default: '127.0.0.1', minLength: 1, env: 'HOST', argument: 'address', errorMessage: 'an address', description: 'address to listen on'
  }),
  database: Type.String({
    default: ':memory:', minLength: 1, env: 'XBL_DATABASE', argument: 'file', errorMessage: 'a file or :memory:', description: 'SQLite file, or :memory:; a new one is seeded, one that holds a world is kept'
  }),
  world: Type.String({
    default: DEMO_WORLD, minLength: 1, env: 'XBL_WORLD', argument: 'path', errorMessage: 'a file or folder', description: 'world to seed with: a JSON file, a folder of them, or one with Partner Center\'s documents'
  }),
  watch: Type.Boolean({
    default: false, env: 'XBL_WATCH', errorMessage: 'true or false', description: 'seed anew whenever the files of --world change'
  }),
  dialect: choiceOption(DIALECTS, {
    default: 'documented', env: 'XBL_DIALECT', description: 'answer as is documented, or as the live service does'
  }),
  crossUser: choiceOption(CROSS_USER_RULES, {
    env: 'XBL_CROSS_USER', description: 'who may read others: as is documented, nobody, or by privacy'
  }),
  rateLimit: Type.Union([Type.String({ pattern: '^[0-9]{1,9},[0-9]{1,9}$' }), Type.Null()], {
    default: null, env: 'XBL_RATE_LIMIT', argument: 'burst,sustain', errorMessage: 'two numbers, e.g. 100,300', description: 'requests of a user and title in 15 and in 300 seconds, beyond which they get 429'
  }),
  allowedHosts: Type.Union([Type.String({ pattern: HOSTS_PATTERN }), Type.Null()], {
    default: null, env: 'XBL_ALLOWED_HOSTS', argument: 'names', errorMessage: 'comma-delimited host names or addresses, without ports', description: 'host names, comma-delimited, under which it answers, besides those of this machine, of Xbox Live, --host and --tls-host'
  }),
  allowedOrigins: Type.Union([Type.String({ pattern: ORIGINS_PATTERN }), Type.Null()], {
    default: null, env: 'XBL_ALLOWED_ORIGINS', argument: 'origins', errorMessage: 'comma-delimited origins, e.g. http://localhost:3000', description: 'origins, comma-delimited, of pages that it answers besides its own, and that may read what the services answer'
  }),
  unknownTokens: Type.Union([Type.String({ pattern: UNKNOWN_TOKENS }), Type.Null()], {
    default: null, env: 'XBL_UNKNOWN_TOKENS', argument: 'user', errorMessage: 'the gamertag or XUID of a user and, unless it is RETAIL, @ and a sandbox, e.g. gamer or gamer@XDKS.1', description: 'whose a token is that the world does not know, e.g. a title\'s from the operating system: a gamertag or XUID, and @ with a sandbox'
  }),
  control: Type.Boolean({
    default: true, env: 'XBL_CONTROL', errorMessage: 'true or false', description: 'leave out the control API under /_emulator, but for its health'
  }),
  controlKey: Type.Union([Type.String({ pattern: CONTROL_KEY }), Type.Null()], {
    default: null, env: 'XBL_CONTROL_KEY', argument: 'key', secret: true, errorMessage: CONTROL_KEY_EXPECTED, description: 'what the control API demands as Authorization: Bearer'
  }),
  igdb: Type.Boolean({
    default: true, env: 'XBL_IGDB', errorMessage: 'true or false', description: 'leave out the IGDB view under /achievements'
  }),
  signIn: Type.Boolean({
    default: true, env: 'XBL_SIGN_IN', errorMessage: 'true or false', description: 'leave out the sign-in hosts, where anybody gets a token of any user'
  }),
  signInAs: Type.Union([Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]+$' }), Type.Null()], {
    default: null, env: 'XBL_SIGN_IN_AS', argument: 'user', errorMessage: 'the gamertag or XUID of a user', description: 'who signs in where a person would be asked: a gamertag or XUID'
  }),
  neighbours: Type.Boolean({
    default: true, env: 'XBL_NEIGHBOURS', errorMessage: 'true or false', description: 'leave out the hosts around the achievements: titlehub, profile, userstats, userpresence, peoplehub, social, privacy, eraser'
  }),
  rta: Type.Boolean({
    default: true, env: 'XBL_RTA', errorMessage: 'true or false', description: 'leave out real-time activity: rta and notify'
  }),
  verifySignatures: Type.Boolean({
    default: false, env: 'XBL_VERIFY_SIGNATURES', errorMessage: 'true or false', description: 'refuse requests to the hosts that issue tokens whose Signature header is missing or wrong'
  }),
  redirectUris: Type.Union([Type.String({ pattern: '^[!-~]+$' }), Type.Null()], {
    default: null, env: 'XBL_REDIRECT_URIS', argument: 'uris', errorMessage: 'comma-delimited URIs', description: 'where a sign-in may lead back to besides this machine, comma-delimited'
  }),
  tls: Type.Boolean({
    default: false, env: 'XBL_TLS', errorMessage: 'true or false', description: 'serve HTTPS, too, with a certificate of a local CA'
  }),
  tlsPort: Type.Integer({
    default: 5443, minimum: 0, maximum: 65535, env: 'XBL_TLS_PORT', argument: 'number', errorMessage: 'an integer from 0 to 65535', description: 'port of HTTPS; 0 takes a free one'
  }),
  tlsHost: Type.Union([Type.String({ pattern: HOSTS_PATTERN }), Type.Null()], {
    default: null, env: 'XBL_TLS_HOST', argument: 'names', errorMessage: 'comma-delimited host names or addresses, without ports', description: 'host names and addresses, comma-delimited, that the certificate is for, besides those of Xbox Live and of this machine'
  }),
  tlsDir: Type.String({
    default: DEFAULT_TLS_DIR, minLength: 1, env: 'XBL_TLS_DIR', argument: 'folder', errorMessage: 'a folder', description: 'where the CA and the certificate are kept'
  }),
  tlsCert: Type.Union([Type.String({ minLength: 1 }), Type.Null()], {
    default: null, env: 'XBL_TLS_CERT', argument: 'file', errorMessage: 'a file', description: 'a certificate of your own, with its chain, as PEM'
  }),
  tlsKey: Type.Union([Type.String({ minLength: 1 }), Type.Null()], {
    default: null, env: 'XBL_TLS_KEY', argument: 'file', errorMessage: 'a file', description: 'its key, as PEM'
  }),
  journal: Type.Integer({
    default: 1000, minimum: 0, maximum: 1_000_000, env: 'XBL_JOURNAL', argument: 'number', errorMessage: 'an integer from 0 to 1000000', description: 'how many requests the journal keeps'
  }),
  journalAnswers: Type.Boolean({
    default: false, env: 'XBL_JOURNAL_ANSWERS', errorMessage: 'true or false', description: 'keep what is answered in the journal, too'
  }),
  exportOnExit: Type.Union([Type.String({ minLength: 1 }), Type.Null()], {
    default: null, env: 'XBL_EXPORT_ON_EXIT', argument: 'file', errorMessage: 'a file', description: 'write the world to this file when the server stops'
  }),
  seedOnly: Type.Boolean({
    default: false, env: 'XBL_SEED_ONLY', errorMessage: 'true or false', description: 'seed the database and exit'
  }),
  ready: Type.Union([Type.Literal('json'), Type.Null()], {
    default: null, env: 'XBL_READY', argument: 'json', errorMessage: 'json', description: 'print where it listens as a line of JSON, in the place of the greeting'
  }),
  readyFile: Type.Union([Type.String({ minLength: 1 }), Type.Null()], {
    default: null, env: 'XBL_READY_FILE', argument: 'file', errorMessage: 'a file', description: 'write where it listens as a line of JSON to this file, and delete the file when the server stops'
  }),
  open: Type.Boolean({
    default: false, env: 'XBL_OPEN', errorMessage: 'true or false', description: 'open the page in a browser'
  }),
  quiet: Type.Boolean({
    default: false, env: 'XBL_QUIET', errorMessage: 'true or false', description: 'print no greeting'
  }),
  requestTimeout: Type.Integer({
    default: 30_000, minimum: 1, maximum: 3_600_000, env: 'XBL_REQUEST_TIMEOUT', argument: 'ms', errorMessage: 'an integer from 1 to 3600000', description: 'how long a request may take to arrive whole, and its client may read nothing of the answer, in ms'
  }),
  logLevel: choiceOption(LOG_LEVELS, {
    default: 'info', env: 'XBL_LOG_LEVEL', description: 'what is logged, on standard error'
  })
})

export type Config = Readonly<Static<typeof Config>>
