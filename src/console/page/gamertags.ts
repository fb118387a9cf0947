import { signal } from '@preact/signals'
import type { ListedUser } from '../../model/user.ts'
import { userRoute } from '../text/user-words.ts'
import { read } from './api.ts'
import { onEvent } from './live.ts'

/** How many are remembered, and how many are asked for at a time. */
const [MOST_KNOWN, MOST_ASKED] = [500, 4]

/** The gamertags that are known by XUID; null: the world has no such user. */
export const gamertags = signal<ReadonlyMap<string, string | null>>(new Map())
const wanted = new Set<string>()
/** Whose answers are on their way; true: it may be another one by now. */
const asked = new Map<string, boolean>()
let isListening = false

/** The gamertag of a user, once it is known; asks for it otherwise. Who calls it while it renders is rendered again. */
export function gamertagOf (xuid: string): string | undefined {
  const found = gamertags.value.get(xuid)
  if (found === undefined) {
    wanted.add(xuid)
    queueMicrotask(ask)
  }
  return found ?? undefined
}

function ask (): void {
  listen()
  for (const xuid of wanted) {
    if (asked.size === MOST_ASKED) return
    wanted.delete(xuid)
    if (gamertags.peek().has(xuid) || asked.has(xuid)) continue
    asked.set(xuid, false)
    read<{ users: ListedUser[] }>(`/_emulator/users?search=${xuid}&limit=20`)
      .then(({ users }) => {
        if (asked.get(xuid) === true) wanted.add(xuid)
        else keep(xuid, users.find((user) => user.xuid === xuid)?.gamertag ?? null)
      }, () => {})
      .finally(() => {
        asked.delete(xuid)
        ask()
      })
  }
}

function keep (xuid: string, gamertag: string | null): void {
  gamertags.value = new Map([...gamertags.peek(), [xuid, gamertag] as const].slice(-MOST_KNOWN))
}

/** Forgets those that may be others now. */
function listen (): void {
  if (isListening) return
  isListening = true
  onEvent((event) => {
    if (event.kind !== 'world' && event.kind !== 'missed' && event.kind !== 'user') return
    const isAbout = (xuid: string): boolean => event.kind !== 'user' || event.xuid === xuid
    for (const xuid of asked.keys()) if (isAbout(xuid)) asked.set(xuid, true)
    const known = gamertags.peek()
    if ([...known.keys()].some(isAbout)) gamertags.value = new Map([...known].filter(([xuid]) => !isAbout(xuid)))
  })
}

/** No service configuration has it: a user is read without any progress. */
export const NO_SCID = '00000000-0000-0000-0000-000000000000'

/** The XUID of a user who is typed as a XUID or a gamertag; null for nobody. @throws {Refused} for a gamertag of nobody. */
export async function findXuid (user: string): Promise<string | null> {
  if (user === '' || /^\d+$/.test(user)) return user === '' ? null : user
  return (await read<{ xuid: string }>(userRoute(user, `?serviceConfigId=${NO_SCID}`))).xuid
}
