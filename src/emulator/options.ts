import { nearestTo } from '../base/nearest.ts'
import { formatValue } from '../base/validation.ts'
import { Config } from '../config/config.ts'
import { ConfigError, readConfig } from '../config/read-config.ts'
import type { Dialect } from '../model/dialect.ts'
import type { CrossUserRule } from '../model/user.ts'
import type { WorldInput } from '../world/world-input.ts'

/** How to start an emulator. The defaults are those of the command, but for ports and log level. */
export interface EmulatorOptions {
  /** A world document, or the path of one, of a folder of them, or of one with Partner Center's documents; by default the demo world. */
  readonly world?: WorldInput | string | undefined
  readonly dialect?: Dialect | undefined
  /** Whose achievements a caller may read. */
  readonly crossUser?: CrossUserRule | undefined
  /** 0, the default: any free port. */
  readonly port?: number | undefined
  readonly host?: string | undefined
  /** A SQLite file, or `:memory:`, the default. The start waits while another process seeds the file. */
  readonly database?: string | undefined
  /** `burst,sustain`: requests of a user and title in 15 and in 300 seconds. */
  readonly rateLimit?: string | null | undefined
  /** How many requests the journal stores, in 64 MB of memory at most. */
  readonly journal?: number | undefined
  /** True keeps what is answered in the journal, too. */
  readonly journalAnswers?: boolean | undefined
  /** How long a request may take to arrive whole, and how long its client may leave the answer unread, in ms. */
  readonly requestTimeout?: number | undefined
  /** Host names, comma-delimited, under which it answers, besides those of this machine, those of Xbox Live and `host`. */
  readonly allowedHosts?: string | null | undefined
  /** Origins, comma-delimited, whose pages may call it, besides its own; their scripts may read what the services answer. */
  readonly allowedOrigins?: string | null | undefined
  /**
   * Whose a token is that the world does not know, such as a title's from the operating system: the gamertag or XUID of a
   * user and, unless it is RETAIL, `@` and a sandbox. By default such tokens are refused.
   */
  readonly unknownTokens?: string | null | undefined
  /** False leaves out the control API under `/_emulator`. */
  readonly control?: boolean | undefined
  readonly controlKey?: string | null | undefined
  /** False leaves out the IGDB view under `/achievements`. */
  readonly igdb?: boolean | undefined
  /** False leaves out the sign-in hosts, where anybody gets a token of any user. */
  readonly signIn?: boolean | undefined
  /** Who signs in where a person would be asked: a gamertag or XUID. Device codes are approved at once. */
  readonly signInAs?: string | null | undefined
  /** False leaves out the hosts around the achievements, such as titlehub and profile. */
  readonly neighbours?: boolean | undefined
  /** False leaves out real-time activity: the WebSocket of rta.xboxlive.com, and notify.xboxlive.com. */
  readonly rta?: boolean | undefined
  /** True refuses requests to the hosts that issue tokens whose `Signature` header is missing or wrong. */
  readonly verifySignatures?: boolean | undefined
  /** Addresses, comma-delimited, that a sign-in may lead back to, besides those of this machine. */
  readonly redirectUris?: string | null | undefined
  /** True serves HTTPS, too: `httpsUrl` says where, and `ca` is what a client has to trust. */
  readonly tls?: boolean | undefined
  /** 0, the default: any free port. */
  readonly tlsPort?: number | undefined
  /** Host names and addresses, comma-delimited, that the certificate is for, besides those of Xbox Live and of this machine. */
  readonly tlsHost?: string | null | undefined
  /** Where the CA and the certificate are kept; by default where the command keeps them, in the home folder. */
  readonly tlsDir?: string | undefined
  /** A certificate of your own, with its chain, as PEM: a file. */
  readonly tlsCert?: string | null | undefined
  /** The file of its key. */
  readonly tlsKey?: string | null | undefined
  /** By default `silent`. */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined
}

/** The options of the command that mean nothing in a process, and what does instead. */
export const COMMAND_OPTIONS = {
  watch: 'give replaceWorld() the world that has changed',
  ready: 'the emulator listens once startEmulator resolves, at url',
  readyFile: 'the emulator listens once startEmulator resolves, at url',
  open: 'startEmulator opens nothing',
  quiet: 'startEmulator prints nothing',
  exportOnExit: 'write what world() returns before close()',
  seedOnly: 'start with a database file, and call close()'
} as const satisfies { readonly [Name in keyof Config]?: string }

const isCommandOption = (name: string): name is keyof typeof COMMAND_OPTIONS => Object.hasOwn(COMMAND_OPTIONS, name)

const KNOWN = Object.keys(Config.properties).filter((name) => !isCommandOption(name))

/**
 * Reads the options of an emulator. Those that are undefined are as if they were not there.
 *
 * @returns the configuration, and the world when it is given as a document.
 * @throws {ConfigError} for an unknown option, and for one that cannot be used.
 */
export function readOptions (options: unknown = {}): { config: Config, document?: object } {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ConfigError(`startEmulator was given ${formatValue(options)}; expected an object of options, e.g. { world: './world.json' }`)
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) requireKnown(name, value)
  const { world, ...rest } = Object.fromEntries(given)
  const isDocument = typeof world === 'object'
  const config = readConfig({ port: 0, tlsPort: 0, logLevel: 'silent', ...rest, ...!isDocument && { world } }, {}, (name) => name)
  return isDocument ? { config, document: world } : { config }
}

function requireKnown (name: string, value: unknown): void {
  if (isCommandOption(name)) throw new ConfigError(`${name} is an option of the command alone; ${COMMAND_OPTIONS[name]}`)
  if (!KNOWN.includes(name)) {
    const nearest = nearestTo(name, KNOWN)
    throw new ConfigError(`${formatValue(name)} is no option of startEmulator; ${nearest === undefined ? `known are ${KNOWN.join(', ')}` : `did you mean ${nearest}?`}`)
  }
  // The command takes null for an option that was not given. In a program it is a value that somebody forgot to set.
  if (value === null && Config.properties[name as keyof Config].default !== null) throw new ConfigError(`${name}: found null; leave it out for the default`)
}
