import type { FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../../base/integers.ts'
import { formatValue } from '../../base/validation.ts'
import { readHeader } from '../../http/headers.ts'
import type { Dialect } from '../../model/dialect.ts'
import { invalidRequest, notAcceptable } from '../../model/refusals.ts'
import type { Generation } from '../../model/title.ts'

/** What a contract version stands for in a request for a single achievement. The generation is null where it does not matter. */
export interface SingleContract {
  readonly generation: Generation | null
  /** True when each achievement has its rarity. */
  readonly hasRarity: boolean
}

/** What a contract version stands for: which titles are served, and with which members. */
export interface Contract extends SingleContract {
  readonly generation: Generation
}

/** True for contract 3, which serves the catalogue and its rarity, and nothing of what the user has earned: contract 1 serves that. */
export const isCatalogue = ({ generation, hasRarity }: SingleContract): boolean => generation === 'xbox360' && hasRarity

const V1: Contract = { generation: 'xbox360', hasRarity: false }
const V2: Contract = { generation: 'modern', hasRarity: false }

const LIVE_CONTRACTS: ReadonlyMap<number, Contract> = new Map([
  [1, V1],
  [2, V2],
  [3, { ...V1, hasRarity: true }],
  [4, { ...V2, hasRarity: true }],
  [5, { ...V2, hasRarity: true }]
])

/**
 * What a contract version stands for. The documentation says: "If present and set to 2, the V2 version of
 * this API will be used. Otherwise, V1". The live service knows 1 to 5.
 *
 * @throws 406 in the live dialect for a version that it does not know.
 */
export function contractOf (version: number, dialect: Dialect): Contract {
  if (dialect === 'documented') return version === 2 ? V2 : V1
  const contract = LIVE_CONTRACTS.get(version)
  if (contract === undefined) throw notAcceptable(`x-xbl-contract-version is ${version}; served are 1 to 5.`)
  return contract
}

/**
 * What a contract version stands for in a request for a single achievement. In the documented dialect the
 * body is the same for all versions.
 *
 * @throws 406 in the live dialect for a version that it does not know.
 */
export function singleContractOf (version: number, dialect: Dialect): SingleContract {
  return dialect === 'documented' ? { generation: null, hasRarity: false } : contractOf(version, dialect)
}

/** @throws 406 when the contract is not one of V1. */
export function requireV1 (contract: Contract): Contract {
  if (contract.generation !== 'xbox360') throw notAcceptable('The contract version asks for V2, which has no title achievements; expected x-xbl-contract-version 1.')
  return contract
}

/** @throws 406 when the version is not the one under which progress is updated. */
export function requireUpdateVersion (version: number): void {
  if (version !== 2) throw notAcceptable(`The contract version is ${version}; progress is updated under x-xbl-contract-version 2.`)
}

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
