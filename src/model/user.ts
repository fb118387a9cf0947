export const PRIVACY_SETTINGS = ['everyone', 'friendsOnly', 'blocked'] as const
export type Privacy = typeof PRIVACY_SETTINGS[number]

/** A user as the store knows it; `row` is the store's own key. */
export interface Person {
  readonly row: number
  readonly xuid: string
  readonly privacy: Privacy
}

/** How a user is known to others. */
export interface Profile {
  readonly xuid: string
  readonly gamertag: string
}

/**
 * Who may read a user's list, single achievement and title history: what is documented for each, the user
 * alone, or whom the user's privacy setting allows. Of the history nothing is documented but that it is
 * of the user in the path [history]: privacy decides.
 */
export const CROSS_USER_RULES = ['documented', 'strict', 'privacy'] as const
export type CrossUserRule = typeof CROSS_USER_RULES[number]
