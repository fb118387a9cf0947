import type { FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { readHeader } from './headers.ts'
import { invalidRequest } from '../model/refusals.ts'

/**
 * The contract version of a request; null when the header is absent.
 *
 * @throws 400 when it is not an unsigned 32-bit integer.
 */
export function readVersionHeader (request: Pick<FastifyRequest, 'headers'>): number | null {
  const header = readHeader(request, 'x-xbl-contract-version')
  if (header === undefined) return null
  const version = readUnsigned32(header)
  if (version === undefined) throw invalidRequest(`x-xbl-contract-version is ${formatValue(header)}; expected an unsigned 32-bit integer.`)
  return version
}
