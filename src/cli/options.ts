import { Option, type Command } from 'commander'
import { isHexadecimalOnly } from '../base/integers.ts'
import { CommandError } from '../base/user-error.ts'
import { CONTROL_KEY, CONTROL_KEY_EXPECTED } from '../config/basics.ts'
import type { CommandProcess } from './output.ts'

// The options that several commands have.

/** A running emulator. */
export interface RunningEmulator {
  /** Its address, without a slash at the end. */
  readonly url: string
  /** Empty for none, as the environment variable may be. */
  readonly controlKey?: string
}

/** The world that a command works on: that of a running emulator, or of a database file. */
export interface Target extends RunningEmulator {
  /** When it is given, no emulator is asked. */
  readonly database?: string
}

/** Where `start` listens by default. */
const DEFAULT_URL = 'http://127.0.0.1:5280'

/** Adds the option `--url`, which the variable XBL_EMULATOR_URL stands in for. */
export function addUrl (command: Command, { env }: CommandProcess): Command {
  onParsed(command, () => {
    if (command.getOptionValue('url') !== undefined) return
    const given = env['XBL_EMULATOR_URL'] || DEFAULT_URL
    // As a default it does not keep another option, --database say, from being used.
    command.setOptionValueWithSource('url', readUrl(given, 'the environment variable XBL_EMULATOR_URL'), 'default')
  })
  return command.addOption(new Option('--url <url>', `address of a running emulator (env: XBL_EMULATOR_URL; default: ${DEFAULT_URL})`).argParser((text) => readUrl(text, '--url')))
}

/** Adds the options of a command that asks a {@link RunningEmulator}. */
export function addRunning (command: Command, process: CommandProcess): Command {
  onParsed(command, () => {
    const key = command.getOptionValue('controlKey') ?? readControlKey(process.env['XBL_CONTROL_KEY'] ?? '', 'the environment variable XBL_CONTROL_KEY')
    command.setOptionValue('controlKey', key)
  })
  return addUrl(command, process)
    .addOption(new Option('--control-key <key>', 'the key that the emulator was started with (env: XBL_CONTROL_KEY)').argParser((text) => readControlKey(text, '--control-key')))
}

/** Adds the options that make a {@link Target}. */
export const addTarget = (command: Command, process: CommandProcess): Command =>
  addRunning(command, process).addOption(new Option('--database <file>', 'database file to use instead of a running emulator').conflicts('url'))

/**
 * Does something once the flags are read. Commander's own env() reads the variables of this process; like
 * it, a wrong variable is refused before all else, even before the help.
 */
function onParsed (command: Command, work: () => void): void {
  const parse = command.parseOptions.bind(command)
  command.parseOptions = (args) => {
    const parsed = parse(args)
    work()
    return parsed
  }
}

/** @param source the flag or variable that the text is from. */
function readUrl (text: string, source: string): string {
  const { protocol, username, password, search, hash } = URL.parse(text) ?? { protocol: '', username: '', password: '', search: '', hash: '' }
  // Nobody can ask an address with a password, and no message shows one.
  if (`${username}${password}` !== '') throw new CommandError(`${source}: found a user or password in the address, expected an address such as ${DEFAULT_URL}`)
  if (!/^https?:$/.test(protocol) || `${search}${hash}` !== '') {
    throw new CommandError(`${source}: found ${JSON.stringify(text)}, expected an address such as ${DEFAULT_URL}`)
  }
  return text.replace(/\/+$/, '')
}

/** The message does not show the key, which is a secret. */
function readControlKey (text: string, name: string): string {
  if (text !== '' && !new RegExp(CONTROL_KEY).test(text)) throw new CommandError(`${name}: expected ${CONTROL_KEY_EXPECTED}`)
  return text
}

/**
 * A title id in decimal or, as Partner Center shows it, in hexadecimal: `0x4B4E01A7`. A text that is
 * neither is returned as it is, and refused by the check of the whole input.
 *
 * @throws {CommandError} for a hexadecimal number without 0x.
 */
export function readTitleId (text: string): number | string {
  if (isHexadecimalOnly(text)) throw new CommandError(`--title-id: found "${text}", expected a decimal, or hexadecimal with 0x before it: 0x${text}`)
  return /^(\d{1,15}|0x[\da-f]{1,12})$/i.test(text) ? Number(text) : text
}

/** The error of a title that the world does not have, or that was not named. @param known the titles of the world. */
export function wrongTitle (found: number | string | undefined, known: ReadonlyArray<number | string>): CommandError {
  const expected = known.length === 0 ? 'a title, and the world has none' : `one of ${known.join(', ')}`
  return new CommandError(`--title-id: found ${found === undefined ? 'none' : JSON.stringify(found)}, expected ${expected}`)
}

/** A whole number. A text that is none is returned as it is, and refused by the check of the whole input. */
export const readInteger = (text: string): number | string => /^\d{1,15}$/.test(text) ? Number(text) : text

/** A number with a fraction, or the text itself, which the emulator refuses. */
export const readDecimal = (text: string): number | string => /^\d+(\.\d+)?$/.test(text) ? Number(text) : text
