import type { OperationsByRoute } from '../operation.ts'

/** The operations of the hosts around the achievements. */
export const NEIGHBOUR_OPERATIONS: OperationsByRoute = {
}
