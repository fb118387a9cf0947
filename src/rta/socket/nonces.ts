import { randomBytes } from 'node:crypto'

/** How long a nonce can be used, in ms: nothing is published; clients use it at once. [decision] */
const NONCE_LIFETIME = 5 * 60_000
/** How many nonces are kept, in all and of one user. The oldest are forgotten. */
const MOST_NONCES = 10_000
const MOST_NONCES_OF_USER = 1000

/** Nonces stand for the Authorization header of clients that cannot send one with an upgrade. */
export interface Nonces {
  /** A nonce for the header of a user: 44 characters of base64. @param now the clock, in ms since 1970. */
  readonly create: (of: { authorization: string, xuid: string | null }, now: number) => string
  /** The header of a nonce, once; undefined for a nonce that is unknown, used or too old. */
  readonly take: (nonce: string, now: number) => string | undefined
  readonly clear: () => void
}

export function createNonces (): Nonces {
  const known = new Map<string, { readonly authorization: string, readonly xuid: string | null, readonly ends: number }>()
  const byUser = new Map<string | null, Set<string>>()
  const remove = (nonce: string) => {
    const found = known.get(nonce)
    if (found === undefined) return undefined
    known.delete(nonce)
    const own = byUser.get(found.xuid) as Set<string>
    own.delete(nonce)
    if (own.size === 0) byUser.delete(found.xuid)
    return found
  }
  const trim = (nonces: { readonly size: number, keys: () => Iterator<string> }, most: number): void => {
    if (nonces.size >= most) remove(nonces.keys().next().value as string)
  }
  return {
    create: ({ authorization, xuid }, now) => {
      const own = byUser.get(xuid) ?? new Set()
      // Who asks for many loses their own.
      trim(own, MOST_NONCES_OF_USER)
      trim(known, MOST_NONCES)
      const nonce = randomBytes(32).toString('base64')
      known.set(nonce, { authorization, xuid, ends: now + NONCE_LIFETIME })
      byUser.set(xuid, own.add(nonce))
      return nonce
    },

    take: (nonce, now) => {
      const found = remove(nonce)
      return found !== undefined && now < found.ends ? found.authorization : undefined
    },

    clear: () => {
      known.clear()
      byUser.clear()
    }
  }
}
