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

/** Whose request is answered: the session of its token, and what is known besides. */
export interface Caller extends Session {
  /** The gamertag of its user, for a person who reads the log. */
  readonly gamertag: string | null
  /** True when it may be any title: the token was not made here, and which title it names cannot be read. */
  readonly anyTitle: boolean
}

/** The kinds of tokens and codes that a sign-in issues before the XSTS token. */
export type TokenKind = 'code' | 'access' | 'refresh' | 'user'
