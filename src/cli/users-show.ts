import { printable } from '../base/shown-text.ts'
import type { Presence } from '../model/user-details.ts'
import type { ListedUser } from '../model/user.ts'
import type { WorldProgress, WorldUser } from '../world/schema.ts'
import { askEmulator } from './control-client.ts'
import { pathOfUser } from './control-paths.ts'
import type { RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { stateOf } from './progress-state.ts'
import { jsonLine, jsonLines, table } from './table.ts'

/** How many users are read at a time. */
const USERS_AT_ONCE = '1000'

/** Writes a line for each user, in the order of the gamertags. */
export async function listUsers (running: RunningEmulator, { json, process }: { json: true | undefined, process: CommandProcess }): Promise<void> {
  let after: string | null = ''
  while (after !== null) {
    const query: string = new URLSearchParams({ limit: USERS_AT_ONCE, ...after !== '' && { after } }).toString()
    const page: { users: ListedUser[], next: string | null } = JSON.parse(await askEmulator(running, { method: 'GET', path: `/_emulator/users?${query}`, member: 'users' }))
    if (!await print(process, json ? jsonLines(page.users) : table(page.users.map(userRow)))) return
    after = page.next
  }
}

/** Writes a user with friends and what is unlocked. */
export async function showUser (running: RunningEmulator, { user, json, process }: { user: string, json: true | undefined, process: CommandProcess }): Promise<void> {
  const path = pathOfUser(user)
  const text = await askEmulator(running, { method: 'GET', path, member: 'xuid' })
  if (json) {
    await print(process, jsonLine(text))
    return
  }
  const { xuid, gamertag, privacy, presence, signInError, achievements }: WorldUser = JSON.parse(text)
  const { friends }: { friends: ListedUser[] } = JSON.parse(await askEmulator(running, { method: 'GET', path: `${path}/friends`, member: 'friends' }))
  const scids = [...new Set(achievements.map(({ serviceConfigId }) => serviceConfigId))]
  await print(process, [
    table([[gamertag, xuid, privacy, ...presence === null ? [] : [presenceOf(presence)], ...signInError === null ? [] : [`sign-in refused with ${signInError}`]]]),
    ...friends.length === 0 ? [] : [`\nFriends:\n${indented(table(friends.map(userRow)))}`],
    ...scids.map((scid) => `\nService configuration ${printable(scid)}:\n${indented(table(achievements.filter(({ serviceConfigId }) => serviceConfigId === scid).map(progressRow)))}`)
  ].join(''))
}

/** Where a user is, and in which title in front, by the id where the presence has no name of its own. */
function presenceOf ({ state, titles }: Presence): string {
  const front = titles.at(-1)
  return front === undefined ? state : `${state}, ${front.name ?? `title ${front.titleId}`}`
}

const userRow = ({ gamertag, xuid, gamerscore, privacy }: ListedUser): string[] => [gamertag, xuid, `${gamerscore} G`, privacy]
const progressRow = (progress: WorldProgress): string[] => [String(progress.id), stateOf(progress), progress.sandbox ?? '']
const indented = (lines: string): string => lines.replace(/^(?=.)/gm, '  ')
