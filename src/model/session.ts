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
  /**
   * True when it may be any title: the token was not made here, and which title it names cannot be read; or it is one of
   * an application that the world does not have, as the Xbox app, and the live dialect lets those act on every title.
   */
  readonly anyTitle: boolean
}

/** The kinds of tokens and codes that a sign-in issues before the XSTS token. */
export type TokenKind = 'code' | 'access' | 'refresh' | 'user'

/** What an application has to prove that it knows when it exchanges a code (RFC 7636): PKCE. */
export interface CodeChallenge {
  readonly value: string
  readonly method: 'S256' | 'plain'
}

/** To whom, and for what, a token or code was issued. */
export interface Grant {
  /** The application; null: any may use it. */
  readonly clientId: string | null
  readonly scope: string | null
  /** Of a code: where the sign-in led back to. */
  readonly redirectUri: string | null
  /** Of a code. */
  readonly codeChallenge: CodeChallenge | null
}

/** The grant of what any application may use. */
export const NO_GRANT: Grant = { clientId: null, scope: null, redirectUri: null, codeChallenge: null }

/** Where a device code is on its way. `slowDown`: it waits for a person, and whoever polls is told to do so less often. */
export const DEVICE_CODE_STATES = ['pending', 'slowDown', 'approved', 'declined', 'used'] as const
export type DeviceCodeState = typeof DEVICE_CODE_STATES[number]

/** What a device was given to sign in with on another one. */
export interface DeviceCode {
  /** Secret: the device polls with it. */
  readonly deviceCode: string
  /** What the person enters. */
  readonly userCode: string
  readonly clientId: string
  readonly scope: string
  readonly expires: string
  readonly state: DeviceCodeState
  /** Who signs in; null before it is approved. */
  readonly xuid: string | null
}
