import type { OperationsByRoute } from '../operation.ts'
import { CONNECT_OPERATIONS } from './connect.ts'
import { NOTIFY_OPERATIONS } from './notify.ts'

/** The operations of rta.xboxlive.com and notify.xboxlive.com. */
export const RTA_OPERATIONS: OperationsByRoute = { ...CONNECT_OPERATIONS, ...NOTIFY_OPERATIONS }
