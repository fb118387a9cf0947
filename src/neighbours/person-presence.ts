import { DAY } from '../base/instant.ts'
import type { NamedPresence, NamedTitle } from './presence-record.ts'

const MS_PER_MINUTE = 60_000
const MS_PER_HOUR = 60 * MS_PER_MINUTE

/** What peoplehub tells of a person's presence. The members of a detail begin with a capital letter there. */
export interface PersonPresence {
  readonly presenceState: NamedPresence['state']
  readonly presenceText: string
  /** Since when an offline person is away, if that is known. */
  readonly lastSeen: string | null
  readonly details: readonly PresenceDetail[]
  /** The titles that the person is in. */
  readonly activeTitles: readonly NamedTitle[]
}

type PresenceDetail = ReturnType<typeof toPresenceDetail>

/** @param now the clock, in ms since 1970. */
export function describePresence (presence: NamedPresence | null, now: number): PersonPresence {
  const title = presence?.titles.at(-1)
  if (presence === null || presence.state === 'Offline') {
    const lastSeen = presence?.timestamp ?? null
    if (presence === null || title === undefined || lastSeen === null) return { presenceState: 'Offline', presenceText: 'Offline', lastSeen, details: [], activeTitles: [] }
    const presenceText = `Last seen ${writeAge(now - Date.parse(lastSeen))} ago${title.name === '' ? '' : `: ${title.name}`}`
    return { presenceState: 'Offline', presenceText, lastSeen, details: [toPresenceDetail(title, presence, { State: 'LastSeen', PresenceText: presenceText, isPrimary: true })], activeTitles: [] }
  }
  const activeTitles = presence.titles.filter(({ state }) => state === 'Active')
  const front = activeTitles.at(-1)
  return {
    presenceState: presence.state,
    presenceText: front?.richPresence || front?.name || presence.state,
    lastSeen: null,
    details: presence.titles.map((each) => toPresenceDetail(each, presence, { State: each.state, PresenceText: each.name, isPrimary: each === front })),
    activeTitles
  }
}

function toPresenceDetail ({ titleId, isGame, richPresence }: NamedTitle, { deviceType }: NamedPresence, { State, PresenceText, isPrimary }: { State: string, PresenceText: string, isPrimary: boolean }) {
  return { IsBroadcasting: false, Device: deviceType, PresenceText, State, TitleId: String(titleId), TitleType: null, IsPrimary: isPrimary, IsGame: isGame, RichPresenceText: richPresence }
}

/** A duration as the live service writes it, e.g. `59d`. [people-clients] */
export function writeAge (ms: number): string {
  if (ms < MS_PER_HOUR) return `${Math.max(0, Math.floor(ms / MS_PER_MINUTE))}m`
  return ms < DAY ? `${Math.floor(ms / MS_PER_HOUR)}h` : `${Math.floor(ms / DAY)}d`
}
