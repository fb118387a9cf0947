import { formatValue } from '../base/validation.ts'
import { wrongInput } from '../http/body.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { InputOf, OperationName, ResultOf } from '../operations/operations.ts'
import type { EmulatorApp } from '../server/app.ts'

/** What the methods of an emulator are made of. */
export interface MethodContext {
  readonly served: EmulatorApp
  /** Runs an operation at once, also while another process writes to the database file. */
  readonly change: <Name extends OperationName>(name: Name, input: () => InputOf<Name>) => ResultOf<Name>
}

export function createContext (served: EmulatorApp): MethodContext {
  const { queue, services: { operations: { run } } } = served
  return { served, change: (name, input) => queue.runNow(() => run(name, input())) }
}

/** A user as a test names it. @throws 400 for what is no text, such as a XUID without quotes. */
export function requireName (name: unknown): string {
  if (typeof name !== 'string') throw invalidRequest(`The user is ${formatValue(name)}; expected a XUID in quotes, or a gamertag.`)
  return name
}

/** A copy of what a test gives, which is changed when its defaults are filled in. @throws 400 for what is no data, such as a function. */
export function copyOfData<T> (given: T, what: string): T {
  try {
    return structuredClone(given)
  } catch (error) {
    throw invalidRequest(`${what} cannot be copied: ${(error as Error).message}`)
  }
}

/** What a test gives by its members. @throws 400 for what has none; the message repeats nothing, because it may be a token. */
export function requireObject<T> (given: T, what: string): T {
  if (typeof given !== 'object' || given === null) throw wrongInput(what, { path: '', message: `found ${given === null ? 'null' : typeof given}, expected an object` })
  return given
}
