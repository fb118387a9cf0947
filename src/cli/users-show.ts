import { askEmulator } from './control-client.ts'
import { userPath } from './control-paths.ts'
import type { RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { stateOf, type State } from './progress-state.ts'
import { jsonLine, jsonLines, printable, table } from './table.ts'

/** How many users are read at a time. */
const PAGE = '1000'

interface ListedUser {
  readonly xuid: string
  readonly gamertag: string
  readonly privacy: string
  readonly gamerscore: number
}

interface Progress extends State {
  readonly serviceConfigId: string
  readonly id: number
  /** Null for every sandbox of the title. */
  readonly sandbox: string | null
}

/** Writes a line for each user, in the order of the gamertags. */
export async function listUsers (running: RunningEmulator, { json, process }: { json: true | undefined, process: CommandProcess }): Promise<void> {
  let after: string | null = ''
  while (after !== null) {
    const query: string = new URLSearchParams({ limit: PAGE, ...after !== '' && { after } }).toString()
    const page: { users: ListedUser[], next: string | null } = JSON.parse(await askEmulator(running, { method: 'GET', path: `/_emulator/users?${query}`, member: 'users' }))
    if (!await print(process, json ? jsonLines(page.users) : table(page.users.map(rowOf)))) return
    after = page.next
  }
}

/** Writes a user with friends and what is unlocked. */
export async function showUser (running: RunningEmulator, { user, json, process }: { user: string, json: true | undefined, process: CommandProcess }): Promise<void> {
  const path = userPath(user)
  const text = await askEmulator(running, { method: 'GET', path, member: 'xuid' })
  if (json) {
    await print(process, jsonLine(text))
    return
  }
  const { xuid, gamertag, privacy, achievements }: Omit<ListedUser, 'gamerscore'> & { achievements: Progress[] } = JSON.parse(text)
  const { friends }: { friends: ListedUser[] } = JSON.parse(await askEmulator(running, { method: 'GET', path: `${path}/friends`, member: 'friends' }))
  const scids = [...new Set(achievements.map(({ serviceConfigId }) => serviceConfigId))]
  await print(process, [
    table([[gamertag, xuid, privacy]]),
    ...friends.length === 0 ? [] : [`\nFriends:\n${indented(table(friends.map(rowOf)))}`],
    ...scids.map((scid) => `\nService configuration ${printable(scid)}:\n${indented(table(achievements.filter(({ serviceConfigId }) => serviceConfigId === scid).map(lineOf)))}`)
  ].join(''))
}

const rowOf = ({ gamertag, xuid, gamerscore, privacy }: ListedUser): string[] => [gamertag, xuid, `${gamerscore} G`, privacy]
const lineOf = (progress: Progress): string[] => [String(progress.id), stateOf(progress), progress.sandbox ?? '']
const indented = (lines: string): string => lines.replace(/^(?=.)/gm, '  ')
