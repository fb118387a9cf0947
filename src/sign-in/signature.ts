import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readHeader } from '../http/headers.ts'
import type { Services } from '../http/services.ts'
import { readProofKey, type ProofKey } from '../model/proof-key.ts'
import { wrongSignature } from '../model/refusals.ts'
import { findWrongSignature } from '../rules/request-signature.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, where its signature is checked. */
    sentBody?: Buffer
  }
}

/** The members of a body that have or lead to the key of its sender. */
interface KeyMembers {
  readonly ProofKey?: unknown
  readonly DeviceToken?: unknown
}

/** Finds those members in a body that fits the schema of its route. */
export type FindKeyMembers = (body: unknown) => KeyMembers
export const ofProperties: FindKeyMembers = (body) => (body as { readonly Properties: KeyMembers }).Properties
export const ofWholeBody: FindKeyMembers = (body) => body as KeyMembers

/** The scheme and authority of an absolute target, which a client sends to a proxy and does not sign. */
const SENT_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i

/**
 * With `--verify-signatures`, refuses the requests of an instance's routes that are not signed as is published. The key is
 * the ProofKey of the body, or else that of the device token; for a request without a body, that of its XSTS token.
 * Without the option nothing is checked: many clients sign nothing, or nonsense. [xau]
 */
export function verifySignatures (app: FastifyInstance, services: Services, findMembers: FindKeyMembers): void {
  if (!services.config.verifySignatures) return
  app.addHook('preHandler', async (request) => {
    const { method, originalUrl, sentBody = Buffer.alloc(0), headers: { authorization = '' } } = request
    const key = findKey(request, services, findMembers)
    const signed = { method, target: originalUrl.replace(SENT_ORIGIN, ''), authorization, body: sentBody }
    const wrong = key === null
      ? 'there is no key to check it with: expected a ProofKey of the body, or one of when the device token or XSTS token was asked for'
      : findWrongSignature(readHeader(request, 'signature'), key, signed)
    if (wrong !== undefined) throw wrongSignature(wrong)
  })
}

function findKey ({ body, headers: { authorization = '' } }: FastifyRequest, { store: { xalTokens } }: Services, findMembers: FindKeyMembers): ProofKey | null {
  if (body === undefined) return xalTokens.find('xsts', authorization.slice(authorization.indexOf(';') + 1))?.proofKey ?? null
  const { ProofKey: own, DeviceToken: deviceToken } = findMembers(body)
  // Where a body needs no device token, that member is one of those that nobody has looked at.
  return readProofKey(own) ?? (typeof deviceToken === 'string' ? xalTokens.find('device', deviceToken)?.proofKey : null) ?? null
}
