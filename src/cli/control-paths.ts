import { Option, type Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import { askEmulator } from './control-client.ts'
import { readTitleId, wrongTitle, type RunningEmulator } from './options.ts'

const USER_EXPECTED = 'the gamertag or XUID of a user'

/** How many titles an error names. */
const MOST_TITLES_NAMED = 10

/** The options that name a service configuration. */
export interface TitleFlags {
  readonly titleId?: number | string
  readonly scid?: string
}

/** @param without what it means when the option is not given. */
export const addTitleOptions = (command: Command, without: string): Command => command
  .option('--title-id <number>', `the title; ${without}`, readTitleId)
  .addOption(new Option('--scid <guid>', 'the service configuration, in the place of the title').conflicts('titleId'))

/**
 * A text as a part of a path of the control API.
 *
 * @param name the flag or argument that the text is from.
 * @throws {CommandError} when a path can have no such part.
 */
export function pathPart (text: string, name: string, expected: string): string {
  // Every client takes the latter two for the folder itself and the one above, encoded or not.
  if (['', '.', '..'].includes(text)) throw new CommandError(`${name}: found ${JSON.stringify(text)}, expected ${expected}`)
  return encodeURIComponent(text)
}

/** The path of a user. */
export const pathOfUser = (user: string, name = '<user>'): string => `/_emulator/users/${partOfUser(user, name)}`

/** A user, as a part of a path. */
export const partOfUser = (user: string, name: string): string => pathPart(user, name, USER_EXPECTED)

/** The XUID of a user who is named by it, or by the gamertag. */
export async function findXuid (running: RunningEmulator, user: string, name: string): Promise<string> {
  if (/^\d+$/.test(user)) return user
  return JSON.parse(await askEmulator(running, { method: 'GET', path: pathOfUser(user, name), member: 'xuid' })).xuid
}

/** The service configuration of a title, or the only one of the world, as a part of a path. */
export async function findServiceConfig ({ scid, titleId, ...running }: RunningEmulator & TitleFlags): Promise<string> {
  if (scid !== undefined) return pathPart(scid, '--scid', 'a GUID')
  if (titleId !== undefined) {
    const path = `/_emulator/titles/${pathPart(String(titleId), '--title-id', 'the id of a title')}`
    return encodeURIComponent(JSON.parse(await askEmulator(running, { method: 'GET', path, member: 'serviceConfigId' })).serviceConfigId)
  }
  const { titles, next }: { titles: ReadonlyArray<{ titleId: number, serviceConfigId: string }>, next: number | null } =
    JSON.parse(await askEmulator(running, { method: 'GET', path: `/_emulator/titles?limit=${MOST_TITLES_NAMED}`, member: 'titles' }))
  const [first, ...others] = new Set(titles.map(({ serviceConfigId }) => serviceConfigId))
  if (first !== undefined && others.length === 0 && next === null) return encodeURIComponent(first)
  throw wrongTitle(undefined, [...titles.map((title) => title.titleId), ...next === null ? [] : ['…']])
}
