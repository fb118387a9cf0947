/** What an examination has to know of a machine. Every check is a function of these, so that each can be tried. */
export interface Facts {
  readonly node: { readonly version: string, readonly napi: number }
  /** Why the database's binary cannot be loaded; null when it can. */
  readonly sqlite: string | null
  /** Why the options, of which most are environment variables, cannot be used; null when they can. */
  readonly options: string | null
  /** The address to listen on, when it comes from the variable `HOST` and is not one of this machine alone; null otherwise. */
  readonly foreignHost: string | null
  /** Whether the port comes from the variable `PORT`. */
  readonly hasPortVariable: boolean
  readonly ports: readonly PortFacts[]
  readonly emulator: EmulatorFacts
  readonly authority: AuthorityFacts
  readonly hosts: HostsFacts
  readonly proxies: ProxyFacts
  readonly database: DatabaseFacts
  readonly temporary: { readonly folder: string, readonly error: string | null, readonly free: number }
  readonly platform: NodeJS.Platform
}

export interface PortFacts {
  /** What it is for, and the flag that chooses another. */
  readonly use: 'HTTP' | 'HTTPS' | 'the hosts of Xbox Live'
  readonly flag: string
  readonly port: number
  /** The code of the error of listening there; null when it is free. */
  readonly error: string | null
  /** Who listens there, as far as it can be told. */
  readonly holder: string | null
  /** Whether an emulator answers there. */
  readonly isEmulator: boolean
}

export interface EmulatorFacts {
  readonly url: string
  readonly state: 'answers' | 'other' | 'none' | 'refused'
  /** What answers, or why it cannot be used. */
  readonly detail: string
}

/** What a variable that names a file of certificates says of the CA. */
export type Trust = 'unset' | 'unreadable' | 'lacks' | 'has'

export interface AuthorityFacts {
  readonly file: string
  /** When it ends, in ms since 1970; null when there is none; the error when it cannot be read. */
  readonly validTo: number | null | string
  /** Why a start with --tls replaces it; null when it does not, or cannot be told. */
  readonly outdated: string | null
  readonly now: number
  readonly trust: Readonly<Record<'NODE_EXTRA_CA_CERTS' | 'SSL_CERT_FILE', Trust>>
  /** Whether the system trusts it. */
  readonly isInSystem: boolean
}

export interface HostsFacts {
  readonly file: string
  readonly error: string | null
  /** The address of each host of Xbox Live that the file has. */
  readonly addresses: ReadonlyMap<string, string>
}

export interface ProxyFacts {
  /** The variables, each with the host of its proxy and nothing else, as an address may have a password. */
  readonly variables: readonly string[]
  readonly noProxy: string
}

export interface DatabaseFacts {
  readonly file: string
  readonly error: string | null
  /** Whether it is a file of another program. */
  readonly isForeign: boolean
}
