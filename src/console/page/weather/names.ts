import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { read } from '../api.ts'
import type { NameUser } from '../../text/fault-words.ts'

/** The gamertags of XUIDs, as far as they have been asked for. */
const names = signal<Readonly<Record<string, string>>>({})

/** No service configuration: a user is read without any progress. */
const NO_PROGRESS = '?serviceConfigId=00000000-0000-0000-0000-000000000000'

/** Names users by their gamertags. Those that are not known yet are asked for. */
export function useNames (xuids: ReadonlyArray<string | null>): NameUser {
  const unknown = [...new Set(xuids)].filter((xuid): xuid is string => xuid !== null && names.value[xuid] === undefined)
  useEffect(() => {
    for (const xuid of unknown) {
      names.value = { ...names.peek(), [xuid]: xuid }
      read<{ gamertag: string }>(`/_emulator/users/${xuid}${NO_PROGRESS}`).then(
        ({ gamertag }) => { names.value = { ...names.peek(), [xuid]: gamertag } },
        () => { /* Nobody of the world has it: the XUID is the name. */ }
      )
    }
  }, [unknown.join()])
  return (xuid) => names.value[xuid] ?? xuid
}

/** The XUID of a user who is typed as a XUID or a gamertag; null for nobody. @throws {Refused} for a gamertag of nobody. */
export async function findXuid (user: string): Promise<string | null> {
  if (user === '' || /^\d+$/.test(user)) return user === '' ? null : user
  return (await read<{ xuid: string }>(`/_emulator/users/${encodeURIComponent(user)}${NO_PROGRESS}`)).xuid
}
