/** What a token says about its bearer. A claim that the token does not carry is null. */
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

/** Claims, and the instant at which the token ends (null: never). */
export interface Session extends Claims {
  readonly expires: string | null
}

/** What a client is given on its way to an XSTS token. */
export type TokenKind = 'code' | 'access' | 'refresh' | 'user'
