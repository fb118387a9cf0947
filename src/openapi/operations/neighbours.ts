import type { OperationsByRoute } from '../operation.ts'
import { TITLEHUB_OPERATIONS } from './titlehub.ts'

/** The operations of the hosts around the achievements. */
export const NEIGHBOUR_OPERATIONS: OperationsByRoute = {
  ...TITLEHUB_OPERATIONS
}
