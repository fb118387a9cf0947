import { isLoopback } from '../base/loopback.ts'
import { UserError } from '../base/user-error.ts'
import { fillDefaults, findProblem, formatValue } from '../base/validation.ts'
import { flagOf } from './basics.ts'
import { Config, UNKNOWN_TOKENS } from './config.ts'

/** An option that cannot be used; the message names it, what was found and what was expected. */
export class ConfigError extends UserError {
  override name = 'ConfigError'
}

/**
 * Reads the configuration from flags and environment variables. A flag takes precedence; an empty variable
 * counts as not set.
 *
 * @param flags by member name; strings, or values of the right type.
 * @param nameOf how messages name an option that no environment variable has set.
 * @throws {ConfigError} on the first option that cannot be used.
 */
export function readConfig (flags: Readonly<Record<string, unknown>> = {}, environment: Readonly<Record<string, string | undefined>> = {}, nameOf: (name: keyof Config) => string = flagOf): Config {
  const given = Object.entries(Config.properties).map(([name, schema]) => {
    return [name, readTyped('type' in schema ? schema.type : undefined, flags[name] ?? (environment[schema['env']] || undefined))]
  })
  const config = fillDefaults(Config, Object.fromEntries(given)) as Config & { crossUser: unknown }
  config.crossUser ??= config.dialect === 'live' ? 'privacy' : 'documented'
  const problem = findProblem(Config, config)
  if (problem !== undefined) {
    const name = problem.path.slice(1) as keyof Config
    const variable = variableOf(name, flags, environment)
    throw new ConfigError(variable === undefined
      ? `${nameOf(name)}: ${problem.message}`
      : `the environment variable ${variable}: ${problem.message}; ${insteadOf(name, variable)}`)
  }
  requireGuarded(config, nameOf)
  return Object.freeze(config)
}

/** The environment variable that an option has its value from; undefined when that is a flag or the default. */
export function variableOf (name: keyof Config, flags: Readonly<Record<string, unknown>>, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const variable: string = Config.properties[name]['env']
  return (flags[name] ?? null) === null && environment[variable] ? variable : undefined
}

/** What to do about a variable of the environment that is wrong, or was meant for another program, such as `HOST`. A boolean has a flag for one of its values alone. */
export const insteadOf = (name: keyof Config, variable: string): string =>
  Config.properties[name].type === 'boolean' ? `change it, or unset ${variable}` : `give ${flagOf(name)}, or unset ${variable}`

/** @throws {ConfigError} when whoever reaches this machine could act for a user without any token. */
function requireGuarded ({ unknownTokens, host, controlKey }: Config, nameOf: (name: keyof Config) => string): void {
  if (unknownTokens === null || isLoopback(host) || controlKey !== null) return
  throw new ConfigError(`${nameOf('unknownTokens')}: found ${formatValue(unknownTokens)}, as whom everybody could act who reaches ${nameOf('host')} ${host}; expected a host of this machine, e.g. 127.0.0.1, or a key for the control API, ${nameOf('controlKey')}`)
}

/** Whose the tokens are that the world does not know, as `--unknown-tokens` says it; without a sandbox it is null. */
export function readUnknownTokens (option: string): { user: string, sandbox: string | null } {
  const [, user, sandbox = null] = new RegExp(UNKNOWN_TOKENS).exec(option) as unknown as [string, string, string?]
  return { user, sandbox }
}

/** Environment variables and most flags are text, which is read as the type of the option. */
function readTyped (type: string | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (type === 'integer' && /^\d+$/.test(value)) return Number(value)
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true'
  return value
}
