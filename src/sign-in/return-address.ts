import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { originOf } from '../http/origin.ts'
import type { Query } from '../http/query.ts'
import { redact } from '../http/redact.ts'
import type { Services } from '../http/services.ts'
import type { XblError } from '../model/refusals.ts'
import { CLIENT_ID, REDIRECT_URI, requireParameter } from './parameters.ts'
import { readRedirectUri } from './redirect-uri.ts'
import { isOfRequest } from './refusal-forms.ts'

/** Where the answer to an authorization request leads, and what is repeated there. */
export interface ReturnAddress {
  readonly clientId: string
  /** As it was asked for. */
  readonly redirectUri: string
  readonly to: URL
  readonly state: string | undefined
}

/**
 * Read first: nobody is sent to an address, or shown a page that links to it, before it is known to be allowed.
 *
 * @throws 400 when redirect_uri or client_id are missing or given twice, or when the sign-in may not lead there.
 */
export function readReturnAddress (query: Query, request: FastifyRequest, { config: { redirectUris } }: Services): ReturnAddress {
  const redirectUri = requireParameter(query, REDIRECT_URI)
  const clientId = requireParameter(query, CLIENT_ID)
  const to = readRedirectUri(redirectUri, { configured: redirectUris?.split(',') ?? [], clientId, origin: originOf(request) })
  return { clientId, redirectUri, to, state: query.first('state') }
}

/** Leads back with parameters and the state: in the query of the address, or in its fragment, which no server sees. */
export function leadBack (reply: FastifyReply, { to, state }: ReturnAddress, { parameters, inFragment }: {
  parameters: Readonly<Record<string, unknown>>, inFragment: boolean
}): FastifyReply {
  const all = Object.entries({ ...parameters, ...state !== undefined && { state } }).map(([name, value]) => [name, String(value)] as const)
  // As the live host writes a scope there, with its colons.
  if (inFragment) to.hash = all.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}`).join('&')
  else for (const [name, value] of all) to.searchParams.set(name, value)
  return reply.code(302).header('location', to.href).send()
}

/** Notes for the log why a sign-in leads back with an error. @throws what the application cannot mend. */
export function noteRefusal (request: FastifyRequest, error: unknown): XblError {
  if (!isOfRequest(error)) throw error
  error.message = redact(error.message)
  request.refusal = { reason: error.message, trace: randomUUID() }
  return error
}
