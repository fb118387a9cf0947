import type { FastifyRequest } from 'fastify'
import type { Dialect } from '../../model/dialect.ts'
import { invalidRequest, notAcceptable } from '../../model/refusals.ts'
import { readUnsigned32 } from '../../base/integers.ts'
import { formatValue } from '../../base/validation.ts'
import { readHeader } from '../../http/headers.ts'
import { contractOf, singleContractOf, type Contract, type SingleContract } from './contract.ts'

/** The build of the service that is served: the documented default. */
const SERVICE_VERSION = '1'

/** @throws 406 when `X-RequestedServiceVersion` asks for another version than the one served. */
export function checkServiceVersion (header: string | undefined): void {
  if (header !== undefined && header !== SERVICE_VERSION) {
    throw notAcceptable(`X-RequestedServiceVersion is ${formatValue(header)}; served is ${SERVICE_VERSION}.`)
  }
}

/**
 * The contract of a request.
 *
 * @throws 400 or 406 as {@link readContractVersion}; 406 in the live dialect for a version that it does not know.
 */
export const readContract = (request: FastifyRequest, dialect: Dialect): Contract => contractOf(readVersion(request, dialect), dialect)

/** The contract of a request for a single achievement. @throws as {@link readContract}. */
export const readSingleContract = (request: FastifyRequest, dialect: Dialect): SingleContract => singleContractOf(readVersion(request, dialect), dialect)

const readVersion = (request: FastifyRequest, dialect: Dialect): number => readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect)

/** A number that is not an unsigned 32-bit integer. */
const OTHER_NUMBER = /^[+-]?\d+(\.\d+)?$/

/**
 * The number in `x-xbl-contract-version`; 1 when the header is absent, and in the live dialect also when it
 * is not a number: the live service answered the text `undefined` as it answers V1. [aw-48]
 *
 * @throws 400 in the documented dialect when it is not an unsigned 32-bit integer; 406 in the live
 *   dialect when it is another number.
 */
export function readContractVersion (header: string | undefined, dialect: Dialect): number {
  const version = readUnsigned32(header ?? '1')
  if (version !== undefined) return version
  if (dialect === 'documented') throw invalidRequest(`x-xbl-contract-version is ${formatValue(header)}; expected an unsigned 32-bit integer.`)
  if (OTHER_NUMBER.test(header as string)) throw notAcceptable(`x-xbl-contract-version is ${formatValue(header)}; served are 1 to 5.`)
  return 1
}
