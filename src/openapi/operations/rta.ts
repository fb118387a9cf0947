import type { OperationsByRoute } from '../operation.ts'

/** The operations of rta.xboxlive.com and notify.xboxlive.com. */
export const RTA_OPERATIONS: OperationsByRoute = {}
