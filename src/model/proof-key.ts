/** The public key with which a client signs its requests: an elliptic curve key P-256 as a JSON Web Key. */
export interface ProofKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

const COORDINATE = /^[\w-]{43}$/

/** The key that a value describes, without further members; null when it describes none. */
export function readProofKey (value: unknown): ProofKey | null {
  const { kty, crv, x, y } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string' || !COORDINATE.test(x) || !COORDINATE.test(y)) return null
  return { kty, crv, x, y }
}
