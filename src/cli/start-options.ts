import { Option } from 'commander'
import { Config } from '../config/config.ts'
import { flagOf } from '../config/flag.ts'

/** Defaults that follow from other options. */
const DEPENDS: Readonly<Record<string, string>> = { crossUser: 'documented, privacy in the live dialect' }

/** The options of `start`: every member of the configuration. */
export function startOptions (): Option[] {
  return Object.entries(Config.properties).map(([name, schema]) => {
    const { env, argument, description, default: value } = schema
    if (typeof value === 'boolean') {
      const flag = value ? flagOf(name).replace('--', '--no-') : flagOf(name)
      // Not true where commander would say so for a --no-…: the variable may say otherwise.
      return new Option(flag, `${description} (${env}=${!value})`).default(null)
    }
    const otherwise = value === null ? 'none' : value ?? DEPENDS[name]
    return new Option(`${flagOf(name)} <${argument}>`, `${description} (${env}; default ${otherwise})`)
  })
}
