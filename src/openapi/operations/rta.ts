import type { OperationsByRoute } from '../operation.ts'
import { NOTIFY_OPERATIONS } from './notify.ts'

/** The operations of rta.xboxlive.com and notify.xboxlive.com. */
export const RTA_OPERATIONS: OperationsByRoute = { ...NOTIFY_OPERATIONS }
