export const PRIVACY_SETTINGS = ['everyone', 'friendsOnly', 'blocked'] as const
export type Privacy = typeof PRIVACY_SETTINGS[number]

/** A user in the store; `row` is the key there. */
export interface StoredUser {
  readonly row: number
  readonly xuid: string
  readonly privacy: Privacy
}

/** What other users see of a user. */
export interface Profile {
  readonly xuid: string
  readonly gamertag: string
}

/** A user as a list of users has it. */
export interface ListedUser extends Profile {
  readonly privacy: Privacy
  /** Of everything that the user has unlocked, in any sandbox; each achievement counts once. */
  readonly gamerscore: number
  /** What the titles that the user has played are worth in all. */
  readonly possibleGamerscore: number
  /** The titles that the user has played or begun an achievement of, in any sandbox; each counts once. */
  readonly titlesPlayed: number
  /** How many users the user has added. */
  readonly friendCount: number
  /** The number (XErr) with which signing in is refused; null: it is not. */
  readonly signInError: number | null
}

/** A user whom another one has added. */
export interface ListedFriend extends ListedUser {
  readonly isFavorite: boolean
}

/** Which part of the list of users to read: it is in the order of the gamertags. */
export interface UserRange {
  /** How the gamertags begin, in any letter case; empty: any. */
  readonly gamertag: string
  /** The gamertag after which it begins; null: the start. */
  readonly after: string | null
  /** How many users at most; `EVERY` for all. */
  readonly limit: number
}

/**
 * Which users to find whose gamertags, or else XUIDs, begin with a text: first by gamertag, in the order of the gamertags,
 * then the others by XUID, in the order of their digits.
 */
export interface UserSearch {
  readonly search: string
  /** After whom it begins; null: the start. */
  readonly after: { readonly gamertag: string } | { readonly xuid: string } | null
  readonly limit: number
}

/**
 * Who may read a user's list, single achievement and title history. `documented`: what is documented for each of
 * them; `strict`: the user alone; `privacy`: those whom the user's privacy setting allows. The documentation of the
 * history does not say that the XUID has to match [history], so the privacy setting decides.
 */
export const CROSS_USER_RULES = ['documented', 'strict', 'privacy'] as const
export type CrossUserRule = typeof CROSS_USER_RULES[number]
