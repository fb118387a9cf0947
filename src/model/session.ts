/** The claims of a token. A claim that the token does not carry is null. */
export interface Claims {
  /** The user's XUID, canonical decimal. */
  readonly xuid: string | null
  readonly titleId: number | null
  readonly sandbox: string | null
  /** ISO 3166 country of the user's IP address, e.g. `US`. */
  readonly location: string | null
  /** True when the caller is a web site that acts for the user, not a title. */
  readonly thirdPartySite: boolean
}

/** The claims of a user hash and token, and how long they are valid. */
export interface Session extends Claims {
  /** The instant at which the token expires; null: never. */
  readonly expires: string | null
}

/** The kinds of tokens and codes that a sign-in issues before the XSTS token. */
export type TokenKind = 'code' | 'access' | 'refresh' | 'user'
