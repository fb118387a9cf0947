import type { StoredUser } from './user.ts'

export const ACCOUNT_TIERS = ['Gold', 'Silver', 'FamilyGold'] as const
export const PRESENCE_STATES = ['Online', 'Away', 'Offline'] as const
/** Whether the user is playing a title that runs. */
export const TITLE_STATES = ['Active', 'Inactive'] as const
/** How a title is on the screen. */
export const PLACEMENTS = ['Full', 'Fill', 'Snapped', 'Background'] as const
/** What the value of a statistic is. */
export const STAT_TYPES = ['Integer', 'Double', 'String', 'DateTime'] as const

/** The statistic that the service itself counts in every title: how long a user has played it. */
export const MINUTES_PLAYED = 'MinutesPlayed'

/** What a world says of a user for profile and peoplehub, by the wire's names where it has them. */
export interface UserProfile {
  readonly realName: string
  readonly bio: string
  readonly location: string
  readonly accountTier: typeof ACCOUNT_TIERS[number]
  /** In years. */
  readonly tenureLevel: number
  readonly xboxOneRep: string
  /** A URL; null: one that the emulator draws. */
  readonly displayPic: string | null
  /** Three colours as six hexadecimal digits; null: some of the service's own. */
  readonly preferredColor: { readonly primaryColor: string, readonly secondaryColor: string, readonly tertiaryColor: string } | null
  readonly watermarks: readonly string[]
  /** Null: made of the gamertag. */
  readonly modernGamertag: string | null
  /** Empty: none. */
  readonly modernGamertagSuffix: string
  readonly isQuarantined: boolean
}

/** A title that runs where a user is. */
export interface PresenceTitle {
  readonly titleId: number
  /** Null: that of the title of the world. */
  readonly name: string | null
  readonly state: typeof TITLE_STATES[number]
  readonly placement: typeof PLACEMENTS[number]
  readonly richPresence: string | null
}

/** Where a user is: online with titles on a device, or offline since. */
export interface Presence {
  readonly state: typeof PRESENCE_STATES[number]
  /** E.g. `XboxOne`, `Scarlett`, `WindowsOneCore`, `iOS`. */
  readonly deviceType: string
  /** The titles that run there, the one in front last. Of an offline user the last title. They need not be titles of the world. */
  readonly titles: readonly PresenceTitle[]
  /** When it became so; null: nobody knows, and for an offline user nothing is said. */
  readonly timestamp: string | null
}

/** A user with everything that the hosts around the achievements tell of it. */
export interface UserDetails extends StoredUser {
  readonly gamertag: string
  readonly profile: UserProfile
  /** Null: offline, and nothing is known of when it was online. */
  readonly presence: Presence | null
}

/** What two users are to each other. */
export interface Relation {
  /** The first has added the second. */
  readonly isFollowing: boolean
  readonly isFollowedBy: boolean
  /** The first has the second among its favourites. */
  readonly isFavorite: boolean
}

/** A statistic of a user in a title, e.g. `MinutesPlayed`. */
export interface UserStat {
  readonly titleId: number
  /** In lower case. */
  readonly serviceConfigId: string
  readonly name: string
  readonly type: typeof STAT_TYPES[number]
  readonly value: string
}

/** The three forms of a modern gamertag. Whose world gives none has the classic one, which needs no suffix. */
export function modernNamesOf ({ gamertag, profile: { modernGamertag, modernGamertagSuffix: suffix } }: Pick<UserDetails, 'gamertag' | 'profile'>) {
  const name = modernGamertag ?? gamertag
  return { modernGamertag: name, modernGamertagSuffix: suffix, uniqueModernGamertag: suffix === '' ? name : `${name}#${suffix}` }
}
