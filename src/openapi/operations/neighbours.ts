import type { OperationsByRoute } from '../operation.ts'
import { ERASER_OPERATIONS } from './eraser.ts'
import { PRIVACY_OPERATIONS } from './privacy.ts'
import { TITLEHUB_OPERATIONS } from './titlehub.ts'
import { USERSTATS_OPERATIONS } from './userstats.ts'

/** The operations of the hosts around the achievements. */
export const NEIGHBOUR_OPERATIONS: OperationsByRoute = {
  ...ERASER_OPERATIONS,
  ...TITLEHUB_OPERATIONS,
  ...USERSTATS_OPERATIONS,
  ...PRIVACY_OPERATIONS
}
