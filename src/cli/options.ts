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

/** The option `--url`. */
export const urlOption = (): Option =>
  new Option('--url <url>', 'address of a running emulator').default('http://127.0.0.1:5280').argParser(readUrl)

/** Adds the options that make a {@link Target}. */
export function addTarget (command: Command, { env }: CommandProcess): Command {
  const parse = command.parseOptions.bind(command)
  // Commander's own env() reads the variables of this process. Like it, this refuses a wrong variable before all else, even before the help.
  command.parseOptions = (args) => {
    const parsed = parse(args)
    const key = command.getOptionValue('controlKey') ?? readControlKey(env['XBL_CONTROL_KEY'] ?? '', 'the environment variable XBL_CONTROL_KEY')
    command.setOptionValue('controlKey', key)
    return parsed
  }
  return command
    .addOption(urlOption())
    .addOption(new Option('--control-key <key>', 'the key that the emulator was started with (env: XBL_CONTROL_KEY)').argParser((text: string) => readControlKey(text, '--control-key')))
    .addOption(new Option('--database <file>', 'database file to use instead of a running emulator').conflicts('url'))
}

function readUrl (text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new CommandError(`--url: found ${JSON.stringify(text)}, expected an address such as http://127.0.0.1:5280`)
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
