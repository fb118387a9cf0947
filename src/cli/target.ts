import { Option, type Command } from 'commander'
import { CONTROL_KEY, CONTROL_KEY_EXPECTED } from '../config/flag.ts'
import { CommandError } from '../base/user-error.ts'

/** A running emulator. */
export interface Running {
  /** Its address, without a slash at the end. */
  readonly url: string
  /** Empty is none, as an empty variable is. */
  readonly controlKey?: string
}

/** Where the world is that a command works on. */
export interface Target extends Running {
  /** When it is given, the world is in this database file. */
  readonly database?: string
}

/** `--url`. */
export const urlOption = (): Option =>
  new Option('--url <url>', 'address of a running emulator').default('http://127.0.0.1:5280').argParser(readUrl)

/** Adds the options that make a {@link Target}. */
export function addTarget (command: Command): Command {
  return command
    .addOption(urlOption())
    .addOption(new Option('--control-key <key>', 'the key that the emulator was started with').env('XBL_CONTROL_KEY').argParser(readControlKey))
    .addOption(new Option('--database <file>', 'database file to use instead of a running emulator').conflicts('url'))
}

function readUrl (text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new CommandError(`--url: found ${JSON.stringify(text)}, expected an address such as http://127.0.0.1:5280`)
  }
  return text.replace(/\/+$/, '')
}

/** The key is in no message. */
function readControlKey (text: string): string {
  if (text !== '' && !new RegExp(CONTROL_KEY).test(text)) throw new CommandError(`--control-key (or XBL_CONTROL_KEY): expected ${CONTROL_KEY_EXPECTED}`)
  return text
}
