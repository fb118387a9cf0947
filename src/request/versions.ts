import { invalidRequest, notAcceptable } from '../errors.ts'
import { readUnsigned32 } from '../integers.ts'
import { show } from '../schema-errors.ts'

/** The build of the service that is served: the documented default. */
const SERVICE_VERSION = '1'

/** @throws 406 when `X-RequestedServiceVersion` asks for another version than the one served. */
export function checkServiceVersion (header: string | undefined): void {
  if (header !== undefined && header !== SERVICE_VERSION) {
    throw notAcceptable(`X-RequestedServiceVersion is ${show(header)}; served is ${SERVICE_VERSION}.`)
  }
}

/**
 * The number in `x-xbl-contract-version`; 1 when the header is absent.
 *
 * @throws 400 when it is not an unsigned 32-bit integer.
 */
export function readContractVersion (header: string | undefined): number {
  const version = readUnsigned32(header ?? '1')
  if (version === undefined) {
    throw invalidRequest(`x-xbl-contract-version is ${show(header)}; expected an unsigned 32-bit integer.`)
  }
  return version
}
