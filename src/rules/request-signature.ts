import { createPublicKey, verify } from 'node:crypto'
import type { ProofKey } from '../model/proof-key.ts'

/** The parts of a request that its signature is of. */
export interface SignedRequest {
  readonly method: string
  /** Path and query, as they were sent. */
  readonly target: string
  /** The Authorization header; empty when there is none. */
  readonly authorization: string
  readonly body: Buffer
}

/** How a signature begins: its version, and when it was made, a FILETIME. */
const HEAD_LENGTH = 12
/** How long it is: the head, and the two numbers of the algorithm. */
const SIGNATURE_LENGTH = HEAD_LENGTH + 64
const SIGNATURE_VERSION = 1

/** How much of a body is signed, in bytes: the first policy of title.mgt.xboxlive.com. */
const SIGNED_BODY = 8192

const ZERO = Buffer.alloc(1)

/**
 * Finds what is wrong with the `Signature` header of a request: base64 of a version, a FILETIME and an ECDSA signature
 * with P-256 and SHA-256. Signed is, each with a zero byte behind it: version, FILETIME, method, path with query,
 * Authorization, and the beginning of the body. When it was made is not looked at. [prism]
 *
 * @returns what was found in its place, for a message; undefined when nothing is wrong.
 */
export function findWrongSignature (header: string | undefined, key: ProofKey, { method, target, authorization, body }: SignedRequest): string | undefined {
  if (header === undefined) return 'it is missing'
  const signature = Buffer.from(header, 'base64')
  if (signature.toString('base64') !== header) return 'it is not base64 with its padding'
  if (signature.length !== SIGNATURE_LENGTH) return `it is not ${SIGNATURE_LENGTH} bytes long, but ${signature.length}`
  const version = signature.readUInt32BE()
  if (version !== SIGNATURE_VERSION) return `its version is not ${SIGNATURE_VERSION}, but ${version}`
  const signed = [signature.subarray(0, 4), signature.subarray(4, HEAD_LENGTH), method, target, authorization, body.subarray(0, SIGNED_BODY)]
  const text = Buffer.concat(signed.flatMap((part) => [Buffer.from(part), ZERO]))
  return isSignedWith(key, text, signature.subarray(HEAD_LENGTH)) ? undefined : 'it does not fit the request and the key'
}

/** False, too, for a key that is no point of the curve. */
function isSignedWith (key: ProofKey, text: Buffer, signature: Buffer): boolean {
  try {
    return verify('sha256', text, { key: createPublicKey({ key: { ...key }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}
