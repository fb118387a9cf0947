import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import { object, string } from '../http/answer-schema.ts'

/** A public key, as RFC 7517 writes it. */
const JsonWebKey = object({
  kty: Type.Literal('RSA'),
  use: Type.Literal('sig'),
  alg: Type.Literal('RS256'),
  kid: string('The thumbprint of the key (RFC 7638).'),
  n: string('The modulus.'),
  e: string('The exponent.')
}, { title: 'JsonWebKey' })

export const JsonWebKeys = object({ keys: Type.Array(JsonWebKey) }, { title: 'JsonWebKeys', description: 'By which an ID token can be checked.' })

/** Signs ID tokens, and says by which key. */
export interface IdTokens {
  /** A token with these claims, signed with RS256. */
  readonly sign: (claims: object) => string
  readonly keys: () => Static<typeof JsonWebKeys>
}

const MODULUS_BITS = 2048

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Signs ID tokens with a key of its own, which is made when the first one is asked for and never leaves the memory:
 * it takes a tenth of a second, and few clients ask. The next emulator has another key, under another id.
 */
export function createIdTokens (): IdTokens {
  let made: { readonly privateKey: KeyObject, readonly publicKey: Static<typeof JsonWebKey> } | undefined
  const key = () => {
    made ??= makeKey()
    return made
  }
  return {
    sign (claims) {
      const { privateKey, publicKey: { kid } } = key()
      const signed = `${encode({ typ: 'JWT', alg: 'RS256', kid })}.${encode(claims)}`
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
    },
    keys: () => ({ keys: [key().publicKey] })
  }
}

function makeKey () {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  // The members in the order that RFC 7638 wants.
  const kid = createHash('sha256').update(JSON.stringify({ e, kty: 'RSA', n })).digest('base64url')
  return { privateKey, publicKey: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e } as const }
}
