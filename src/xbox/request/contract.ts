import type { Dialect } from '../../model/dialect.ts'
import type { Generation } from '../../model/title.ts'
import { notAcceptable } from '../../model/refusals.ts'

/** What a contract version stands for: which titles are served, and with which members. */
export interface Contract {
  readonly generation: Generation
  /** True when each achievement has its rarity. */
  readonly hasRarity: boolean
}

/** What a contract version stands for in a request for a single achievement. The generation is null where it does not matter. */
export interface SingleContract {
  readonly generation: Generation | null
  readonly hasRarity: boolean
}

/** True for contract 3, which serves the catalogue and its rarity, and nothing of what the user has earned: contract 1 serves that. */
export const isCatalogue = ({ generation, hasRarity }: SingleContract): boolean => generation === 'xbox360' && hasRarity

const V1: Contract = { generation: 'xbox360', hasRarity: false }
const V2: Contract = { generation: 'modern', hasRarity: false }

const LIVE: ReadonlyMap<number, Contract> = new Map([
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
  const contract = LIVE.get(version)
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
