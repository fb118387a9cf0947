import type { Services } from '../http/services.ts'

/** What a database serves. */
export interface ServedWorld {
  /** Where it comes from. */
  readonly source: string
  /** For a person who has changed the world file, or names another one: why that has no effect. */
  readonly remark: string
}

/** An emulator that listens. */
export interface Served {
  readonly services: Services
  readonly world: ServedWorld
  readonly url: string
  /** The address of HTTPS, and the file of the certificate to trust, when it is served. */
  readonly https: { readonly url: string, readonly trust: string } | undefined
}
