import type { OperationsByRoute } from '../operation.ts'
import { PRIVACY_OPERATIONS } from './privacy.ts'
import { USERSTATS_OPERATIONS } from './userstats.ts'

/** The operations of the hosts around the achievements. */
export const NEIGHBOUR_OPERATIONS: OperationsByRoute = {
  ...USERSTATS_OPERATIONS,
  ...PRIVACY_OPERATIONS
}
