import { homedir } from 'node:os'
import { join } from 'node:path'

// What every command needs of the configuration. config.ts loads TypeBox, which is slow, and which most commands do not need.

/** The pattern of a control key, which is sent in a header. */
export const CONTROL_KEY = '^[!-~]{1,1024}$'
export const CONTROL_KEY_EXPECTED = '1 to 1024 visible ASCII characters'

/** The folder of the local CA. All emulators of a user share it, so that it has to be trusted only once. */
export const DEFAULT_TLS_DIR = join(homedir(), '.xbl-achievements')

/** The flag of an option: `requestTimeout` is `--request-timeout`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
