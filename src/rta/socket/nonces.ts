import { randomBytes } from 'node:crypto'

/** How long a nonce can be used, in ms: nothing is published; clients use it at once. [decision] */
const NONCE_LIFETIME = 5 * 60_000
/** How many nonces are kept. The oldest are forgotten. */
const MOST_NONCES = 10_000

/** Nonces stand for the Authorization header of clients that cannot send one with an upgrade. */
export interface Nonces {
  /** A nonce for a header: 44 characters of base64. @param now the clock, in ms since 1970. */
  readonly create: (authorization: string, now: number) => string
  /** The header of a nonce, once; undefined for a nonce that is unknown, used or too old. */
  readonly take: (nonce: string, now: number) => string | undefined
  readonly clear: () => void
}

export function createNonces (): Nonces {
  const known = new Map<string, { readonly authorization: string, readonly ends: number }>()
  return {
    create: (authorization, now) => {
      const [oldest] = known.keys()
      if (known.size >= MOST_NONCES) known.delete(oldest as string)
      const nonce = randomBytes(32).toString('base64')
      known.set(nonce, { authorization, ends: now + NONCE_LIFETIME })
      return nonce
    },

    take: (nonce, now) => {
      const found = known.get(nonce)
      known.delete(nonce)
      return found !== undefined && now < found.ends ? found.authorization : undefined
    },

    clear: () => { known.clear() }
  }
}
